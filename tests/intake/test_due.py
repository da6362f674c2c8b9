"""When something is due, where its words say so plainly; and no guess where they do not."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from intake_tui.intake.calendar_words import MONTHS
from intake_tui.intake.due import due, is_due
from intake_tui.intake.points import Point, PointKind

MONDAY = dt.datetime(2026, 11, 23, 13, 0, tzinfo=dt.UTC)  # 14:00 in Oslo


@pytest.fixture(autouse=True)
def in_oslo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("deadline", "barna hjem 16", "23 16:00"),
        ("deadline", "barna hjem 15.30", "23 15:30"),
        ("deadline", "han er hjemme kl. 17", "23 17:00"),
        ("deadline", "i morgen 8", "24 08:00"),
        ("deadline", "møte i retten 12.12.", "12 23:59"),
        ("deadline", "flytter 3. desember", "03 23:59"),
        ("deadline", "barna (5 og 7) hjem 16", "23 16:00"),
        ("deadline", "barna hjem 16, 5 og 7 år", "23 16:00"),
        ("deadline", "hjemme om 2 timer", None),
        ("deadline", "hjem kl 12.10.", "23 12:10"),
        ("deadline", "retten 12.12. kl. 9", "12 09:00"),
        ("next", "ring 21.12. kl 10", "21 10:00"),
        ("next", "ringte 20.11.", "20 23:59"),
        ("next", "meet on 4 December at 9", "04 09:00"),
        ("deadline", "barn 9 år", None),
        ("deadline", "før 28", None),
        ("deadline", "etter skolen", None),
        ("deadline", "møte 12.12", None),
        ("deadline", "flytter innen 1.12", None),
        ("deadline", "møte 12.30", "23 12:30"),
        ("deadline", "møte 12.11", "23 12:11"),
        ("deadline", "møte kl 12.12", "23 12:12"),
        ("deadline", "barna hjem 12.12", "23 12:12"),
        ("next", "jeg ringer advokatvakta tirsdag kl 9", "24 09:00"),
        ("next", "ho ringjer i morgon kl. 10:15", "24 10:15"),
        ("next", "hentes 18:30", "23 18:30"),
        ("next", "ringer politiet, i kveld", "23 23:59"),
        ("next", "ringer fredag", "27 23:59"),
        ("next", "mandag: NAV", "23 23:59"),
        ("next", "ringer 2 ganger", None),
        ("next", "RING KL 9", "23 09:00"),
        ("deadline", "BARNA HJEM 16", "23 16:00"),
        ("next", "I MORGEN KL 8", "24 08:00"),
        ("next", "Ringer I KVELD", "23 23:59"),
        ("next", "Bo følger opp", None),
        ("next", "call on Sunday at 7", "29 07:00"),
    ],
)
def test_what_the_words_say(kind: PointKind, text: str, expected: str | None) -> None:
    at = due(Point("p", kind, text), MONDAY)
    assert (f"{at:%d %H:%M}" if at else None) == expected


@pytest.mark.parametrize("words", ["møte 5. {}", "MØTE 5 {}", "{} 5th", "{} 5"])
@pytest.mark.parametrize("month", MONTHS)
def test_a_date_by_the_name_of_its_month(month: str, words: str) -> None:
    at = due(Point("p", "next", words.format(month.capitalize())), MONDAY)
    assert at is not None
    assert (at.day, at.month) == (5, MONTHS[month])


@pytest.mark.parametrize(
    "date", ["5.3.", "05.03.2027", "5.3.27", "5/3", "5/3-27", "5/3/2027", "2027-03-05", "2027-3-5"]
)
def test_a_date_in_figures(date: str) -> None:
    at = due(Point("p", "next", f"møte {date} kl 10"), MONDAY)
    assert at is not None
    assert f"{at:%Y-%m-%d %H:%M}" == "2027-03-05 10:00"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-22T16:00+01:00", True),
        ("2026-11-23T23:59+01:00", True),
        ("2026-11-24T06:59+01:00", True),
        ("2026-11-24T08:00+01:00", False),
    ],
)
def test_the_night_belongs_to_the_day_before(at: str, expected: bool) -> None:
    assert is_due(dt.datetime.fromisoformat(at), MONDAY) is expected


def test_a_date_is_the_next_one_of_its_name_and_not_due_before() -> None:
    at = due(Point("p", "deadline", "møte i retten 12.1."), MONDAY)
    assert at is not None
    assert f"{at:%d.%m.%Y}" == "12.01.2027"
    assert not is_due(at, MONDAY)
