"""The small files beside the vault: whole at any moment, and nobody is shut out by a broken one."""

import os
import stat
import sys
from pathlib import Path

import pytest

from intake_tui.desk import preferences
from intake_tui.vault import durable
from intake_tui.vault.witness import DeviceFolder, Witness


@pytest.fixture
def order(monkeypatch):
    """What is asked of the disk, in its order."""
    asked: list[str] = []
    sync, name = os.fsync, Path.replace

    def fsync(number: int) -> None:
        asked.append("sync folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "sync file")
        sync(number)

    def replace(self: Path, to: Path) -> Path:
        asked.append("name")
        return name(self, to)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    return asked


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")
def test_the_content_is_on_the_disk_before_its_name(tmp_path, order):
    durable.replace(tmp_path / "x" / "file", b"new")
    assert order == ["sync file", "name", "sync folder"]
    assert (tmp_path / "x" / "file").read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")
def test_witness_device_and_preferences_are_written_so(tmp_path, vault, order):
    for write in (
        DeviceFolder(tmp_path).device,
        lambda: preferences.write(tmp_path, preferences.Preferences("nn")),
        lambda: vault.put_item(b"i" * 16, "sort", b"x"),
    ):
        order.clear()
        write()
        assert order == ["sync file", "name", "sync folder"]


def test_a_disk_that_takes_nothing_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "file"
    durable.replace(file, b"old")

    def full(_number: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        durable.replace(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 200, b'{"device": "00', b"\xff\xfe", b"[]", b"{}"]
)
@pytest.mark.parametrize("which", ["device", "witness", "preferences"])
def test_a_torn_file_shuts_nobody_out(made, opened, which, content):
    vault = opened(made)
    vault.save_draft(b"d" * 16, b"kept")
    vault.rotate()
    vault.lock()
    names = {
        "device": "device",
        "witness": f"{vault.id.hex()}.witness",
        "preferences": preferences.FILE,
    }
    (made.device / names[which]).write_bytes(content)
    again = opened(made)
    assert [one.blob for one in again.drafts()] == [b"kept"]
    again.save_draft(b"d" * 16, b"and on")
    assert again.warnings == (("witness-damaged",) if which == "witness" else ())
    assert again.verify().sound
    assert preferences.read(made.device) == preferences.Preferences()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_nothing_is_written_through_a_link_that_somebody_laid_there(tmp_path):
    """In the folder of the backups: it could lead to the archive itself."""
    other = tmp_path / "other"
    other.write_bytes(b"kept")
    (tmp_path / "file.new").symlink_to(other)
    durable.replace(tmp_path / "file", b"new")
    assert other.read_bytes() == b"kept"
    assert (tmp_path / "file").read_bytes() == b"new"
    assert not (tmp_path / "file").is_symlink()
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_a_device_folder_that_cannot_even_be_looked_into_is_a_warning(tmp_path):
    folder = DeviceFolder(tmp_path / ("x" * 300), tmp_path / "v.db")  # no system has such a name
    folder.write(bytes(16), Witness(bytes(16), 1, bytes(32), 0, bytes(32)))
    assert folder.lost
    assert folder.read(bytes(16)) is None
