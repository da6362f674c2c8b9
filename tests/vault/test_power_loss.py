"""The power goes at any moment: what was acknowledged is there, and nothing is there by half.

The vault works on a file system that keeps what was asked of it. From that, states are made in
which a disk may be left, and each is opened as the program opens it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from apsw_dbapi import connected
from lost_power import Disk
from vaults import Filled, rid
from watched_disk import WatchedDisk

from intake_tui.vault import VaultError, engine, opening, store
from intake_tui.vault.keys import Identity
from intake_tui.vault.witness import DeviceFolder, Witness

CHECKPOINT_EVERY = 40  # pages, so that two hundred operations meet many checkpoints
OPERATIONS = 200


@dataclass(frozen=True)
class Content:
    """All that can be read in a vault."""

    drafts: frozenset[tuple[bytes, bytes]]
    heads: frozenset[tuple[bytes, bytes]]
    items: frozenset[tuple[bytes, bytes]]
    epoch: int

    @classmethod
    def of(cls, vault: store.Vault) -> Content:
        return cls(
            frozenset((one.id, one.blob) for one in vault.drafts()),
            frozenset((one.id, one.head) for one in vault.heads(limit=10_000)),
            frozenset(vault.items("sort")),
            vault._desk.keys.epoch,
        )


class RememberingFolder(DeviceFolder):
    """Keeps each witness with the moment it was written."""

    def __init__(self, folder: Path, disk: WatchedDisk) -> None:
        super().__init__(folder)
        self.written: list[tuple[int, str]] = []
        self._disk = disk

    def write(self, vault: bytes, witness: Witness) -> None:
        super().write(vault, witness)
        self.written.append((len(self._disk.acts), witness.to_json()))


@dataclass
class Told:
    """One operation: when it began and when it was acknowledged, in acts of the disk."""

    what: str
    began: int
    ended: int
    after: Content


class Work:
    """Random operations on a vault, each with what it leaves."""

    def __init__(self, full: Filled, disk: WatchedDisk, chance: random.Random) -> None:
        self._made = full.made
        vault = full.made.unlock()
        self.who: Identity = vault._desk.identity
        self.vault = vault.id
        self.first = Content.of(vault)
        self.cases = {one.id: one.case for one in vault.heads()}
        vault.lock()
        self.folder = RememberingFolder(full.made.device, disk)
        self.told: list[Told] = []
        self._disk, self._chance = disk, chance

    def open(self, path: Path, folder: DeviceFolder) -> store.Vault:
        vault = store.Vault(path, opening.open_desk(path, lambda _: self.who, folder))
        vault.drafts()  # from then on it knows at which save each stands
        return vault

    def run(self, operations: int) -> None:
        vault = self.open(self._made.path, self.folder)
        now = self.first
        for _ in range(operations):
            began, what = len(self._disk.acts), self._chance.choice(_SHARES)
            if what == "lock":
                vault.lock()
                vault = self.open(self._made.path, self.folder)
            else:
                now = getattr(self, what)(vault, now)
            self.told.append(Told(what, began, len(self._disk.acts), now))
        vault.lock()

    def save(self, vault: store.Vault, now: Content) -> Content:
        known = dict(now.drafts)
        one = (
            self._chance.choice([*known, rid()])
            if len(known) < 4
            else self._chance.choice([*known])
        )
        blob = self._chance.randbytes(self._chance.choice((200, 3000, 9000)))
        vault.save_draft(one, blob)
        return replace(now, drafts=frozenset((known | {one: blob}).items()))

    def sign(self, vault: store.Vault, now: Content) -> Content:
        known = dict(now.drafts)
        draft = self._chance.choice([*known, None])
        one, case = rid(), self._chance.choice([*self.cases.values(), rid()])
        vault.sign(
            id=one, case=case, head=one, body=self._chance.randbytes(5000), draft=draft,
            items=(items := {rid(): ("sort", rid())}),
        )  # fmt: skip
        self.cases[one] = case
        known.pop(draft, None)  # type: ignore[arg-type]
        more = {(id_, blob) for id_, (_, blob) in items.items()}
        return replace(
            now,
            drafts=frozenset(known.items()),
            heads=now.heads | {(one, one)},
            items=now.items | more,
        )

    def item(self, vault: store.Vault, now: Content) -> Content:
        known = dict(now.items)
        one, blob = self._chance.choice([*known]), self._chance.randbytes(700)
        vault.put_item(one, "sort", blob)
        return replace(now, items=frozenset((known | {one: blob}).items()))

    def erase(self, vault: store.Vault, now: Content) -> Content:
        case = self._chance.choice([*self.cases.values(), rid()])
        vault.erase_case(case)
        gone = {one for one, of in self.cases.items() if of == case}
        self.cases = {one: of for one, of in self.cases.items() if of != case}
        return replace(now, heads=frozenset(head for head in now.heads if head[0] not in gone))

    def rotate(self, vault: store.Vault, now: Content) -> Content:
        vault.rotate()
        return replace(now, epoch=now.epoch + 1)


_SHARES = 12 * ["save"] + 3 * ["sign"] + 2 * ["item"] + ["erase", "rotate", "lock"]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[WatchedDisk]:
    """The vault's connections are on this disk until it is unplugged."""
    disk = WatchedDisk()

    def connect(address: str) -> Any:
        connection = connected(address, disk.name)
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_EVERY}")
        return connection

    monkeypatch.setattr(engine, "connected", connect)
    yield disk
    disk.unregister()


