"""Who is told by the desk how it went: the screens, through the app."""

from __future__ import annotations

from typing import Protocol

from intake_tui.desk.autosave import Report as SaveReport


class Report(SaveReport, Protocol):
    """Who is told how saving and posting went."""

    def jotted(self) -> None:
        """The jot is kept in another way now."""

    def book_read(self) -> None:
        """The heads of all contacts are in memory: what is said across contacts is complete."""

    def room_is_short(self) -> None:
        """It was saved with the room that is kept for a full disk."""

    def parted(self) -> None:
        """A conversation was changed at another desk: both versions are kept from now on."""

    def backed(self) -> None:
        """A backup has come further, or has ended."""

    def checked(self) -> None:
        """The check of the archive has come further."""
