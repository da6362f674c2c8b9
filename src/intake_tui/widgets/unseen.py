"""Screens that go on working while the terminal is too small to show them."""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias, runtime_checkable

from textual.events import Key

Unseen: TypeAlias = Literal["writes", "seeks", "waits"]
"""What becomes of letters that are not seen: they are written, look for something, or nothing."""

WRITING = frozenset({"backspace", "delete", "left", "right", "home", "end"})


@runtime_checkable
class TakesUnseen(Protocol):
    """A screen that somebody may be writing on."""

    @property
    def unseen(self) -> Unseen:
        """What letters do on it."""
        ...

    def takes_unseen(self, event: Key) -> bool:
        """Whether that key does the same as ever; False for one that opens or ends something."""
        ...


def writes(event: Key) -> bool:
    """Whether the key only writes in the field in which the cursor is."""
    return event.is_printable or event.key in WRITING
