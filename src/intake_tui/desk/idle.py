"""When nobody has touched the keys: first the cover, then the lock, and at last a fresh process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from intake_tui.desk.courtesy import COURTESY

Due: TypeAlias = Literal["cover", "lock", "end"]

TICK = 1.0  # seconds between two looks at the clock
COVER_AFTER = 5 * 60.0
LOCK_AFTER = 5 * 60.0
LOCK_AFTER_IN_TALK = 20 * 60.0  # a caller may be silent for seven minutes
END_AFTER = 4 * 3600.0  # Python cannot wipe its memory: the system does, when a process ends
SLEPT = 20.0  # a gap between two looks: the computer slept, or the program was stopped


class Idle:
    """Adds up the time without a key, look by look.

    `clock` gives seconds and goes on while the computer sleeps (wall-clock time does on every
    system); a clock that is put back only adds nothing.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = clock()
        self._idle = 0.0
        self._touched = False  # since the last look
        self._hidden = False  # since the last key

    def touched(self) -> None:
        """A key was pressed. Time that was slept through is still seen at the next look."""
        COURTESY.key()
        self._idle, self._touched, self._hidden = 0.0, True, False

    def hides_now(self) -> bool:
        """Whether the screen has to be hidden: once, until a key is pressed again."""
        hidden, self._hidden = self._hidden, True
        return not hidden

    def look(self, *, in_talk: bool, locked: bool = False) -> Due | None:
        """What is due now; `in_talk` where a conversation is open."""
        now = self._clock()
        gap, self._last = max(0.0, now - self._last), now
        touched, self._touched = self._touched, False
        if gap >= SLEPT:
            self._idle += 0.0 if touched else gap  # whoever woke it is there
            return "lock"
        self._idle += gap
        if locked and self._idle >= END_AFTER:
            return "end"
        if self._idle >= (LOCK_AFTER_IN_TALK if in_talk else LOCK_AFTER):
            return "lock"
        return "cover" if self._idle >= COVER_AFTER else None
