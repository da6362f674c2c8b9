"""What there is to read beside a step: pages, from whoever has something to show there.

Whoever has pages adds a function to `SOURCES`: it is given where the counsellor stands, and
gives the pages that belong there, or none. What a counsellor needs soonest stands first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from intake_tui.guide.model import AnyItem, Topic
from intake_tui.guide.topic_files import POINT
from intake_tui.widgets.ageing import source_line
from intake_tui.widgets.row_layout import LIST_MARK, Row
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page: its title, its rows, and where it comes from, which stands quietly under it."""

    title: str
    rows: tuple[Row, ...] = ()
    source: str = ""
    steps: tuple[tuple[Row, ...], ...] = ()  # shown instead of rows: one, and ↓ goes to the next
    keys: str = ""  # what its keys do, where they do more than scroll
    place: str | None = None  # what Tab answers while it is read and the line has no place


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


def aloud_pages(where: Where) -> Iterable[Page]:
    """What can be said aloud of the item, and the plan."""
    from intake_tui.widgets.reading_aloud import plan_pages, say_pages  # noqa: PLC0415

    return (*say_pages(where), *plan_pages(where))


def topic_pages(where: Where) -> Iterator[Page]:
    """The guide's topics: those of the item, then the others of the step and its items."""
    for topic in _topics(where):
        yield topic_page(topic, where.words, where.today)


def _topics(where: Where) -> tuple[Topic, ...]:
    guide = where.conversation.guide
    step = guide.steps[where.conversation.step - 1]
    of_item = guide.topics_about.get(where.item.id, ()) if where.item else ()
    ids = (step.id, *(item.id for item in step.items))
    of_step = (topic for id_ in ids for topic in guide.topics_about.get(id_, ()))
    return tuple({topic.id: topic for topic in (*of_item, *of_step)}.values())


def topic_page(topic: Topic, words: Words, today: dt.date) -> Page:
    """One topic, its points with their mark before them."""
    return Page(
        topic.title.at(words.language),
        tuple(_row(text) for text in topic.text.at(words.language)),
        source=source_line(topic, today, words),
    )


def _row(text: str) -> Row:
    if text.startswith(POINT):
        return Row(text.removeprefix(POINT), lead=LIST_MARK)
    return Row(text)


SOURCES: tuple[Source, ...] = (aloud_pages, topic_pages)


def pages(where: Where) -> tuple[Page, ...]:
    """All pages for where the counsellor stands, in the order of the sources."""
    return tuple(page for source in SOURCES for page in source(where))
