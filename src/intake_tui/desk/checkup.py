"""The check of the whole archive, behind the screens: between keys, and between saves."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from intake_tui.desk.courtesy import COURTESY
from intake_tui.desk.vault_thread import VaultThread
from intake_tui.vault.errors import VaultError, VaultLocked

if TYPE_CHECKING:
    from intake_tui.desk.autosave import Autosave
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.damage import Checked

State: TypeAlias = Literal["waiting", "going-on", "done", "broken-off"]

PAUSE = 0.004  # seconds between two steps: about half the time is left to everything else
TOLD_EVERY = 0.5  # seconds between two words on how far it has come
AGAIN_AFTER = dt.timedelta(hours=4)  # a sound archive is not read through at each unlock of a day


@dataclass(frozen=True)
class Soundness:
    """How far the check has come, and what the last whole one said.

    `at` (UTC) is when that ended; `code` is the error that broke the check off.
    """

    state: State = "waiting"
    done: int = 0
    total: int = 0
    at: dt.datetime | None = None
    checked: Checked | None = field(default=None, repr=False)
    code: str = ""


class Writing(Protocol):
    """Where conversations are open."""

    current: Conversation | None  # in front
    pending: Conversation | None  # holds what was jotted
    autosave: Autosave

    @property
    def phase(self) -> str:
        """Either "open" or "locked"."""


async def _all_put_away(desk: Writing) -> bool:
    """Whether nobody is writing, and all is on disk."""
    free = desk.current is None and desk.pending is None and desk.phase == "open"
    return free and await desk.autosave.flush()


class Checkup:
    """Runs in the vault's thread, a step of a few milliseconds at a time. Ends at the lock.

    After an unlock every row is read back, but not if all was found sound a short while ago.
    """

    def __init__(
        self,
        vault: VaultThread,
        now: Callable[[], dt.datetime],
        told: Callable[[], None],
        desk: Writing,
    ) -> None:
        self.soundness = Soundness()
        self.is_damaged = False  # as the last whole check said, over a lock too
        self.is_set_aside = False  # what lies there, over a lock too: until it is found sound
        self._vault, self._now, self._told = vault, now, told
        self._desk = desk
        self._running: asyncio.Task[None] | None = None
        self._last_told = 0.0

    async def after_unlock(self) -> None:
        """A whole check, where there was none lately."""
        before = self.soundness
        if before.state == "done" and before.at and self._now() - before.at < AGAIN_AFTER:
            return
        await self.run()

    async def run(self) -> None:
        """A whole check; nothing more happens where one is going on."""
        if self._running is not None:
            return
        running = self._running = asyncio.ensure_future(self._run())
        await asyncio.wait([running])
        if running.cancelled():
            return
        self._running = None  # it would hold on to the screen that it was begun on
        running.result()
        await self.set_aside()

    async def set_aside(self) -> None:
        """Where such was found that nothing had better be written, the archive is only read.

        Not while a conversation is in front, or something could not be saved: whoever is on the
        telephone is written down first. Asked for again when a conversation is put away.
        """
        checked = self.soundness.checked
        if checked is None:
            return
        from intake_tui.records.damage import Damage, sets_aside

        told = {one.code for one in checked.all}
        self.is_set_aside = self.is_set_aside and sets_aside(checked)
        if not sets_aside(checked) or "read-only" in told or not await _all_put_away(self._desk):
            return
        with suppress(VaultError):
            await self._vault.run(lambda archive: archive.set_aside())
            self.is_set_aside = True
            only_read = (Damage("read-only", ""), Damage("not-logged", ""))
            now = replace(checked, noticed=(*checked.noticed, *only_read))
            self._is(replace(self.soundness, checked=now))

    def replaced(self) -> None:
        """Another archive lies there."""
        self.is_damaged = self.is_set_aside = False

    def forget(self) -> None:
        """The archive is being locked: of what was found, only that all was sound is kept."""
        before = self.soundness
        if self._running is not None:
            self._running.cancel()  # it may be waiting for a pause, and holds what it checks
            self._running = None
        is_sound = before.state == "done" and before.checked is not None and not before.checked.all
        self.soundness = before if is_sound else Soundness()

    async def _run(self) -> None:
        began = self._is(Soundness("going-on"))
        try:
            checking = await self._vault.run(lambda archive: archive.check())
            while (step := await self._vault.run(lambda _: checking.step())) is not None:
                if self.soundness is not began:
                    return  # locked meanwhile
                began = self._is(Soundness("going-on", *step), seldom=True)
                await COURTESY.turn(PAUSE)
            checked = await self._vault.run(lambda _: checking.result())
        except VaultLocked:
            return
        except VaultError as error:
            if self.soundness is began:
                self._is(Soundness("broken-off", code=error.code))
            return
        if self.soundness is began:
            from intake_tui.records.damage import serious

            self.is_damaged = serious(checked.findings)
            self._is(Soundness("done", checked.rows, checked.rows, at=self._now(), checked=checked))

    def _is(self, soundness: Soundness, *, seldom: bool = False) -> Soundness:
        self.soundness = soundness
        now = time.monotonic()
        if not seldom or now - self._last_told >= TOLD_EVERY:
            self._last_told = now
            self._told()
        return soundness
