"""A few quiet lines under the list: what the guide says of the highlighted item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from rich.cells import cell_len

from intake_tui.guide.model import AnyItem, Duty, Guide, Information, Option
from intake_tui.guide.wording import sentences
from intake_tui.widgets.ageing import mark
from intake_tui.widgets.bar import Bar, flowed
from intake_tui.widgets.row_layout import Piece
from intake_tui.words import Words

Paragraph: TypeAlias = tuple[Piece, ...]


def hint_paragraphs(
    item: AnyItem, guide: Guide, words: Words, today: dt.date, pronoun: str | None = None
) -> Iterator[Paragraph]:
    """What to say, plain, and what to keep in mind, quiet; the most specific first."""
    language = words.language
    own: list[Piece] = []
    if item.supplement:
        own.append((words("conversation.supplement"), "quiet"))
    if isinstance(item, Information):
        own.append((" ".join(sentences(item, guide, pronoun, language)), "plain"))
    elif isinstance(item, Option):
        own.append((item.about.at(language), "plain"))
    if said := mark(item, today, words):
        own.append((f" ({said})", "quiet"))
    if own:
        yield tuple(own)
    for hint in guide.hints_about.get(item.id, ()):
        said = mark(hint, today, words)
        yield ((hint.text.at(language) + (f" ({said})" if said else ""), "quiet"),)


def duty_hint(duty: Duty, words: Words, today: dt.date) -> Piece:
    """When a duty applies, for the row on which it is weighed."""
    said = mark(duty, today, words)
    return duty.about.at(words.language) + (f" ({said})" if said else ""), "quiet"


def whole(paragraphs: Iterable[Paragraph], width: int, rows: int) -> list[list[Piece]]:
    """As many paragraphs as can be read to their end, each on lines of its own; one always."""
    lines: list[list[Piece]] = []
    for paragraph in paragraphs:
        more = flowed(paragraph, max(1, width), rows if not lines else rows + 1)
        if lines and len(lines) + len(more) > rows:
            break
        lines += more
    return lines


def rows_needed(paragraphs: Iterable[Paragraph], more: str, width: int, most: int) -> int:
    """The lines that the paragraphs take, with the word that more can be read in its corner."""
    lines = whole(paragraphs, width, most)
    return len(lines) + (not _has_room(lines[-1:], more, width))


def _has_room(last: list[list[Piece]], more: str, width: int) -> bool:
    used = sum(cell_len(text) for line in last for text, _ in line)
    return not more or used + 2 + cell_len(more) <= width


class HintBar(Bar):
    """The hint of the highlighted item, or a quiet word on what was just done."""

    DEFAULT_CSS = "HintBar { height: 2; padding: 0 2 0 3; }"
    _hint: tuple[Paragraph, ...] = ()
    _more: str = ""  # that there is more to read, in the corner at the right
    _word: str = ""

    def allow(self, rows: int) -> None:
        """Take that many lines, neither more nor fewer."""
        if rows != self.rows:
            self.rows = rows
            self.styles.height = rows
            self.lay_out_anew()

    def hint(self, paragraphs: Iterable[Paragraph], more: str = "") -> None:
        """Show the item's hint, and in the corner that there is more to read."""
        self._hint, self._more, self._word = tuple(paragraphs), more, ""
        self.lay_out_anew()

    def tell(self, text: str) -> None:
        """Show a quiet word until something else happens."""
        self._word = text
        self.lay_out_anew()

    def settle(self) -> None:
        """The hint again, after a quiet word."""
        if self._word:
            self.tell("")

    def _laid_out(self, width: int) -> list[list[Piece]]:
        if self._word:
            return whole((((self._word, "accent"),),), width, self.rows)
        if not self._more:
            return whole(self._hint, width, self.rows)
        for shown in range(len(self._hint), -1, -1):
            lines = whole(self._hint[:shown], width, self.rows)
            lines += [[] for _ in range(self.rows - len(lines))]
            if _has_room(lines[-1:], self._more, width):
                break
        used = sum(cell_len(text) for text, _ in lines[-1])
        margin = " " * (width - used - cell_len(self._more))
        lines[-1] = [*lines[-1], (margin, "plain"), (self._more, "accent")]
        return lines
