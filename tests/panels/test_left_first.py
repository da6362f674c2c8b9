"""What is left to be done: the pinned deadlines stand first, and what is hidden is counted."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from panels_bench import NOON, begun, told

from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.points import Point
from intake_tui.intake.shape import shape
from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.records.book import Book
from intake_tui.records.rows import ContactRow, Done, RowPoint
from intake_tui.screens.contacts_rows import ContactRows, row_entry
from intake_tui.screens.point_rows import ALL_POINTS, PointRows
from intake_tui.screens.signed_rows import SignedRows
from intake_tui.widgets.row_layout import Row
from intake_tui.words import Words

WORDS = Words("nb")
TODAY = NOON.date()


def contact(n: int, *points: Point, **other: object) -> ContactRow:
    """The n-th one, held as many days ago as 100 is more than that."""
    row = ContactRow(
        id=f"{n:032x}",
        case=f"{n:04x}" + "0" * 28,
        code=f"K-{n:04X}",
        alias=None,
        started=NOON - dt.timedelta(days=100 - n),
        status="signed",
        channel=None,
        outcome=None,
        by="Ragnhild",
        points=tuple(map(RowPoint, points)),
        call=None,
        hours=None,
        broke=False,
        n=n,
    )
    return replace(row, **other)  # type: ignore[arg-type]


def deadline(text: str) -> Point:
    return Point("deadline", "deadline", text)


def coming(text: str, key: str = "next:s1") -> Point:
    return Point(key, "next", text)


def rows_of(guide: Guide, book: Book, few: int, asked: int | None = None) -> list[Row]:
    """The first so many of each kind; of as many as were asked for in the book."""
    left = book.left(NOON, asked or few)
    entries = [row_entry(row, guide, WORDS) for row in left.rows]
    return PointRows(guide, WORDS, NOON, None).all(entries, few=few, points=left.points)


def texts(rows: list[Row]) -> list[str]:
    return [row.text for row in rows if row.key]


def test_what_is_pinned_stands_first_then_today_then_the_newest_overdue_each_with_its_day(
    guide: Guide,
) -> None:
    book = Book()
    book.put(
        [
            contact(100, coming("ringer NAV i dag"), coming("kjøper bleier", "next:s2")),
            contact(99, coming("ringer politiet i morgen")),
            contact(98, coming("ringer barnevernet onsdag", "next:s3")),
            contact(97, deadline("etter skolen")),
            contact(92, deadline("han heim kl 15.30"), call="no"),
            contact(90, coming("ringer skolen i kveld"), coming("ringer legen i dag", "next:s2")),
        ]
    )
    rows = rows_of(guide, book, 3)
    assert texts(rows) == [
        "Frist 15.11.: han heim kl 15.30",
        "i dag: ringer NAV i dag",
        "i dag: ringer politiet i morgen",
        "Frist: etter skolen",
        "kjøper bleier",
        "25.11.: ringer barnevernet onsdag",
        "Vis alt som står igjen (2 til)",
    ]
    assert rows[1].right == "IKKE RING"
    assert texts(rows_of(guide, book, 9))[3:5] == [
        "13.11.: ringer skolen i kveld",
        "13.11.: ringer legen i dag",
    ]
    assert ALL_POINTS not in {row.key for row in rows_of(guide, book, 9)}


def test_an_old_deadline_that_nobody_marked_does_not_hide_the_next_one(guide: Guide) -> None:
    book = Book()
    book.put(contact(n, deadline("han heim kl 15.30")) for n in (40, 41, 100))
    assert texts(rows_of(guide, book, 1))[0] == "Frist i dag: han heim kl 15.30"
    assert texts(rows_of(guide, book, 2))[1] == "Frist 25.09.: han heim kl 15.30"


@pytest.mark.parametrize("few", [1, 3, 10])
def test_the_first_ones_are_those_of_the_list_of_all(guide: Guide, few: int) -> None:
    """They are picked without one."""
    chance, book = random.Random(few), Book()
    when = ("i dag", "i morgen", "kl 15", "", "torsdag", "12.12.")
    for n in range(1, 101):
        made = [coming(f"ringer {n} {chance.choice(when)}", f"next:{k}") for k in (1, 2)]
        pinned = [deadline(f"heim {chance.choice(when)}")] if chance.random() < 0.2 else []
        book.put([contact(n, *pinned, *made[: chance.randrange(3)])])
    assert texts(rows_of(guide, book, few)) == texts(rows_of(guide, book, few, asked=1000))


@pytest.mark.parametrize("done", [None, Done(NOON, "Ragnhild")])
def test_the_contact_has_its_deadline_under_it_until_it_is_done(
    guide: Guide, done: Done | None
) -> None:
    points = (RowPoint(deadline("han heim kl 15.30"), done), RowPoint(coming("ringer NAV")))
    entry = row_entry(contact(92, points=points), guide, WORDS)
    below = [text for text, _ in ContactRows(WORDS, TODAY, 78, None).contact(entry).below]
    first = [] if done else ["Frist 15.11.: han heim kl 15.30"]
    assert below == [*first, "Videre: ringer NAV"]


@pytest.mark.parametrize("marks", [(), (True,), (True, False)])
def test_the_signed_record_says_its_deadline_before_anything_else_until_it_is_done(
    guide: Guide, marks: tuple[bool, ...]
) -> None:
    talk: Conversation = begun(guide)
    told(talk, "redd for at han kommer")
    talk.pin("deadline", "han hjem kl 15.30")
    at = NOON.isoformat()
    done = [{"point": "deadline", "done": mark, "at": at, "by": "Ragnhild"} for mark in marks]
    made = shape(talk, status="signed", signed=NOON)
    record = {**made, "by": "Ragnhild", "joined": [], **NOTHING_ADDED, "done": done}
    rows = list(SignedRows(record, guide, WORDS, TODAY).rows())
    shown = "Frist i dag: han hjem kl 15.30"
    assert (rows[1].text == shown) is (not marks or not marks[-1])
    assert [row.text for row in rows].count(shown) <= 1
