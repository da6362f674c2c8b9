"""The widgets of the conversation's screen, held by name: there is one of each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container

from intake_tui.widgets.chips import Chips
from intake_tui.widgets.find_panel import FindPanel
from intake_tui.widgets.footer import Footer
from intake_tui.widgets.header import Header
from intake_tui.widgets.hint_bar import HintBar
from intake_tui.widgets.note_line import NoteLine
from intake_tui.widgets.note_view import NoteView
from intake_tui.widgets.question_list import QuestionList
from intake_tui.widgets.safety_strip import SafetyStrip
from intake_tui.widgets.step_bar import StepBar

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


class Parts:
    """From top to bottom. `found` and `emptied` are called by find and by the note line."""

    def __init__(
        self,
        conversation: Conversation,
        found: Callable[[str | None], Awaitable[None]],
        emptied: Callable[[], None],
    ) -> None:
        self.header = Header()
        self.steps = StepBar()
        self.safety = SafetyStrip()
        self.questions = QuestionList()
        self.finder = FindPanel(conversation, found)
        self.stage = Container(self.questions, self.finder, id="stage")
        self.beside = NoteView(conversation, id="beside")
        self.hint = HintBar()
        self.chips = Chips()
        self.note = NoteLine(conversation.line.text, emptied)
        self.footer = Footer()

    def compose(self) -> ComposeResult:
        """The same ones on every step.

        Two containers hold what no key changes: Textual asks everything that stands beside the
        note line anew at each key, but not what stands within something else.
        """
        yield Container(self.header, self.steps, self.safety, id="top")
        yield Container(Container(self.stage, self.beside, id="body"), self.hint, id="middle")
        yield self.chips
        yield self.note
        yield self.footer
