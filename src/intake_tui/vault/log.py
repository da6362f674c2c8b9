"""The log: one sealed, hash-chained list of entries for each device.

It is also the manifest: which revisions, drafts, items, slots and grants there must be.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.framing import bound, digest, frame
from intake_tui.vault.keys import Keys
from intake_tui.vault.seal import seal_padded, unseal_padded
from intake_tui.vault.shapes import LogEntry
from intake_tui.vault.tables import LOG, sound

STEP = 512
"""Nearly every entry fits one step, so that sizes do not tell reading from writing."""


@dataclass(frozen=True)
class Entry:
    """An entry in the clear. `marks` holds what `verify` compares the tables with."""

    at: int
    what: str
    slot: bytes
    ids: tuple[bytes, ...]
    marks: Mapping[str, Any] = field(repr=False)
    heads: tuple[tuple[bytes, int, bytes], ...] = field(default=(), repr=False)
    """Where other chains ended when this was written: device, number, hash. From `marks`."""

    def packed(self) -> bytes:
        """JSON."""
        fields = {
            "at": self.at,
            "what": self.what,
            "slot": self.slot.hex(),
            "ids": [id_.hex() for id_ in self.ids],
            "marks": self.marks,
        }
        return json.dumps(fields, separators=(",", ":")).encode()

    @classmethod
    def unpack(cls, data: bytes) -> Entry:
        """From JSON; raises VaultDamaged."""
        try:
            raw = json.loads(data)
            ids = tuple(bytes.fromhex(id_) for id_ in raw["ids"])
            slot, marks = bytes.fromhex(raw["slot"]), dict(raw["marks"])
            return cls(int(raw["at"]), str(raw["what"]), slot, ids, marks, _heads(marks))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise VaultDamaged("log") from None


def _heads(marks: Mapping[str, Any]) -> tuple[tuple[bytes, int, bytes], ...]:
    named = marks.get("heads", ())
    return tuple((bytes.fromhex(one), int(n), bytes.fromhex(end)) for one, n, end in named)


@dataclass(frozen=True)
class Line:
    """One row of the log table, sealed."""

    device: bytes
    n: int
    epoch: int
    previous: bytes
    entry: bytes

    @classmethod
    def of(cls, row: Sequence[Any]) -> Line:
        """From a row; raises VaultDamaged for one that cannot be a line."""
        return cls(*sound(row, _COLUMNS))

    @property
    def hash(self) -> bytes:
        """The hash of the chain up to and with this line."""
        return digest(frame(self.device, self.n, self.epoch, self.previous, self.entry))

    def opened(self, keys: Keys) -> Entry:
        """The entry; raises VaultDamaged."""
        associated = _associated(keys.vault, self.device, self.n, self.epoch, self.previous)
        return Entry.unpack(unseal_padded(keys.log(self.epoch), self.entry, associated, STEP))

    def shown(self, entry: Entry) -> LogEntry:
        """What the screens are given."""
        try:
            at = datetime.fromtimestamp(entry.at, UTC)
        except (ValueError, OverflowError, OSError):
            raise VaultDamaged("log") from None
        flags = tuple(name for name, value in entry.marks.items() if value is True)
        return LogEntry(self.device, self.n, at, entry.what, entry.slot, entry.ids, flags)


def _associated(vault: bytes, device: bytes, n: int, epoch: int, previous: bytes) -> bytes:
    return bound(vault, "log", device, n, epoch, previous)


def start(vault: bytes, device: bytes) -> bytes:
    """What the first line of a chain names as the hash before it."""
    return digest(bound(vault, "chain", device))


class Chain:
    """This device's chain: where it ends, and how it goes on."""

    def __init__(self, keys: Keys, device: bytes, slot: bytes, end: Line | None) -> None:
        self._keys = keys
        self.device = device
        self.slot = slot
        self.n = end.n if end else 0
        self.hash = end.hash if end else start(keys.vault, device)

    def use(self, keys: Keys) -> None:
        """Write on under other keys."""
        self._keys = keys

    def append(
        self,
        connection: Connection,
        what: str,
        ids: Sequence[bytes] = (),
        marks: Mapping[str, Any] | None = None,
    ) -> None:
        """Write one entry in the transaction under way."""
        entry = Entry(int(time.time()), what, self.slot, tuple(ids), marks or {})
        n, epoch, key = self.n + 1, self._keys.epoch, self._keys.log(self._keys.epoch)
        associated = _associated(self._keys.vault, self.device, n, epoch, self.hash)
        sealed = seal_padded(key, entry.packed(), associated, STEP)
        line = Line(self.device, n, epoch, self.hash, sealed)
        connection.execute(_INSERT, vars(line))
        self.n, self.hash = n, line.hash


