"""What is due, from the rows alone: by the newest contact of the person, and never by guess."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.intake.points import Point
from intake_tui.records.joins import Joined, Joins
from intake_tui.records.retention import UNDECIDED, UNITS, Due, Period, due
from intake_tui.records.rows import ContactRow, Done, RowPoint
from intake_tui.widgets.periods import period_said, period_typed
from intake_tui.words import WORDS_LANGUAGES, Words

NOON = dt.datetime(2026, 2, 28, 12, tzinfo=dt.UTC)
TODAY = dt.date(2028, 3, 1)
A, B, C = ("0a" * 16, "0b" * 16, "0c" * 16)


def row(case: str, *, days: int = 0, outcome: str | None = "HELP-1", status: str = "signed",
        left: bool = False, number: int = 1) -> ContactRow:  # fmt: skip
    points = (RowPoint(Point("next:s1", "next", "ringe nav"), None if left else Done(NOON, "x")),)
    return ContactRow(
        id=f"{number:032x}",
        case=case,
        code="K",
        alias=None,
        started=NOON + dt.timedelta(days=days),
        status=status,  # type: ignore[arg-type]
        channel=None,
        outcome=outcome,
        by="x",
        points=points,
        call=None,
        hours=None,
        broke=False,
        n=number,
    )


def found(*rows: ContactRow, joined: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    keeping = {"HELP-1": Period(n=2, unit="years"), UNDECIDED: Period(n=6, unit="months")}
    links = [Joined("01" * 16, joined, NOON, "x", "y")] if joined else []
    return [(one.case, str(one.due)) for one in due(rows, Joins(links), keeping, TODAY)]


def test_the_day_counts_from_the_newest_contact_of_the_person() -> None:
    assert found(row(A)) == [(A, "2028-02-28")]
    assert found(row(A), row(A, days=1)) == [(A, "2028-03-01")]
    assert found(row(A), row(A, days=3)) == []
    assert found(row(A), row(B, days=3)) == [(A, "2028-02-28")]
    assert found(row(A), row(B, days=3), joined=(A, B)) == []


def test_the_longest_time_of_a_case_counts_and_what_is_not_settled_is_never_due() -> None:
    assert found(row(A, outcome=None)) == [(A, "2026-08-28")]
    assert found(row(A, outcome=None), row(A)) == [(A, "2028-02-28")]
    assert found(row(A, outcome="HELP-2")) == []
    assert found(row(A, outcome="HELP-2"), row(A)) == []
    assert due([row(A)], Joins(), {}, TODAY) == ()


def test_what_is_open_or_left_to_do_says_why() -> None:
    def held(*rows: ContactRow) -> list[str | None]:
        keeping = {"HELP-1": Period(n=1, unit="days")}
        return [one.held for one in due(rows, Joins(), keeping, TODAY)]

    assert held(row(A)) == [None]
    assert held(row(A, left=True)) == ["to-do"]
    assert held(row(A), row(A, status="open", left=True)) == ["open"]
    assert held(row(A, status="open")) == []


@given(st.sampled_from(UNITS), st.integers(1, 999), st.dates(dt.date(1900, 1, 1)))
def test_a_period_ends_on_a_day_that_there_is(unit: str, n: int, day: dt.date) -> None:
    end = Period.model_validate({"n": n, "unit": unit}).after(day)
    if end is None:
        assert day.year + n + 3 > dt.MAXYEAR or unit == "years"
        return
    months = (end.year - day.year) * 12 + end.month - day.month
    assert end > day
    assert {"days": (end - day).days, "months": months, "years": months / 12}[unit] == n
    assert unit == "days" or end.day == day.day or (end + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize("language", WORDS_LANGUAGES)
@given(unit=st.sampled_from(UNITS), n=st.integers(1, 999))
def test_a_period_reads_back_as_it_is_said(language: str, unit: str, n: int) -> None:
    period = Period.model_validate({"n": n, "unit": unit})
    assert period_typed(period_said(period, Words(language))) == period  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed", ["2", "år", "0 år", "1000 år", "-1 år", "2 uker", "2 år 3 md", ""]
)
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"period|input"):
        period_typed(typed)


def test_ten_thousand_are_looked_through_at_once(figure: Callable[[str, str], None]) -> None:
    rows = [row(f"{n // 2:032x}", days=-(n % 2000), number=n + 1) for n in range(10_000)]
    links = [
        Joined(f"{n:032x}", (f"{2 * n:032x}", f"{2 * n + 1:032x}"), NOON, "x", "y")
        for n in range(500)
    ]
    begin = time.process_time()
    listed: tuple[Due, ...] = due(rows, Joins(links), {"HELP-1": Period(n=1, unit="days")}, TODAY)
    seconds = time.process_time() - begin
    figure("what is due among 10 000 contacts, computing time", f"{seconds:.2f} s")
    assert len(listed) == 5_000
