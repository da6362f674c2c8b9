"""Follows every device's chain from its start, opens every entry, and folds the manifest.

The chains are read side by side and merged as they come, so that neither their length nor the
number of their entries is held in memory.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from intake_tui.vault import log
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.findings import UNREAD, Findings
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
    hash: bytes | None
    """None after a line that does not open: it may be that one, or the next, which was changed."""
    n: int = 0
    cursor: int = 0
    """The number up to which rows were read; that of a row which does not open may be any."""
    at: int = 0
    ended: bool = False
    given_up: bool = False
    opened: bool = False
    gaps: list[range] = field(default_factory=list)
    damaged: set[int] = field(default_factory=set)
    waiting: deque[tuple[int, int, Entry]] = field(default_factory=deque)
    epochs: dict[int, int] = field(default_factory=dict)
    """The last line of each epoch but the newest."""
    _numbers: array[int] = field(default_factory=lambda: array("q"))
    _hashes: bytearray = field(default_factory=bytearray)

    def passed(self, line: Line) -> None:
        """That line has been followed."""
        self.n, self.hash, self.opened = line.n, line.hash, True
        self._numbers.append(line.n)
        self._hashes += line.hash[:_SHORT]

    def has(self, n: int, hash_: bytes) -> bool:
        """Whether its line of that number has that hash."""
        at = bisect_left(self._numbers, n)
        if at == len(self._numbers) or self._numbers[at] != n:
            return False
        return self._hashes[at * _SHORT : (at + 1) * _SHORT] == hash_[:_SHORT]

    def passed_over(self, n: object) -> None:
        """A row does not open: nothing of it is believed, but that there may be a line."""
        if isinstance(n, int):
            self.damaged.add(n)
            if n == self.n + 1:
                self.n, self.hash = n, None

    def tells_of(self, n: int) -> bool:
        """Whether what the chain has at that number can be known, or is named already."""
        unread = n in self.damaged or (self.given_up and n > self.n)
        return not unread and not any(n in gap for gap in self.gaps)

    @property
    def whole(self) -> bool:
        """Whether every line of it could be read."""
        return not (self.given_up or self.damaged or self.gaps)

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
        self._named: set[bytes] = set()
        self._strays: list[Sequence[Any]] = []
        self._begun = False

    @property
    def whole(self) -> bool:
        """Whether every line could be read: then what none of them names is foreign."""
        chains = self._chains
        read = all(one.whole for one in chains.values()) and self._named <= chains.keys()
        return bool(chains) and not self._strays and read

    def put_back(self, slot: bytes, hash_: bytes) -> bool:
        """Whether a slot is another than the log says. A line that cannot be read may have said
        it; then only one that was replaced is known to be."""
        if self.manifest.slots.get(slot) == hash_:
            return False
        return self.whole or hash_ in self.manifest.slots_ever

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
        for row in self._desk.read(lambda c: log.of_no_device(c, UNREAD)):
            self._unread(row)
        device = self._desk.read(lambda c: _device_after(c, b""))
        while isinstance(device, bytes):
            if device not in self._chains:
                self._chains[device] = _Chain(device, log.start(self._desk.vault, device))
            device = self._desk.read(lambda c, last=device: _device_after(c, last))  # type: ignore[misc]

    def _follow(self, chain: _Chain) -> None:
        try:
            rows = self._desk.read(lambda c: log.rows(c, chain.device, chain.cursor, PAGE))
        except VaultDamaged:
            chain.given_up = chain.ended = True
            self._found.add("log-damaged", _place(chain.device, chain.n + 1), "page")
            return
        for row in rows:
            self._found.rows += 1
            try:
                line = Line.of(row)
                entry = line.opened(self._desk.keys)
            except VaultDamaged:
                self._unread(row)
                chain.passed_over(row[1])
            else:
                self._line(line, entry, chain)
        numbers = [row[1] for row in rows if isinstance(row[1], int)]
        chain.cursor = numbers[-1] if numbers else chain.cursor
        chain.ended = len(rows) < PAGE
        if not (chain.ended or numbers):  # what is no number comes last
            chain.ended = chain.given_up = True

    def _unread(self, row: Sequence[Any]) -> None:
        device, n = row[0], row[1]
        named = f"{device.hex() if isinstance(device, bytes) else '?'} {n}"
        self._found.add("log-damaged", f"log {named}")
        if len(self._strays) < UNREAD:
            self._strays.append(row)

    def _line(self, line: Line, entry: Entry, chain: _Chain) -> None:
        if line.n > chain.n + 1:
            chain.gaps.append(range(chain.n + 1, line.n))  # named once all is read
        elif chain.hash is not None and line.previous != chain.hash:
            self._found.add("log-broken", _place(line.device, line.n))
        chain.passed(line)
        if line.epoch != self._desk.keys.epoch:
            chain.epochs[line.epoch] = line.n
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
        self._named.update(device for device, _, _ in entry.heads)
        try:
            self.manifest.apply((chain.device, n), entry)
        except VaultDamaged:
            self._found.add("log-damaged", _place(chain.device, n))

    def compare(self, listed: set[bytes] | None) -> Iterator[None]:
        """What the chains recorded of each other, and what was written when it could not be.

        `listed` are the devices that should have a chain, if that is known.
        """
        self._devices(listed)
        for chain in self._chains.values():
            self._gaps(chain)
            for epoch, n in chain.epochs.items():
                closed = self.manifest.closed.get(epoch)
                if closed is not None and n > closed.get(chain.device, 0):
                    # Under a vault key that had been replaced by then: its holders wrote it.
                    self._found.add("log-forged", _place(chain.device, n))
        yield
        heads = list(self.manifest.heads)
        for begin in range(0, len(heads), COMPARED):
            for device, n, hash_ in heads[begin : begin + COMPARED]:
                if not self._as_seen(device, n, hash_, listed or set()):
                    self._found.add("log-changed", _place(device, n))
            yield

    def _devices(self, listed: set[bytes] | None) -> None:
        """Every listed device has its chain, and every chain is listed."""
        if listed is None:
            return
        opened = {device for device, chain in self._chains.items() if chain.opened}
        for device in listed - self._chains.keys():
            self._found.add("log-removed", f"log {device.hex()}")
        for device in opened - listed:
            self._found.add("log-unlisted", f"log {device.hex()}")

    def _gaps(self, chain: _Chain) -> None:
        for gap in chain.gaps:
            if not any(self._belongs(row, chain.device, gap) for row in self._strays):
                self._found.add("log-missing", _place(chain.device, gap[0]))

    def _belongs(self, row: Sequence[Any], device: bytes, gap: range) -> bool:
        """Whether that row is the line missing there, with another name or number."""
        line = _as(row, device, gap[0])
        try:
            return len(gap) == 1 and line is not None and bool(line.opened(self._desk.keys))
        except VaultDamaged:
            return False

    def _as_seen(self, device: bytes, n: int, hash_: bytes, listed: set[bytes]) -> bool:
        """False where another device saw something else, and nothing else says why."""
        chain = self._chains.get(device)
        if chain is None:
            return device in listed  # the whole chain is gone, as is named
        if not chain.tells_of(n) or chain.has(n, hash_):
            return True
        lines = (_as(row, device, n) for row in self._strays)
        return any(line is not None and line.hash == hash_ for line in lines)


def _as(row: Sequence[Any], device: bytes, n: int) -> Line | None:
    """The line that it would be under another name or number; None where it can be none."""
    try:
        return Line.of((device, n, *row[2:]))
    except VaultDamaged:
        return None


def _place(device: bytes, n: int) -> str:
    return f"log {device.hex()} {n}"


_DEVICES = select(LOG.c.device).order_by(LOG.c.device).limit(1)


def _device_after(connection: Connection, device: bytes) -> object:
    return connection.execute(_DEVICES.where(LOG.c.device > device)).scalar()
