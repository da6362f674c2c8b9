"""When what a statement tells of happened: a date worked out from the counsellor's own words.

By plain rules, from explicit forms only, seen from the day of the talk. What is not such a form
is not guessed at. The words themselves are never changed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from intake_tui.intake.calendar_words import (
    LAST_NIGHT,
    MONTHS,
    NIGHTS,
    PARTS,
    SEASONS,
    TODAYS_PARTS,
    UNSURE_WEEKDAYS,
)
from intake_tui.intake.occurred_days import day_of, night_to, one_of
from intake_tui.intake.occurred_periods import period_of

if TYPE_CHECKING:
    from intake_tui.intake.record import Statement

Precision: TypeAlias = Literal[
    "time", "day", "night", "days", "week", "month", "season", "year", "since", "about"
]
LONGEST = 60  # characters: a longer text is no time
MOST_WORDS = 300  # of a line that are looked through for a time
NOON, NIGHT = 12, 22  # the hours after which an afternoon and a night are put in order
WHOLE_DAY = -1

_SPACE = re.compile(r"[\s,]+")
_NIGHT_TO = re.compile(rf"(?:the )?(?:{one_of(NIGHTS)}) (?:til|to) (?P<day>.+)")
_NIGHT_OF = re.compile(rf"(?P<day>.+?)s? ?(?:{one_of(NIGHTS)})")
_PART_OF = re.compile(rf"(?P<day>.+?)s? ?(?:om |på |in the )?(?P<part>{one_of(PARTS)})")
_HOUR = r"(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))? ?(?P<half>am|pm|a\.m\.|p\.m\.)?"
_SPOKEN = rf"(?:kl\.?|klokka|klokken|at) ?{_HOUR}"
_BARE = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?P<half>)"
_ENGLISH = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>am|pm|a\.m\.|p\.m\.)"
_CLOCKS = tuple(
    re.compile(pattern.format(clock))
    for clock in (_SPOKEN, _BARE, _ENGLISH)
    for pattern in (r"(?P<day>.+?) {}", r"{} (?P<day>.+)")
)
_SINCE = re.compile(r"(?:helt )?(?:siden|sidan|ever since|since) (?P<since>.+)")
_ABOUT = re.compile(r"(?:ca\.?|cirka|omtrent|rundt|around|about) (?P<about>.+)")
_FROM_TO = re.compile(r"(?:fra |frå |from )?(?P<begin>.+?) ?(?:–|-| til | to ) ?(?P<end>.+)")
_AROUND = "«»“”\"'()[].,;:!?–-"
_UNSURE = frozenset((*UNSURE_WEEKDAYS, *MONTHS, *SEASONS))


@dataclass(frozen=True, slots=True)
class Span:
    """A first and a last day, how exact they are, and the clock where it was said."""

    begin: dt.date
    end: dt.date
    precision: Precision
    clock: dt.time | None = None
    hour: int = WHOLE_DAY  # for the order within a day

    @property
    def order(self) -> tuple[dt.date, int, dt.time, dt.date]:
        """What events are put in order by."""
        hour = self.clock.hour if self.clock else self.hour
        return self.begin, hour, self.clock or dt.time(), self.end

    def __repr__(self) -> str:
        """Never when it happened."""
        return "<Span>"


def worked_out(words: str, day: dt.date) -> Span | None:
    """The time that those words name, said on that day; None where it cannot be worked out.

    After a comma more may stand, as long as no other time is in it.
    """
    whole = _plain(words)
    head, comma, tail = (part.strip() for part in _composed(words).partition(","))
    found = _read(whole, day)
    if found is None and comma and not re.search("[0-9]", tail) and offered(tail, day) is None:
        found = _read(_plain(head), day)
    return found


def said_on(line: Statement) -> dt.date:
    """The day here on which the line was kept."""
    return line.at.astimezone().date()


def span_of(line: Statement) -> Span | None:
    """When what the line tells of happened, as far as the counsellor's words tell."""
    return worked_out(line.of.when, said_on(line)) if line.of and line.of.when else None


def offered(text: str, day: dt.date) -> str | None:
    """The first time named within a line, in its own words; it holds only once it is accepted."""
    words = [match.span() for match in re.finditer(r"\S+", text)][:MOST_WORDS]
    for at in range(len(words)):
        for begin, end in _stretches(words[at:]):
            piece = text[begin:end].strip(_AROUND)
            if not _is_unsure(_plain(piece)) and _read(_plain(piece), day):
                return piece
    return None


