"""Says which size is needed where the terminal is too small. Keys still reach what is below."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from intake_tui.widgets.desk import desk

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
        words = desk(self).words("start.too-small", width=size.width, height=size.height)
        self.query_one("#too-small", Static).update(Text(words))

    def on_key(self, event: events.Key) -> None:
        """What is typed goes where it would have gone."""
        below = self.app.screen_stack[-2].focused
        if below is not None and event.is_printable:
            event.stop()
            below.post_message(events.Key(event.key, event.character))
