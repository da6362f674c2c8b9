"""Screens in whose fields something can stand that is nowhere else yet."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class TakesOver(Protocol):
    """A screen with a field of its own. The app calls it before anything is saved or taken away."""

    def take_over(self) -> None:
        """What was typed is the conversation's or the jot's from now on; nothing waits in a queue.

        May be called at any time and any number of times, on a screen that is covered as well.
        """
        ...