_PATIENCE = 20
"""Chains of which no end opens that are looked into, and lines of each: they may be planted."""
_LONGEST = (1 << 63) - 1  # of a chain's numbers
_INSERT = LOG.insert()
_COLUMNS = "biibb"
_LAST = select(LOG.c.device, func.max(LOG.c.n).label("n")).group_by(LOG.c.device).subquery()
_ENDS = select(LOG).join(_LAST, and_(LOG.c.device == _LAST.c.device, LOG.c.n == _LAST.c.n))
"""In one statement: many chains may have been planted."""


def rows(connection: Connection, device: bytes, after: int, limit: int) -> list[Sequence[Any]]:
    """The next rows of a chain, as they stand there."""
    found = connection.execute(
        select(LOG).where(LOG.c.device == device, LOG.c.n > after).order_by(LOG.c.n).limit(limit)
    )
    return list(found.all())


def of_no_device(connection: Connection, limit: int) -> list[Sequence[Any]]:
    """Rows whose device is none at all: SQLite holds any value."""
    return list(connection.execute(select(LOG).where(LOG.c.device <= b"").limit(limit)).all())


def line(connection: Connection, device: bytes, n: int) -> Line | None:
    """One line of a chain; None also where it cannot be read as a line."""
    row = connection.execute(select(LOG).where(LOG.c.device == device, LOG.c.n == n)).first()
    try:
        return Line.of(row) if row is not None else None
    except VaultDamaged:
        return None


def of_epoch(connection: Connection, epoch: int, limit: int) -> list[Line]:
    """Some lines that were written under one vault key."""
    return _readable(connection, select(LOG).where(LOG.c.epoch == epoch).limit(limit))


def ends(connection: Connection) -> list[Line]:
    """The last line of every chain."""
    return _readable(connection, _ENDS)


def goes_on(connection: Connection, keys: Keys, device: bytes) -> bool:
    """Whether a chain, if there is one, can be written on: its end opens, and is not the last
    that could ever be. Without a key anybody could lay such an end for it."""
    newest = select(LOG).where(LOG.c.device == device).order_by(LOG.c.n.desc()).limit(1)
    row = connection.execute(newest).first()
    try:
        return row is None or (_opens(Line.of(row), keys) and row[1] < _LONGEST)
    except VaultDamaged:
        return False


def is_remembered(connection: Connection, keys: Keys, device: bytes, n: int, hash_: bytes) -> bool:
    """Whether a chain has that line, or a damaged one in its place behind one that holds."""
    there = line(connection, device, n)
    if there is not None and (there.hash == hash_ or _opens(there, keys)):
        return there.hash == hash_
    at = select(LOG.c.device).where(LOG.c.device == device, LOG.c.n == n)
    if connection.execute(at).first() is None:
        return False
    before = line(connection, device, n - 1)
    return n == 1 or (before is not None and _opens(before, keys))


def _opens(one: Line, keys: Keys) -> bool:
    try:
        one.opened(keys)
    except VaultDamaged:
        return False
    return True


def others(connection: Connection, keys: Keys, device: bytes) -> list[list[Any]]:
    """Where the other devices' chains end, as marks: device, number, hash.

    An end that does not open may be anybody's: the line before it counts.
    """
    found, patience = [], _PATIENCE
    for end in ends(connection):
        last: Line | None = end
        if end.device != device and not _opens(end, keys):
            last = _last_that_opens(connection, keys, end.device) if patience > 0 else None
            patience -= 1
        if end.device != device and last is not None:
            found.append([last.device.hex(), last.n, last.hash.hex()])
    return found


def _last_that_opens(connection: Connection, keys: Keys, device: bytes) -> Line | None:
    newest = select(LOG).where(LOG.c.device == device).order_by(LOG.c.n.desc()).limit(_PATIENCE)
    return next((one for one in _readable(connection, newest) if _opens(one, keys)), None)


def everything(connection: Connection) -> list[Line]:
    """Every line that is one, by device and number."""
    return _readable(connection, select(LOG).order_by(LOG.c.device, LOG.c.n))


def _readable(connection: Connection, statement: Select[Any]) -> list[Line]:
    """Without those that no device can have written: `verify` names them."""
    found = []
    for row in connection.execute(statement).all():
        with suppress(VaultDamaged):
            found.append(Line.of(row))
    return found
