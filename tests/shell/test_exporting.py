"""A file in the clear: whole or not at all, new, its owner's alone, and where it stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from intake_tui.desk.exporting import ExportRefused, write
from intake_tui.vault import durable
from intake_tui.vault.syncfolders import synchronised

TEXT = "# Journalnotat\n\n- hun sa «æøå»\n"
DATA = TEXT.encode()


def code_of(path: Path) -> str:
    with pytest.raises(ExportRefused) as refused:
        write(path, DATA)
    assert str(path) not in str(refused.value)
    return refused.value.code


def test_the_file_is_whole_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "utskrift.md"
    before = os.umask(0)
    try:
        write(path, DATA)
    finally:
        os.umask(before)
    assert path.read_text("utf-8") == TEXT
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "utskrift.md"
    path.write_text("mitt", "utf-8")
    assert code_of(path) == "exists"
    assert code_of(tmp_path) == "exists"
    link = tmp_path / "peker.md"
    link.symlink_to(tmp_path / "finnes-ikke.md")
    assert code_of(link) == "exists"
    assert path.read_text("utf-8") == "mitt"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["peker.md", "utskrift.md"]


@pytest.mark.parametrize("links", [True, False])
def test_nor_over_what_came_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "utskrift.md"
    fill = durable.fill

    def slow(aside: Path, data: bytes) -> None:
        fill(aside, data)
        path.write_text("mitt", "utf-8")

    monkeypatch.setattr(durable, "fill", slow)
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    assert code_of(path) == "exists"
    assert path.read_text("utf-8") == "mitt"
    assert list(tmp_path.iterdir()) == [path]


def _no_links(*_: Any) -> None:
    raise OSError(errno.EPERM, "no links on a memory stick")


def test_a_memory_stick_that_knows_no_links_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    write(tmp_path / "utskrift.md", DATA)
    assert [one.read_text("utf-8") for one in tmp_path.iterdir()] == [TEXT]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "not-written"),
    ],
)
def test_what_cannot_be_written_whole_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fails(_: int) -> None:
        raise OSError(number, "hemmelig")

    monkeypatch.setattr(os, "fsync", fails)
    assert code_of(tmp_path / "utskrift.md") == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Senteret", "Nextcloud", "iCloud Drive"])
def test_never_in_a_folder_that_is_copied_away(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder / "under").mkdir(parents=True)
    path = tmp_path / folder / "under" / "utskrift.md"
    assert synchronised(path)
    assert code_of(path) == "sync-folder"
    (tmp_path / "lenke").symlink_to(path.parent)
    assert code_of(tmp_path / "lenke" / "utskrift.md") == "sync-folder"
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert code_of(tmp_path / "mangler" / "utskrift.md") == "no-folder"
    (tmp_path / "fil").write_text("", "utf-8")
    assert code_of(tmp_path / "fil" / "utskrift.md") == "no-folder"
    assert code_of(tmp_path / ("a" * 300)) == "not-written"
