"""The log from its newest entry back, a page at a time: what is not on the page stays sealed.

Each device has a chain of its own. Within one the order is that of its numbers; between them
the time that the entries name decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.keys import Keys
from intake_tui.vault.log import Line
from intake_tui.vault.shapes import LogEntry
from intake_tui.vault.tables import LOG, sound

AHEAD = 50  # lines of one chain that are fetched at once
UNREADABLE, MISSING = "unreadable", "missing"
"""What stands in place of an entry that is damaged, and of one that is not there."""

_ENDS = select(LOG.c.device, func.max(LOG.c.n)).group_by(LOG.c.device)
_BELOW = (
    select(LOG)
    .where(LOG.c.device == bindparam("one"), LOG.c.n < bindparam("above"))
    .order_by(LOG.c.n.desc())
    .limit(AHEAD)
)


@dataclass(frozen=True)
class LogPlace:
    """How far a reading has come: for each device the number of the last line that was read."""

    read: Mapping[bytes, int] = field(repr=False)


@dataclass(frozen=True)
class LogPage:
    """Entries, newest first, and where the next page begins; None: that was the oldest one."""

    entries: tuple[LogEntry, ...]
    place: LogPlace | None


def page(connection: Connection, keys: Keys, place: LogPlace | None, most: int) -> LogPage:
    """The `most` entries after that place, or the newest ones.

    For a line that cannot be read, and for one that is missing in its chain, an entry stands
    that says so. Nothing is raised for damage.
    """
    above = dict(place.read) if place is not None else _ends(connection)
    chains = [_Chain(connection, keys, device, n) for device, n in sorted(above.items())]
    entries: list[LogEntry] = []
    while len(entries) < most:
        newest = max((one for one in chains if one.next), key=_when, default=None)
        if newest is None or newest.next is None:
            return LogPage(tuple(entries), None)
        entries.append(newest.next)
        above[newest.device] = newest.next.n
        newest.go_on()
    return LogPage(tuple(entries), LogPlace(above))


def _ends(connection: Connection) -> dict[bytes, int]:
    """For each device the number after its last line."""
    ends: dict[bytes, int] = {}
    for row in connection.execute(_ENDS).all():
        try:
            device, n = sound(tuple(row), "bi")
        except VaultDamaged:
            continue  # no device has such a chain: `verify` names it
        ends[device] = n + 1
    return ends


class _Chain:
    """One device's entries downwards, each opened only when it is the next to be shown."""

    def __init__(self, connection: Connection, keys: Keys, device: bytes, above: int) -> None:
        self.device = device
        self._keys = keys
        self._at = datetime.now(UTC)  # what is known of the time of a line that cannot be read
        self._entries = self._downwards(connection, above)
        self.next: LogEntry | None = None
        self.go_on()

    def go_on(self) -> None:
        """To the entry before."""
        self.next = next(self._entries, None)

    def _downwards(self, connection: Connection, above: int) -> Iterator[LogEntry]:
        while above > 1:
            rows = connection.execute(_BELOW, {"one": self.device, "above": above}).all()
            for row in rows:
                n = row[1] if type(row[1]) is int else above - 1
                if n < above - 1:
                    yield self._without(MISSING, n + 1)  # one for the whole gap
                yield self._opened(row, n)
                above = n
            if not rows:
                yield self._without(MISSING, 1)
                return

    def _opened(self, row: Any, n: int) -> LogEntry:
        try:
            line = Line(*sound(row, "biibb"))
            entry = line.shown(line.opened(self._keys))
        except VaultDamaged:
            return self._without(UNREADABLE, n)
        self._at = entry.at
        return entry

    def _without(self, what: str, n: int) -> LogEntry:
        return LogEntry(self.device, n, self._at, what, b"", ())


def _when(chain: _Chain) -> tuple[datetime, bytes]:
    if chain.next is None:
        raise ValueError("at its end")
    return chain.next.at, chain.device
