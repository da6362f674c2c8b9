"""The book of all contacts, and cases that are one person, in a vault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.records import persons
from intake_tui.records.archive import Archive
from intake_tui.records.errors import NoSuchRecord
from intake_tui.records.joins import KIND
from intake_tui.records.sealed_json import to_bytes
from machine import COUNSELLOR
from talk_samples import START, begun, keep

Unlocked = Callable[[], Archive]


def case(number: int) -> str:
    return begun_case(number).hex()


def begun_case(number: int) -> bytes:
    return ((0x4F2A + number) << 112).to_bytes(16, "big")


def talk(guide: Guide, number: int, alias: str = "", *, of: int | None = None) -> Conversation:
    """A conversation of a case of its own, or of the case with that number."""
    held = begun(guide, number=number, at=START + dt.timedelta(days=number))
    snapshot = held.snapshot()
    made = Conversation.new(
        guide,
        by=snapshot.by,
        now=lambda: snapshot.started,
        id=snapshot.id,
        case=begun_case(number if of is None else of),
    )
    if alias:
        keep(made, alias, "alias")
    return made


def sign(archive: Archive, guide: Guide, *talks: Conversation) -> None:
    for one in talks:
        archive.sign(one.snapshot(), guide)


def read(archive: Archive) -> int:
    """Reads the book to its end; in how many steps."""
    steps = 1
    while archive.persons.read_on():
        steps += 1
    return steps


def found(archive: Archive, query: str) -> list[str | None]:
    return [row.alias for row in archive.persons.search(query)]


def test_the_book_is_read_page_by_page(
    unlocked: Unlocked, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = unlocked()
    sign(archive, guide, *(talk(guide, n) for n in range(1, 8)))
    monkeypatch.setattr(persons, "PAGE", 3)
    archive = unlocked()
    assert read(archive) == 4  # 3 + 3 + 1, and one that finds none
    assert list(archive.persons.book.all()) == archive.contacts()


def test_it_is_kept_up_to_date_while_it_is_read(
    unlocked: Unlocked, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = unlocked()
    sign(archive, guide, *(talk(guide, n, f"nr{n}") for n in range(1, 6)))
    monkeypatch.setattr(persons, "PAGE", 2)
    archive = unlocked()
    archive.persons.read_on()
    sign(archive, guide, talk(guide, 9, "ny"))
    assert found(archive, "ny") == ["ny"]
    read(archive)
    assert list(archive.persons.book.all()) == archive.contacts()


def test_contacts_of_a_case_are_one_person(archive: Archive, guide: Guide) -> None:
    sign(archive, guide, talk(guide, 1, "Rogn"), talk(guide, 2, "Selje", of=1), talk(guide, 3))
    read(archive)
    person = archive.persons.of(case(1))
    assert person.complete
    assert [row.alias for row in person.rows] == ["Selje", "Rogn"]
    assert (person.cases, person.joinings) == ((case(1),), ())


def test_search_finds_beginnings_of_words_with_or_without_norwegian_letters(
    archive: Archive, guide: Guide
) -> None:
    sign(archive, guide, talk(guide, 1, "Åse på Ærøy"), talk(guide, 2, "Rogn-hilsen"))
    for query in ("åse", "ÅSE", "ase", "ær", "ero", "åse ær", "a\u030ase", "K-4F2B", "4f2b"):
        assert found(archive, query) == ["Åse på Ærøy"], query
    for query in ("hilsen", "rogn-h", "25.11.2026", "25.11", "2026-11-25"):
        assert found(archive, query) == ["Rogn-hilsen"], query
    assert found(archive, "2026") == ["Rogn-hilsen", "Åse på Ærøy"]
    for query in ("øy", "ilsen", "rogn åse", "24.11.2025"):
        assert found(archive, query) == [], query


def test_joined_cases_are_one_until_they_are_parted(unlocked: Unlocked, guide: Guide) -> None:
    archive = unlocked()
    sign(archive, guide, talk(guide, 1, "Rogn"), talk(guide, 2, "Selje"), talk(guide, 3, "Hassel"))
    read(archive)
    before = [archive.persons.of(case(n)) for n in (1, 2, 3)]
    archive.persons.join(case(1), case(2), "  samme kodeord  ")
    archive = unlocked()
    read(archive)
    person = archive.persons.of(case(2))
    assert person.cases == (case(2), case(1))
    assert [row.alias for row in person.rows] == ["Selje", "Rogn"]
    (joining,) = person.joinings
    assert (joining.by, joining.reason) == (COUNSELLOR, "samme kodeord")
    assert found(archive, "K-4F2B") == ["Selje", "Rogn"]
    with pytest.raises(ValueError, match="already"):
        archive.persons.join(case(2), case(1), "en gang til")
    archive.persons.part(joining.id, "var søsteren")
    assert [archive.persons.of(case(n)) for n in (1, 2, 3)] == before
    assert found(archive, "K-4F2B") == ["Rogn"]
    with pytest.raises(NoSuchRecord):
        archive.persons.part(joining.id, "en gang til")
    assert archive.verify().findings == ()


def test_a_reason_is_needed(archive: Archive) -> None:
    with pytest.raises(ValueError, match="reason"):
        archive.persons.join(case(1), case(2), " \n")
    assert archive.persons.of(case(1)).cases == (case(1),)


def test_the_log_has_ids_only_and_nothing_tells_joining_from_parting(archive: Archive) -> None:
    archive.persons.join(case(1), case(2), "samme kodeord")
    (joining,) = archive.persons.of(case(1)).joinings
    archive.persons.part(joining.id, "var søsteren")
    entries = [entry for entry in archive._vault.log() if entry.what == "item"][-2:]
    assert [len(entry.ids) for entry in entries] == [1, 1]
    ids = [id_ for entry in entries for id_ in entry.ids]
    assert {id_ for id_, _ in archive._vault.items(KIND)} == set(ids)
    assert not {bytes.fromhex(case(1)), bytes.fromhex(case(2))} & set(ids)


def test_a_joining_that_was_damaged_or_deleted_is_noticed(unlocked: Unlocked) -> None:
    archive = unlocked()
    archive.persons.join(case(1), case(2), "samme kodeord")
    archive.persons.join(case(3), case(4), "samme stemme")
    one, other = (id_ for id_, _ in archive._vault.items(KIND))
    raw = archive._vault._desk.database.write
    raw(lambda c: c.exec_driver_sql("UPDATE item SET blob = zeroblob(512) WHERE id = ?", (one,)))
    raw(lambda c: c.exec_driver_sql("DELETE FROM item WHERE id = ?", (other,)))
    noticed = {finding.code for finding in archive.verify().findings}
    assert noticed == {"item-damaged", "item-missing"}
    archive = unlocked()
    read(archive)
    assert "damaged" in archive.warnings


def test_a_joining_of_another_shape_is_warned_of_and_the_others_hold(unlocked: Unlocked) -> None:
    archive = unlocked()
    archive.persons.join(case(1), case(2), "samme kodeord")
    archive._vault.put_item(b"x" * 16, KIND, to_bytes({"what": "joined"}))
    archive = unlocked()
    archive.persons.read_on()
    assert archive.persons.of(case(1)).cases == (case(1), case(2))
    assert "damaged" in archive.warnings


def test_a_head_of_another_shape_is_left_out_and_warned_of(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    sign(archive, guide, talk(guide, 1, "Rogn"))
    archive._vault.sign(id=b"x" * 16, case=b"y" * 16, head=to_bytes({}), body=b"")
    archive = unlocked()
    read(archive)
    assert [row.alias for row in archive.persons.book.all()] == ["Rogn"]
    assert "damaged" in archive.warnings


def test_nothing_stays_after_the_lock(archive: Archive, guide: Guide) -> None:
    sign(archive, guide, talk(guide, 1, "Rogn"))
    read(archive)
    held = archive.persons
    archive.lock()
    assert len(archive.persons.book) == 0
    assert archive.persons is not held


def test_nothing_said_is_in_a_repr(archive: Archive, guide: Guide) -> None:
    sign(archive, guide, talk(guide, 1, "Rogn"))
    read(archive)
    archive.persons.join(case(1), case(2), "samme kodeord")
    person = archive.persons.of(case(1))
    for said in (repr(person), repr(archive.persons.book), repr(person.rows[0])):
        for word in ("Rogn", "kodeord", COUNSELLOR):
            assert word not in said


def test_before_a_conversation_are_the_other_contacts_of_its_person(
    archive: Archive, guide: Guide
) -> None:
    sign(archive, guide, talk(guide, 1, "Rogn"), talk(guide, 2, "Selje"), talk(guide, 3, "Alm"))
    read(archive)
    archive.persons.join(case(1), case(2), "samme kodeord")
    parked, empty, now = talk(guide, 4, "Osp", of=1), talk(guide, 5, of=2), talk(guide, 6, of=2)
    keep(now, "ringer igjen", "OPEN-1")
    for one in (parked, empty, now):
        archive.save(one.snapshot())
    read_before = len(archive._vault.log())
    before = archive.before(now.id, now.case)
    assert [(row.alias, row.status) for row in before.rows] == [
        ("Osp", "open"),
        ("Selje", "signed"),
        ("Rogn", "signed"),
    ]
    assert len(archive._vault.log()) == read_before
    assert now.choose_case(begun_case(3))
    assert [row.alias for row in archive.before(now.id, now.case).rows] == ["Alm"]
