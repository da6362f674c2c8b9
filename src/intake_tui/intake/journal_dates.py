"""When and where it happened, before a sentence of the note: «lørdag 21.11., hjemme: …»."""

from __future__ import annotations

import datetime as dt
import re

from intake_tui.intake.journal_voice import Voice
from intake_tui.intake.occurred import Span, said_on, span_of, worked_out
from intake_tui.intake.record import Statement

_LATER = dt.timedelta(weeks=1)


def dated(line: Statement, body: str, voice: Voice) -> str:
    """The sentence after what its line does not say itself of when and where it happened."""
    if line.of is None:
        return body
    parts = (_when(line, line.of.when), "" if _says(line, line.of.where) else line.of.where)
    before = ", ".join(" ".join(part.split()) for part in parts if part)
    return f"{voice.written_out(before)}: {body}" if before else body


def _when(line: Statement, when: str) -> str:
    """The words, and the date that they mean: next year nobody knows which Saturday it was."""
    date = _date(span_of(line))
    if not date or _says(line, date) or _names_the_day(line, when):
        return "" if _says(line, when) else when
    if _says(line, when):
        return date
    return f"{when} ({date})" if re.search("[0-9,]", when) else f"{when} {date}"


def _says(line: Statement, words: str) -> bool:
    """Whether those words stand in the line, as words of their own."""
    bare = re.escape(words.casefold().rstrip("."))
    return re.search(rf"(?<!\w){bare}(?!\w)", line.text.casefold()) is not None


def _names_the_day(line: Statement, when: str) -> bool:
    """Whether the words would mean the same if they were said a week later, as a date does."""
    day = said_on(line)
    return worked_out(when, day) == worked_out(when, day + _LATER)


def _date(span: Span | None) -> str:
    """The day, or the two days of a night; nothing where it was longer."""
    if span is None or span.precision not in ("day", "time", "night"):
        return ""
    begin, end = f"{span.begin.day}.{span.begin.month}.", f"{span.end.day}.{span.end.month}."
    if span.begin == span.end:
        return end
    return f"{span.begin.day}.–{end}" if span.begin.month == span.end.month else f"{begin}–{end}"
