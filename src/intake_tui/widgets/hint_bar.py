"""A few quiet lines under the list: what the guide says of the highlighted item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from intake_tui.guide.model import AnyItem, Guide, Hint, Information, Option, Question
from intake_tui.widgets.bar import Bar, flowed
from intake_tui.widgets.row_layout import Piece
from intake_tui.words import Words

MOST_ROWS = 4


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


def rows_needed(pieces: Iterator[Piece], width: int) -> int:
    """How many lines the pieces take, at most as many as there can be."""
    return len(flowed(pieces, max(1, width), MOST_ROWS))


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

    def hint(self, pieces: Iterator[Piece]) -> None:
        """Show the item's hint."""
        self._hint = tuple(pieces)
        self.told = False
        self.show(self._hint)

    def tell(self, text: str) -> None:
        """Show a quiet word until something else happens."""
        self.told = True
        self.show([(text, "accent")])

    def settle(self) -> None:
        """The hint again, after a quiet word."""
        if self.told:
            self.told = False
            self.show(self._hint)
