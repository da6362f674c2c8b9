"""A few quiet lines under the list: what the guide says of the highlighted item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from intake_tui.guide.model import AnyItem, Guide, Information, Option
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


def whole(paragraphs: Iterable[Paragraph], width: int, rows: int) -> list[list[Piece]]:
    """As many paragraphs as can be read to their end, each on lines of its own; one always."""
    lines: list[list[Piece]] = []
    for paragraph in paragraphs:
        more = flowed(paragraph, max(1, width), rows if not lines else rows + 1)
        if lines and len(lines) + len(more) > rows:
            break
        lines += more
    return lines


class HintBar(Bar):
    """The hint of the highlighted item, or a quiet word on what was just done."""

    DEFAULT_CSS = "HintBar { height: 2; padding: 0 2 0 3; }"
    _hint: tuple[Paragraph, ...] = ()
    _word: str = ""

    def allow(self, rows: int) -> None:
        """Take that many lines, neither more nor fewer."""
        if rows != self.rows:
            self.rows = rows
            self.styles.height = rows
            self.lay_out_anew()

    def hint(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show the item's hint."""
        self._hint, self._word = tuple(paragraphs), ""
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
        paragraphs = (((self._word, "accent"),),) if self._word else self._hint
        return whole(paragraphs, width, self.rows)
