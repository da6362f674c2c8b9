"""What the next Enter keeps beside the words: the kind, the places, their answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from intake_tui.guide.model import Guide
from intake_tui.widgets.bar import Bar
from intake_tui.widgets.row_layout import Piece
from intake_tui.widgets.saying import answer_word, kind_word, place_name
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.events import Kind
    from intake_tui.intake.line import Line


def chip_pieces(line: Line, kind: Kind, guide: Guide, words: Words) -> Iterator[Piece]:
    """Kind → places, each with its answer; the last picked one is the one that Tab turns."""
    if line.editing:
        yield words("conversation.editing") + " ", "accent"
    yield kind_word(kind, words), "plain" if kind == "told" else "accent"
    if not line.places:
        yield " · " + words("conversation.unplaced"), "quiet"
        return
    yield " → ", "quiet"
    for number, place in enumerate(line.places):
        if number:
            yield " · ", "quiet"
        last = number == len(line.places) - 1
        yield place_name(guide, place, words), "heading" if last else "accent"
        value = line.answers.get(place)
        if value is not None:
            yield f": {answer_word(guide, place, value, words)}", "strong"


class Chips(Bar):
    """The line above the note line."""

    def tell(self, line: Line, kind: Kind, guide: Guide, words: Words) -> None:
        """Show what the line has."""
        self.show(chip_pieces(line, kind, guide, words))
