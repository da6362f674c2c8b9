"""What is laid for the program to find: by a colleague, by one who has left, on a memory stick."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from backups import copied, restored, signed_in, unlocked
from vaults import Made, rid

from intake_tui.vault import Kdf, erasures, erasures_outside, roster, store
from intake_tui.vault.copies import beside, read_beside
from intake_tui.vault.erasing import Doomed
from intake_tui.vault.errors import OlderRoster
from intake_tui.vault.restore import Restore
from intake_tui.vault.witness import LONGEST_LIST

OTHER = "siv-frase"


def entered(made: Made, name: str, device: Path) -> store.Vault:
    return store.unlock(made.path, name=name, passphrase=OTHER, device=device)


def plant(made: Made, *rows: Sequence[object]) -> None:
    """Lines of the log that nobody wrote."""
    with closing(sqlite3.connect(made.path)) as connection, connection:
        connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?)", rows)


@pytest.mark.parametrize("led_once", [False, True])
def test_a_leader_signs_no_erasure_that_no_leader_made(made, tmp_path, led_once):
    """Else a colleague could have anything erased, in the leader's name."""
    leader, record, case = made.unlock(), rid(), rid()
    slot = leader.enrol(name="Siv", passphrase=OTHER, role="leader", kdf=Kdf.FLOOR)
    leader.staff.change_role(slot, "counsellor")
    leader.sign(id=record, case=case, head=b"", body=b"")
    mark, id_ = erasures.mark_of(leader.id, case), erasures.item_id(leader.id)
    leader.lock()
    line = erasures.Erased(1, mark, (record,), rid(), bytes(64))
    siv = entered(made, "Siv", tmp_path / "siv")
    if led_once:
        line = erasures.Erased.signed(siv.id, siv._desk.identity, 1, mark, [record])
    siv.put_item(id_, erasures.KIND, erasures.pack([line]))
    siv.lock()
    made.unlock().lock()
    siv = entered(made, "Siv", tmp_path / "siv")
    siv.put_item(id_, erasures.KIND, b"")
    siv.lock()
    leader = made.unlock()
    assert leader.replay_erasures() == 0
    assert [one.id for one in leader.heads()] == [record]
    leader.lock()


def test_a_line_of_the_log_of_no_device_keeps_nobody_out(made):
    made.unlock().lock()
    plant(made, ("x", 1, 1, os.urandom(32), os.urandom(540)))
    vault = made.unlock()
    vault.save_draft(rid(), b"x")
    assert "log-damaged" in {one.code for one in vault.verify().findings}
    vault.lock()


@pytest.mark.parametrize("n", [(1 << 63) - 1, 90])
@pytest.mark.parametrize("entry", [os.urandom(540), "text"])
def test_an_end_of_the_own_log_that_nobody_wrote_keeps_nobody_from_writing(made, n, entry):
    """It goes on under another name, once; that the line is there stays named."""
    vault = made.unlock()
    device = vault.backups.device
    vault.lock()
    plant(made, (device, n, 1, os.urandom(32), entry))
    devices = set()
    for _ in range(2):
        vault = made.unlock()
        vault.save_draft(rid(), b"x")
        devices.add(vault.backups.device)
        named = {one.code: one.where for one in vault.verify().findings}
        assert named == {"log-damaged": f"log {device.hex()} {n}"}
        assert "read-only" not in vault.warnings
        vault.lock()
    assert len(devices - {device}) == 1


def test_the_log_under_another_name_is_remembered_like_the_first(made, tmp_path):
    vault = made.unlock()
    device = vault.backups.device
    vault.lock()
    plant(made, (device, (1 << 63) - 1, 1, os.urandom(32), os.urandom(540)))
    made.unlock().lock()
    old = made.copy(tmp_path / "old", device=False)
    vault = made.unlock()
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    vault.lock()
    shutil.copy(old.path, made.path)
    vault = made.unlock()
    assert "put-back" in vault.warnings
    vault.lock()


def test_a_damaged_end_is_no_file_put_back(made):
    """Not where the line before it is as it was: nothing else can have gone."""
    made.unlock().lock()
    with closing(sqlite3.connect(made.path)) as connection, connection:
        connection.execute(
            "UPDATE log SET entry = zeroblob(540) WHERE n = (SELECT max(n) FROM log)"
        )
    vault = made.unlock()
    assert vault.warnings == ("log",)
    assert [one.code for one in vault.verify().findings] == ["log-damaged"]
    vault.lock()
    made.unlock().lock()
    with closing(sqlite3.connect(made.path)) as connection, connection:
        connection.execute("DELETE FROM log WHERE n > 2")
        connection.execute("UPDATE log SET n = 9 WHERE n = 2")
    vault = made.unlock()
    assert "put-back" in vault.warnings
    vault.lock()


def test_under_an_older_key_nothing_is_written_for_who_has_left_to_read(made, tmp_path):
    case = rid()
    vault = made.unlock()
    siv = vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    vault.sign(id=rid(), case=case, head=b"", body=b"")
    vault.lock()
    old = made.copy(tmp_path / "old", device=False)
    vault = made.unlock()
    vault.staff.revoke(siv, new_sheet=False)
    vault.lock()
    shutil.copy(old.path, made.path)
    vault = made.unlock()
    with pytest.raises(OlderRoster):
        vault.erase([Doomed(case)], {rid(): ("sort", b"why")})
    with pytest.raises(OlderRoster):
        vault.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    vault.lock()


