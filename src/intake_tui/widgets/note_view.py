"""The running note beside the questions, to read along in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from intake_tui.widgets.desk import desk
from intake_tui.widgets.note_rows import note_rows
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


class NoteView(Widget):
    """All lines, the newest in sight; never in focus."""

    DEFAULT_CSS = """
    NoteView { width: 1fr; height: 1fr; }
    """

    def __init__(self, conversation: Conversation, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._conversation = conversation
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """One list."""
        rows = Rows(reading=True)
        rows.can_focus = False
        yield rows

    def on_mount(self) -> None:
        """Show what there is."""
        self.refresh_from(self._conversation)

    def refresh_from(self, conversation: Conversation) -> None:
        """Show the conversation's lines, if they are others than those that stand there."""
        intake = conversation.intake
        shown = (intake.statements, intake.answers, intake.broke, intake.safety)
        if shown == self._shown:
            return
        self._conversation, self._shown = conversation, shown
        words = desk(self).words
        rows = list(note_rows(conversation.guide, intake, words, kinds=False))
        if not rows:
            rows = [Row(words("running_note.empty"), look="quiet")]
        view = self.query_one(Rows)
        view.show([Row(words("running_note.title"), look="heading"), *rows])
        view.scroll_end(animate=False)
