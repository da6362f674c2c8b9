"""Find what a kept line bears on: a query, and the items that answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from intake_tui.guide.find import find
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.widgets.desk import desk
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.record import Statement


class PlacePicker(Widget):
    """Shown only while a place is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._conversation: Conversation | None = None
        self._line: Statement | None = None
        self._looked_for: str | None = None

    def compose(self) -> ComposeResult:
        """The query above what it finds."""
        yield ClosedInput(placeholder=desk(self).words("running_note.find"))
        found = Rows()
        found.can_focus = False
        yield found

    def begin(self, conversation: Conversation, line: Statement) -> None:
        """Look for a place of that line; its own places are among those found, with a mark."""
        self._conversation, self._line, self._looked_for = conversation, line, None
        query = self.query_one(Input)
        query.value = ""
        self.screen.set_focus(query)
        self._look()

    @property
    def line(self) -> str | None:
        """The id of the line that a place is looked for."""
        return self._line.id if self._line else None

    @property
    def highlighted(self) -> str | None:
        """The item that Enter takes, of what is typed by now."""
        self._look()
        return self.query_one(Rows).highlighted

    def move(self, delta: int) -> None:
        """The highlight up or down."""
        self.query_one(Rows).move(delta)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what is typed."""
        message.stop()
        self._look()

    def _look(self) -> None:
        conversation, line = self._conversation, self._line
        query = self.query_one(Input).value
        if conversation is None or line is None or query == self._looked_for:
            return
        self._looked_for = query
        words = desk(self).words
        items = find(
            conversation.guide,
            query,
            language=words.language,
            line=line.text,
            step=conversation.step,
        )
        own = words("running_note.own-place")
        rows = [
            Row(
                item.short.at(words.language),
                key=item.id,
                right=own if item.id in line.places else "",
            )
            for item in items
        ]
        if not rows:
            rows = [Row(words("running_note.found-nothing"), look="quiet")]
        self.query_one(Rows).show(rows, highlight=rows[0].key if rows else None)