def test_a_copy_from_before_somebody_left_is_read_until_the_key_is_changed(made, tmp_path):
    """Or who left would read what is written into the restored vault."""
    vault = made.unlock()
    siv = vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    copied(vault, tmp_path / "copy.db")
    vault.staff.revoke(siv, new_sheet=False)
    vault.lock()
    place = tmp_path / "new" / "v.db"
    assert restored(tmp_path / "copy.db", place, made).older
    for _ in range(2):
        vault = unlocked(place, made)
        assert "older-roster" in vault.warnings
        with pytest.raises(OlderRoster):
            vault.sign(id=rid(), case=rid(), head=b"", body=b"")
        vault.lock()
    vault = unlocked(place, made)
    vault.staff.revoke(siv, new_sheet=False)
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    copied(vault, tmp_path / "again.db")
    vault.lock()
    vault = unlocked(place, made)
    assert vault.warnings == ()
    vault.lock()
    # The rosters went on in two ways on this computer: the copies of neither are refused for it.
    assert not restored(tmp_path / "again.db", tmp_path / "third" / "v.db", made).older


def test_a_copy_of_today_is_written_on(made, tmp_path):
    vault = made.unlock()
    copied(vault, tmp_path / "copy.db")
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    vault.lock()
    place = tmp_path / "new" / "v.db"
    assert not restored(tmp_path / "copy.db", place, made).older
    vault = unlocked(place, made)
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    vault.lock()


@pytest.mark.parametrize("forked", [0, 3])
def test_a_leader_who_has_left_has_nothing_erased_at_a_restore(made, tmp_path, forked):
    """With the rosters of that day, or with further ones of their own."""
    vault, record, case = made.unlock(), rid(), rid()
    lea = vault.enrol(name="Lea", passphrase=OTHER, role="leader", kdf=Kdf.FLOOR)
    vault.sign(id=record, case=case, head=b"", body=b"")
    copied(vault, tmp_path / "copy.db")
    vault.lock()
    theirs = entered(made, "Lea", tmp_path / "lea")
    desk = theirs._desk
    mark, chain = erasures.mark_of(theirs.id, case), list(desk.rosters)
    line = erasures.Erased.signed(theirs.id, desk.identity, 1, mark, [record])
    for _ in range(forked):
        last = chain[-1]
        chain.append(
            roster.following(
                last, desk.identity, theirs.id, last.members, epoch=1, commitment=last.commitment
            )
        )
    forged = erasures_outside.packed(desk, [line], chain)
    theirs.lock()
    vault = made.unlock()
    vault.staff.revoke(lea, new_sheet=False)
    vault.lock()
    beside(tmp_path / "copy.db", vault.id).write_bytes(forged)
    place = tmp_path / "new" / "v.db"
    assert restored(tmp_path / "copy.db", place, made).erased is None
    vault = unlocked(place, made)
    assert [one.id for one in vault.heads()] == [record]
    vault.lock()


def test_a_backup_does_not_shorten_the_list_that_lies_there(made, tmp_path):
    """A vault that was put back knows less than the list: it must not be forgotten."""
    case, folder = rid(), tmp_path / "stick"
    folder.mkdir()
    vault = made.unlock()
    vault.sign(id=rid(), case=case, head=b"", body=b"")
    vault.lock()
    old = made.copy(tmp_path / "old")
    vault = made.unlock()
    vault.erase([Doomed(case)])
    copied(vault, folder / "1.db")
    vault.lock()
    vault = old.unlock()
    copied(vault, folder / "2.db")
    found = read_beside(folder / "2.db", vault.id)
    assert found is not None
    assert vault.erasures_waiting([found]).cases == 1
    vault.lock()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such file there")
def test_what_lies_beside_a_copy_and_is_no_list_is_not_read(tmp_path):
    copy, vault = tmp_path / "copy.db", rid()
    lays: list[Callable[[Path], object]] = [
        os.mkfifo,
        Path.mkdir,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.write_bytes(bytes(LONGEST_LIST + 1)),
    ]
    for number, lay in enumerate(lays):
        folder = tmp_path / str(number)
        folder.mkdir()
        lay(beside(folder / copy.name, vault))
        assert read_beside(folder / copy.name, vault) is None


def test_a_restore_that_fails_leaves_no_witness(made, tmp_path):
    copied(vault := made.unlock(), tmp_path / "copy.db")
    vault.lock()
    place = tmp_path / "new" / "v.db"
    before = sorted(made.device.iterdir())
    with closing(signed_in(tmp_path / "copy.db", made)) as copy:
        restore = Restore(copy, place, made.device)
        while (step := restore.step()) is not None and step.phase != "name":
            if step.aside is not None:
                step.aside()
        assert sorted(made.device.iterdir()) != before
        restore.stop()
    assert sorted(made.device.iterdir()) == before
