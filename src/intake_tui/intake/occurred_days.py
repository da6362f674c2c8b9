"""Days as they are typed: «14.11», «14. november», «i går», «lø», each seen from a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from intake_tui.intake.calendar_words import (
    ALL_WEEKDAYS,
    DAYS_AHEAD,
    DAYS_BACK,
    FEASTS,
    MONTHS,
    NUMBERS,
    UNITS,
)


def one_of(words: Iterable[str]) -> str:
    """A pattern of those words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"
_MONTH = rf"(?P<name>{one_of(MONTHS)})\.?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}\.(?P<month>[0-9]{{1,2}})(?:\.(?P<year>[0-9]{{4}}|[0-9]{{2}})|\.)?",
        rf"{_DAY}/(?P<month>[0-9]{{1,2}})(?:[-/](?P<year>[0-9]{{4}}|[0-9]{{2}}))?",
        rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-{_DAY}",
        rf"{_DAY}(?:\.|st|nd|rd|th)?(?: of)? ?{_MONTH}(?: {_YEAR})?",
        rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?: {_YEAR})?",
    )
)
_WEEKDAY = re.compile(
    rf"(?:(?:sist|last) )?(?P<weekday>{one_of(ALL_WEEKDAYS)})\.?(?: (?:den |the )?(?P<date>.*))?"
)
_AGO = re.compile(
    rf"(?:for )?(?P<number>[0-9]{{1,3}}|{one_of(NUMBERS)}) (?P<unit>{one_of(UNITS)}) "
    r"(?:siden|sidan|ago)"
)
LEAP = 8  # years within which a 29 February is always found


def day_of(text: str, today: dt.date) -> dt.date | None:
    """The day that the text names; without a year, or by a weekday, the last one before today."""
    if text in DAYS_BACK:
        return today - dt.timedelta(days=DAYS_BACK[text])
    if text in DAYS_AHEAD:
        return today + dt.timedelta(days=DAYS_AHEAD[text])
    if text in FEASTS:
        return _feast(*FEASTS[text], today)
    return _days_ago(text, today) or _weekday(text, today) or date_of(text, today)


def date_of(text: str, today: dt.date) -> dt.date | None:
    """The day of a date such as «14.11» or «14. november 2025»."""
    text = text.removeprefix("den ").removeprefix("the ")
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            return _dated(match.groupdict(), today)
    return None


def night_to(text: str, today: dt.date) -> dt.date | None:
    """The day that a night led to: the night to Sunday, on a Sunday, is the one just past."""
    if ALL_WEEKDAYS.get(text.removesuffix(".")) == today.weekday():
        return today
    return day_of(text, today)


def ago(text: str) -> tuple[int, str] | None:
    """How many days, weeks, months or years ago: «for tre uker siden»."""
    match = _AGO.fullmatch(text)
    if match is None:
        return None
    number = match["number"]
    return NUMBERS.get(number) or int(number), UNITS[match["unit"]]


def _days_ago(text: str, today: dt.date) -> dt.date | None:
    found = ago(text)
    return today - dt.timedelta(days=found[0]) if found and found[1] == "day" else None


def _weekday(text: str, today: dt.date) -> dt.date | None:
    """The last such day before today; with a date, that date, if it falls on such a day."""
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    weekday = ALL_WEEKDAYS[match["weekday"]]
    if match["date"] is None:
        return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    date = date_of(match["date"], today)
    return date if date and date.weekday() == weekday else None


def _feast(month: int, day: int, today: dt.date) -> dt.date:
    """The last one, today counted."""
    this_year = dt.date(today.year, month, day)
    return this_year if this_year <= today else dt.date(today.year - 1, month, day)


def _dated(parts: dict[str, str | None], today: dt.date) -> dt.date | None:
    month = MONTHS.get(parts.get("name") or "") or int(parts.get("month") or 0)
    day, year = int(parts["day"] or 0), parts.get("year")
    years = (_year(year, today),) if year else range(today.year, today.year - LEAP - 1, -1)
    for each in years:
        date = _valid(each, month, day)
        if date is not None and (year or date <= today):
            return date
    return None


def _year(text: str, today: dt.date) -> int:
    """Two digits are of this century unless that lies beyond next year."""
    if len(text) == 4:
        return int(text)
    century = today.year // 100 * 100
    year = century + int(text)
    return year if year <= today.year + 1 else year - 100


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
