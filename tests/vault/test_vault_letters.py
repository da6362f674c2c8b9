"""Letters outlive who they were written to, and reach nobody who has left."""

import os
import sqlite3

import pytest
from vaults import Made

from intake_tui.vault import Kdf, VaultInUse, store
from intake_tui.vault import letters as letter_rows
from intake_tui.vault.letters import kept

pytestmark = pytest.mark.usefixtures("stretched_once")


def enter(made: Made, name: str = "", passphrase: str = "") -> store.Vault:
    return store.unlock(
        made.path,
        name=name or made.name,
        passphrase=passphrase or made.passphrase,
        device=made.device,
    )


def letters(vault: store.Vault) -> list[bytes]:
    return sorted(blob for _, blob in vault.letters())


def rows(made: Made) -> list[tuple[bytes, bytes, bytes]]:
    connection = sqlite3.connect(made.path)
    found = connection.execute("SELECT * FROM letter").fetchall()
    connection.close()
    return found


@pytest.fixture
def staffed(made: Made) -> Made:
    """A leader, a second leader (Liv) and a counsellor (Bo), who wrote while it was locked."""
    vault = enter(made)
    vault.enrol(name="Liv", passphrase="liv-frase", role="leader", kdf=Kdf.FLOOR)
    vault.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    vault.lock()
    write(made, "Bo", b"bos ord")
    return made


def write(made: Made, name: str, blob: bytes) -> None:
    vault = enter(made, *((name, f"{name.lower()}-frase") if name else ()))
    box = vault.letterbox()
    with pytest.raises(VaultInUse):
        box.post(b"it is open here")
    vault.lock()
    box.post(blob)


def slot_of(vault: store.Vault, name: str) -> bytes:
    return next(one.slot for one in vault.staff.all() if one.name == name)


def test_a_letter_is_its_readers_while_the_reader_is_there(staffed):
    leader = enter(staffed)
    assert leader.letters() == []
    assert leader.verify().findings == ()
    leader.lock()
    bo = enter(staffed, "Bo", "bo-frase")
    assert letters(bo) == [b"bos ord"]
    bo.remove_letter(bo.letters()[0][0])
    bo.lock()
    assert rows(staffed) == []


def test_the_letters_of_one_who_leaves_come_to_a_leader(staffed):
    leader = enter(staffed)
    leader.staff.revoke(slot_of(leader, "Bo"), new_sheet=True)
    assert letters(leader) == [b"bos ord"]
    assert leader.verify().findings == ()
    leader.lock()
    liv = enter(staffed, "Liv", "liv-frase")
    assert letters(liv) == [b"bos ord"]
    liv.remove_letter(liv.letters()[0][0])
    liv.lock()
    assert rows(staffed) == []


def test_a_new_passphrase_takes_the_letters_along(staffed):
    leader = enter(staffed)
    leader.staff.renew(slot_of(leader, "Bo"), "ny-frase", kdf=Kdf.FLOOR)
    assert leader.letters() == []
    assert leader.verify().findings == ()
    leader.lock()
    bo = enter(staffed, "Bo", "ny-frase")
    assert letters(bo) == [b"bos ord"]
    bo.lock()


def test_leaders_and_sheets_that_come_later_keep_them_too(staffed):
    leader = enter(staffed)
    leader.staff.change_role(slot_of(leader, "Liv"), "counsellor")
    eva = leader.enrol(name="Eva", passphrase="eva-frase", role="leader", kdf=Kdf.FLOOR)
    sheet = leader.staff.new_sheet()
    assert {row[1] for row in rows_open(leader)} >= {kept(leader.id, eva, slot_of(leader, "Bo"))}
    assert leader.verify().findings == ()
    leader.lock()
    sheet_in = store.unlock_with_recovery(staffed.path, recovery=sheet, device=staffed.device)
    assert letters(sheet_in) == [b"bos ord"]
    # Whose letter it is stays so, whoever comes with the sheet.
    sheet_in.change_passphrase("ås-frase", name="Ås", kdf=Kdf.FLOOR)
    assert sheet_in.letters() == []
    sheet_in.staff.revoke(slot_of(sheet_in, "Bo"), new_sheet=False)
    assert letters(sheet_in) == [b"bos ord"]
    sheet_in.lock()
    liv = enter(staffed, "Liv", "liv-frase")
    assert liv.letters() == []  # a counsellor has only her own
    assert liv.verify().findings == ()
    liv.lock()


def rows_open(vault: store.Vault) -> list[tuple[bytes, bytes, bytes]]:
    from sqlalchemy import select

    from intake_tui.vault.tables import LETTER

    return [tuple(row) for row in vault._desk.read(lambda c: c.execute(select(LETTER)).all())]


def test_what_is_written_after_the_revocation_is_not_to_who_left(staffed):
    """Bo's own desk is locked, and does not know yet."""
    bo = enter(staffed, "Bo", "bo-frase")
    box, own = bo.letterbox(), bo.counsellor.slot
    bo.lock()
    leader = enter(staffed)
    leader.staff.revoke(own, new_sheet=True)
    leader.lock()
    box.post(b"midt i en samtale")
    assert own not in {row[1] for row in rows(staffed)}
    leader = enter(staffed)
    assert letters(leader) == [b"bos ord", b"midt i en samtale"]
    assert leader.verify().findings == ()
    leader.lock()


def test_rosters_that_were_put_back_are_not_written_to(staffed, tmp_path):
    """The roster of before, with the old sheet in it, and Bo has that: it goes to whom we knew."""
    old = staffed.copy(tmp_path / "old")
    leader = enter(staffed)
    old_sheet = sheet_of(leader)
    leader.staff.revoke(slot_of(leader, "Bo"), new_sheet=True)
    new_sheet, box = sheet_of(leader), leader.letterbox()
    leader.lock()
    connection = sqlite3.connect(staffed.path)
    connection.execute(f"ATTACH '{old.path}' AS old")
    connection.execute("DELETE FROM roster")
    connection.execute("INSERT INTO roster SELECT * FROM old.roster")
    connection.execute("DELETE FROM letter")
    connection.commit()
    connection.close()
    box.post(b"ord")
    readers = {row[1] for row in rows(staffed)}
    assert old_sheet not in readers
    assert {box.slot, new_sheet} <= readers


def sheet_of(vault: store.Vault) -> bytes:
    return next(one.slot for one in vault.staff.all() if one.role == "recovery")


def test_letters_without_end_do_not_keep_an_unlock_waiting(made, opened, monkeypatch):
    """Anybody who can write to the file can post: so many are looked at in one go, others the next
    time."""
    vault = opened(made)
    slot = vault.counsellor.slot
    box = vault.letterbox()
    vault.lock()
    box.post(b"what was said")
    with sqlite3.connect(made.path) as connection:
        planted = [(os.urandom(16), slot, os.urandom(1100)) for _ in range(700)]
        connection.executemany("INSERT INTO letter VALUES (?, ?, ?)", planted)
    connection.close()
    vault = opened(made)
    tried = []
    open_box = letter_rows.open_box
    monkeypatch.setattr(letter_rows, "open_box", lambda *a: tried.append(1) or open_box(*a))
    found = []
    while not found:
        before = len(tried)
        found = vault.letters()
        assert len(tried) - before <= letter_rows.LOOKED_AT
    assert [blob for _, blob in found] == [b"what was said"]
    assert "letter" in vault.warnings
