"""What the vault hands out: plain values without keys. Those with content hide it in repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Counsellor:
    """Who is signed in. `role` is what the signed roster says: leader, counsellor, recovery."""

    slot: bytes
    name: str = field(repr=False)
    role: str


@dataclass(frozen=True)
class LastWrite:
    """Time (UTC) and number of the newest log entry there was at unlock."""

    at: datetime | None
    n: int


@dataclass(frozen=True)
class Draft:
    """One open intake as last saved; `counter` is the number of saves."""

    id: bytes
    counter: int
    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class Head:
    """The short part of a signed revision; `n` rises with each revision written."""

    n: int
    id: bytes
    case: bytes
    head: bytes = field(repr=False)


@dataclass(frozen=True)
class OfCase:
    """All revisions of one case, oldest first; of those that cannot be read, the numbers."""

    heads: tuple[Head, ...]
    damaged: tuple[int, ...]


@dataclass(frozen=True)
class LogEntry:
    """What was done, when (UTC, to the second), on which device, by whose slot, with which ids.

    `flags` are the marks that are simply so, such as "put_back".
    """

    device: bytes
    n: int
    at: datetime
    what: str
    slot: bytes
    ids: tuple[bytes, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that `verify` found: a stable code, the row, a word more, and when it was written.

    The time (UTC) is that of the log's entry, of a row that is not there any more.
    """

    code: str
    where: str
    detail: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Report:
    """What `verify` says: sound, or what is not; `rows` were read back."""

    sound: bool
    rows: int
    findings: tuple[Finding, ...]
