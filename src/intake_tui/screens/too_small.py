"""Says which size is needed where the terminal is too small. Who is writing can go on."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from intake_tui.widgets.desk import desk
from intake_tui.widgets.key_order import handed_to
from intake_tui.widgets.unseen import TakesUnseen

WIDTH, HEIGHT = 80, 24


def fits(size: Size) -> bool:
    """Whether all of a screen can be shown in that size."""
    return size.width >= WIDTH and size.height >= HEIGHT


class TooSmallScreen(ModalScreen[None]):
    """In front as long as the terminal is too small; nothing behind it is changed."""

    BINDINGS: ClassVar[list[BindingType]] = []
    CSS_PATH = "too_small.tcss"
    ALLOW_SELECT = False

    def compose(self) -> ComposeResult:
        """One sentence, as large as it has to be."""
        yield Static(id="too-small")

    def on_mount(self) -> None:
        """Says it."""
        self._say()

    def on_resize(self) -> None:
        """Says it anew, with the size that it is now."""
        self._say()

    def _say(self) -> None:
        size = self.app.size
        takes = self._below.unseen if isinstance(self._below, TakesUnseen) else "waits"
        key = "start.too-small" if takes == "writes" else f"start.too-small-{takes}"
        words = desk(self).words(key, width=size.width, height=size.height)
        self.query_one("#too-small", Static).update(Text(words))

    async def on_key(self, event: events.Key) -> None:
        """What is typed does what it would have done."""
        below = self._below
        if isinstance(below, TakesUnseen) and below.takes_unseen(event):
            event.stop()
            await handed_to(below, events.Key(event.key, event.character))

    async def on_paste(self, event: events.Paste) -> None:
        """What is pasted goes where it would have gone."""
        if isinstance(self._below, TakesUnseen):
            event.stop()
            await handed_to(self._below, events.Paste(event.text))

    @property
    def _below(self) -> Screen[Any]:
        """The screen behind this one; the one in front where this one is going just now."""
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else 0
        return stack[at - 1]
