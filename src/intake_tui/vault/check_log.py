"""Follows every device's chain from its start, opens every entry, and folds the manifest.

The chains are read side by side and merged as they come, so that neither their length nor the
number of their entries is held in memory.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from intake_tui.vault import log
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.findings import Findings
from intake_tui.vault.log import Entry, Line
from intake_tui.vault.manifest import Manifest, matters
from intake_tui.vault.tables import LOG

PAGE = 100
"""Lines that are read in one step, and entries that are folded in one."""
COMPARED = 2_000
"""Recorded ends that are compared in one step."""
_SHORT = 16  # bytes of a line's hash that are kept in memory, for what other chains recorded


@dataclass
class _Chain:
    """How far a chain has been followed, and what of it waits to be folded."""

    device: bytes
    hash: bytes
    n: int = 0
    at: int = 0
    ended: bool = False
    given_up: bool = False
    waiting: deque[tuple[int, int, Entry]] = field(default_factory=deque)
    epochs: dict[int, int] = field(default_factory=dict)
    """The last line of each epoch but the newest."""
    _numbers: array[int] = field(default_factory=lambda: array("q"))
    _hashes: bytearray = field(default_factory=bytearray)

    def passed(self, line: Line) -> None:
        """That line has been followed."""
        self.n, self.hash = line.n, line.hash
        self._numbers.append(line.n)
        self._hashes += line.hash[:_SHORT]

    def has(self, n: int, hash_: bytes) -> bool:
        """Whether its line of that number has that hash."""
        at = bisect_left(self._numbers, n)
        if at == len(self._numbers) or self._numbers[at] != n:
            return False
        return self._hashes[at * _SHORT : (at + 1) * _SHORT] == hash_[:_SHORT]

    @property
    def folded(self) -> int:
        """The number up to which its entries have been taken in."""
        if self.waiting:
            return self.waiting[0][1] - 1
        return sys.maxsize if self.ended else self.n


class LogCheck:
    """Merges all chains: first what an entry says it came after, then the earlier time.

    Times alone would not do: two desks write within one second, and clocks differ.
    """

    def __init__(self, desk: Desk, found: Findings) -> None:
        self.manifest = Manifest()
        self._desk = desk
        self._found = found
        self._chains: dict[bytes, _Chain] = {}
        self._begun = False

    @property
    def devices(self) -> set[bytes]:
        """Every device that has a chain."""
        return set(self._chains)

    @property
    def whole(self) -> bool:
        """Whether every chain could be read to its end: then what it does not name is foreign."""
        return bool(self._chains) and not any(one.given_up for one in self._chains.values())

    def catch_up(self) -> None:
        """Take in what was written since the last page."""
        self._begun = False
        while self.page():
            pass

    def page(self) -> bool:
        """Follow one chain for a page, or fold as many entries; False when all is taken in."""
        if not self._begun:
            self._begin()
        chain = next((c for c in self._chains.values() if not (c.ended or c.waiting)), None)
        if chain is None:
            return self._fold()
        self._follow(chain)
        return True

    def _begin(self) -> None:
        """Look for chains, and for what those that are known go on with."""
        self._begun = True
        for chain in self._chains.values():
            chain.ended = chain.given_up
        device = self._desk.read(_first_device)
        if device is not None and not isinstance(device, bytes):
            self._found.add("log-damaged", "log")
            device = self._desk.read(lambda c: _device_after(c, b""))
        while isinstance(device, bytes):
            if device not in self._chains:
                self._chains[device] = _Chain(device, log.start(self._desk.vault, device))
            device = self._desk.read(lambda c, last=device: _device_after(c, last))  # type: ignore[misc]

    def _follow(self, chain: _Chain) -> None:
        try:
            lines = self._desk.read(lambda c: log.lines(c, chain.device, chain.n, PAGE))
        except VaultDamaged:
            chain.given_up = chain.ended = True
            self._found.add("log-damaged", _place(chain.device, chain.n + 1), "page")
            return
        for line in lines:
            self._line(line, chain)
        chain.ended = len(lines) < PAGE

    def _line(self, line: Line, chain: _Chain) -> None:
        self._found.rows += 1
        where = _place(line.device, line.n)
        if line.n != chain.n + 1:
            self._found.add("log-missing", _place(line.device, chain.n + 1))
        elif line.previous != chain.hash:
            self._found.add("log-broken", where)
        chain.passed(line)
        if line.epoch != self._desk.keys.epoch:
            chain.epochs[line.epoch] = line.n
        try:
            entry = line.opened(self._desk.keys)
        except VaultDamaged:
            self._found.add("log-damaged", where)
            return
        chain.at = max(chain.at, entry.at)  # a clock set back must not reorder a chain
        if matters(entry):
            chain.waiting.append((chain.at, line.n, entry))

    def _fold(self) -> bool:
        """A page's worth of entries, as far as all chains have their next one at hand."""
        for done in range(PAGE):
            waiting = [chain for chain in self._chains.values() if chain.waiting]
            if not waiting:
                return done > 0
            if any(not (chain.waiting or chain.ended) for chain in self._chains.values()):
                return True
            ready = [chain for chain in waiting if self._may_follow(chain)]
            self._take(min(ready or waiting, key=lambda one: (one.waiting[0][0], one.device)))
        return True

    def _may_follow(self, chain: _Chain) -> bool:
        known, entry = self._chains, chain.waiting[0][2]
        return all(known[other].folded >= n for other, n, _ in entry.heads if other in known)

    def _take(self, chain: _Chain) -> None:
        _, n, entry = chain.waiting.popleft()
        try:
            self.manifest.apply((chain.device, n), entry)
        except VaultDamaged:
            self._found.add("log-damaged", _place(chain.device, n))

    def compare(self) -> Iterator[None]:
        """What the chains recorded of each other, and what was written when it could not be."""
        for chain in self._chains.values():
            for epoch, n in chain.epochs.items():
                closed = self.manifest.closed.get(epoch)
                if closed is not None and n > closed.get(chain.device, 0):
                    # Under a vault key that had been replaced by then: its holders wrote it.
                    self._found.add("log-forged", _place(chain.device, n))
        yield
        heads = list(self.manifest.heads)
        for begin in range(0, len(heads), COMPARED):
            for device, n, hash_ in heads[begin : begin + COMPARED]:
                chain_ = self._chains.get(device)
                if chain_ is None or not chain_.has(n, hash_):
                    self._found.add("log-changed", _place(device, n))
            yield


def _place(device: bytes, n: int) -> str:
    return f"log {device.hex()} {n}"


_DEVICES = select(LOG.c.device).order_by(LOG.c.device).limit(1)


def _first_device(connection: Connection) -> object:
    return connection.execute(_DEVICES).scalar()


def _device_after(connection: Connection, device: bytes) -> object:
    return connection.execute(_DEVICES.where(LOG.c.device > device)).scalar()
