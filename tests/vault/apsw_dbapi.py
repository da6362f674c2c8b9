"""An apsw connection that looks like one of `sqlite3`, as far as SQLAlchemy and the vault use it.

So the vault's own engine, settings and statements run on a file system of our making.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import apsw


def as_sqlite3(fault: apsw.Error) -> sqlite3.Error:
    """The same error as `sqlite3` would have raised it."""
    kind = sqlite3.DatabaseError if isinstance(fault, apsw.NotADBError) else _KINDS.get(type(fault))
    error = (kind or sqlite3.OperationalError)(str(fault).split(": ", 1)[-1])
    # What a file system of ours raises comes through as it is, without a number.
    number = apsw.SQLITE_FULL if isinstance(fault, apsw.FullError) else 0
    error.sqlite_errorcode = getattr(fault, "extendedresult", number)  # type: ignore[misc]
    return error


_KINDS: dict[type[apsw.Error], type[sqlite3.Error]] = {
    apsw.ConstraintError: sqlite3.IntegrityError,
    apsw.CorruptError: sqlite3.DatabaseError,
}


class Cursor:
    """One statement and its rows, all fetched at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        self._run(statement, [tuple(values)])
        return self

    def executemany(self, statement: str, many: Iterable[Sequence[Any]]) -> Cursor:
        self._run(statement, [tuple(values) for values in many])
        return self

    def _run(self, statement: str, many: list[tuple[Any, ...]]) -> None:
        raw, before = self._connection.raw, self._connection.raw.total_changes()
        self.description = None
        try:
            cursor = raw.cursor()
            cursor.exec_trace = self._described
            self._rows = [row for values in many for row in cursor.execute(statement, values)]
        except apsw.Error as fault:
            raise as_sqlite3(fault) from None
        changed = statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        self.rowcount = raw.total_changes() - before if changed else -1
        self.lastrowid = raw.last_insert_rowid()

    def _described(self, cursor: apsw.Cursor, _statement: str, _values: Any) -> bool:
        found = cursor.get_description()
        self.description = tuple((name, *[None] * 6) for name, *_ in found) or None
        return True

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = size or self.arraysize
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    def close(self) -> None:
        self._rows = []


class Connection:
    """A connection without transactions of its own, like `isolation_level=None`."""

    isolation_level = None

    def __init__(self, raw: apsw.Connection, checkpoint_every: int) -> None:
        self.raw, self._every, self._pages = raw, checkpoint_every, 0
        raw.set_wal_hook(self._logged)  # in place of SQLite's own checkpoints

    def _logged(self, _raw: apsw.Connection, _name: str, pages: int) -> int:
        self._pages = pages
        return apsw.SQLITE_OK

    def checkpoint(self) -> None:
        """As SQLite does it after a commit: whatever goes wrong in it, the commit went well."""
        if self._pages >= self._every:
            with suppress(apsw.Error):
                self.raw.wal_checkpoint()

    def cursor(self) -> Cursor:
        return Cursor(self)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(statement, values)

    def commit(self) -> None:
        self._end("COMMIT")
        self.checkpoint()

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def _end(self, how: str) -> None:
        if self.raw.in_transaction:
            self.execute(how)

    def create_function(self, *_: Any, **__: Any) -> None:
        """The regular expressions that SQLAlchemy adds are never used."""

    def close(self) -> None:
        try:
            self.raw.close()
        except apsw.Error as fault:
            raise as_sqlite3(fault) from None


def connected(address: str, vfs: str, *, checkpoint_every: int = 1000) -> Connection:
    """A connection to that address on the file system of that name; checkpoints count pages."""
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
    try:
        raw = apsw.Connection(address, flags=flags, vfs=vfs)
    except apsw.Error as fault:
        raise as_sqlite3(fault) from None
    raw.set_busy_timeout(100)
    return Connection(raw, checkpoint_every)
