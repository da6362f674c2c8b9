"""The line broke: how it was agreed to call back, or that it was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from intake_tui.intake.events import SafetyKind
from intake_tui.screens.frame import Frame
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.safety_rows import days_taken, number_text, safety_rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

WHEN_CALLING: tuple[SafetyKind, ...] = ("number", "hours", "code-word", "voicemail")


class LineBrokeScreen(Frame[bool]):
    """Records that the line broke, saves at once, and stays until Enter or Esc.

    Without an agreement it shows no digit, so that nobody can dial from it in a hurry.
    """

    reading = True
    help_section = "line-broke"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "leave", "line_broke.key-back", show=False),
        Binding("ctrl+z", "take_back", "line_broke.key-not-broken", show=False),
    ]

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation

    def heading(self) -> tuple[str, str]:
        """What has happened, and that everything is kept."""
        return self.words("line_broke.title"), self.words("line_broke.kept")

    def keys(self) -> tuple[Key, ...]:
        """Back, and back as if it had not broken."""
        return (
            Key("Enter", self.words("line_broke.key-back")),
            Key("^Z", self.words("line_broke.key-not-broken")),
        )

    def on_mount(self) -> None:
        """Record it, save it, show the agreement."""
        self._conversation.broke()
        self.desk.save_now(self._conversation)
        self.rows.show(self._agreement())

    def _agreement(self) -> Iterator[Row]:
        intake = self._conversation.intake
        safety, taken = intake.safety, days_taken(intake, self.words)
        call = safety.get("call")
        yield Row()
        if call == "yes":
            yield Row(self.words("line_broke.may-call") + taken.get("call", ""), look="strong")
            yield Row()
            rows = {row.key: row for row in safety_rows(safety, self.words, taken=taken)}
            yield from (rows[kind] for kind in WHEN_CALLING)
        elif call == "no":
            yield Row(self.words("line_broke.must-not-call") + taken.get("call", ""), look="warn")
            if safety.get("number"):
                yield Row()
                number = number_text(safety, self.words) + taken.get("number", "")
                yield Row(number, look="warn")
        else:
            yield Row(self.words("line_broke.not-agreed"), look="warn")
        yield Row()
        yield Row(self.words("line_broke.again"), look="quiet")

    def action_leave(self) -> None:
        """Enter, Esc: back to the same place, with the same words in the note line."""
        self.dismiss(False)

    def action_take_back(self) -> None:
        """Ctrl+Z: it did not break, somebody only looked."""
        if self._conversation.is_broken:
            self._conversation.undo()
            self.dismiss(True)
