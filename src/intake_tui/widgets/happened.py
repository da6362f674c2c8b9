"""When and where it happened, in words: the counsellor's own, and how they were understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from intake_tui.intake.occurred import Span, said_on, span_of
from intake_tui.intake.record import Occurred
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.record import Statement


def understood(span: Span, day: dt.date, words: Words) -> str:
    """The date that was worked out: «lø 21.11.», with the year where it is not the talk's."""
    if span.precision == "year" and (span.begin.month, span.begin.day) == (1, 1):
        return str(span.begin.year)
    if span.precision == "since":
        return words("running_note.since", date=_date(span.begin, day))
    if span.precision == "night":
        return words("running_note.night-to", date=_day(span.end, day, words))
    if span.begin != span.end:
        shown = f"{_date(span.begin, day)}–{_date(span.end, day)}"
    else:
        shown = _day(span.begin, day, words)
    if span.precision == "about":
        return words("running_note.about", date=shown)
    return f"{shown} {span.clock:%H:%M}" if span.clock else shown


def happened(line: Statement, words: Words) -> str:
    """The words on when and where, with the date beside them; nothing where there are none."""
    if line.of is None:
        return ""
    span = span_of(line)
    date = understood(span, said_on(line), words) if span else words("running_note.no-date")
    return happened_words(line.of, words, date)


def happened_words(of: Occurred, words: Words, date: str = "") -> str:
    """«når: lørdag → lø 21.11. · hvor: hjemme»; the date may stand elsewhere."""
    parts = []
    if of.when:
        key = "when-was" if date else "when-said"
        parts.append(words(f"running_note.{key}", when=of.when, date=date))
    if of.where:
        parts.append(words("running_note.where-was", where=of.where))
    return " · ".join(parts)


def recorded(line: Mapping[str, Any], words: Words) -> str:
    """The same of a line in its documented shape, as it was worked out at the signing."""
    of = line["occurred"]
    if of is None:
        return ""
    date = recorded_date(line, words) or words("running_note.no-date")
    return happened_words(Occurred(of["when"] or "", of["where"] or ""), words, date)


def recorded_date(line: Mapping[str, Any], words: Words) -> str:
    """The date of it alone; nothing where none was worked out."""
    span, at = _span(line["occurred"]), dt.datetime.fromisoformat(line["at"])
    return understood(span, at.astimezone().date(), words) if span else ""


def _span(of: Mapping[str, Any]) -> Span | None:
    if of["precision"] is None:
        return None
    begin, end = (dt.datetime.fromisoformat(of[name]) for name in ("from", "to"))
    clock = begin.time() if of["precision"] == "time" else None
    return Span(begin.date(), end.date(), of["precision"], clock)


def _day(date: dt.date, day: dt.date, words: Words) -> str:
    weekday = words("running_note.weekdays").split()[date.weekday()]
    return f"{weekday} {_date(date, day)}"


def _date(date: dt.date, day: dt.date) -> str:
    return f"{date:%d.%m.}" if date.year == day.year else f"{date:%d.%m.%Y}"
