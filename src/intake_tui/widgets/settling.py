"""An Enter that does what cannot be taken back: a key held down, or pressed twice, is none."""

from __future__ import annotations

from typing import ClassVar

from textual.message_pump import MessagePump
from textual.timer import Timer

SETTLES_AFTER = 0.6  # seconds without Enter before Enter counts


class Settles(MessagePump):
    """Part of a screen or widget that asks before it does something for good.

    It calls `settle` when the question comes, and asks `takes_enter` at each Enter.
    """

    settles_after: ClassVar[float] = SETTLES_AFTER
    is_settled = True  # whether Enter counts
    _settling: Timer | None = None

    def settle(self) -> None:
        """Enter counts only after a while from here."""
        if self._settling is not None:
            self._settling.stop()
        self.is_settled = self.settles_after <= 0
        if not self.is_settled:
            self._settling = self.set_timer(self.settles_after, self._take_enter)

    def takes_enter(self) -> bool:
        """Whether this Enter counts. One that came too soon makes the next one wait as long."""
        if not self.is_settled:
            self.settle()
            return False
        return True

    def _take_enter(self) -> None:
        self.is_settled = True
        self.settled()

    def settled(self) -> None:
        """From here on Enter counts: to be shown, where it is."""
