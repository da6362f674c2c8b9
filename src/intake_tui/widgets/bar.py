"""A line or two of words across the screen: header, step bar, strip, chips and hints are such."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from intake_tui.widgets.caution import caution_on, unparted_by
from intake_tui.widgets.row_layout import Piece
from intake_tui.widgets.unbroken import WORD, shown


def flowed(pieces: Iterable[Piece], width: int, rows: int) -> list[list[Piece]]:
    """The pieces' words in at most `rows` lines of `width` columns, … where they go on."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for text, look in pieces:
        for word in WORD.findall(text):
            if used + cell_len(word.rstrip()) > width and used:
                if len(lines) == rows:
                    lines[-1] = _with_ellipsis(lines[-1], width)
                    return lines
                lines.append([])
                used = 0
            lines[-1].append((word, look))
            used += cell_len(word)
    return lines


def _with_ellipsis(line: list[Piece], width: int) -> list[Piece]:
    """The line with … at its end; its last words make room where they have to."""
    shown = list(line)
    while shown and (
        not shown[-1][0].strip()
        or cell_len("".join(text for text, _ in shown).rstrip()) + 2 > width
    ):
        shown.pop()
    if not shown:
        return [("…", line[-1][1])]
    word, look = shown[-1]
    return [*shown[:-1], (word.rstrip() + " …", look)]


class Bar(Widget):
    """Pieces from the left, pieces at the right edge; repainted only where they have changed."""

    ALLOW_SELECT: ClassVar[bool] = False
    ROWS: ClassVar[int] = 1  # lines that the pieces from the left may take
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--plain",
        "bar--quiet",
        "bar--strong",
        "bar--heading",
        "bar--warn",
        "bar--accent",
        "bar--quoted",
    }
    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; padding: 0 1; }
    Bar > .bar--quiet { color: $text-muted; }
    Bar > .bar--strong { text-style: bold; }
    Bar > .bar--heading { color: $text-accent; text-style: bold; }
    Bar > .bar--warn { color: $text-warning; text-style: bold; }
    Bar > .bar--accent { color: $text-accent; }
    Bar > .bar--quoted { color: $text-accent; text-style: italic; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.rows = self.ROWS
        self._left: tuple[Piece, ...] = ()
        self._right: tuple[Piece, ...] = ()
        self._lines: list[list[Piece]] | None = None
        self._width = 0  # that the lines were laid out for

    def show(self, left: Iterable[Piece], right: Iterable[Piece] = ()) -> None:
        """Show these pieces."""
        pieces = tuple(left), tuple(right)
        if pieces != (self._left, self._right):
            self._left, self._right = pieces
            self.lay_out_anew()

    def lay_out_anew(self) -> None:
        """What is shown has changed."""
        self._lines = None
        self.refresh(layout=self.styles.is_auto_height)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the pieces need."""
        return max(1, len(self._laid_out(width)))

    def _laid_out(self, width: int) -> list[list[Piece]]:
        right = sum(cell_len(text) for text, _ in self._right)
        lines = flowed(self._marked(), width - (right + 2 if right else 0), self.rows)
        if right:
            used = sum(cell_len(text) for text, _ in lines[0])
            lines[0] += [(" " * max(0, width - used - right), "plain"), *self._right]
        return lines

    def _marked(self) -> Iterable[Piece]:
        """The pieces from the left, with what must be said of the numbers in them."""
        caution = caution_on(self)
        return [(unparted_by(caution, text), look) for text, look in self._left]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.content_size.width
        if self._lines is None or width != self._width:
            self._lines, self._width = self._laid_out(width), width
        base = self.rich_style
        if y >= len(self._lines):
            return Strip.blank(width, base)
        segments = [
            Segment(shown(text), base + self.get_component_rich_style(f"bar--{look}", partial=True))
            for text, look in self._lines[y]
        ]
        return Strip(segments).adjust_cell_length(width, base)
