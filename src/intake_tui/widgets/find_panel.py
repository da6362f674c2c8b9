"""Find: a query, and the questions, information, options and topics that answer to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from intake_tui.guide.find import find
from intake_tui.guide.find_topics import find_topics
from intake_tui.guide.model import AnyItem, Information, Option, Topic
from intake_tui.guide.wording import sentences
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.widgets.ageing import marked
from intake_tui.widgets.desk import desk, today
from intake_tui.widgets.question_list import wording
from intake_tui.widgets.row_layout import GUTTER, Row, shortened
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

SCROLLBAR = 2  # columns that a list keeps at its right
NAME_COLUMNS = 26  # the longest short name and a gap


def _edits(key: str, action: str) -> Binding:
    return Binding(key, action, show=False)


class Query(ClosedInput, inherit_bindings=False):
    """What is looked for. Keys that do not edit it are left to the panel and the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _edits("left", "cursor_left"),
        _edits("right", "cursor_right"),
        _edits("home", "home"),
        _edits("end", "end"),
        _edits("backspace", "delete_left"),
        _edits("delete", "delete_right"),
        _edits("ctrl+w,ctrl+backspace,alt+backspace", "delete_left_word"),
        _edits("ctrl+u", "delete_left_all"),
    ]


class FindPanel(Widget):
    """Stands where the questions stand, while a place for the line is looked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _edits("up", "move(-1)"),
        _edits("down", "move(1)"),
        _edits("pageup", "page(-1)"),
        _edits("pagedown", "page(1)"),
        _edits("enter", "pick"),
        _edits("escape", "leave"),
        _edits("tab,shift+tab,ctrl+f,f3", "stay"),
    ]
    DEFAULT_CSS = """
    FindPanel { height: 1fr; layout: vertical; display: none; }
    FindPanel.-open { display: block; }
    FindPanel > Rows { width: 100%; height: 1fr; }
    """

    def __init__(
        self,
        conversation: Conversation,
        picked: Callable[[str | None], Awaitable[None]],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        """`picked` is called with the id of what was picked, or None where nothing was."""
        super().__init__(id=id)
        self._conversation = conversation
        self._picked = picked
        self._looked = ""

    def compose(self) -> ComposeResult:
        """The query above what it finds."""
        yield Query(placeholder=desk(self).words("conversation.find-likely"), select_on_focus=False)
        found = Rows()
        found.can_focus = False
        yield found

    @property
    def is_open(self) -> bool:
        """Whether something is being looked for."""
        return self.has_class("-open")

    @property
    def highlighted(self) -> str | None:
        """The id of the item that Enter would pick."""
        self._catch_up()
        return self.query_one(Rows).highlighted

    def begin(self) -> None:
        """Look anew: the likeliest for the words of the line come first."""
        self.add_class("-open")
        query = self.query_one(Query)
        with self.prevent(Input.Changed):
            query.value = ""
        self.screen.set_focus(query)  # at once: the next key is the query's
        self.look("")

    def end(self) -> None:
        """Look no more."""
        self.remove_class("-open")

    @property
    def without_hit(self) -> str:
        """Words that nothing answers to: whoever goes on typing them is writing, not looking."""
        if not self.is_open or self.highlighted is not None:
            return ""
        return self.query_one(Query).value.strip()

    def look(self, query: str) -> None:
        """Show what answers to the query."""
        self._looked = query
        conversation = self._conversation
        items = find(
            conversation.guide,
            query,
            language=desk(self).language,
            line=conversation.line.text,
            step=conversation.step,
            exclude=() if query else conversation.line.places,
        )
        topics = find_topics(conversation.guide, query, language=desk(self).language)
        rows = [*self._rows(items), *self._topic_rows(topics)] or [
            Row(desk(self).words("conversation.find-none"), look="quiet")
        ]
        self.query_one(Rows).show(rows, highlight=rows[0].key)

    def _rows(self, items: list[AnyItem]) -> Iterator[Row]:
        guide, words = self._conversation.guide, desk(self).words
        for item in items:
            step = guide.steps[guide.step_of[item.id] - 1]
            where = f"{step.number} {step.tab.at(words.language)}"
            yield self._row(item, self._about(item), where)

    def _topic_rows(self, topics: list[Topic]) -> Iterator[Row]:
        """Topics stand last: what is looked for most often is a place for the line."""
        words = desk(self).words
        for topic in topics:
            yield self._row(topic, topic.title.at(words.language), words("reading.topic"))

    def _row(self, found: AnyItem | Topic, about: str, where: str) -> Row:
        right = marked(where, found, today(self), desk(self).words)
        room = self._width - GUTTER - NAME_COLUMNS - cell_len(right) - 2
        return Row(
            text=shortened(about, max(1, room)),
            key=found.id,
            lead=found.short.at(desk(self).language).ljust(NAME_COLUMNS),
            lead_look="plain",
            look="quiet",
            right=right,
        )

    @property
    def _width(self) -> int:
        """Columns of a row; the panel may not have been laid out yet, what it stands in has."""
        around = self.parent
        return (around.size.width if isinstance(around, Widget) else 0) - SCROLLBAR

    def _about(self, item: AnyItem) -> str:
        guide, words = self._conversation.guide, desk(self).words
        if isinstance(item, Information):
            pronoun = self._conversation.intake.value("pronoun")
            return next(iter(sentences(item, guide, pronoun, words.language)), "")
        if isinstance(item, Option):
            return item.about.at(words.language)
        return wording(item, guide, self._conversation.intake, words)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what is typed."""
        message.stop()
        self._catch_up()

    def _catch_up(self) -> None:
        """What is shown answers to the query as it stands, however fast it was typed."""
        query = self.query_one(Query).value
        if query != self._looked:
            self.look(query)

    async def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A click on the highlighted row."""
        message.stop()
        await self.action_pick()

    def action_move(self, delta: int) -> None:
        """↑ ↓"""
        self._catch_up()
        self.query_one(Rows).move(delta)

    def action_page(self, direction: int) -> None:
        """PgUp, PgDn."""
        self._catch_up()
        self.query_one(Rows).action_page(direction)

    async def action_pick(self) -> None:
        """Enter: what is highlighted; where there is nothing, the words go onto the line."""
        found = self.highlighted
        if found is not None or self.without_hit:
            await self._picked(found)

    async def action_leave(self) -> None:
        """Esc."""
        await self._picked(None)

    def action_stay(self) -> None:
        """Keys that mean something in the note line and nothing here."""
