"""Follows every device's chain from its start, opens every entry, and folds the manifest."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from intake_tui.vault import log
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.findings import Findings
from intake_tui.vault.log import Entry, Line
from intake_tui.vault.manifest import Manifest, matters
from intake_tui.vault.tables import LOG

PAGE = 200


@dataclass
class _End:
    """How far a chain has been followed."""

    n: int
    hash: bytes
    at: int = 0


class LogCheck:
    """Pages through all chains; entries written meanwhile come with a later page."""

    def __init__(self, desk: Desk, found: Findings) -> None:
        self._desk = desk
        self._found = found
        self._ends: dict[bytes, _End] = {}
        self._hashes: dict[tuple[bytes, int], bytes] = {}
        self._entries: dict[bytes, list[tuple[int, int, Entry]]] = {}
        self._epochs: dict[tuple[bytes, int], int] = {}
        self._given_up: set[bytes] = set()

    @property
    def devices(self) -> set[bytes]:
        """Every device that has a chain."""
        return set(self._ends)

    def page(self) -> bool:
        """Follow one chain for a page; False when all have been followed to their ends."""
        for device in self._desk.read(_devices):
            if not isinstance(device, bytes):
                raise VaultDamaged("log")
            end = self._ends.setdefault(device, _End(0, log.start(self._desk.vault, device)))
            if device not in self._given_up and self._follow(device, end):
                return True
        return False

    def _follow(self, device: bytes, end: _End) -> bool:
        try:
            lines = self._desk.read(lambda c: log.lines(c, device, end.n, PAGE))
        except VaultDamaged:
            self._given_up.add(device)
            self._found.add("log-damaged", _place(device, end.n + 1), "page")
            return True
        for line in lines:
            self._line(line, end)
        return bool(lines)

    def _line(self, line: Line, end: _End) -> None:
        self._found.rows += 1
        where = _place(line.device, line.n)
        if line.n != end.n + 1:
            self._found.add("log-missing", _place(line.device, end.n + 1))
        elif line.previous != end.hash:
            self._found.add("log-broken", where)
        end.n, end.hash = line.n, line.hash
        self._hashes[line.device, line.n] = line.hash
        if line.epoch != self._desk.keys.epoch:
            self._epochs[line.device, line.n] = line.epoch
        try:
            entry = line.opened(self._desk.keys)
        except VaultDamaged:
            self._found.add("log-damaged", where)
            return
        end.at = max(end.at, entry.at)  # a clock set back must not reorder a chain
        if matters(entry):
            self._entries.setdefault(line.device, []).append((end.at, line.n, entry))

    def manifest(self) -> Manifest:
        """All chains folded in their order, and their recorded ends compared."""
        manifest = Manifest()
        for device, n, entry in in_order(self._entries):
            try:
                manifest.apply((device, n), entry)
            except VaultDamaged:
                self._found.add("log-damaged", _place(device, n))
        self._after_their_time(manifest)
        for device, n, hash_ in manifest.heads:
            if self._hashes.get((device, n)) != hash_:
                self._found.add("log-changed", _place(device, n))
        return manifest

    def _after_their_time(self, manifest: Manifest) -> None:
        """Entries under a vault key that had been replaced by then: its holders wrote them."""
        for (device, n), epoch in self._epochs.items():
            closed = manifest.closed.get(epoch)
            if closed is not None and n > closed.get(device, 0):
                self._found.add("log-forged", _place(device, n))


def in_order(
    chains: Mapping[bytes, Sequence[tuple[int, int, Entry]]],
) -> Iterator[tuple[bytes, int, Entry]]:
    """Entries of all chains: first what an entry says it came after, then the earlier time.

    Times alone would not do: two desks write within one second, and clocks differ.
    """
    at = dict.fromkeys(chains, 0)
    while waiting := [device for device in chains if at[device] < len(chains[device])]:
        done = {device: _reached(chains[device], at[device]) for device in chains}
        ready = [one for one in waiting if _may_follow(chains[one][at[one]][2], done)]
        device = min(ready or waiting, key=lambda one: (chains[one][at[one]][0], one))
        _, n, entry = chains[device][at[device]]
        yield device, n, entry
        at[device] += 1


def _reached(chain: Sequence[tuple[int, int, Entry]], at: int) -> int:
    """The number up to which a chain has been taken in."""
    return chain[at][1] - 1 if at < len(chain) else sys.maxsize


def _may_follow(entry: Entry, done: Mapping[bytes, int]) -> bool:
    return all(done.get(device, n) >= n for device, n, _ in entry.heads)


def _place(device: bytes, n: int) -> str:
    return f"log {device.hex()} {n}"


def _devices(connection: Connection) -> list[object]:
    return list(connection.execute(select(LOG.c.device).distinct()).scalars().all())
