"""The field for a passphrase, which gives back no sign of it and loses no key."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widget import Widget

from intake_tui.textual_fixes import ClosedInput


class PassphraseInput(ClosedInput):
    """Calls `submit` at Enter; from `hand_over` on, every further key goes to another widget.

    Keys that follow Enter at once already stand in this widget's queue when the focus moves, so
    it has to pass them on itself, or they would be lost.
    """

    def __init__(self, submit: Callable[[], None], *, id: str) -> None:  # noqa: A002 - Textual's
        super().__init__(password=True, id=id)
        self._submit = submit
        self._heir: Widget | None = None

    def hand_over(self, heir: Widget) -> None:
        """The focus moves to `heir`, and so does what is still on its way here."""
        self._heir = heir
        heir.focus()

    def take_back(self) -> None:
        """The field is empty, and keys are its own again."""
        self._heir = None
        self.value = ""

    async def _on_key(self, event: events.Key) -> None:
        if self._heir is not None:
            event.stop()
            event.prevent_default()
            self._heir.post_message(events.Key(event.key, event.character))
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self._submit()

    def _on_paste(self, event: events.Paste) -> None:
        if self._heir is not None:
            event.stop()
            event.prevent_default()
            self._heir.post_message(events.Paste(event.text))
