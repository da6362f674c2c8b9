"""The cover: neutral text over everything. It hides, and does nothing else."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from intake_tui.widgets.gate import gate

SETTLES_AFTER = 0.7  # seconds in which a key of the same burst does not uncover


class CoverScreen(ModalScreen[None]):
    """Enter or Esc uncovers; letters are held unseen, for «Skriv nå» or the note line.

    Somebody who believes that the dark screen asks for a passphrase shows it to nobody.
    """

    ALLOW_SELECT = False
    settles_after: ClassVar[float] = SETTLES_AFTER

    def __init__(self) -> None:
        super().__init__()
        self._last_escape = 0.0
        self._held = ""

    def compose(self) -> ComposeResult:
        """Two quiet lines."""
        words = gate(self).words
        yield Static(words("cover.title"), id="cover-title", markup=False)
        yield Static(words("cover.keys"), id="cover-keys", markup=False)

    def on_mount(self, event: events.Mount) -> None:
        """The burst that covered counts from here."""
        self._last_escape = event.time

    def on_key(self, event: events.Key) -> None:
        """Uncovers, unless it is too soon after the burst that covered."""
        event.stop()
        if event.key in ("enter", "escape"):
            last = self._last_escape
            if event.key == "escape":  # the burst goes on; an Enter after it is none of it
                self._last_escape = event.time
            if event.time - last > self.settles_after:
                gate(self).uncover()
        elif event.is_printable or event.key == "backspace":
            self._hold(f"{self._held}{event.character}" if event.is_printable else self._held[:-1])

    def _hold(self, text: str) -> None:
        self._held = text
        keys = gate(self).words("cover.held" if text else "cover.keys")
        self.query_one("#cover-keys", Static).update(keys)

    def take(self) -> str:
        """What was typed here, which is somebody else's from now on.

        Nothing where the cover has only just been put up, and has no lines yet.
        """
        text = self._held
        if text:
            self._hold("")
        return text

    def __repr__(self) -> str:
        """Never what was typed."""
        return "<CoverScreen>"
