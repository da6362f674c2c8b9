"""What is erased is gone, from the file's bytes too, and an older copy does not bring it back."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection
from vaults import Made, rid

from intake_tui.vault import (
    DiskFull,
    DraftConflict,
    Kdf,
    NotALeader,
    erasures,
    erasures_outside,
    log,
    store,
)
from intake_tui.vault.engine import Database
from intake_tui.vault.erasing import Doomed, Waiting
from intake_tui.vault.erasures import Erased
from intake_tui.vault.framing import frame
from intake_tui.vault.keys import Identity
from intake_tui.vault.tables import REVISION

OTHER = "kiste-sokk-lampe-elv-gaupe-tind"


def put(vault: store.Vault, case: bytes, *, bodies: int = 1, body: bytes = b"said") -> list[bytes]:
    """So many revisions of a case."""
    ids = [rid() for _ in range(bodies)]
    for one in ids:
        vault.sign(id=one, case=case, head=b"head", body=body)
    return ids


def codes(vault: store.Vault) -> list[str]:
    return [finding.code for finding in vault.verify().findings]


@pytest.fixture
def older(made: Made, tmp_path: Path) -> tuple[Made, Made, bytes, bytes]:
    """The vault after an erasure, a copy of its file from before, the erased case, and another."""
    gone, kept = rid(), rid()
    vault = made.unlock()
    put(vault, gone, bodies=3)
    put(vault, kept)
    vault.save_draft(gone, b"begun")
    vault.put_item(gone, "aside", b"half a sentence")
    vault.lock()
    before = made.copy(tmp_path / "before", device=False)
    vault = made.unlock()
    vault.drafts()
    assert vault.erase([Doomed(gone, drafts=(gone,), items=(gone,))]) == 3
    assert codes(vault) == []
    vault.lock()
    shutil.copytree(made.device, before.device)
    return made, before, gone, kept


def contents(vault: store.Vault) -> tuple[object, ...]:
    """All that can be read of what was not the vault's own."""
    heads = [(head.id, head.case, head.head) for head in vault.heads()]
    return heads, [draft.id for draft in vault.drafts()], vault.items("aside")


def test_an_older_copy_erases_again_what_was_erased(older, opened):
    made, before, gone, kept = older
    now = contents(opened(made))
    vault = opened(before)
    assert len(vault.heads()) == 4
    waiting = vault.erasures_waiting()
    assert (waiting.cases, waiting.refused) == (1, ())
    assert waiting.marks == {erasures.mark_of(vault.id, gone)}
    assert vault.replay_erasures() == 1
    assert contents(vault) == now
    assert [head.case for head in vault.heads()] == [kept]
    assert vault.erasures_waiting().cases == 0
    assert vault.replay_erasures() == 0
    assert set(codes(vault)) == {"put-back"}


def test_a_counsellor_may_replay_what_a_leader_signed(made, tmp_path):
    case = rid()
    vault = made.unlock()
    vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    put(vault, case, bodies=2)
    vault.lock()
    before = made.copy(tmp_path / "before", device=False)
    vault = made.unlock()
    vault.erase([Doomed(case)])
    vault.lock()
    shutil.copytree(made.device, before.device)
    before.name, before.passphrase = "Siv", OTHER
    vault = before.unlock()
    assert vault.replay_erasures() == 1
    assert vault.heads() == []
    assert set(codes(vault)) == {"put-back"}
    vault.lock()


def test_only_a_leader_erases(made):
    case = rid()
    vault = made.unlock()
    vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    put(vault, case)
    vault.lock()
    vault = store.unlock(made.path, name="Siv", passphrase=OTHER, device=made.device)
    with pytest.raises(NotALeader):
        vault.erase([Doomed(case)])
    assert len(vault.heads()) == 1
    assert codes(vault) == []
    vault.lock()


def told_by_the_log(vault: store.Vault) -> bytes:
    """Its entries in the clear."""
    lines = vault._desk.read(log.everything)
    return b"".join(line.opened(vault._desk.keys).packed() for line in lines)


def test_nothing_in_the_vault_tells_the_case_afterwards(made, opened):
    """Not its id, from which its code could be said aloud: neither the list nor the log."""
    vault = opened(made)
    case = rid()
    vault.sign(id=rid(), case=case, head=b"", body=b"")
    vault.erase([Doomed(case)])
    assert case not in b"".join(line.packed() for line in vault._erasing.known())
    assert case.hex().encode() not in told_by_the_log(vault)


def test_a_leader_who_came_after_the_copy_is_believed(made, tmp_path):
    case = rid()
    vault = made.unlock()
    put(vault, case)
    vault.lock()
    before = made.copy(tmp_path / "before", device=False)
    vault = made.unlock()
    vault.enrol(name="Siv", passphrase=OTHER, role="leader", kdf=Kdf.FLOOR)
    vault.lock()
    vault = store.unlock(made.path, name="Siv", passphrase=OTHER, device=made.device)
    vault.erase([Doomed(case)])
    vault.lock()
    shutil.copytree(made.device, before.device)
    vault = before.unlock()
    assert vault.erasures_waiting().refused == ()
    assert vault.replay_erasures() == 1
    vault.lock()


