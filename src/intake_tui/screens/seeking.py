"""What lists of contacts share: letters look for one, Backspace takes the last of them off."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.events import Key as KeyPress
from textual.events import Paste

from intake_tui.records.seeking import FIRST_FOUND, MOST_FOUND, named
from intake_tui.screens.contacts_rows import names
from intake_tui.screens.frame import Frame
from intake_tui.widgets.unseen import Unseen

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

Result = TypeVar("Result")


class Seeking(Frame[Result], Generic[Result]):
    """A list that is looked through by typing. Nothing typed here goes to a note line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("backspace", "shorten", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        self.most = FIRST_FOUND  # contacts that are looked for, until these are scrolled

    @property
    def writes_to(self) -> Conversation | None:
        """Letters look for a contact."""
        return None

    @property
    def unseen(self) -> Unseen:
        """Letters look for a contact."""
        return "seeks"

    @cached_property
    def names(self) -> dict[str, str]:
        """What a contact is found by besides what was written of it."""
        return named(names(self.desk.guide, self.words))

    @property
    def takes_letters(self) -> bool:
        """Whether letters look for something just now."""
        return True

    def look_for(self, query: str) -> None:
        """Show what the query finds."""
        raise NotImplementedError

    def more_wanted(self, found: int) -> bool:
        """Whether to look for as many contacts as one query has: so many were found so far.

        They are looked for when somebody scrolls, or where the first ones leave room.
        """
        further = self.rows.has_room or self.rows.scroll_offset.y > 0
        if found < self.most or self.most == MOST_FOUND or not further:
            return False
        self.most = MOST_FOUND
        return True

    def on_key(self, event: KeyPress) -> None:
        """Letters look for a contact."""
        if event.is_printable and event.character and self.takes_letters:
            event.stop()
            self.look_for(self.query_text + event.character)

    def on_paste(self, event: Paste) -> None:
        """So does what was pasted."""
        from intake_tui.widgets.note_line import pasted  # noqa: PLC0415 - seldom needed

        if self.takes_letters:
            event.stop()
            self.look_for(self.query_text + " ".join(pasted(event.text).split()))

    def action_shorten(self) -> None:
        """Backspace: a letter less."""
        self.look_for(self.query_text[:-1])
