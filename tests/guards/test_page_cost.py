"""A page of contacts costs that page, however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from intake_tui.demo.fill import fill
from intake_tui.guide.load import load
from intake_tui.intake.amendment import Amendment
from intake_tui.records.archive import Archive
from intake_tui.records.rows import ContactRow
from intake_tui.vault import revisions
from machine import COUNSELLOR, PASSPHRASE, Home

CONTACTS = 140
OTHER = "sju gule ballonger over taket"


@pytest.fixture
def archive(home: Home) -> Iterator[Archive]:
    unfilled = unlocked(home)
    filled(unfilled, CONTACTS)
    unfilled.lock()
    archive = unlocked(home)
    yield archive
    archive.lock()


def unlocked(home: Home, name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> Archive:
    return Archive.unlock(home.vault, name=name, passphrase=passphrase, device=home.device)


def statements(archive: Archive) -> list[str]:
    """A list that takes in every SQL statement from now on."""
    seen: list[str] = []
    raw = archive._vault._desk.database._connection.connection.dbapi_connection
    raw.set_trace_callback(lambda text: seen.append(text.split()[0]))  # type: ignore[union-attr]
    return seen


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The ids of the heads that were opened, in turn."""
    seen: list[bytes] = []
    original = revisions.open_head

    def watched(keys: object, one: revisions.Sealed) -> bytes:
        seen.append(one.id)
        return original(keys, one)  # type: ignore[arg-type]

    monkeypatch.setattr(revisions, "open_head", watched)
    return seen


def test_a_page_opens_its_own_rows_only(archive: Archive, opened: list[bytes]) -> None:
    first = [row for row in archive.contacts(limit=20) if row.status == "signed"]
    assert len(first) == len(opened) == 20
    archive.contacts(before=first[-1].n, limit=20)
    assert len(opened) == len(set(opened)) == 40


def test_no_head_is_opened_twice_in_the_list_or_behind_it(
    archive: Archive, opened: list[bytes]
) -> None:
    first = archive.contacts(limit=20)
    while archive.persons.read_on():
        pass
    assert len(opened) == len(set(opened)) == len(archive.persons.book)
    assert archive.contacts(limit=20) == first
    assert archive.contacts(before=first[-1].n, limit=50)
    archive.persons.of(first[-1].case)
    archive.persons.known()
    assert len(opened) == len(archive.persons.book)


def test_a_page_far_down_opens_what_lies_above_it_once(
    archive: Archive, opened: list[bytes]
) -> None:
    """What was added to its records may stand there."""
    newest = archive.contacts(limit=1)[-1].n
    assert newest is not None
    archive.contacts(before=newest - 60, limit=20)
    archive.contacts(before=newest - 30, limit=20)
    assert len(opened) == len(set(opened))


def test_what_the_list_says_of_the_persons_touches_no_disk(archive: Archive) -> None:
    while archive.persons.read_on():
        pass
    seen = statements(archive)
    archive.persons.known()
    archive.persons.search("krise")
    archive.persons.book.left(dt.datetime(2026, 1, 5, tzinfo=dt.UTC), 3)
    assert seen == []


def test_a_page_is_one_select_and_the_first_one_two(archive: Archive) -> None:
    seen = statements(archive)
    first = archive.contacts(limit=20)
    assert seen == ["BEGIN", "SELECT", "COMMIT"] * 2  # the signed ones, and the open ones
    seen.clear()
    archive.contacts(before=first[-1].n, limit=20)
    assert seen == ["BEGIN", "SELECT", "COMMIT"]


def test_no_body_is_read_for_the_list(archive: Archive) -> None:
    texts: list[str] = []
    raw = archive._vault._desk.database._connection.connection.dbapi_connection
    raw.set_trace_callback(texts.append)  # type: ignore[union-attr]
    archive.contacts(limit=20)
    heads = [text for text in texts if "FROM" in text and "head" in text]
    assert heads
    assert not [text for text in heads if "body" in text]


def test_what_was_added_far_from_its_record_costs_no_further_read(archive: Archive) -> None:
    rows = [row for row in archive.all_contacts() if row.status == "signed"]
    oldest, newest = rows[-1], rows[0]
    archive.amend(oldest.id, Amendment("safety", "call", oldest.call, other(oldest), "ba om det"))
    archive.amend(newest.id, Amendment("safety", "call", newest.call, other(newest), "ba om det"))
    seen = statements(archive)
    first = archive.contacts(limit=20)
    assert [row.id for row in first if row.status == "signed"] == [row.id for row in rows[:20]]
    # Two of the heads were no rows, and two more were read for them; then the open ones.
    assert seen == ["BEGIN", "SELECT", "COMMIT"] * 3
    seen.clear()
    pages = [archive.contacts(before=row.n, limit=20) for row in rows[19:-20:20]]
    assert len(pages) > 3
    assert seen == ["BEGIN", "SELECT", "COMMIT"] * len(pages)
    (last,) = archive.contacts(before=rows[-2].n, limit=1)
    assert (last.id, last.call) == (oldest.id, other(oldest))


def other(row: ContactRow) -> str:
    return "no" if row.call == "yes" else "yes"


@pytest.mark.usefixtures("stretched_once")
def test_a_later_page_of_several_counsellors_opens_its_own_rows_only(
    home: Home, opened: list[bytes]
) -> None:
    """What each signed, before the keys were changed and after it, to whoever has the grants."""
    leader = unlocked(home)
    for name in ("Bo", "Eva"):
        leader.staff.add(name, OTHER)
    filled(leader, 25)
    eva = next(one for one in leader.staff.colleagues() if one.name == "Eva")
    leader.staff.revoke(eva.slot, new_sheet=False)
    leader.lock()
    bo = unlocked(home, "Bo", OTHER)
    filled(bo, 25, seed=4)
    bo.lock()
    bo = unlocked(home, "Bo", OTHER)
    opened.clear()
    seen = statements(bo)
    pages = [[row for row in bo.contacts(limit=10) if row.status == "signed"]]
    while len(pages[-1]) == 10:
        assert opened == [bytes.fromhex(row.id) for row in pages[-1]]
        opened.clear()
        seen.clear()
        pages.append(bo.contacts(before=pages[-1][-1].n, limit=10))
        assert seen == ["BEGIN", "SELECT", "COMMIT"] or len(pages[-1]) < 10
    assert len(pages) > 3
    assert {row.by for row in pages[0]} == {"Bo"}
    assert {row.by for row in pages[-2]} == {COUNSELLOR}
    numbers = [row.n for page in pages for row in page if row.n is not None]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) == len(bo.persons.book)
    bo.lock()


def filled(archive: Archive, contacts: int, seed: int = 3) -> None:
    fill(archive, load(), contacts=contacts, seed=seed, today=dt.date(2026, 1, 5))
