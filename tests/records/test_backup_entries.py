"""What the log tells a leader of a backup: that it was begun, and whether it was read back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from intake_tui.records.archive import Archive
from intake_tui.vault import place


def backed_up(archive: Archive, target: Path) -> bool:
    """Whether it was sound."""
    under_way = archive.backups.begin(target)
    while (step := under_way.step()) is not None:
        if step.aside is not None:
            step.aside()
    assert under_way.made is not None
    archive.backups.note(under_way.made, target)
    return under_way.made.sound


def told(archive: Archive) -> list[tuple[str, tuple[bytes, ...]]]:
    return [(e.what, e.ids) for e in archive._vault.log() if e.what.startswith("back")]


def test_it_was_begun_and_read_back_and_later_once_more(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "copy.db")
    (begun, verified) = told(archive)
    assert (begun[0], verified[0]) == ("backed-up", "backup-verified")
    assert begun[1] == verified[1]
    with closing(archive.backups.open(tmp_path / "copy.db")) as copy:
        archive.backups.note_verified(copy.told.id)
    assert told(archive) == [begun, verified, verified]
    assert archive.verify().sound


def test_one_with_damage_in_it_is_not_called_verified(archive: Archive, tmp_path: Path) -> None:
    desk = archive._vault._desk
    desk.database.write(
        lambda c: c.exec_driver_sql("UPDATE item SET blob = zeroblob(300) WHERE kind = 'devices'")
    )
    assert not backed_up(archive, tmp_path / "copy.db")
    assert [what for what, _ in told(archive)] == ["backed-up"]


def test_where_it_would_be_lost_with_the_archive_is_remembered(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(archive, tmp_path / "beside.db")
    assert archive.backups.last_verified == archive.backups.all()[0]
    assert archive.backups.last_elsewhere is None
    monkeypatch.setattr(place, "on_same_disk", lambda path, location: False)
    backed_up(archive, tmp_path / "stick.db")
    assert [one.here for one in archive.backups.all()] == [False, True]
    assert archive.backups.last_elsewhere == archive.backups.all()[0]


def test_a_disk_is_told_by_what_the_system_says_of_it(tmp_path: Path) -> None:
    assert place.on_same_disk(tmp_path / "copy.db", tmp_path / "vault.db")
    assert not place.on_same_disk(Path("/proc/copy.db"), tmp_path / "vault.db")
    assert not place.on_same_disk(tmp_path / "gone" / "copy.db", tmp_path / "vault.db")
    assert not place.on_same_disk(tmp_path / "copy.db", "postgresql://server/vault")
