"""The running note as rows: every line of a conversation, in its order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from intake_tui.intake.record import Intake, Statement
from intake_tui.widgets.happened import happened
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.saying import clock, in_words, kind_word, places_line, said
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide

KIND_WIDTH = 10


def note_rows(guide: Guide, intake: Intake, words: Words, *, kinds: bool = True) -> Iterator[Row]:
    """A row a line, with its places under it; a broken connection stands where it happened."""
    broke = list(intake.broke)
    for statement in intake.statements:
        while broke and broke[0] < statement.at:
            yield _broken(broke.pop(0), words)
        yield _row(guide, intake, statement, words, kinds=kinds)
    for at in broke:
        yield _broken(at, words)


def _row(guide: Guide, intake: Intake, statement: Statement, words: Words, *, kinds: bool) -> Row:
    answers = {
        place: answer.value
        for place in statement.places
        if (answer := intake.answers.get(place)) and answer.statement == statement.id
    }
    places = places_line(guide, statement.places, answers, words)
    kind = kind_word(statement.kind, words)
    lead = f"{clock(statement.at)}  "
    if kinds:
        lead += set_cell_size(kind, KIND_WIDTH) + " "
    text = said(statement) if kinds else in_words(statement, words)
    under = ("→ " + places if places else "", happened(statement, words))
    below: tuple[Piece, ...] = tuple((each, "quiet") for each in under if each)
    return Row(text, key=statement.id, lead=lead, below=below, quoting=True)


def _broken(at: dt.datetime, words: Words) -> Row:
    return Row(words("running_note.broke"), lead=f"{clock(at)}  ", look="quiet")
