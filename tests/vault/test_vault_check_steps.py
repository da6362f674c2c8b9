"""`verify` goes in small steps: nobody who saves waits for more than one of them."""

from __future__ import annotations

import sqlite3

import pytest
from vaults import rid

from intake_tui.vault import Finding, VaultDamaged, check_log, check_revisions, store
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasing import Doomed

MOST = 110  # rows that one step may read: a page, and where it goes on


@pytest.fixture
def grown(vault: store.Vault) -> store.Vault:
    """Some hundred rows of each kind."""
    with vault.batch():
        for number in range(230):
            one = rid()
            vault.sign(id=one, case=rid(), head=b"h", body=b"b")
            vault.put_item(rid(), "sort", b"item %d" % number)
            vault.body(one)
    for _ in range(5):
        vault.save_draft(rid(), b"draft")
    return vault


def rows_by_step(
    vault: store.Vault, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[int], tuple[Finding, ...]]:
    """How many rows each step of a whole check reads, and what it finds."""
    read, found = Desk.read, [0]

    def counted(self, work):
        rows = read(self, work)
        found[-1] += len(rows) if isinstance(rows, list) else 1
        return rows

    monkeypatch.setattr(Desk, "read", counted)
    check = vault.check()
    for _ in check.steps():
        found.append(0)
    return found, check.report().findings


def test_no_step_reads_more_than_a_page(grown, monkeypatch):
    read, findings = rows_by_step(grown, monkeypatch)
    assert findings == ()
    assert max(read) <= MOST
    assert sum(read) > 1_000


def test_nor_where_nothing_agrees_with_the_log(grown, made, opened, monkeypatch):
    """Each row is then read once more, some at a time."""
    grown.lock()
    connection = sqlite3.connect(made.path)
    connection.execute("DELETE FROM log WHERE n > 3")
    connection.commit()
    connection.close()
    read, findings = rows_by_step(opened(made), monkeypatch)
    assert max(read) <= MOST
    codes = [one.code for one in findings]
    assert codes.count("revision-unlogged") == 230
    assert codes.count("item-unlogged") == 230
    assert codes.count("draft-unlogged") == 5


def test_chains_are_merged_without_being_held(grown):
    """What waits to be folded is never more than a page of each chain."""
    check = grown.check()
    most = 0
    for _ in check.steps():
        most = max(most, *(len(one.waiting) for one in check._log._chains.values()), 0)
    assert 0 < most <= check_log.PAGE


def test_a_number_that_was_damaged_is_not_counted_up_to(full, monkeypatch):
    """A row said to be the highest there can be, and a page that cannot be read."""
    vault = full.made.unlock()
    desk = vault._desk
    read = desk.read

    def reads(work):
        if work is check_revisions._newest:
            return (1 << 63) - 1
        if {"_PAGE", "_AT"} & set(work.__code__.co_names):
            raise VaultDamaged("page")
        return read(work)

    monkeypatch.setattr(desk, "read", reads)
    check = vault.check()
    steps = sum(1 for _ in check.steps())
    assert steps < 200
    codes = {one.code for one in check.report().findings}
    assert "revision-damaged" in codes
    monkeypatch.undo()
    vault.lock()


def test_what_is_erased_and_signed_in_between_is_no_finding(grown):
    """Others go on working: rows come and go between any two steps."""
    cases = [head.case for head in grown.heads(limit=40)]
    check = grown.check()
    for number, _ in enumerate(check.steps()):
        grown.sign(id=rid(), case=rid(), head=b"h", body=b"b")
        if number < len(cases):
            grown.erase([Doomed(cases[number])])
        if number == 5:
            grown.rotate()
        if number > 300:
            break
    assert check.report().findings == ()
    assert number < 300
