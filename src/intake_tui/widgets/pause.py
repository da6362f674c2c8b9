"""When what is typed is kept: after a short while, however long somebody goes on."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

PAUSE = 0.4  # seconds


class Pause:
    """Begins with the first key, and does not begin anew with the next ones."""

    def __init__(self, host: MessagePump, keep: Callable[[], None], after: float = PAUSE) -> None:
        self._host, self._keep, self._after = host, keep, after
        self._timer: Timer | None = None

    def typed(self) -> None:
        """Something was typed: it is kept before long."""
        if self._timer is None:
            self._timer = self._host.set_timer(self._after, self.now)

    def now(self) -> None:
        """Keep it now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._keep()
