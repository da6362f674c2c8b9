"""When something is to be done by, as far as its words say so plainly. The words stand as written.

Only a clock time and a day that are named are understood; «etter skolen» is nobody's guess here.
"""

from __future__ import annotations

import datetime as dt
import re

from intake_tui.intake.points import Point

_CLOCK = re.compile(r"\b(?:kl\.?|klokka|klokken|at)\s*(\d{1,2})(?:[:.](\d{2}))?(?![\d:.]*\d)", re.I)
_MINUTES = re.compile(r"(?<![\d.:])(\d{1,2}):(\d{2})(?![\d:.]*\d)")
_HOUR = re.compile(
    r"(?<![\d.:,-])(\d{1,2})(?:[:.](\d{2}))?(?![\d:.,-]*\d)(?!\s*(?:år|mnd|barn|year))", re.I
)
_TONIGHT = re.compile(r"\b(?:i\s?(?:kveld|natt|dag)|tonight|today)\b", re.I)
_TOMORROW = re.compile(r"\b(?:i\s?morg[eo]n|tomorrow)\b", re.I)
_WEEKDAYS = (
    r"m[aå]ndag|monday",
    r"t[iy]r?sdag|tuesday",
    r"onsdag|wednesday",
    r"torsdag|thursday",
    r"fredag|friday",
    r"l(?:ø|au)rdag|saturday",
    r"s(?:ø|u)ndag|sunday",
)
_DAYS = tuple(re.compile(rf"\b(?:{names})\b", re.I) for names in _WEEKDAYS)
END_OF_DAY = dt.time(23, 59)
NIGHT_ENDS = 7  # o'clock: what is due before then belongs to the night before


def due(point: Point, said: dt.datetime) -> dt.datetime | None:
    """When it is due, in the time of this machine; None where its words do not say.

    `said` is when the conversation began. In a deadline a number alone is an hour; elsewhere it
    needs «kl» or minutes.
    """
    here = said.astimezone()
    clock, day = _clock(point), _day(point.text, here.date())
    if clock is None and day is None:
        return None
    if clock is None:
        return dt.datetime.combine(day or here.date(), END_OF_DAY).astimezone()
    return dt.datetime.combine(day or here.date(), clock).astimezone()


def is_due(at: dt.datetime, now: dt.datetime) -> bool:
    """Whether it is overdue, or due today or in the night that follows."""
    tonight = (now.astimezone() + dt.timedelta(days=1)).replace(hour=NIGHT_ENDS, minute=0)
    return at < tonight


def _clock(point: Point) -> dt.time | None:
    patterns = (_CLOCK, _MINUTES, _HOUR) if point.kind == "deadline" else (_CLOCK, _MINUTES)
    for pattern in patterns:
        for found in pattern.finditer(point.text):
            hour, minute = int(found[1]), int(found[2] or 0)
            if hour < 24 and minute < 60:
                return dt.time(hour, minute)
    return None


def _day(text: str, said: dt.date) -> dt.date | None:
    if _TOMORROW.search(text):
        return said + dt.timedelta(days=1)
    if _TONIGHT.search(text):
        return said
    for number, pattern in enumerate(_DAYS):
        if pattern.search(text):
            return said + dt.timedelta(days=(number - said.weekday()) % 7)
    return None
