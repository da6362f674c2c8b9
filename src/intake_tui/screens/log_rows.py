"""How the log reads: a heading a day, a line an entry, in sober words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from intake_tui.records.seeking import matches, sought, terms_of
from intake_tui.records.seeking import whole as as_one
from intake_tui.widgets.row_layout import Look, Piece, Row
from intake_tui.widgets.saying import clock
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.records.log_lines import LogLine

SELDOM = frozenset({"item", "item-removed", "drafts-listed", "draft-left", "locked"})
"""What is kept for the check of the vault, or says again what another line says.

The open conversations are read for the list with every sign-in, and those that were in front are
left with every lock; items are counts, names, joinings and unfinished words, and what is settled
for the centre is a line of its own. They are shown where they are asked for.
"""
ODD = frozenset({"unreadable", "missing"})
TIME, CODE = 7, 9  # columns


def wanted(words: Words, query: str, today: dt.date, *, whole: bool) -> Callable[[LogLine], bool]:
    """Which lines are shown: called in the vault's thread."""
    sought_words = sought(query)

    def keep(line: LogLine) -> bool:
        if not whole and line.act in SELDOM:
            return False
        return not sought_words or matches(_searched(line, words, today), sought_words)

    return keep


def _searched(line: LogLine, words: Words, today: dt.date) -> str:
    """What it is found by: what its row says, and other words that people have for it."""
    said = (line.who, *line.whom, act_words(line, words), *_flags(line, words))
    told = (*said, *_also(line, words, today))
    return as_one(terms_of(line.cases, (line.at,), told))


def _also(line: LogLine, words: Words, today: dt.date) -> Iterator[str]:
    other, day = f"log.also-{line.act}", line.at.astimezone().date()
    if words.has(other):
        yield words(other)
    if day == today:
        yield words("log.word-today")
    elif day == today - dt.timedelta(days=1):
        yield words("log.word-yesterday")


def act_words(line: LogLine, words: Words) -> str:
    """What was done, and to whom."""
    key = f"log.act-{line.act}"
    done = words(key) if words.has(key) else line.act
    if line.whom:
        done = f"{done}: {', '.join(line.whom)}"
    if line.gone and line.act not in ("erased", "draft-erased"):
        return words("log.gone", done=done)
    return words("log.unknown", done=done) if line.unknown else done


def _flags(line: LogLine, words: Words) -> Iterator[str]:
    named = (f"log.flag-{flag.replace('_', '-')}" for flag in line.flags)
    return (words(key) for key in named if words.has(key))


class LogRows:
    """Makes rows of lines."""

    def __init__(self, words: Words, today: dt.date) -> None:
        self._words = words
        self._today = today

    def rows(self, lines: Iterable[LogLine], after: dt.datetime | None) -> Iterator[Row]:
        """The rows below those of a line of that time; None: the first ones."""
        day = after and after.astimezone().date()
        for line in lines:
            its = line.at.astimezone().date()
            if its != day:
                if day is not None:
                    yield Row()
                yield Row(self._day(its), look="heading")
                day = its
            yield self._row(line)

    def _day(self, day: dt.date) -> str:
        date = f"{day:%d.%m.%Y}"
        if day == self._today:
            return self._words("log.today", date=date)
        return f"{self._words(f'log.weekday-{day.isoweekday()}')} {date}"

    def _row(self, line: LogLine) -> Row:
        words = self._words
        look: Look = "strong" if line.act in ODD or line.flags else "plain"
        below: list[Piece] = [(flag, "strong") for flag in _flags(line, words)]
        if line.act in ODD:
            below.append((words("log.odd-do"), "quiet"))
        codes = ", ".join(line.cases)
        lead = set_cell_size(clock(line.at), TIME) + set_cell_size(codes, max(CODE, len(codes) + 2))
        who = words("log.sheet") if line.by_sheet else line.who
        return Row(act_words(line, words), lead=lead, right=who, look=look, below=tuple(below))