def _stretches(words: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """From the first word on, the longest stretch first."""
    for _, end in reversed(words[:6]):
        yield words[0][0], end


def _is_unsure(text: str) -> bool:
    """Whether it may just as well be another word, or any number, in a line about other things."""
    first, *more = text.split() or [""]
    return text.isdecimal() or first.strip(".") in (UNSURE_WEEKDAYS if more else _UNSURE)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _plain(text: str) -> str:
    return _SPACE.sub(" ", _composed(text)).strip().rstrip(";:!?")


def _read(text: str, day: dt.date) -> Span | None:
    if not text or len(text) > LONGEST:
        return None
    try:
        found = _about(text, day) or _since(text, day) or _simple(text, day) or _range(text, day)
    except (OverflowError, ValueError):
        return None  # before the first or after the last year that a calendar has
    return found or (_read(text[:-1], day) if text.endswith(".") else None)


def _simple(text: str, day: dt.date) -> Span | None:
    return _with_clock(text, day) or _without_clock(text, day)


def _without_clock(text: str, day: dt.date) -> Span | None:
    if night := _night(text, day):
        return night
    if text in TODAYS_PARTS:
        return Span(day, day, "day", hour=TODAYS_PARTS[text])
    text = text.removeprefix("on ") if text.startswith("on ") and " " in text else text
    if date := day_of(text, day):
        return Span(date, date, "day")
    if (part := _PART_OF.fullmatch(text)) and (date := day_of(part["day"], day)):
        return Span(date, date, "day", hour=PARTS[part["part"]])
    period = period_of(text, day)
    return Span(*period) if period else None


def _night(text: str, day: dt.date) -> Span | None:
    """A night lies in two days, and is put in order by its evening."""
    if text in LAST_NIGHT:
        return _to_morning(day)
    if to := _NIGHT_TO.fullmatch(text):
        morning = night_to(to["day"], day)
        return _to_morning(morning) if morning else None
    if of := _NIGHT_OF.fullmatch(text):
        evening = day_of(of["day"], day)
        return _to_morning(evening + dt.timedelta(days=1)) if evening not in (None, day) else None
    return None


def _to_morning(morning: dt.date) -> Span:
    return Span(morning - dt.timedelta(days=1), morning, "night", hour=NIGHT)


def _with_clock(text: str, day: dt.date) -> Span | None:
    """A clock names a time only together with a day."""
    for pattern in _CLOCKS:
        if match := pattern.fullmatch(text):
            found = _without_clock(match["day"].removesuffix(" at").strip(), day)
            clock = _clock(match["hour"], match["minute"], match["half"], found)
            if found and clock and found.precision in ("day", "night"):
                return _at(found, clock)
    return None


def _at(found: Span, clock: dt.time) -> Span:
    """That hour of the day; of a night, of its evening or its morning."""
    date = found.end if clock.hour < NOON else found.begin
    return Span(date, date, "time", clock)


def _clock(hour: str, minute: str | None, half: str | None, found: Span | None) -> dt.time | None:
    """«kl 10» in an evening is 22; else the hour is as it was said."""
    number, late = int(hour), (half or "")[:1]
    if late and not 1 <= number <= NOON:
        return None
    if late:
        number = number % NOON + (NOON if late == "p" else 0)
    elif found and NOON <= found.hour < NIGHT and number < NOON:
        number += NOON
    return dt.time(number, int(minute or 0))


def _since(text: str, day: dt.date) -> Span | None:
    match = _SINCE.fullmatch(text)
    found = _simple(match["since"], day) if match else None
    return Span(found.begin, day, "since") if found and found.begin <= day else None


def _about(text: str, day: dt.date) -> Span | None:
    match = _ABOUT.fullmatch(text)
    found = _simple(match["about"], day) if match else None
    return replace(found, precision="about") if found else None


def _range(text: str, day: dt.date) -> Span | None:
    match = _FROM_TO.fullmatch(text)
    if match is None:
        return None
    begin, end = _simple(match["begin"], day), _simple(match["end"], day)
    if begin is None or end is None or begin.begin > end.end:
        return None
    return Span(begin.begin, end.end, "days", hour=begin.hour)
