"""A field that loses no key, and shows none in the wrong place, however fast they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from textual import events
from textual.widget import Widget

from intake_tui.textual_fixes import ClosedInput

Heir: TypeAlias = "Widget | Callable[[events.Event], object]"


class OrderlyInput(ClosedInput):
    """Calls `submit` at Enter (and Tab) in the order of the keys; `hand_over` passes on the rest.

    Keys that follow Enter at once already stand in this widget's queue when the focus moves. It
    has to pass them on itself, or a passphrase would end up in the field for the name.
    """

    def __init__(
        self,
        submit: Callable[[], None],
        value: str = "",
        *,
        password: bool = False,
        tab: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(value, password=password, id=id)
        self._submit = submit
        self._keys = ("enter", "tab") if tab else ("enter",)
        self._heir: Heir | None = None

    def hand_over(self, heir: Heir) -> None:
        """From now on every key goes to `heir`: a widget, which gets the focus, or a call."""
        self._heir = heir
        if isinstance(heir, Widget):
            self.screen.set_focus(heir)  # at once: `focus` waits, and keys would overtake keys

    def take_back(self) -> None:
        """Keys are its own again."""
        self._heir = None

    def on_focus(self) -> None:
        """Somebody came back to it."""
        self.take_back()

    async def _on_key(self, event: events.Key) -> None:
        if self._heir is not None:
            self._pass_on(event, events.Key(event.key, event.character))
        elif event.key in self._keys:
            event.stop()
            event.prevent_default()
            self._submit()

    def _on_paste(self, event: events.Paste) -> None:
        if self._heir is not None:
            self._pass_on(event, events.Paste(event.text))

    def _pass_on(self, event: events.Event, again: events.Event) -> None:
        event.stop()
        event.prevent_default()
        if isinstance(self._heir, Widget):
            self._heir.post_message(again)
        elif self._heir is not None:
            self._heir(again)
