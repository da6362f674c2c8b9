"""Turns what a database engine raises into one of the vault's own errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from intake_tui.vault.errors import (
    DiskFull,
    DraftConflict,
    NoServer,
    NotAVault,
    NoVault,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultReadOnly,
)

_SQLITE: dict[int, type[VaultError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_BUSY: VaultInUse,
    sqlite3.SQLITE_LOCKED: VaultInUse,
    sqlite3.SQLITE_READONLY: VaultReadOnly,
    sqlite3.SQLITE_PERM: VaultReadOnly,
    sqlite3.SQLITE_CANTOPEN: VaultReadOnly,
    sqlite3.SQLITE_AUTH: VaultReadOnly,
    sqlite3.SQLITE_NOTADB: NotAVault,
    sqlite3.SQLITE_CONSTRAINT: DraftConflict,
}
# The full disk often shows first as a failed write of the log or of its index.
_SQLITE_EXTENDED: dict[int, type[VaultError]] = {
    sqlite3.SQLITE_IOERR_WRITE: DiskFull,
    sqlite3.SQLITE_IOERR_SHMSIZE: DiskFull,
    sqlite3.SQLITE_IOERR_LOCK: VaultInUse,
}
_POSTGRES: dict[str, type[VaultError]] = {
    "53100": DiskFull,
    "53200": DiskFull,
    "25006": VaultReadOnly,
    "42501": VaultReadOnly,
    "42P01": NotAVault,
    "42703": NotAVault,
    "3D000": NoVault,
    "55P03": VaultInUse,
    "40001": DraftConflict,
    "40P01": DraftConflict,
}


@contextmanager
def translated() -> Iterator[None]:
    """Whatever the engine raises inside comes out as a VaultError, without its parameters."""
    try:
        yield
    except (sqlite3.Error, SQLAlchemyError, UnicodeDecodeError) as fault:
        raise named(fault) from None


def named(fault: Exception) -> VaultError:
    """The vault's own error for an engine's."""
    if isinstance(fault, IntegrityError):
        return DraftConflict("row")
    origin = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(origin, sqlite3.Error):
        return _of_sqlite(origin)
    state = getattr(origin, "sqlstate", None)
    if state is None and type(origin).__name__ == "OperationalError":
        return NoServer()
    if isinstance(state, str) and state.startswith(("08", "28", "57P")):
        return NoServer()
    return _POSTGRES.get(state or "", VaultDamaged)("engine")


def _of_sqlite(fault: sqlite3.Error) -> VaultError:
    code = getattr(fault, "sqlite_errorcode", 0)
    if str(fault) == "no such table: vault":
        return NotAVault()
    kind = _SQLITE_EXTENDED.get(code) or _SQLITE.get(code & 0xFF, VaultDamaged)
    return kind("engine")
