"""Backups behind the screens: made and read back a step at a time, between keys and saves."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from intake_tui.desk.apart import apart
from intake_tui.desk.courtesy import COURTESY
from intake_tui.desk.vault_thread import VaultThread
from intake_tui.vault.errors import CopyRefused, VaultError, VaultLocked

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive

State: TypeAlias = Literal["nothing", "going-on", "made", "checked", "failed"]

PAUSE = 0.002  # seconds between two steps: a save comes in between
TOLD_EVERY = 0.25  # seconds between two words on how far it has come


@dataclass(frozen=True)
class Backed:
    """How far a backup has come, or how the last one ended.

    `phase` and `percent` while it is going on; `place` is the file. `at` (UTC) is when it ended,
    or for one that was read back, when it had been made; `pruned` counts older ones that were
    removed; `here`: the new one lies on the archive's own disk. `code` says why there is none:
    with "copy:" before a code of CopyRefused.
    """

    state: State = "nothing"
    phase: str = ""
    percent: int = 0
    place: str = field(default="", repr=False)
    at: dt.datetime | None = None
    rows: int = 0
    sound: bool = True
    pruned: int = 0
    here: bool = False
    code: str = ""


class Backing:
    """One at a time. Ends at the lock: then nothing of an unfinished one is left."""

    def __init__(
        self, vault: VaultThread, now: Callable[[], dt.datetime], told: Callable[[], None]
    ) -> None:
        self.backed = Backed()
        self._vault, self._now, self._told = vault, now, told
        self._last_told = 0.0

    @property
    def is_going_on(self) -> bool:
        """Whether one is being made or read back."""
        return self.backed.state == "going-on"

    async def after_unlock(self) -> None:
        """To the folder that was chosen, where it is there and its last copy is a day old."""
        now = self._now()
        try:
            folder = await self._vault.run(lambda archive: archive.backups.due(now))
        except VaultError:
            return
        if folder is not None and await apart(lambda: _is_there(folder)):
            await self.make(folder)

    async def make(self, target: Path) -> None:
        """A backup to that file, or to a fresh one in that folder; then the rule for old ones."""
        await self._guarded(self._make, target)

    async def check(self, path: Path) -> None:
        """Every row of a backup that is there is read back."""
        await self._guarded(self._check, path)

    def forget(self) -> None:
        """The archive is being locked."""
        self.backed = Backed()

    async def _guarded(self, work: Callable[[Path], object], path: Path) -> None:
        if self.is_going_on:
            return
        self._is(Backed("going-on", "copy"))
        try:
            await work(path)  # type: ignore[misc]
        except VaultLocked:
            self._is(Backed())
        except CopyRefused as refused:
            self._failed(f"copy:{refused.code}")
        except VaultError as error:
            self._failed(error.code)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: the home of nobody
            self._failed("copy:no-folder")

    async def _make(self, target: Path) -> None:
        from intake_tui.records.backups import name_in

        day = self._now().astimezone().date()
        path = await asyncio.to_thread(_file_at, target, lambda folder: name_in(folder, day))
        under_way = await self._vault.run(lambda archive: archive.backups.begin(path))
        while (step := await self._vault.run(lambda _: under_way.step())) is not None:
            self._further(step.phase, step.done, step.total)
            if step.aside is not None:  # a slow medium keeps nobody waiting
                await asyncio.to_thread(step.aside)
            await COURTESY.turn(PAUSE)
        made = under_way.made
        if made is None:
            raise VaultLocked
        folder = path.expanduser().absolute().parent

        def noted(archive: Archive) -> tuple[bool, int]:
            return archive.backups.note(made, path).here, len(archive.backups.prune(folder))

        here, pruned = await self._vault.run(noted)
        done = Backed("made", place=str(path), at=self._now(), rows=made.rows, sound=made.sound)
        self._is(replace(done, pruned=pruned, here=here))

    async def _check(self, path: Path) -> None:
        copy = await self._vault.run(lambda archive: archive.backups.open(path.expanduser()))
        try:
            steps = copy.steps()
            while (step := await self._vault.run(lambda _: next(steps, None))) is not None:
                self._further("check", *step)
                await COURTESY.turn(PAUSE)

            def noted(archive: Archive) -> dt.datetime:
                if copy.report.sound:
                    archive.backups.note_verified(copy.told.id)
                return copy.made_at()

            at = await self._vault.run(noted)
        finally:
            await self._vault.plain(copy.close)
        report = copy.report
        self._is(Backed("checked", place=str(path), at=at, rows=report.rows, sound=report.sound))

    def _further(self, phase: str, done: int, total: int) -> None:
        percent = 100 * done // total if total else 0
        self._is(Backed("going-on", phase, min(percent, 100)), seldom=True)

    def _failed(self, code: str) -> None:
        self._is(Backed("failed", code=code))

    def _is(self, backed: Backed, *, seldom: bool = False) -> None:
        self.backed = backed
        now = time.monotonic()
        if not seldom or now - self._last_told >= TOLD_EVERY:
            self._last_told = now
            self._told()


def is_full(typed: str) -> bool:
    """Whether it names a place wherever the program was started: not `E:`, nor a mere name."""
    return typed.startswith("~") or Path(typed).is_absolute()


def refusal(folder: Path) -> str | None:
    """Why no copy would go to that folder: a code of CopyRefused."""
    from intake_tui.vault.syncfolders import synchronised

    try:
        if not folder.expanduser().is_dir():
            return "no-folder"
        return "sync-folder" if synchronised(folder.expanduser() / "copy") else None
    except (OSError, ValueError, RuntimeError):
        return "no-folder"


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _file_at(target: Path, name: Callable[[Path], Path]) -> Path:
    target = target.expanduser()
    return name(target) if target.is_dir() else target
