"""A new vault key: what it touches, what it costs, and that it is whole or not at all."""

import time

import pytest
from sqlalchemy import event
from vaults import rid

from intake_tui.vault import rotation
from intake_tui.vault.errors import DiskFull

pytestmark = pytest.mark.usefixtures("stretched_once")


def fill(vault, count: int) -> None:
    with vault.batch():
        for _ in range(count):
            vault.sign(id=rid(), case=rid(), head=b"h" * 200, body=b"b" * 1500)


def told(vault) -> list[str]:
    """The statements that a rotation sends to the engine, one for each time."""
    statements: list[str] = []
    connection = vault._desk.database._connection

    def heard(_c, _cursor, statement, _parameters, _context, _many) -> None:
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", heard)
    vault.rotate()
    event.remove(connection, "before_cursor_execute", heard)
    return statements


def test_only_the_row_keys_are_read_and_they_go_in_chunks(vault, monkeypatch):
    """Whatever there is to read: no head, no body, and as many statements as there are chunks."""
    monkeypatch.setattr(rotation, "CHUNK", 10)
    fill(vault, 10)
    few = told(vault)
    fill(vault, 30)
    many = told(vault)
    assert len(many) == len(few) + 3
    for statement in many:
        assert not {"revision.head", "revision.body"} & set(statement.replace(",", " ").split())
    assert vault.verify().findings == ()


def test_progress_is_told_while_it_is_under_way(vault, monkeypatch):
    monkeypatch.setattr(rotation, "CHUNK", 10)
    fill(vault, 25)
    seen: list[tuple[int, int]] = []
    vault.rotate(progress=lambda *at: seen.append(at))
    assert seen == [(10, 25), (20, 25), (25, 25)]


@pytest.mark.parametrize("at", [10, 25])
def test_broken_off_it_never_was(vault, monkeypatch, at):
    """The one who watches raises: the same key, the same roster, and the next one goes well."""
    monkeypatch.setattr(rotation, "CHUNK", 10)
    fill(vault, 25)
    draft = rid()
    vault.save_draft(draft, b"before")

    def broken(done: int, _total: int) -> None:
        if done == at:
            raise DiskFull

    with pytest.raises(DiskFull):
        vault.staff.new_sheet(broken)
    assert (vault._desk.keys.epoch, vault._desk.roster.n) == (1, 0)
    vault.save_draft(draft, b"after")
    assert vault.verify().findings == ()
    vault.staff.new_sheet()
    vault.save_draft(draft, b"later")
    assert vault.verify().findings == ()


def test_ten_thousand_records(vault, times, figure):
    """The figure of docs/security.md; what is asserted is that nothing is lost on the way."""
    count = times(500, 10_000)
    fill(vault, count)
    started = time.perf_counter(), time.process_time()
    vault.rotate()
    wall, computed = time.perf_counter() - started[0], time.process_time() - started[1]
    figure("a new vault key", f"{count} records in {wall:.2f} s ({computed:.2f} s of computing)")
    assert vault.count() == count
    assert len(vault.heads(limit=count)) == count
