"""Tells every screen how saving, checking and backing up went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from textual.app import App
from textual.message import Message

from intake_tui.widgets.messages import (
    BackupTold,
    BookRead,
    CheckTold,
    Happened,
    Jotted,
    NotSaved,
    Saved,
)


class TellsScreens:
    """A message for each screen there is."""

    def __init__(self, app: App[None]) -> None:
        self._app = app

    def _tell(self, message: Callable[[], Message]) -> None:
        for screen in self._app.screen_stack:
            screen.post_message(message())

    def saved(self, conversation_id: bytes, at: dt.datetime) -> None:
        """The draft is on disk."""
        self._tell(lambda: Saved(conversation_id, at))

    def not_saved(self, conversation_id: bytes, code: str) -> None:
        """It is not."""
        self._tell(lambda: NotSaved(conversation_id, code))

    def jotted(self) -> None:
        """What was jotted is on disk, or could not be put there."""
        self._tell(Jotted)

    def backed(self) -> None:
        """A backup has come further, or has ended."""
        self._tell(BackupTold)

    def checked(self) -> None:
        """The check has come further."""
        self._tell(CheckTold)

    def room_is_short(self) -> None:
        """The disk is full, and what is typed is saved all the same."""
        self._tell(lambda: Happened("errors.warning-disk-full"))

    def parted(self) -> None:
        """Another desk has the conversation, too."""
        self._tell(lambda: Happened("errors.draft-conflict"))

    def book_read(self) -> None:
        """All contacts can be looked through."""
        self._tell(BookRead)