class Trial:
    """One stretch of work, and the states that a power loss in it may leave."""

    def __init__(self, full: Filled, disk: WatchedDisk, chance: random.Random) -> None:
        self._chance, self._folder = chance, full.made.path.parent / "left"
        self._name = full.made.path.name
        self._device = (full.made.device / "device").read_text()
        self.work = Work(full, disk, chance)
        disk.acts.clear()
        self._before = {full.made.path.name: full.made.path.read_bytes()}
        self.work.run(OPERATIONS)
        self._acts = disk.acts

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
        self._write_witness([text for at, text in self.work.folder.written if at <= moment])

    def _write_witness(self, written: list[str]) -> None:
        """The newest one, an older one where the folder was not on the disk yet, or rubbish."""
        if not written or self._chance.random() < 0.1:
            return
        text = written[-1 - min(self._chance.choice((0, 0, 0, 1, 3)), len(written) - 1)]
        if self._chance.random() < 0.2:
            text = text[: self._chance.randrange(len(text))] + "\0" * self._chance.choice((0, 50))
        vault = self.work.vault.hex()
        (self._folder / f"{vault}.witness").write_text(text)

    def _verdict(self, moment: int) -> list[str]:
        told = self.work.told
        done = sum(one.ended <= moment for one in told)
        states = [self.work.first, *(one.after for one in told)]
        under_way = done < len(told) and told[done].began < moment
        allowed = states[done : done + 1 + under_way]
        try:
            vault = self.work.open(self._folder / self._name, DeviceFolder(self._folder))
        except VaultError:
            return ["damaged"]
        try:
            content = Content.of(vault)
            if content not in allowed:
                return ["lost"]
            if vault.warnings or not vault.verify().sound:
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
    states = times(60, 1500)
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
    less = tuple(one.replace("=FULL", "=NORMAL") for one in engine._SETTINGS)
    assert less != engine._SETTINGS
    monkeypatch.setattr(engine, "_SETTINGS", less)
    states = times(40, 1500)
    trial = Trial(full, watched, random.Random())
    monkeypatch.undo()
    found = trial.verdicts(states)
    figure(f"{states} with synchronous=NORMAL", f"{found['lost']} lost, {found['damaged']} damaged")
    assert found["lost"] > states / 8
