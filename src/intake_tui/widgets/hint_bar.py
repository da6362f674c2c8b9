"""A few quiet lines under the list: what the guide says of the highlighted item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from intake_tui.guide.model import AnyItem, Guide, Hint, Information, Option, Question
from intake_tui.widgets.bar import Bar, flowed
from intake_tui.widgets.row_layout import Piece
from intake_tui.words import Words


def hint_pieces(item: AnyItem, guide: Guide, words: Words, today: dt.date) -> Iterator[Piece]:
    """What to say or to keep in mind, the spoken words first and plain."""
    language = words.language
    if item.supplement:
        yield words("conversation.supplement"), "quiet"
    if isinstance(item, Information):
        yield " ".join(item.say.at(language)), "plain"
    elif isinstance(item, Option):
        yield item.about.at(language), "plain"
    if _stale(item, today):
        yield f" ({words('conversation.check-again')})", "quiet"
    for number, hint in enumerate(guide.hints_about.get(item.id, ())):
        apart = number or not isinstance(item, Question)
        stale = f" ({words('conversation.check-again')})" if _stale(hint, today) else ""
        yield ("   " if apart else "") + hint.text.at(language) + stale, "quiet"


def _stale(known: AnyItem | Hint, today: dt.date) -> bool:
    return known.check_again is not None and known.check_again < today


def rows_needed(pieces: Iterable[Piece], width: int, most: int) -> int:
    """How many lines the pieces take that are shown on at most so many."""
    return len(flowed(whole(pieces, width, most), max(1, width), most))


def whole(pieces: Iterable[Piece], width: int, rows: int) -> tuple[Piece, ...]:
    """As many of the pieces as can be read to their end; the first one always."""
    shown: tuple[Piece, ...] = ()
    for piece in pieces:
        more = (*shown, piece)
        if shown and len(flowed(more, max(1, width), rows + 1)) > rows:
            break
        shown = more
    return shown


class HintBar(Bar):
    """The hint of the highlighted item, or a quiet word on what was just done."""

    DEFAULT_CSS = "HintBar { height: 2; padding: 0 2 0 3; }"
    _hint: tuple[Piece, ...] = ()
    told = False

    def allow(self, rows: int) -> None:
        """Take that many lines, neither more nor fewer."""
        if rows != self.rows:
            self.rows = rows
            self.on_resize()
            self.refresh()
        self.styles.height = rows

    def hint(self, pieces: Iterable[Piece]) -> None:
        """Show the item's hint."""
        self._hint = tuple(pieces)
        self._show_hint()

    def _show_hint(self) -> None:
        self.told = False
        self.show(whole(self._hint, self.content_size.width, self.rows))

    def on_resize(self) -> None:
        """Another width, or another number of lines."""
        super().on_resize()
        if not self.told:
            self._show_hint()

    def tell(self, text: str) -> None:
        """Show a quiet word until something else happens."""
        self.told = True
        self.show([(text, "accent")])

    def settle(self) -> None:
        """The hint again, after a quiet word."""
        if self.told:
            self._show_hint()
