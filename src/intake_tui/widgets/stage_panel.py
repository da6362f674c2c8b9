"""What may stand where the step's list stands, while the note line below keeps the letters."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from intake_tui.widgets.rows import Rows


class StagePanel(Widget):
    """One at a time. The conversation's screen hands it the keys that do not write."""

    DEFAULT_CSS = "StagePanel { height: 1fr; }"
    section: ClassVar[str]  # its name: a key of help.toml after «about-»
    reading: ClassVar[bool] = False  # whether its list is a text to scroll

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows = Rows(reading=self.reading)
        self.rows.can_focus = False  # the letters are the note line's

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.rows

    def on_mount(self) -> None:
        """Show what there is."""
        self.refresh_panel()

    @property
    def hint(self) -> str:
        """What stands in the hint's place while it is open."""
        return ""

    @property
    def place(self) -> str | None:
        """What Tab answers while it is open and the line has no place of its own."""
        return None

    @property
    def on_case(self) -> bool:
        """Whether the highlight stands on the row from which the person's case is looked for."""
        return False

    def refresh_panel(self) -> None:
        """The conversation has changed."""

    def move(self, delta: int) -> None:
        """↑ ↓"""

    def page(self, direction: int) -> None:
        """PgUp, PgDn."""

    def enter(self) -> bool:
        """Enter in an empty note line; whether that changed the conversation."""
        return False