def test_the_list_outlives_the_leader_who_erased(made, tmp_path):
    """Whoever changes the vault key signs the lines anew; what is in the old name is refused."""
    case, other = rid(), rid()
    vault = made.unlock()
    siv = vault.enrol(name="Siv", passphrase=OTHER, role="leader", kdf=Kdf.FLOOR)
    put(vault, case)
    put(vault, other)
    vault.lock()
    before = made.copy(tmp_path / "before", device=False)
    vault = store.unlock(made.path, name="Siv", passphrase=OTHER, device=made.device)
    vault.erase([Doomed(case)])
    own = planted(vault, other)
    vault.lock()
    vault = made.unlock()
    vault.rotate(without=[siv])
    assert (codes(vault), vault.warnings) == ([], ())
    waiting = vault.erasures_waiting([own])
    assert (waiting.cases, waiting.refused) == (0, ("unsigned",))
    assert (vault.replay_erasures([own]), len(vault.heads())) == (0, 1)
    vault.lock()
    shutil.copytree(made.device, before.device)
    vault = before.unlock()
    assert vault.replay_erasures([own]) == 1  # the chain of rosters tells that she has left
    assert [head.case for head in vault.heads()] == [other]
    vault.lock()


# Lists that somebody planted


def planted(vault: store.Vault, *cases: bytes, who: Identity | None = None) -> bytes:
    """A list that names those cases, in the name of somebody."""
    desk = vault._desk
    lines = [
        Erased.signed(
            desk.vault, who or desk.identity, 1, erasures.mark_of(desk.vault, case), [case]
        )
        for case in cases
    ]
    return erasures_outside.packed(desk, lines, desk.rosters)


def test_a_planted_list_is_named_and_not_applied(made):
    case = rid()
    vault = made.unlock()
    vault.sign(id=case, case=case, head=b"", body=b"")
    vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    anybody = Identity.new("")
    in_her_name = Identity(vault.counsellor.slot, "", anybody.kem, anybody.signing)
    forged = [planted(vault, case, who=anybody), planted(vault, case, who=in_her_name)]
    rosters = vault._desk.rosters
    not_for_her = erasures_outside.packed(vault._desk, [], rosters[:1])
    vault.lock()
    vault = store.unlock(made.path, name="Siv", passphrase=OTHER, device=made.device)
    forged.append(planted(vault, case))  # a counsellor may not erase
    for one in forged:
        assert vault.erasures_waiting([one]) == Waiting(0, frozenset(), frozenset(), ("unsigned",))
        assert vault.replay_erasures([one]) == 0
    assert vault.erasures_waiting([not_for_her]).refused == ("closed",)
    for one in (
        b"",
        b"x",
        not_for_her[:-1],
        not_for_her[4:],
        b"\0" * 4,
        frame(rid(), b"", b"", b""),
    ):
        assert vault.erasures_waiting([one]).refused == ("foreign",)
    assert (len(vault.heads()), codes(vault)) == (1, [])
    vault.lock()


