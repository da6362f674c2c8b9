"""A panel with fields: what is typed in them is never only there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic

from textual.events import ScreenSuspend

from intake_tui.screens.frame import Frame, Result
from intake_tui.widgets.pause import PAUSE, Pause

if TYPE_CHECKING:
    from textual.widgets import Input, TextArea


class TypingFrame(Frame[Result], Generic[Result]):
    """Keeps what stands in its fields before long, and when something covers or ends it."""

    keeps_after: ClassVar[float] = PAUSE

    def __init__(self) -> None:
        super().__init__()
        self._pause = Pause(self, self.keep_typed, self.keeps_after)

    def keep_typed(self) -> None:
        """What stands in the fields goes where it belongs; nothing where that has it already."""
        raise NotImplementedError

    def on_input_changed(self, message: Input.Changed) -> None:
        """It is kept before long."""
        self._pause.typed()

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """It is kept before long."""
        self._pause.typed()

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Something covers the screen."""
        self.take_over()

    def take_over(self) -> None:
        """It is kept now."""
        self._pause.now()
