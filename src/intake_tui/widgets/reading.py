"""What there is to read beside a step: pages, from whoever has something to show there.

Whoever has pages adds a function to `SOURCES`: it is given where the counsellor stands, and
gives the pages that belong there, or none. What a counsellor needs soonest stands first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from intake_tui.guide.model import AnyItem
from intake_tui.widgets.row_layout import Row
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page: its title, its rows, and where it comes from, which stands quietly under it."""

    title: str
    rows: tuple[Row, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Where:
    """Where the counsellor stands: the conversation with its step, and an item of the guide.

    The item is the line's last place; where it has none, the highlighted one; None on other rows.
    """

    conversation: Conversation
    item: AnyItem | None
    words: Words
    today: dt.date


Source: TypeAlias = Callable[[Where], Iterable[Page]]

SOURCES: tuple[Source, ...] = ()


def pages(where: Where) -> tuple[Page, ...]:
    """All pages for where the counsellor stands, in the order of the sources."""
    return tuple(page for source in SOURCES for page in source(where))
