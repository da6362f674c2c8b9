"""After signing nothing is changed: what is corrected stands beside the record, all of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import AMENDED, Amendment, as_it_reads, problem, standing
from intake_tui.intake.conversation import Conversation
from intake_tui.records.archive import Archive
from intake_tui.records.book import Book
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.records.rows import ContactRow
from machine import COUNSELLOR, Home
from talk_samples import START, begun, keep, whole_talk

Unlocked = Callable[[], Archive]
LATER = ("amendments", "amended", "done", "damaged")
NEXT, AVERT = "next:s18", "duty:avert"
REASON = "hørte feil for nyttårsraketten"


@pytest.fixture
def record(archive: Archive, guide: Guide) -> str:
    """A signed conversation with something of everything; its id in hex."""
    return sign(archive, guide, whole_talk(guide))


def sign(archive: Archive, guide: Guide, talk: Conversation) -> str:
    archive.sign(talk.snapshot(), guide, at=START + dt.timedelta(hours=1))
    return talk.id.hex()


def correct(archive: Archive, record: str, what: Any, key: str, now: str | None) -> None:
    """Amends what stands there now."""
    shown = archive.show(record)
    was = standing({**shown, **(shown["amended"] or {})}, what, key)
    archive.amend(record, Amendment(what, key, was, now, REASON))


def row_of(archive: Archive, record: str) -> ContactRow:
    return next(row for row in archive.all_contacts() if row.id == record)


def as_signed(shown: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in shown.items() if key not in LATER}


def test_a_correction_stands_beside_what_it_corrects(archive: Archive, record: str) -> None:
    before = archive.show(record)
    key = before["journal"]["parts"][0]["sentences"][0]["key"]
    correct(archive, record, "sentence", key, "Mannen var sint.")
    after = archive.show(record)
    assert as_signed(after) == as_signed(before)
    (trail,) = after["amendments"]
    assert (trail["was"], trail["now"]) == ("Mannen var brå før også.", "Mannen var sint.")
    assert (trail["reason"], trail["by"]) == (REASON, COUNSELLOR)
    assert after["amended"]["journal"]["parts"][0]["sentences"][0]["text"] == "Mannen var sint."


def test_each_part_but_the_registration_can_be_corrected(archive: Archive, record: str) -> None:
    for what, key, now in (
        ("statement", "s7", "jakter, ett våpen"),
        ("answer", "THREAT-10", "unknown"),
        ("answer", "THREAT-2", "yes"),
        ("answer", "alias", "Selje"),
        ("answer", "police", "yes"),
        ("told", "INFO-2", None),
        ("option", "HELP-1", "not-wanted"),
        ("decision", "", "HELP-2"),
        ("safety", "deadline", None),
        ("addition", "", "hun ringte igjen kl 18"),
    ):
        correct(archive, record, what, key, now)
    now = archive.show(record)["amended"]
    assert set(now) == {*AMENDED, "additions"}
    assert "jakter, ett våpen" in [line["text"] for line in now["statements"]]
    assert now["answers"]["THREAT-10"]["value"] == "unknown"
    assert now["answers"]["THREAT-10"]["statement"] == "s7"
    assert now["answers"]["THREAT-2"]["value"] == "yes"
    assert (now["alias"], now["decision"]["police"], now["decision"]["chosen"]) == (
        *("Selje", "yes"),
        "HELP-2",
    )
    assert now["decision"]["options"]["HELP-1"] == {
        "offered": False,
        "view": "not-wanted",
        "before": [],
    }
    assert "INFO-2" not in now["told"]
    assert "deadline" not in now["safety"]
    assert [one["text"] for one in now["additions"]] == ["hun ringte igjen kl 18"]


def test_what_is_struck_is_gone_from_how_it_reads_and_stays_in_the_record(
    archive: Archive, record: str
) -> None:
    correct(archive, record, "statement", "s18", None)
    shown = archive.show(record)
    assert "s18" in [line["id"] for line in shown["statements"]]
    assert "s18" not in [line["id"] for line in shown["amended"]["statements"]]
    assert (shown["next"][0]["statement"], shown["amended"]["next"]) == ("s18", [])


def test_two_corrections_of_the_same_both_stay_the_newest_last(
    archive: Archive, record: str
) -> None:
    seen = Amendment("safety", "call", "no", "yes", "hun ba om det")
    archive.amend(record, seen)
    archive.amend(record, Amendment("safety", "call", "no", None, "usikker på det"))
    first, second = archive.show(record)["amendments"]
    assert (first["now"], second["now"]) == ("yes", None)
    assert (first["parents"], second["parents"]) == ([], [first["id"]])
    assert row_of(archive, record).call is None


def test_do_not_call_after_all_is_in_the_list_at_once_and_after_the_lock(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    talk = whole_talk(guide)
    talk.pin("call", "yes")
    record = sign(archive, guide, talk)
    assert row_of(archive, record).call == "yes"
    correct(archive, record, "safety", "call", "no")
    assert row_of(archive, record).call == "no"
    archive = unlocked()
    assert row_of(archive, record).call == "no"
    assert archive.show(record)["amended"]["safety"]["call"] == "no"


def test_the_list_shows_the_row_as_it_reads_now(archive: Archive, record: str) -> None:
    correct(archive, record, "safety", "hours", "før 16")
    correct(archive, record, "answer", "alias", "Selje")
    correct(archive, record, "answer", "INV-1", "in-person")
    correct(archive, record, "decision", "", "HELP-2")
    correct(archive, record, "statement", "s18", "Bo ringer advokatvakta onsdag")
    row = row_of(archive, record)
    assert (row.hours, row.alias, row.channel) == ("før 16", "Selje", "in-person")
    assert (row.outcome, row.amended) == ("HELP-2", True)
    assert row.next == ("Bo ringer advokatvakta onsdag",)
    correct(archive, record, "sentence", "s18", "Bo ringer advokatvakta torsdag.")
    assert row_of(archive, record).next == ("Bo ringer advokatvakta torsdag.",)


def test_additions_are_never_rows_and_pages_stay_full(archive: Archive, guide: Guide) -> None:
    records = []
    for number in range(1, 8):
        talk = begun(guide, number=number, at=START + dt.timedelta(days=number))
        keep(talk, f"linje {number}", "OPEN-1")
        records.append(sign(archive, guide, talk))
    for record in (records[0], records[1], records[6]):
        correct(archive, record, "safety", "call", "no")
    correct(archive, records[0], "safety", "hours", "før 16")
    first = archive.contacts(limit=3)
    second = archive.contacts(before=first[-1].n, limit=3)
    third = archive.contacts(before=second[-1].n, limit=3)
    rows = [*first, *second, *third]
    assert [row.id for row in rows] == list(reversed(records))
    assert [row.call for row in rows] == ["no", None, None, None, None, "no", "no"]
    assert len(list(archive.all_contacts())) == 7


def test_a_page_asked_for_first_knows_what_was_added_above_it(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    records = [sign(archive, guide, begun(guide, number=number)) for number in (1, 2, 3)]
    correct(archive, records[0], "safety", "call", "no")
    n = row_of(archive, records[1]).n
    (row,) = unlocked().contacts(before=n, limit=5)
    assert (row.id, row.call) == (records[0], "no")


@pytest.mark.parametrize(
    "amendment",
    [
        Amendment("statement", "s7", "før", "nå", "  "),
        Amendment("statement", "s7", "det samme", "det samme", "hørte feil"),
        Amendment("statement", "s7", "før", " ", "hørte feil"),
        Amendment("statement", "", "før", "nå", "hørte feil"),
        Amendment("addition", "s7", None, "nå", "hørte feil"),
        Amendment("addition", "", None, None, "hørte feil"),
        Amendment("safety", "call", "no", "kanskje", "hørte feil"),
    ],
)
def test_one_that_says_nothing_is_refused(
    archive: Archive, record: str, amendment: Amendment
) -> None:
    assert problem(amendment) is not None
    with pytest.raises(ValueError, match=r"^[a-z-]+$"):
        archive.amend(record, amendment)
    assert archive.show(record)["amendments"] == []


def test_only_a_signed_record_takes_one(archive: Archive, guide: Guide, record: str) -> None:
    talk = begun(guide, number=9)
    archive.save(talk.snapshot())
    correct(archive, record, "safety", "call", "yes")
    amendment = archive.show(record)["amendments"][0]["id"]
    for other in (talk.id.hex(), "ff" * 16, "K-4F2A", amendment):
        with pytest.raises(NoSuchRecord):
            archive.amend(other, Amendment("addition", "", None, "mer", "glemt"))
        with pytest.raises(NoSuchRecord):
            archive.mark(other, NEXT, done=True)


def test_an_amendment_is_no_contact(archive: Archive, record: str) -> None:
    correct(archive, record, "safety", "call", "yes")
    amendment = archive.show(record)["amendments"][0]["id"]
    with pytest.raises(NoSuchRecord):
        archive.show(amendment)
    with pytest.raises(NoSuchRecord):
        archive.resolve(amendment)


# Points that are left to be done


def test_a_point_is_done_and_not_done_after_all(unlocked: Unlocked, guide: Guide) -> None:
    archive = unlocked()
    talk = whole_talk(guide)
    keep(talk, "", "INFO-5", INFO_5="later")
    record = sign(archive, guide, talk)
    left = [(one.key, one.about) for one in row_of(archive, record).outstanding]
    assert left == [("deadline", ""), (AVERT, "avert"), (NEXT, ""), ("told:INFO-5", "INFO-5")]
    archive.mark(record, AVERT, done=True)
    archive.mark(record, "told:INFO-5", done=True)
    archive.mark(record, NEXT, done=True, at=START + dt.timedelta(hours=2))
    row = row_of(unlocked(), record)
    assert [one.key for one in row.outstanding] == ["deadline"]
    (done,) = [one.done for one in row.points if one.point.key == NEXT]
    assert done is not None
    assert (done.at, done.by) == (START + dt.timedelta(hours=2), COUNSELLOR)
    archive = unlocked()
    archive.mark(record, NEXT, done=False)
    row = row_of(archive, record)
    assert [one.key for one in row.outstanding] == ["deadline", NEXT]
    shown = archive.show(record)
    marks = [(one["point"], one["done"]) for one in shown["done"]]
    assert marks[2:] == [(NEXT, True), (NEXT, False)]
    assert (shown["amendments"], row.amended) == ([], False)


def test_a_point_in_other_words_is_to_be_done_again(archive: Archive, record: str) -> None:
    for point in ("deadline", AVERT, NEXT):
        archive.mark(record, point, done=True)
    assert row_of(archive, record).outstanding == ()
    correct(archive, record, "safety", "deadline", "barna hjem 18")
    assert [one.text for one in row_of(archive, record).outstanding] == ["barna hjem 18"]
    correct(archive, record, "safety", "deadline", None)
    assert row_of(archive, record).outstanding == ()
    correct(archive, record, "safety", "deadline", "barna hjem 20")
    assert [one.text for one in row_of(archive, record).outstanding] == ["barna hjem 20"]


# The vault


def test_it_is_sound_and_reading_it_is_logged_once(archive: Archive, record: str) -> None:
    correct(archive, record, "safety", "call", "yes")
    archive.mark(record, NEXT, done=True)
    assert archive.verify().sound
    before = len(archive._vault.log())
    amendment = archive.show(record)["amendments"][0]["id"]
    *_, entry = archive._vault.log()
    assert len(archive._vault.log()) == before + 1
    assert (entry.what, [one.hex() for one in entry.ids]) == ("opened", [record, amendment])


def damage(home: Home, column: str, id_: str) -> None:
    with sqlite3.connect(home.vault) as file:
        (sealed,) = file.execute(
            f"SELECT {column} FROM revision WHERE id = ?", [bytes.fromhex(id_)]
        ).fetchone()
        broken = sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:]
        file.execute(f"UPDATE revision SET {column} = ? WHERE id = ?", [broken, bytes.fromhex(id_)])
    file.close()


def test_a_damaged_amendment_is_named_and_keeps_nothing_else_away(
    unlocked: Unlocked, guide: Guide, home: Home
) -> None:
    archive = unlocked()
    record = sign(archive, guide, whole_talk(guide))
    correct(archive, record, "statement", "s7", "ett våpen")
    correct(archive, record, "safety", "call", "yes")
    correct(archive, record, "statement", "s4", "mannen")
    words, call, _ = (each["id"] for each in archive.show(record)["amendments"])
    archive.lock()
    damage(home, "body", words)
    damage(home, "body", call)
    archive = unlocked()
    shown = archive.show(record)
    assert [each["damaged"] for each in shown["amendments"]] == [True, True, False]
    assert [each["id"] for each in shown["amendments"]][:2] == [words, call]
    texts = [line["text"] for line in shown["amended"]["statements"]]
    assert ("jakter, to våpen i boden" in texts, "mannen" in texts) == (True, True)
    assert shown["amended"]["safety"]["call"] == "yes"  # the head still tells
    assert "damaged" in archive.warnings
    report = archive.verify()
    assert [finding.code for finding in report.findings] == ["revision-damaged"] * 2
    archive.lock()
    damage(home, "head", words)
    archive = unlocked()
    shown = archive.show(record)
    assert (shown["damaged"], len(shown["amendments"])) == ([2], 2)


def test_nothing_of_it_is_in_the_clear(archive: Archive, record: str, home: Home) -> None:
    correct(archive, record, "statement", "s7", "jordkjelleren")
    archive.mark(record, NEXT, done=True)
    folder: Path = home.root
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in ("jordkjelleren", "nyttårsraketten", "amendment", NEXT, COUNSELLOR):
        assert secret.encode() not in data, secret
    assert "jordkjelleren" not in repr(archive._vault.log())


def test_an_amendment_of_a_newer_program_is_refused(archive: Archive, record: str) -> None:
    case = bytes.fromhex(archive.show(record)["case"])
    head = {"format": 2, "kind": "amendment"}
    archive._vault.sign(id=b"\1" * 16, case=case, head=json.dumps(head).encode(), body=b"{}")
    with pytest.raises(RecordDamaged):
        archive.show(record)


# Any corrections, in any order

NUMBERS = itertools.count(1000)
texts = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
corrections = st.one_of(
    st.tuples(st.just("statement"), st.sampled_from(["s4", "s7", "s18"]), st.none() | texts),
    st.tuples(st.just("sentence"), st.sampled_from(["s4", "s18"]), st.none() | texts),
    st.tuples(st.just("answer"), st.sampled_from(["THREAT-10", "THREAT-2", "alias"]), texts),
    st.tuples(st.just("safety"), st.just("call"), st.sampled_from(["yes", "no", None])),
    st.tuples(st.just("safety"), st.just("deadline"), st.none() | texts),
    st.tuples(st.just("decision"), st.just(""), st.sampled_from(["HELP-1", "HELP-6"])),
    st.tuples(st.just("addition"), st.just(""), texts),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None
)
@given(st.lists(st.one_of(corrections, st.booleans()), max_size=6))
def test_whatever_is_corrected_the_original_is_there_and_the_trail_is_whole(
    archive: Archive, wanted: list[Any]
) -> None:
    guide = load()
    talk = whole_talk(guide, number=next(NUMBERS))
    record = sign(archive, guide, talk)
    sealed = archive._vault.body(talk.id)
    written: list[tuple[Any, ...]] = []
    marks: list[bool] = []
    for one in wanted:
        if isinstance(one, bool):
            archive.mark(record, NEXT, done=one)
            marks.append(one)
            continue
        shown = archive.show(record)
        was = standing({**shown, **(shown["amended"] or {})}, one[0], one[1])
        if one[2] != was:
            archive.amend(record, Amendment(*one[:2], was, one[2], "fordi"))
            written.append((*one[:2], was, one[2]))
    assert archive._vault.body(talk.id) == sealed
    shown = archive.show(record)
    trail = [
        tuple(each[name] for name in ("what", "key", "was", "now")) for each in shown["amendments"]
    ]
    assert trail == written
    assert [each["done"] for each in shown["done"]] == marks
    for what, key, _, now in {each[:2]: each for each in written if each[0] != "addition"}.values():
        assert standing(shown["amended"], what, key) == now
    added = [each[3] for each in written if each[0] == "addition"]
    assert not written or [each["text"] for each in shown["amended"]["additions"]] == added
    row = row_of(archive, record)
    assert row.call == (shown["amended"] or shown)["safety"].get("call")
    assert row.amended == bool(written)


def test_how_it_reads_is_worked_out_without_touching_the_record(
    archive: Archive, record: str
) -> None:
    shown = archive.show(record)
    before = json.dumps(shown)
    entry = {"what": "safety", "key": "call", "now": "yes", "at": "", "by": "", "damaged": False}
    assert as_it_reads(shown, [entry])["safety"]["call"] == "yes"
    assert json.dumps(shown) == before


def left(book: Book) -> tuple[ContactRow, ...]:
    return book.left(dt.datetime.now(dt.UTC), 9).rows


def test_the_book_has_each_contact_as_it_reads_now(unlocked: Unlocked, guide: Guide) -> None:
    archive = unlocked()
    record = sign(archive, guide, whole_talk(guide))
    other = sign(archive, guide, begun(guide, number=2))
    correct(archive, record, "answer", "alias", "Seljefløyte")
    kept = archive.persons.book
    read = unlocked()
    while read.persons.read_on():
        pass
    for book in (kept, read.persons.book):
        assert [row.id for row in book.search("selje", 5)] == [record]
        assert book.search("rogn", 5) == []
        assert [row.id for row in book.all()] == [other, record]
        assert [row.id for row in left(book)] == [record]
    for point in ("deadline", AVERT, NEXT):
        read.mark(record, point, done=True)
    assert left(read.persons.book) == ()
    read.mark(record, NEXT, done=False)
    assert [row.id for row in left(read.persons.book)] == [record]
    correct(read, record, "safety", "call", "yes")
    assert left(read.persons.book)[0].call == "yes"
    read.lock()
    assert len(read.persons.book) == len(read.persons.heads._book) == 0
