"""What the next Enter keeps beside the words: the kind, the places, their answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from intake_tui.guide.model import Guide
from intake_tui.widgets.bar import Bar
from intake_tui.widgets.row_layout import Piece
from intake_tui.widgets.saying import answer_word, kind_word, place_name
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.events import Kind
    from intake_tui.intake.line import Line

DOT: Piece = (" · ", "quiet")


def kind_pieces(line: Line, kind: Kind, words: Words, kept: int = 0) -> Iterator[Piece]:
    """The kind; where a kept line was brought back, that it is being corrected.

    A line without a place leaves room to say how many were kept, and where they are.
    """
    if line.editing:
        yield words("conversation.editing") + " ", "accent"
    yield kind_word(kind, words), "plain" if kind == "told" else "accent"
    if not line.places:
        yield " · " + words("conversation.unplaced"), "quiet"
        if kept and not line.editing:
            yield " · " + words("conversation.kept", n=kept), "quiet"


def place_pieces(line: Line, place: str, guide: Guide, words: Words) -> tuple[Piece, ...]:
    """A place and its answer; the last place, which Tab answers, stands out."""
    name = place_name(guide, place, words)
    value = line.answers.get(place)
    answer = f": {answer_word(guide, place, value, words)}" if value is not None else ""
    return (name, "heading" if place == line.places[-1] else "accent"), (answer, "strong")


class Chips(Bar):
    """The line above the note line. Where not all places fit, the first ones give way to …"""

    _kind: tuple[Piece, ...] = ()
    _places: tuple[tuple[Piece, ...], ...] = ()

    def tell(self, line: Line, kind: Kind, guide: Guide, words: Words, *, kept: int) -> None:
        """Show what the line has; `kept`: how many lines were kept before it."""
        chips = tuple(place_pieces(line, place, guide, words) for place in line.places)
        self._put(tuple(kind_pieces(line, kind, words, kept)), chips)

    def say(self, text: str) -> None:
        """Say instead what the line is."""
        self._put(((text, "accent"),), ())

    def _put(self, kind: tuple[Piece, ...], places: tuple[tuple[Piece, ...], ...]) -> None:
        if (kind, places) != (self._kind, self._places):
            self._kind, self._places = kind, places
            self.lay_out_anew()

    def _laid_out(self, width: int) -> list[list[Piece]]:
        for left_out in range(len(self._places)):
            line = self._line(left_out)
            if sum(cell_len(text) for text, _ in line) <= width:
                return [line]
        return [self._line(max(0, len(self._places) - 1))]

    def _line(self, left_out: int) -> list[Piece]:
        line = list(self._kind)
        for number, place in enumerate(self._places[left_out:]):
            line.append(DOT if number else (" → ", "quiet"))
            if left_out and not number:
                line += [("…", "quiet"), DOT]
            line += place
        return line
