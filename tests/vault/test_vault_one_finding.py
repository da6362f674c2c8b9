"""One damage is one finding, in words of damage; what no disk does by itself is named as done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from vaults import Filled, Made, rid

from intake_tui.records.damage import Damage, tampered
from intake_tui.vault import Finding, Kdf
from intake_tui.vault.erasing import Doomed
from intake_tui.vault.findings import moved
from intake_tui.vault.revisions import Sealed
from intake_tui.vault.tables import REVISION


def edited(made: Made, statement: str) -> None:
    with closing(sqlite3.connect(made.path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0, statement


def found(made: Made) -> tuple[Finding, ...]:
    vault = made.unlock()
    try:
        return vault.verify().findings
    finally:
        vault.lock()


def sounds_tampered(findings: Sequence[Finding]) -> bool:
    return tampered([Damage(one.code, one.where) for one in findings])


DAMAGED = {
    "revision-damaged": [
        "UPDATE revision SET id = zeroblob(16) WHERE n = 2",
        "UPDATE revision SET series = zeroblob(16) WHERE n = 2",
        "UPDATE revision SET wrapped = zeroblob(60) WHERE n = 2",
        "UPDATE revision SET head = zeroblob(300) WHERE n = 2",
        "UPDATE revision SET body = NULL WHERE n = 2",
    ],
    "draft-damaged": [
        "UPDATE draft SET id = zeroblob(16) WHERE id = (SELECT min(id) FROM draft)",
        "UPDATE draft SET counter = 1 WHERE id = (SELECT min(id) FROM draft)",
        "UPDATE draft SET blob = zeroblob(1100) WHERE id = (SELECT min(id) FROM draft)",
    ],
    "item-damaged": [
        "UPDATE item SET id = zeroblob(16) WHERE id = "
        "(SELECT min(id) FROM item WHERE kind = 'sort')",
        "UPDATE item SET counter = 9 WHERE id = (SELECT min(id) FROM item WHERE kind = 'sort')",
        "UPDATE item SET kind = '' WHERE id = (SELECT min(id) FROM item WHERE kind = 'sort')",
    ],
    "devices-damaged": ["UPDATE item SET blob = zeroblob(300) WHERE kind = 'devices'"],
    "log-damaged": [
        "UPDATE log SET entry = zeroblob(540) WHERE n = 1",
        "UPDATE log SET previous = zeroblob(32) WHERE n = 5",
        "UPDATE log SET epoch = 7 WHERE n = 5",
        "UPDATE log SET n = 9000 WHERE n = 5",
        "UPDATE log SET device = zeroblob(16) WHERE n = 5",
        "UPDATE log SET device = 'text' WHERE n = 5",
        "UPDATE log SET entry = zeroblob(540) WHERE n = (SELECT max(n) FROM log)",
        "UPDATE log SET entry = 'text' WHERE n = 3",
    ],
    "slot-damaged": ["UPDATE slot SET id = zeroblob(16) WHERE substr(kdf, 1, 1) = x'02'"],
    "grant-damaged": [
        "UPDATE grants SET slot = zeroblob(16) WHERE slot = "
        "(SELECT id FROM slot WHERE substr(kdf, 1, 1) = x'02')"
    ],
}
"""By what it is called: damage as a disk does it, to one row each."""


@pytest.mark.parametrize(
    ("code", "statement"), [(code, each) for code, all_ in DAMAGED.items() for each in all_]
)
def test_one_damage_is_one_finding(full: Filled, code: str, statement: str) -> None:
    if "NULL" in statement or "'text'" in statement:
        loosened(full.made)
    edited(full.made, statement)
    findings = found(full.made)
    assert [one.code for one in findings] == [code]
    assert not sounds_tampered(findings)


def loosened(made: Made) -> None:
    """Without constraints, as a damaged file may be."""
    with closing(sqlite3.connect(made.path)) as connection, connection:
        for table in ("revision", "log"):
            connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM old_{table}")
            connection.execute(f"DROP TABLE old_{table}")


# -- what somebody did -----------------------------------------------------------------


def ids_of_two_records(full: Filled, old: Made) -> None:
    one, other = full.revisions[:2]
    with closing(sqlite3.connect(full.made.path)) as connection, connection:
        for now, was in ((b"x", one), (one, other), (other, b"x")):
            connection.execute("UPDATE revision SET id = ? WHERE id = ?", (now, was))


def ids_of_two_drafts(full: Filled, old: Made) -> None:
    one, other = full.drafts
    with closing(sqlite3.connect(full.made.path)) as connection, connection:
        for now, was in ((b"x", one), (one, other), (other, b"x")):
            connection.execute("UPDATE draft SET id = ? WHERE id = ?", (now, was))


def anothers_words(full: Filled, old: Made) -> None:
    body = "(SELECT body FROM revision WHERE n = 3)"
    edited(full.made, f"UPDATE revision SET body = {body} WHERE n = 2")


def another_order(full: Filled, old: Made) -> None:
    edited(full.made, "UPDATE revision SET n = 9 WHERE n = 1")


def older_rows(full: Filled, old: Made) -> None:
    from_the_old(full, old, "REPLACE INTO draft SELECT * FROM old.draft")
    from_the_old(full, old, "REPLACE INTO item SELECT * FROM old.item WHERE kind = 'sort'")


def an_older_slot(full: Filled, old: Made) -> None:
    from_the_old(full, old, "REPLACE INTO slot SELECT * FROM old.slot")


def an_erased_record_again(full: Filled, old: Made) -> None:
    gone = full.revisions[4].hex()
    from_the_old(full, old, f"INSERT INTO revision SELECT * FROM old.revision WHERE id = x'{gone}'")


def a_slot_of_their_own(full: Filled, old: Made) -> None:
    edited(
        full.made,
        "INSERT INTO slot SELECT randomblob(16), randomblob(32), randomblob(32), kdf, wrapped, "
        "signature FROM slot LIMIT 1",
    )


def a_computers_log(full: Filled, old: Made) -> None:
    edited(full.made, "DELETE FROM log WHERE device <> (SELECT device FROM log WHERE n = 20)")


def from_the_old(full: Filled, old: Made, statement: str) -> None:
    with closing(sqlite3.connect(full.made.path)) as connection:
        connection.execute("ATTACH ? AS old", (str(old.path),))
        connection.execute(statement)
        connection.commit()


DONE: dict[Callable[[Filled, Made], None], set[str]] = {
    ids_of_two_records: {"revision-changed"},
    ids_of_two_drafts: {"draft-changed"},
    anothers_words: {"revision-changed"},
    another_order: {"revision-reordered"},
    older_rows: {"draft-put-back", "item-put-back"},
    an_older_slot: {"slot-put-back"},
    an_erased_record_again: {"revision-unlogged"},
    a_slot_of_their_own: {"planted-slot"},
    a_computers_log: {"log-removed"},
}
"""Without a key, and what it is called. With an old one: test_vault_revoked."""


@pytest.fixture
def lived_in(full: Filled, tmp_path: Path) -> Made:
    """The vault as it was a while ago; it has gone on since."""
    old = full.made.copy(tmp_path / "old")
    vault = full.made.unlock()
    vault.change_passphrase("ny-frase", kdf=Kdf.FLOOR)
    vault.drafts()
    for one in full.drafts:
        vault.save_draft(one, b"newer")
        vault.leave_draft(one)
    for one in full.items:
        vault.put_item(one, "sort", b"newer")
    vault.erase([Doomed(vault.head(full.revisions[4]).case)])
    vault.lock()
    full.made.passphrase = "ny-frase"
    second = Made(full.made.path, tmp_path / "second", "", full.made.name, "ny-frase")
    second.unlock().lock()
    full.made.unlock().lock()
    return old


@pytest.mark.parametrize("is_covered", [False, True])
@pytest.mark.parametrize("act", DONE, ids=lambda act: act.__name__)
def test_what_somebody_did_is_named_as_done(
    full: Filled, lived_in: Made, act: Callable[[Filled, Made], None], is_covered: bool
) -> None:
    """Also where a line of the log was damaged to cover it."""
    act(full, lived_in)
    if is_covered:
        edited(full.made, "UPDATE log SET entry = zeroblob(540) WHERE n = 2")
    if act is an_older_slot:
        full.made.passphrase = lived_in.passphrase
    findings = found(full.made)
    covered = {"log-damaged"} if is_covered else set()
    assert {one.code for one in findings} == DONE[act] | covered
    assert sounds_tampered(findings)


def test_a_row_that_nobody_logged_is_named(full: Filled) -> None:
    """Whoever has the key can seal it."""
    vault = full.made.unlock()
    sealed = Sealed.new(vault._desk.keys, rid(), rid(), b"head", b"body")
    vault._desk.write(lambda c: c.execute(REVISION.insert(), vars(sealed)))
    findings = vault.verify().findings
    vault.lock()
    assert [one.code for one in findings] == ["revision-unlogged"]
    assert sounds_tampered(findings)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([1, 2, 2, 3], []),
        ([9, 1, 2, 3], [9]),
        ([1, 2, 9, 3, 4], [9]),
        ([2, 3, 4, 1], [1]),
        ([2, 1, 4, 3], [2, 4]),
    ],
)
def test_of_an_order_as_few_as_possible_were_moved(numbers: list[int], expected: list[int]) -> None:
    assert len(moved(numbers)) == len(expected)
    assert set(moved(numbers)) <= set(numbers)
    left = [one for one in numbers if one not in moved(numbers)]
    assert left == sorted(left)
