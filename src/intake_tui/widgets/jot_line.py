"""A plain line to write on, before there is a conversation."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from textual import events
from textual.message import Message

from intake_tui.textual_fixes.closed import ClosedTextArea


class JotLine(ClosedTextArea):
    """Two to five rows; Enter ends the line.

    What is typed is asked for, never sent: a posted message would come after the next key.
    """

    DEFAULT_CSS = """
    JotLine {
        height: auto; min-height: 3; max-height: 7;
        border: none; border-left: outer $accent;
        background: $surface; padding: 0 1; scrollbar-size-vertical: 1;
    }
    JotLine:focus { border: none; border-left: outer $accent; background: $panel; }
    """

    class Typed(Message):
        """The line has changed: see `line`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self._end: Callable[[], None] | None = None
        self._taken = ""

    def at_enter(self, end: Callable[[], None]) -> None:
        """From now on Enter calls `end`."""
        self._end = end

    def put(self, text: str) -> None:
        """Stand with that text, which is kept elsewhere already; the cursor after it."""
        self.load_text(text)
        self.move_cursor(self.document.end)
        self._taken = self.line

    def take(self) -> str | None:
        """What the line reads now, where it is not what was put or taken last."""
        before, self._taken = self._taken, self.line
        return self._taken if self._taken != before else None

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            if self._end is not None:
                self._end()

    async def _on_paste(self, event: events.Paste) -> None:
        """Text from elsewhere, without control characters."""
        event.stop()
        event.prevent_default()
        text = "".join(sign for sign in event.text if sign == "\n" or _printable(sign))
        await super()._on_paste(events.Paste(text))

    @property
    def line(self) -> str:
        """What stands in it, composed."""
        return unicodedata.normalize("NFC", self.text)

    def on_text_area_changed(self, event: ClosedTextArea.Changed) -> None:
        """Passed on at each change."""
        event.stop()
        self.post_message(self.Typed())


def _printable(sign: str) -> bool:
    return unicodedata.category(sign) != "Cc"
