"""Longer times as they are typed: «forrige uke», «i november», «høsten 2025», «i 2023»."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Literal, TypeAlias

from intake_tui.intake.calendar_words import (
    LAST_MONTH,
    LAST_WEEK,
    LAST_WEEKEND,
    LAST_YEAR,
    MONTHS,
    SEASONS,
    THIS_MONTH,
    THIS_WEEK,
    THIS_YEAR,
)
from intake_tui.intake.occurred_days import ago, one_of

Length: TypeAlias = Literal["days", "week", "month", "season", "year"]
Period: TypeAlias = tuple[dt.date, dt.date, Length]

_LAST = one_of(LAST_YEAR)
_WHICH = rf"(?: (?P<year>[0-9]{{4}}|{_LAST}|{one_of(THIS_YEAR)}))?"
_YEAR = re.compile(r"(?:i |in |året |året i )?(?P<year>[0-9]{4})")
_MONTH = re.compile(rf"(?:i |in )?(?P<name>{one_of(MONTHS)})\.?{_WHICH}")
_SEASON = re.compile(rf"(?:i |in |this )?(?P<name>{one_of(SEASONS)}){_WHICH}")
_WEEK = re.compile(r"(?:i |in )?(?:uke|veke|week) (?P<number>[0-9]{1,2})(?: (?P<year>[0-9]{4}))?")
_LAST_SEASON = re.compile(rf"(?:i fjor|ifjor) (?P<name>{one_of(SEASONS)})")
_FIRST_YEAR, _LAST_MONTH = 1900, 12
_WINTER = 12
_SATURDAY = 5


def period_of(text: str, today: dt.date) -> Period | None:
    """The first and last day of the time that the text names; today where it still goes on."""
    found = (
        _weekend(text, today)
        or _week(text, today)
        or _numbered(text, today)
        or _month(text, today)
        or _season(text, today)
        or _year(text, today)
    )
    if found is None:
        return None
    begin, end, length = found
    return begin, min(end, today) if begin <= today else end, length


def _week(text: str, today: dt.date) -> Period | None:
    back = ago(text)
    weeks = 0 if text in THIS_WEEK else 1 if text in LAST_WEEK else None
    if back and back[1] == "week":
        weeks = back[0]
    if weeks is None:
        return None
    monday = today - dt.timedelta(days=today.weekday() + 7 * weeks)
    return monday, monday + dt.timedelta(days=6), "week"


def _weekend(text: str, today: dt.date) -> Period | None:
    """The last one that is over; while one lasts, it is not sure which is meant."""
    if text not in LAST_WEEKEND or today.weekday() >= _SATURDAY:
        return None
    sunday = today - dt.timedelta(days=today.weekday() + 1)
    return sunday - dt.timedelta(days=1), sunday, "days"


def _numbered(text: str, today: dt.date) -> Period | None:
    """«uke 46»: the last one that had begun, by the calendar's own numbers; with a year, of it."""
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    year, number = match["year"], int(match["number"])
    for each in (int(year),) if year else (today.isocalendar().year, today.isocalendar().year - 1):
        monday = _monday(each, number)
        if monday and (year or monday <= today):
            return monday, monday + dt.timedelta(days=6), "week"
    return None


def _monday(year: int, number: int) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def _month(text: str, today: dt.date) -> Period | None:
    back = ago(text)
    months = 0 if text in THIS_MONTH else 1 if text in LAST_MONTH else None
    if back and back[1] == "month":
        months = back[0]
    if months is not None:
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        return (*_months(year, month + 1, 1), "month")
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    month = MONTHS[match["name"]]
    return (*_months(_year_meant(match["year"], month, today), month, 1), "month")


def _season(text: str, today: dt.date) -> Period | None:
    """Winter lies in two years, so that a winter with a year is not worked out."""
    last, match = _LAST_SEASON.fullmatch(text), _SEASON.fullmatch(text)
    if last is not None:
        month, which = SEASONS[last["name"]], LAST_YEAR[0]
    elif match is not None:
        month, which = SEASONS[match["name"]], match["year"]
    else:
        return None
    if month == _WINTER and which:
        return None
    return (*_months(_year_meant(which, month, today), month, 3), "season")


def _year(text: str, today: dt.date) -> Period | None:
    back, match = ago(text), _YEAR.fullmatch(text)
    year = None
    if text in THIS_YEAR or text in LAST_YEAR:
        year = today.year - (text in LAST_YEAR)
    elif back and back[1] == "year":
        year = today.year - back[0]
    elif match and int(match["year"]) >= _FIRST_YEAR:
        year = int(match["year"])
    if year is None:
        return None
    return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"


def _year_meant(which: str | None, month: int, today: dt.date) -> int:
    """The year said; without one, the last in which that month had begun."""
    if which is None:
        return today.year - (month > today.month)
    if which.isdecimal():
        return int(which)
    return today.year - (which in LAST_YEAR)


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    last = month + count - 1
    end_year, end = year + (last > _LAST_MONTH), (last - 1) % 12 + 1
    days = calendar.monthrange(end_year, end)[1]
    return dt.date(year, month, 1), dt.date(end_year, end, days)
