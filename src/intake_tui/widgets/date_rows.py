"""The date line as rows: what happened in its own order, then the lines without a date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from intake_tui.intake.date_line import Dated, date_line
from intake_tui.intake.occurred import said_on
from intake_tui.widgets.happened import happened, happened_words, understood
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.saying import clock, in_words
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.record import Intake, Statement

GAP = 2


def date_rows(intake: Intake, words: Words) -> Iterator[Row]:
    """Every line once; each dated one with its date before it and its own words under it."""
    line = date_line(intake)
    dates = [_date(each, words) for each in line.dated]
    width = max(map(cell_len, dates), default=0) + GAP
    for each, date in zip(line.dated, dates, strict=True):
        of = each.statement.of
        under = happened_words(of, words) if of else ""
        yield _row(each.statement, set_cell_size(date, width), under, words)
    if not line.dated:
        yield Row(words("running_note.no-dates-yet"), look="quiet")
    if line.undated:
        yield Row()
        yield Row(words("running_note.undated"), look="heading")
        yield from (
            _row(each, f"{clock(each.at)}  ", happened(each, words), words) for each in line.undated
        )


def _date(each: Dated, words: Words) -> str:
    return understood(each.span, said_on(each.statement), words)


def _row(line: Statement, lead: str, under: str, words: Words) -> Row:
    below: tuple[Piece, ...] = ((under, "quiet"),) if under else ()
    return Row(in_words(line, words), line.id, lead, below=below, quoting=True)
