"""The lines of a contact as rows, from its documented shape: the words, and when it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rich.cells import set_cell_size

from intake_tui.guide.model import Guide
from intake_tui.widgets.happened import recorded
from intake_tui.widgets.note_rows import KIND_WIDTH
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.saying import as_said, clock, kind_word, places_line
from intake_tui.words import Words


def said_row(
    line: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], guide: Guide, words: Words
) -> Row:
    """When, of what kind and the words; under them what they bear on, and when and where it was.

    `answers` are those of the contact; the line's own stand with its places.
    """
    own = {place: one["value"] for place, one in answers.items() if one["statement"] == line["id"]}
    places = places_line(guide, line["places"], own, words)
    kind = set_cell_size(kind_word(line["kind"], words), KIND_WIDTH)
    under = ("→ " + places if places else "", recorded(line, words))
    return Row(
        words_of(line),
        lead=f"{clock(read_time(line['at']))}  {kind} ",
        below=tuple((each, "quiet") for each in under if each),
        quoting=True,
    )


def words_of(line: Mapping[str, Any]) -> str:
    """Its words, a quote as one."""
    return as_said(line["kind"], line["text"])


def read_time(text: str) -> dt.datetime:
    """A time as it stands in the shape."""
    return dt.datetime.fromisoformat(text)