@pytest.mark.parametrize("at", range(0, 80, 9))  # at the end stand other readers' boxes
def test_a_list_of_which_a_bit_changed_is_not_applied(older, opened, at):
    _, before, _, _ = older
    (path,) = before.device.glob("*.erasures")
    data = bytearray(path.read_bytes())
    data[len(data) * at // 100] ^= 1
    path.write_bytes(data)
    vault = opened(before)
    assert vault.replay_erasures() == 0
    assert len(vault.heads()) == 4
    assert "erasures" in vault.warnings


def test_rows_deleted_by_hand_are_missed_and_no_erasure(made, opened):
    vault = opened(made)
    ids = put(vault, rid(), bodies=2)
    vault.erase([Doomed(case := rid())])
    put(vault, case)
    vault.lock()
    with sqlite3.connect(made.path) as connection:
        connection.execute("DELETE FROM revision WHERE id = ?", (ids[0],))
    connection.close()
    vault = opened(made)
    assert [(one.code, one.where) for one in vault.verify().findings] == [
        ("revision-missing", f"revision {ids[0].hex()}")
    ]


def test_an_erasure_that_only_the_log_tells_of_is_named(made, opened):
    """Any counsellor holds the key of the log; a leader's signature none but a leader has."""
    vault = opened(made)
    (one,) = put(vault, rid())
    desk = vault._desk

    def work(connection: Connection) -> None:
        connection.execute(REVISION.delete().where(REVISION.c.id == one))
        desk.chain.append(connection, "erased", [one])

    desk.write(work)
    assert codes(vault) == ["erasure-unsigned"]


# What is left in the file


def rows(path: Path) -> dict[bytes, list[bytes]]:
    """Pieces of every sealed column, by the row's id: what is looked for afterwards."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    found: dict[bytes, list[bytes]] = {}
    for table, columns in (
        ("revision", "wrapped, head, body"),
        ("draft", "blob"),
        ("item", "blob"),
    ):
        for id_, *blobs in connection.execute(f"SELECT id, {columns} FROM {table}"):
            pieces = [blob[at : at + 16] for blob in blobs for at in range(0, len(blob) - 16, 200)]
            found.setdefault(id_, []).extend(pieces)
    connection.close()
    return found


def test_no_sealed_byte_of_what_was_erased_is_left(made, times, figure):
    """Rows move when others come and go; `secure_delete` leaves copies of them behind."""
    chance = random.Random(7)
    vault = made.unlock()
    looked_for = left = 0
    for _ in range(times(3, 200)):
        cases = [rid() for _ in range(8)]
        drafts: dict[bytes, bytes] = {}
        for _ in range(times(60, 120)):
            case = chance.choice(cases)
            put(vault, case, body=bytes(chance.choice([40, 900, 2000, 6000])))
            draft = drafts.setdefault(chance.choice(cases), rid())
            vault.save_draft(draft, bytes(chance.randrange(5000)))
        gone = chance.sample(cases, 5)
        doomed = [Doomed(case, drafts=(drafts.get(case, rid()),)) for case in gone]
        ids = {head.id for head in vault.heads(limit=5000) if head.case in gone}
        ids |= {draft for case, draft in drafts.items() if case in gone}
        vault.lock()
        before = {id_: pieces for id_, pieces in rows(made.path).items() if id_ in ids}
        vault = made.unlock()
        vault.drafts()
        vault.erase(doomed)
        vault.put_item(rid(), "sort", b"what is written afterwards")
        for file in made.path.parent.glob("v.db*"):
            data = file.read_bytes()
            left += sum(piece in data for pieces in before.values() for piece in pieces)
        looked_for += sum(map(len, before.values()))
    assert (left, looked_for > 500) == (0, True)
    assert vault.verify().sound
    vault.lock()
    figure("pieces of erased rows looked for in the files, and left", f"{looked_for}, {left}")


# Where something fails


@pytest.mark.parametrize("spare", range(0, 12, 2))
def test_on_a_full_disk_all_of_it_goes_or_nothing(full, opened, spare):
    vault = opened(full.made)
    vault.drafts()
    put(vault, full.revisions[0], bodies=40)
    connection = vault._desk.database._connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages + spare}")
    connection.rollback()
    before = len(vault.heads(limit=100))
    doomed = [Doomed(case, drafts=tuple(full.drafts)) for case in full.revisions[:3]]
    try:
        vault.erase(doomed)
    except DiskFull:
        assert (len(vault.heads(limit=100)), len(vault.drafts())) == (before, 2)
        assert vault._erasing.known() == []
    else:
        assert (vault.heads(limit=100), vault.drafts()) == ([], [])
    assert vault.verify().findings == ()


def test_what_could_not_be_cleared_is_cleared_at_the_next_unlock(made, opened, monkeypatch):
    vault = opened(made)
    (one,) = put(vault, rid(), body=b"x" * 3000)
    vault.lock()
    pieces = rows(made.path)[one]
    vault = made.unlock()
    monkeypatch.setattr(Database, "scrub", lambda _: False)
    vault.erase([Doomed(case) for case in vault.cases()])
    assert "not-scrubbed" in vault.warnings
    vault.lock()
    monkeypatch.undo()
    vault = opened(made)
    assert "not-scrubbed" not in vault.warnings
    assert not vault._desk.database.unscrubbed
    assert not any(piece in made.path.read_bytes() for piece in pieces)


def test_a_save_that_comes_late_does_not_bring_a_draft_back(vault):
    case = rid()
    vault.save_draft(case, b"begun")
    vault.erase([Doomed(case, drafts=(case,))])
    with pytest.raises(DraftConflict):
        vault.save_draft(case, b"late")
    assert (vault.drafts(), vault.verify().findings) == ([], ())


def history(database: Database, seed: int) -> list[bytes]:
    """A table whose rows come, change and go; what each of them held that is there no more."""
    chance, held, gone = random.Random(seed), {}, []
    raw = database._connection.connection.dbapi_connection
    raw.execute("CREATE TABLE draft (id BLOB PRIMARY KEY, blob BLOB)")
    for _ in range(60):
        number = chance.choice(range(12))
        key, blob = (
            b"%016d" % number,
            chance.randbytes(chance.choice([300, 700, 1100, 1500, 2200, 3000])),
        )
        if number in held:
            gone.append(held.pop(number))
            if chance.random() < 0.3:
                raw.execute("DELETE FROM draft WHERE id = ?", (key,))
                continue
        raw.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (key, blob))
        held[number] = blob
    return gone


def left_in(path: Path, gone: list[bytes]) -> int:
    data = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    pieces = (blob[at : at + 16] for blob in gone for at in range(0, len(blob) - 16, 50))
    return sum(piece in data for piece in pieces)


def test_deleted_bytes_stay_where_rows_have_moved_until_the_file_is_built_anew(tmp_path):
    """Why the file is built anew: this history leaves pieces in spite of `secure_delete`."""
    path = tmp_path / "v.db"
    database = Database(path, create=True)
    gone = history(database, 139)
    database._connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if not left_in(path, gone):
        pytest.skip("this version of SQLite leaves none of it")
    assert database.scrub()
    assert left_in(path, gone) == 0
    database.close()
