"""How a vault's file or server is connected to: the engine, and the settings that it runs with."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy.dialects.sqlite  # noqa: F401 - now; else it is imported at the unlock
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from intake_tui.vault.errors import (
    IsACopy,
    NotAVault,
    NoVault,
    VaultNotClosed,
    VaultReadOnly,
    VaultUntrusted,
)
from intake_tui.vault.place import MAGIC

_SETTINGS = (
    "locking_mode=EXCLUSIVE",  # before WAL: then there is no -shm, and one program at a time
    "journal_mode=WAL",
    "synchronous=FULL",  # with WAL the only pair that lost nothing in simulated power cuts
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "cache_size=-512",  # KiB: each head is opened once, so that keeping more pages gives nothing
)
_READING = ("temp_store=MEMORY", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0")
_WAIT = 0.1
"""Seconds to wait for a lock: long enough for a program that is just closing."""


def refuse(path: Path, *, create: bool) -> None:
    """Refuse at once what SQLite would find out late, or would turn into a database."""
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif not path.exists():
            raise NoVault
        elif not path.is_file() or not _begins_well(path):
            raise NotAVault
        writable = os.access(path.parent, os.W_OK) and (create or os.access(path, os.W_OK))
    except OSError:
        raise VaultReadOnly from None
    if not writable:
        raise VaultReadOnly


def identity(path: Path | None) -> tuple[int, int] | None:
    """Which file lies there; None on a server, and where there is none."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


def _begins_well(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def connected(address: str) -> sqlite3.Connection:
    """The engine's own connection, before any setting; the tests put one that records here."""
    return sqlite3.connect(
        address, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False
    )


def to_file(path: Path, *, create: bool) -> Engine:
    """The engine of a vault's file. What it raises is not translated yet."""
    return _engine(f"{path.as_uri()}?mode={'rwc' if create else 'rw'}", _set_up)


def to_read(path: Path) -> Engine:
    """The engine of a file of which not one byte is changed. Raises VaultNotClosed.

    A vault's own file keeps a write-ahead log, which SQLite cannot take in without writing.
    Where there is none, nobody has the file open, and it is whole as it lies there.
    """
    address = f"{path.as_uri()}?mode=ro"
    if _keeps_a_log(path):
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise VaultNotClosed
        address += "&immutable=1"
    return _engine(address, _set_up_to_read)


def _keeps_a_log(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(19)[18:] == b"\2"
    except OSError:
        raise VaultReadOnly from None


def _engine(address: str, set_up: Callable[[sqlite3.Connection], None]) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = connected(address)
        try:
            set_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # Python's own transaction control would leave DDL out, and adds a statement to each save.
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.execute("BEGIN")


def _set_up(connection: sqlite3.Connection) -> None:
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()
        if setting == _SETTINGS[0] and _has(connection, "name = 'copy'"):
            raise IsACopy  # not one byte of a backup is changed
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync=ON")
        connection.execute("PRAGMA checkpoint_fullfsync=ON")
    connection.execute("BEGIN IMMEDIATE")  # takes the lock now, so that a second program is told
    connection.execute("COMMIT")
    _refuse_foreign(connection)


def _set_up_to_read(connection: sqlite3.Connection) -> None:
    for setting in _READING:
        connection.execute(f"PRAGMA {setting}").fetchall()
    _refuse_foreign(connection)


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    if _has(connection, "type IN ('trigger', 'view')"):
        raise VaultUntrusted("schema")


def _has(connection: sqlite3.Connection, what: str) -> bool:
    found = connection.execute(f"SELECT count(*) FROM sqlite_master WHERE {what}")  # noqa: S608
    return bool(found.fetchone()[0])


def to_server(url: str) -> Engine:
    """The engine of a vault on a server."""
    engine = create_engine(url, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _durable(connection: object, _record: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("SET synchronous_commit TO on")
        connection.commit()  # type: ignore[attr-defined]

    return engine


def vacuum_server(raw: Any) -> None:
    """The tables written anew; waits two seconds at most for the other desks."""
    raw.autocommit = True
    try:
        with raw.cursor() as cursor:
            cursor.execute("SET lock_timeout TO '2s'")
            cursor.execute("VACUUM (FULL) revision, draft, item")
            cursor.execute("SET lock_timeout TO DEFAULT")
    finally:
        raw.autocommit = False
