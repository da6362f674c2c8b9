"""When something is to be done by, as far as its words say so plainly. The words stand as written.

Only a clock time and a day that are named are understood; «etter skolen» is nobody's guess here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TypeAlias

from intake_tui.intake.calendar_words import MONTHS, WEEKDAYS
from intake_tui.intake.occurred_days import date_of, one_of
from intake_tui.intake.points import DEADLINE, Point

_UNITS = r"(?!\s*(?:år|mnd|barn|year|time|tima|hour|min|uke|veke|week|dag|day|gang|%))"
_HOUR_AND_MINUTE = r"(\d{1,2})(?:[:.](\d{2}))?(?![\d:.,/-]*\d)"
_CLOCK = re.compile(rf"\b(?:kl\.?|klokka|klokken|at)\s*{_HOUR_AND_MINUTE}{_UNITS}")
_MINUTES = re.compile(r"(?<![\d.:])(\d{1,2}):(\d{2})(?![\d:.]*\d)")
_HOME_BY = re.compile(
    rf"\b(?:hjem|heim|home|før|before|innen|innan|by)\s+{_HOUR_AND_MINUTE}{_UNITS}"
)
_GOES_HOME = re.compile(r"(?:hjem|heim|home)\b")
_AT_THE_END = re.compile(rf"(?<![\d.:,/-])(?<!\bog )(?<!\band ){_HOUR_AND_MINUTE}\W*$")
_ORDINAL = r"(?:\.|st|nd|rd|th)?"
_DATE = re.compile(
    r"(?<![\d.:])(?:\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d)"
    r"|\d{1,2}/\d{1,2}(?:[-/](?:\d{4}|\d{2}))?(?![\d/])|\d{4}-\d{1,2}-\d{1,2}(?!\d)"
    rf"|\d{{1,2}}{_ORDINAL}(?: of)? ?(?:{one_of(MONTHS)})\b(?: \d{{4}})?)"
    rf"|\b(?:{one_of(MONTHS)}) \d{{1,2}}{_ORDINAL}(?!\d)(?: \d{{4}})?"
)
_BEGUN = dict.fromkeys(name[:3] for name in MONTHS)
_LIKE_A_DATE = re.compile(rf"\d[./-]\d|{one_of(_BEGUN)}")  # found in each date, and sooner
_CLOCK_BEFORE = re.compile(r"\b(?:kl\.?|klokka|klokken|at)\s*$")
AHEAD = dt.timedelta(days=330)  # a date without a year is one of these, or was not long ago
_TONIGHT = re.compile(r"\b(?:i\s?(?:kveld|natt|dag)|tonight|today)\b")
_TOMORROW = re.compile(r"\b(?:i\s?morg[eo]n|tomorrow)\b")
_WEEKDAY = re.compile(rf"\b({one_of(WEEKDAYS)})\b")
_FIGURE = re.compile(r"\d")  # no clock time and no date is without one
_A_DAY = re.compile("dag|day|kveld|natt|night|morg|morrow")  # each word for one has one of them
END_OF_DAY = dt.time(23, 59)
NIGHT_ENDS = 7  # o'clock: what is due before then belongs to the night before


def due(point: Point, said: dt.datetime) -> dt.datetime | None:
    """When it is due, in the time of this machine; None where its words do not say.

    `said` is when the conversation began. A date is no hour. In a deadline a number alone is one
    where it stands last, or after a word such as «hjem»; elsewhere it needs «kl» or minutes.
    """
    text, date, clock = point.text.casefold(), None, None
    with_figures, with_a_day = _FIGURE.search(text), _A_DAY.search(text)
    if not with_figures and not with_a_day:
        return None
    here = said.astimezone()
    if with_figures:
        text, date = _without_date(text, here.date())
        clock = _clock(text, here.date(), is_deadline=point.kind == DEADLINE)
    day = date or (_day(text, here.date()) if with_a_day else None)
    if clock is None and day is None:
        return None
    return dt.datetime.combine(day or here.date(), clock or END_OF_DAY).astimezone()


def deadline_due(points: Iterable[Point], said: dt.datetime) -> dt.datetime | None:
    """When the pinned one among them is due; None where there is none, or it does not say."""
    return next((due(point, said) for point in points if point.kind == DEADLINE), None)


def is_due(at: dt.datetime, now: dt.datetime) -> bool:
    """Whether it is overdue, or due today or in the night that follows."""
    return at < tonight(now)


def tonight(now: dt.datetime) -> dt.datetime:
    """When the night after that day ends: what is due before then is due now."""
    return (now.astimezone() + dt.timedelta(days=1)).replace(hour=NIGHT_ENDS, minute=0)


Urgency: TypeAlias = tuple[bool, bool, float]


def urgency(at: float, now: float, *, pinned: bool) -> Urgency:
    """The order of what is due (both in seconds): what is pinned first.

    Of either, the soonest that is still to come, for that can be met; then the newest overdue one:
    what nobody marked done last year must not hide today's.
    """
    return not pinned, at < now, abs(at - now)


def _without_date(text: str, said: dt.date) -> tuple[str, dt.date | None]:
    """The text without the first date in it, and that date; the next one of its name."""
    if not _LIKE_A_DATE.search(text):
        return text, None
    for found in _DATE.finditer(text):
        if not _CLOCK_BEFORE.search(text[: found.start()]):
            date = date_of(found[0], said + AHEAD) or date_of(found[0].rstrip("."), said + AHEAD)
            if date is not None:
                return f"{text[: found.start()]} {text[found.end() :]}", date
    return text, None


def _clock(text: str, said: dt.date, *, is_deadline: bool) -> dt.time | None:
    for pattern in (_CLOCK, _MINUTES, *((_HOME_BY, _AT_THE_END) if is_deadline else ())):
        for found in pattern.finditer(text):
            hour, minute = int(found[1]), int(found[2] or 0)
            if hour < 24 and minute < 60 and not _may_be_a_day(found, said):
                return dt.time(hour, minute)
    return None


def _may_be_a_day(found: re.Match[str], said: dt.date) -> bool:
    """«møte 12.12» names a day or an hour: nothing is said. Whoever goes home does so by clock."""
    if found.re is _CLOCK or "." not in found[0] or _GOES_HOME.match(found[0]):
        return False
    day = date_of(f"{found[1]}.{found[2]}.", said + AHEAD) if found[2] else None
    return day is not None and day >= said


def _day(text: str, said: dt.date) -> dt.date | None:
    if _TOMORROW.search(text):
        return said + dt.timedelta(days=1)
    if _TONIGHT.search(text):
        return said
    found = _WEEKDAY.search(text)
    return said + dt.timedelta(days=(WEEKDAYS[found[1]] - said.weekday()) % 7) if found else None
