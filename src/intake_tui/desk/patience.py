"""A delay after each failure to sign in, up to five seconds. Nothing is ever wiped."""

from __future__ import annotations

LONGEST = 5.0
FIRST = 0.5


class Patience:
    """How long the next attempt has to wait, in seconds."""

    def __init__(self) -> None:
        self._failures = 0
        self._since = 0.0

    def failed(self, now: float) -> None:
        """An attempt failed at `now` (seconds of any clock that goes on)."""
        self._failures += 1
        self._since = now

    def succeeded(self) -> None:
        """The next attempt does not wait."""
        self._failures = 0

    def left(self, now: float) -> float:
        """What is left to wait at `now`."""
        if not self._failures:
            return 0.0
        delay = min(LONGEST, FIRST * 2.0 ** (self._failures - 1))
        return max(0.0, self._since + delay - now)
