"""What a backup says about itself: a witness and a digest of every row, signed by who made it.

One row in a table of its own, the one thing that a backup has more than a vault. It is what
tells that the end of the log was cut off, that a row was changed, added or put back, and
which copy it is. It is left behind when the copy is restored.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace

from intake_tui.vault.framing import bound, digest, frame
from intake_tui.vault.keys import Identity, signed_by
from intake_tui.vault.tables import (
    DRAFT,
    EPOCH,
    GRANT,
    ITEM,
    LETTER,
    LOG,
    REVISION,
    ROSTER,
    SLOT,
    VAULT,
    sound,
)

TABLES = (VAULT, SLOT, ROSTER, GRANT, EPOCH, REVISION, DRAFT, ITEM, LOG, LETTER)
PAGE = 100
_COLUMNS = "bbbibibbb"
_MAKE = """CREATE TABLE copy (
    id BLOB, slot BLOB, device BLOB, n INTEGER, hash BLOB, roster INTEGER, roster_hash BLOB,
    content BLOB, signature BLOB)"""


@dataclass(frozen=True)
class Testimony:
    """The row of the table `copy`.

    `slot` made it; `device`, `n` and `hash` are the log entry that says so, `roster` and
    `roster_hash` the newest roster; `content` is the digest of all rows of all other tables.
    """

    id: bytes
    slot: bytes
    device: bytes
    n: int
    hash: bytes
    roster: int
    roster_hash: bytes
    content: bytes
    signature: bytes = b""

    def signed(self, vault: bytes, who: Identity) -> Testimony:
        """The same, signed."""
        signature = who.signing.sign(self._message(vault))
        return replace(self, signature=signature)

    def is_signed(self, vault: bytes, public: bytes) -> bool:
        """Whether the holder of that Ed25519 key has signed it."""
        return signed_by(public, self.signature, self._message(vault))

    def _message(self, vault: bytes) -> bytes:
        return bound(vault, "copy", *astuple(self)[:-1])

    def write(self, connection: sqlite3.Connection) -> None:
        """Put it into the copy."""
        connection.execute(_MAKE)
        connection.execute("INSERT INTO copy VALUES (?,?,?,?,?,?,?,?,?)", astuple(self))

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Testimony | None:
        """What the copy says; None where it is none. Raises VaultDamaged, sqlite3.Error."""
        there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'copy'"
        if not connection.execute(there).fetchone()[0]:
            return None
        rows = connection.execute("SELECT * FROM copy LIMIT 2").fetchall()
        return cls(*sound(rows[0], _COLUMNS)) if len(rows) == 1 else None


class RowsDigest:
    """The digest of all rows, read a page at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.rows = 0
        self.value = b""

    def pages(self) -> Iterator[int]:
        """The number of rows read so far; the digest stands at the end. Raises sqlite3.Error."""
        tables: list[bytes | str] = []
        for table in TABLES:
            order = ", ".join(column.name for column in table.primary_key)
            whole = hashlib.sha256()
            found = self._connection.execute(f"SELECT * FROM {table.name} ORDER BY {order}")  # noqa: S608
            while page := found.fetchmany(PAGE):
                for row in page:
                    whole.update(frame(frame(*map(_value, row))))
                self.rows += len(page)
                yield self.rows
            tables += [table.name, whole.digest()]
        self.value = digest(frame(*tables))


def _value(value: object) -> bytes:
    """A column's value with its type: a damaged file holds any."""
    if isinstance(value, bytes):
        return b"b" + value
    if isinstance(value, str):
        return b"s" + value.encode("utf-8", "surrogatepass")
    return b"n" if value is None else b"i" + str(value).encode()
