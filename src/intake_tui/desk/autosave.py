"""Every open conversation on disk half a second after it changed."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.snapshot import Snapshot

SAVE_AFTER = 0.4  # seconds from the first unsaved change; with the writing itself under 0.5
RETRY_AFTER = 2.0  # seconds after a write that failed
NEVER_SAVED = -1  # the number of changes of a draft that is not there


class Report(Protocol):
    """Who is told how a save went."""

    def saved(self, conversation_id: bytes, at: dt.datetime) -> None:
        """The draft was committed at that time (UTC)."""

    def not_saved(self, conversation_id: bytes, code: str) -> None:
        """It was not, for the reason with that code; it is tried again."""


@dataclass(frozen=True)
class Unsaved:
    """What is not on disk as it stands."""

    snapshot: Snapshot
    saved: int  # the number of changes that the last committed draft holds, or NEVER_SAVED


class _Desk:
    """One open conversation, and how far it is saved."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.saved = NEVER_SAVED  # the number of changes that the last committed draft holds
        self.saved_at: dt.datetime | None = None  # UTC
        self.timer: asyncio.TimerHandle | None = None
        self.writing: asyncio.Task[bool] | None = None

    @property
    def dirty(self) -> bool:
        return self.conversation.changes != self.saved

    def stop_timer(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class Autosave:
    """Takes a snapshot where the conversation lives, has it written elsewhere, and goes on.

    There is at most one write under way for a conversation; what is typed meanwhile goes into
    the next. A write that fails leaves the conversation as it was, and is tried again.
    """

    def __init__(self, write: Callable[[Snapshot], Awaitable[dt.datetime]], report: Report) -> None:
        self._write = write
        self._report = report
        self._desks: dict[bytes, _Desk] = {}

    def watch(
        self,
        conversation: Conversation,
        *,
        saved_at: dt.datetime | None = None,
        saved: int | None = None,
    ) -> None:
        """A conversation was opened; at `saved_at` (UTC) it was on disk as it stands.

        Or not: then the last draft that is there holds `saved` changes.
        """
        desk = self._desks[conversation.id] = _Desk(conversation)
        if saved_at is not None:
            desk.saved, desk.saved_at = conversation.changes, saved_at
        elif saved is not None:
            desk.saved = saved

    def touch(self, conversation: Conversation) -> None:
        """Something may have changed: it is saved soon."""
        desk = self._desks.get(conversation.id)
        if desk is not None and desk.dirty and desk.timer is None and desk.writing is None:
            self._save_after(desk, SAVE_AFTER)

    async def save(self, conversation: Conversation) -> bool:
        """Saves at once; True once what it held at the call is on disk.

        False for a conversation that is not open: nothing saves it.
        """
        desk = self._desks.get(conversation.id)
        return desk is not None and await self._save(desk)

    async def flush(self) -> bool:
        """Saves all that is not saved; False where something could not be."""
        results = [await self._save(desk) for desk in list(self._desks.values()) if desk.dirty]
        return all(results)

    def rename(self, before: bytes, after: bytes) -> None:
        """A conversation that is open goes on under another id."""
        desk = self._desks.pop(before, None)
        if desk is not None:
            desk.conversation.id = after
            self._desks[after] = desk

    def saved_at(self, conversation: Conversation) -> dt.datetime | None:
        """When it was last on disk (UTC), as far as is known."""
        desk = self._desks.get(conversation.id)
        return desk.saved_at if desk else None

    def is_saved(self, conversation: Conversation) -> bool:
        """Whether it is open, and all of it is on disk."""
        desk = self._desks.get(conversation.id)
        return desk is not None and not desk.dirty

    def unsaved(self) -> list[Unsaved]:
        """What is not on disk yet, as far as is known."""
        desks = [desk for desk in self._desks.values() if desk.dirty]
        return [Unsaved(desk.conversation.snapshot(), desk.saved) for desk in desks]

    @asynccontextmanager
    async def released(self, conversation: Conversation) -> AsyncIterator[None]:
        """Waits for a write under way, and begins no other while the conversation is ended.

        Where that fails it is open as before, and saved again.
        """
        desk = self._desks.pop(conversation.id, None) or _Desk(conversation)
        desk.stop_timer()
        if desk.writing is not None:
            await desk.writing
        try:
            yield
        except BaseException:
            self._desks[conversation.id] = desk
            self.touch(conversation)
            raise

    def forget(self) -> None:
        """Lets go of all conversations, saved or not."""
        for desk in self._desks.values():
            desk.stop_timer()
        self._desks = {}

    def _save_after(self, desk: _Desk, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        desk.timer = loop.call_later(seconds, self._start, desk)

    def _start(self, desk: _Desk) -> None:
        desk.timer = None
        self._task(desk)

    def _task(self, desk: _Desk) -> asyncio.Task[bool]:
        if desk.writing is None:
            desk.stop_timer()
            desk.writing = asyncio.get_running_loop().create_task(self._write_one(desk))
        return desk.writing

    async def _save(self, desk: _Desk) -> bool:
        wanted = desk.conversation.changes
        if desk.writing is not None:
            await desk.writing
        return desk.saved >= wanted or await self._task(desk)

    async def _write_one(self, desk: _Desk) -> bool:
        changes = desk.conversation.changes
        try:
            at = await self._write(desk.conversation.snapshot())
        except Exception as error:  # whatever it is, the text has to be kept
            code = getattr(error, "code", "unexpected")
            if code == "erased":
                desk.saved = changes  # it is not to be kept, here or anywhere
            self._failed(desk, code)
            return False
        finally:
            desk.writing = None
        desk.saved, desk.saved_at = changes, at
        if desk.conversation.id in self._desks:
            self._report.saved(desk.conversation.id, at)
            self.touch(desk.conversation)
        return True

    def _failed(self, desk: _Desk, code: str) -> None:
        if desk.conversation.id in self._desks:
            self._report.not_saved(desk.conversation.id, code)
            if desk.timer is None and desk.dirty:
                self._save_after(desk, RETRY_AFTER)
