"""The power goes at any moment: what was acknowledged is there, and nothing is there by half.

The vault works on a file system that keeps what was asked of it. From that, states are made in
which a disk may be left, and each is opened as the program opens it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from apsw_dbapi import connected
from lost_power import Disk
from vaults import Filled
from watched_disk import WatchedDisk
from work import Content, Work, opened

from intake_tui.vault import VaultError, connecting
from intake_tui.vault.witness import DeviceFolder, Witness

CHECKPOINT_EVERY = 40  # pages, so that there are many checkpoints
OPERATIONS = 150
SHARES = 12 * ["save"] + 3 * ["sign"] + 2 * ["item"] + ["erase", "rotate", "enrol", "revoke"]
SHARES += ["lock"]


class RememberingFolder(DeviceFolder):
    """Keeps each witness, and each list of what was erased, with the moment it was written."""

    def __init__(self, folder: Path, disk: WatchedDisk) -> None:
        super().__init__(folder)
        self.witnesses: list[tuple[int, bytes]] = []
        self.erasures: list[tuple[int, bytes]] = []
        self._disk = disk

    def write(self, vault: bytes, witness: Witness) -> None:
        super().write(vault, witness)
        self.witnesses.append((len(self._disk.acts), witness.to_json().encode()))

    def write_erasures(self, vault: bytes, sealed: bytes) -> None:
        super().write_erasures(vault, sealed)
        self.erasures.append((len(self._disk.acts), sealed))


@dataclass
class Told:
    """One operation: when it began and when it was acknowledged, in acts of the disk."""

    began: int
    ended: int
    after: Content


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[WatchedDisk]:
    """The vault's connections are on this disk until the patches are undone."""
    disk = WatchedDisk()

    def connect(address: str) -> Any:
        return connected(address, disk.name, checkpoint_every=CHECKPOINT_EVERY)

    monkeypatch.setattr(connecting, "connected", connect)
    yield disk
    disk.unregister()


class Trial:
    """One stretch of work, and the states that a power loss in it may leave."""

    def __init__(self, full: Filled, disk: WatchedDisk, chance: random.Random) -> None:
        made = full.made
        self._chance, self._folder, self._name = chance, made.path.parent / "left", made.path.name
        vault = made.unlock()
        self._id, self._who, self._first = vault.id, vault._desk.identity, Content.of(vault)
        vault.lock()
        self._before = {made.path.name: made.path.read_bytes()}
        self._device = (made.device / "device").read_text()
        disk.acts.clear()
        self._folder_was = RememberingFolder(made.device, disk)
        self._told = self._run(made.path, disk)
        self._acts = disk.acts

    def _run(self, path: Path, disk: WatchedDisk) -> list[Told]:
        told = []
        work = Work(opened(path, self._who, self._folder_was), self._chance)
        for _ in range(OPERATIONS):
            step, began = work.step(self._chance.choice(SHARES)), len(disk.acts)
            step.do()
            told.append(Told(began, len(disk.acts), step.after))
            if step.what == "lock":
                work.vault = opened(path, self._who, self._folder_was)
        work.vault.lock()
        return told

    def verdicts(self, states: int) -> Counter[str]:
        """How many states are right, and how many lost something, or are damaged.

        And how many of the right ones are in the middle of something: done or not done.
        """
        moments = sorted(self._chance.choices(range(len(self._acts) + 1), k=states))
        disk, at, found = Disk(self._before), 0, Counter[str]()
        for moment in moments:
            for act in self._acts[at:moment]:
                disk.asked(act)
            at = moment
            self._write_out(disk.left(self._chance), moment)
            found.update(self._verdict(moment))
        return found

    def _write_out(self, files: dict[str, bytes], moment: int) -> None:
        self._folder.mkdir(exist_ok=True)
        for old in self._folder.iterdir():
            old.unlink()
        for name, data in files.items():
            (self._folder / name).write_bytes(data)
        (self._folder / "device").write_text(self._device)
        if witness := self._left_of(self._folder_was.witnesses, moment):
            if self._chance.random() < 0.2:
                witness = witness[: self._chance.randrange(len(witness))] + bytes(50)
            (self._folder / f"{self._id.hex()}.witness").write_bytes(witness)
        if erasures := self._left_of(self._folder_was.erasures, moment):
            (self._folder / f"{self._id.hex()}.erasures").write_bytes(erasures)

    def _left_of(self, versions: list[tuple[int, bytes]], moment: int) -> bytes:
        """The newest one; an older one or none where the folder was not on the disk yet."""
        written = [b"", *(content for at, content in versions if at <= moment)]
        return written[-1 - min(self._chance.choice((0, 0, 0, 1, 3, 9)), len(written) - 1)]

    def _verdict(self, moment: int) -> list[str]:
        done = sum(one.ended <= moment for one in self._told)
        states = [self._first, *(one.after for one in self._told)]
        under_way = done < len(self._told) and self._told[done].began < moment
        allowed = states[done : done + 1 + under_way]
        try:
            vault = opened(self._folder / self._name, self._who, DeviceFolder(self._folder))
        except VaultError:
            return ["damaged"]
        try:
            content = Content.of(vault)
            if content not in allowed:
                return ["lost"]
            if set(vault.warnings) - {"witness-damaged"} or not vault.verify().sound:
                return ["damaged"]
        finally:
            vault.lock()
        if not under_way or allowed[0] == allowed[-1]:
            return ["right"]
        return ["right", "not begun" if content == allowed[0] else "whole"]


def test_nothing_is_lost(
    full: Filled,
    watched: WatchedDisk,
    monkeypatch: pytest.MonkeyPatch,
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
) -> None:
    states = times(50, 1500)
    trial = Trial(full, watched, random.Random())
    monkeypatch.undo()  # each state is opened as the program would
    found = trial.verdicts(states)
    middle = found["whole"] + found["not begun"]
    figure(
        f"{states} states after a power loss",
        f"{found['lost']} lost, {found['damaged']} damaged; {middle} of them in the middle of an "
        f"operation: {found['whole']} have it whole, {found['not begun']} not at all",
    )
    assert found["right"] == states


def test_it_would_be_found_out(
    full: Filled,
    watched: WatchedDisk,
    monkeypatch: pytest.MonkeyPatch,
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
) -> None:
    """A test of the test: without a sync at each commit, much is lost."""
    less = tuple(one.replace("=FULL", "=NORMAL") for one in connecting._SETTINGS)
    assert less != connecting._SETTINGS
    monkeypatch.setattr(connecting, "_SETTINGS", less)
    states = times(30, 1500)
    trial = Trial(full, watched, random.Random())
    monkeypatch.undo()
    found = trial.verdicts(states)
    figure(f"{states} with synchronous=NORMAL", f"{found['lost']} lost, {found['damaged']} damaged")
    assert found["lost"] > states / 8
