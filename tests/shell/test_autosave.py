"""Autosave: once a burst, never two at a time, and a failure loses nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from intake_tui.desk import autosave
from intake_tui.desk.autosave import NEVER_SAVED, Autosave, Unsaved
from intake_tui.vault.errors import DiskFull

NOW = dt.datetime(2026, 11, 22, 14, 3, 22, tzinfo=dt.UTC)


@dataclass
class Talk:
    """As much of a conversation as is needed to save it."""

    id: bytes = b"1"
    changes: int = 0

    def snapshot(self) -> tuple[bytes, int]:
        return self.id, self.changes


@dataclass
class Disk:
    """Takes snapshots when it is let, and says what it did."""

    written: list[Any] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    broken: Exception | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, snapshot: Any) -> dt.datetime:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
            if self.broken:
                raise self.broken
            self.written.append(snapshot)
            return NOW
        finally:
            self.at_once -= 1

    def saved(self, conversation_id: bytes, at: dt.datetime) -> None:
        self.told.append((conversation_id, at))

    def not_saved(self, conversation_id: bytes, code: str) -> None:
        self.told.append((conversation_id, code))


@pytest.fixture
async def disk() -> Disk:
    disk = Disk()
    disk.gate.set()
    return disk


async def until(seen: Any) -> None:
    async with asyncio.timeout(5):
        while not seen():
            await asyncio.sleep(0.005)


def test_a_change_is_on_its_way_within_half_a_second_and_not_at_each_letter() -> None:
    assert 0.3 <= autosave.SAVE_AFTER < 0.5


async def test_a_burst_is_written_once_and_whole(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[float] = []
    later = Autosave._save_after

    def watched(self: Autosave, desk: autosave._Desk, seconds: float) -> None:
        begun.append(seconds)
        later(self, desk, seconds)

    monkeypatch.setattr(Autosave, "_save_after", watched)
    saving, talk = Autosave(disk.write, disk), Talk()
    saving.watch(talk)
    started = asyncio.get_running_loop().time()
    for _ in range(40):
        talk.changes += 1
        saving.touch(talk)
    await until(lambda: disk.told)
    assert disk.written == [(b"1", 40)]
    assert disk.told == [(b"1", NOW)]
    assert begun == [autosave.SAVE_AFTER]
    assert asyncio.get_running_loop().time() - started < 0.5 + 0.2
    assert saving.is_saved(talk)
    saving.touch(talk)
    assert saving._desks[b"1"].timer is None, "nothing to save, nothing to wait for"


async def test_a_long_write_is_never_overtaken(disk: Disk) -> None:
    disk.gate.clear()
    saving, talk = Autosave(disk.write, disk), Talk()
    saving.watch(talk)
    talk.changes = 1
    waiting = asyncio.ensure_future(saving.save(talk))
    await until(lambda: disk.at_once)
    for _ in range(5):
        talk.changes += 1
        saving.touch(talk)
        await asyncio.sleep(0)
    assert not saving.is_saved(talk)
    disk.gate.set()
    assert await waiting
    await until(lambda: saving.is_saved(talk))
    assert disk.written == [(b"1", 1), (b"1", 6)]
    assert disk.most_at_once == 1


async def test_a_failure_is_told_kept_and_tried_again(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "RETRY_AFTER", 0.02)
    disk.broken = DiskFull()
    saving, talk = Autosave(disk.write, disk), Talk()
    saving.watch(talk)
    talk.changes = 3
    assert not await saving.save(talk)
    assert disk.told == [(b"1", "disk-full")]
    assert saving.unsaved() == [Unsaved((b"1", 3), saved=NEVER_SAVED)]
    disk.broken = None
    await until(lambda: saving.is_saved(talk))
    assert disk.written == [(b"1", 3)]


async def test_whatever_goes_wrong_the_words_stay(disk: Disk) -> None:
    disk.broken = RuntimeError("anything")
    saving, talk = Autosave(disk.write, disk), Talk()
    saving.watch(talk)
    assert not await saving.flush()
    assert disk.told == [(b"1", "unexpected")]
    assert saving.unsaved() == [Unsaved((b"1", 0), saved=NEVER_SAVED)]
    saving.forget()


async def test_each_conversation_is_saved_by_itself(disk: Disk) -> None:
    saving, one, other = Autosave(disk.write, disk), Talk(b"1", 1), Talk(b"2", 2)
    saving.watch(one)
    saving.watch(other, saved_at=NOW)
    assert await saving.flush()
    assert disk.written == [(b"1", 1)]
    other.changes += 1
    assert await saving.flush()
    assert disk.written == [(b"1", 1), (b"2", 3)]


async def test_a_conversation_that_is_being_ended_is_not_written_again(disk: Disk) -> None:
    disk.gate.clear()
    saving, talk = Autosave(disk.write, disk), Talk(changes=1)
    saving.watch(talk)
    writing = asyncio.ensure_future(saving.save(talk))
    await until(lambda: disk.at_once)
    asyncio.get_running_loop().call_soon(disk.gate.set)
    async with saving.released(talk):
        assert await writing
        talk.changes += 1
        saving.touch(talk)
        assert await saving.flush()
    assert disk.written == [(b"1", 1)]


async def test_of_a_conversation_that_is_not_open_nobody_is_told_that_it_is_saved(
    disk: Disk,
) -> None:
    saving, talk = Autosave(disk.write, disk), Talk(changes=1)
    assert not await saving.save(talk)
    assert not saving.is_saved(talk)
    saving.watch(talk)
    async with saving.released(talk):
        pass
    assert not await saving.save(talk)
    assert not saving.is_saved(talk)
    assert disk.written == []


async def test_a_conversation_that_could_not_be_ended_is_saved_on(disk: Disk) -> None:
    saving, talk = Autosave(disk.write, disk), Talk(changes=1)
    saving.watch(talk)
    assert await saving.save(talk)
    with pytest.raises(DiskFull):
        await _end_in_vain(saving, talk)
    assert saving.unsaved() == [Unsaved((b"1", 2), saved=1)]
    await until(lambda: saving.is_saved(talk))
    assert disk.written == [(b"1", 1), (b"1", 2)]


async def _end_in_vain(saving: Autosave, talk: Talk) -> None:
    async with saving.released(talk):
        talk.changes += 1
        raise DiskFull
