"""Screens on which Esc would drop what was typed: it says so first, and Esc Esc only covers."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from textual.events import ScreenSuspend
from textual.screen import Screen
from textual.timer import Timer

from intake_tui.words import Words


class GivesUp:
    """Nothing that was typed goes at one Esc, which may be the first of the two that cover.

    For the same reason a question is forgotten before long: the next Esc asks anew.
    """

    asks_for: ClassVar[float] = 5.0  # seconds
    _asked_of: object = None  # what Esc was pressed over; the same key over the same drops it
    _asked_until: Timer | None = None

    @property
    def words(self) -> Words:
        """The program's words."""
        raise NotImplementedError

    def say(self, text: str = "") -> None:
        """Say what has happened."""
        raise NotImplementedError

    def may_drop(self, typed: object) -> bool:
        """Whether Esc may go on: what is lost by that is nothing (falsy), or was asked about."""
        asked = self._asked_of
        self._forget()
        if not typed or typed == asked:
            return True
        self._asked_of = typed
        self._asked_until = cast("Screen[Any]", self).set_timer(self.asks_for, self._ask_no_more)
        self.say(self.words("app.drops"))
        return False

    def _forget(self) -> None:
        self._asked_of = None
        if self._asked_until is not None:
            self._asked_until.stop()
            self._asked_until = None

    def _ask_no_more(self) -> None:
        if self._asked_of is not None:
            self._forget()
            self.say()

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Something covers the screen: after that it is asked anew."""
        self._ask_no_more()
