"""Screens on which Esc would drop what was typed: it says so first, and Esc Esc only covers."""

from __future__ import annotations

from textual.events import ScreenSuspend

from intake_tui.words import Words


class GivesUp:
    """Nothing that was typed goes at one Esc, which may be the first of the two that cover."""

    _asked_of: object = None  # what Esc was pressed over; the same key over the same drops it

    @property
    def words(self) -> Words:
        """The program's words."""
        raise NotImplementedError

    def say(self, text: str = "") -> None:
        """Say what has happened."""
        raise NotImplementedError

    def may_drop(self, typed: object) -> bool:
        """Whether Esc may go on: what is lost by that is nothing (falsy), or was asked about."""
        if not typed or typed == self._asked_of:
            self._asked_of = None
            return True
        self._asked_of = typed
        self.say(self.words("app.drops"))
        return False

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Something covers the screen: after that it is asked anew."""
        if self._asked_of is not None:
            self._asked_of = None
            self.say()
