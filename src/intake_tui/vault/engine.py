"""One connection to the vault's file or server, and transactions on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from intake_tui.vault.ballast import Ballast
from intake_tui.vault.connecting import (
    identity,
    refuse,
    to_file,
    to_read,
    to_server,
    vacuum_server,
)
from intake_tui.vault.errors import (
    DiskFull,
    VaultDamaged,
    VaultError,
    VaultGone,
    VaultInUse,
)
from intake_tui.vault.faults import translated
from intake_tui.vault.place import Location, is_server
from intake_tui.vault.syncfolders import synchronised

T = TypeVar("T")

_ALONE = text("SELECT pg_advisory_xact_lock(hashtext(current_schema()))")
_TOGETHER = text("SELECT pg_advisory_xact_lock_shared(hashtext(current_schema()))")


class Database:
    """One open connection. Everything that fails here fails as a VaultError."""

    def __init__(self, location: Location, *, create: bool = False, reading: bool = False) -> None:
        """`reading`: a file of which not one byte is changed. Raises VaultNotClosed."""
        self.ballast: Ballast | None = None
        self.reading = reading
        self._location = location
        self._path: Path | None = None
        if reading:
            self._engine = to_read(Path(location).expanduser().absolute())
        elif is_server(location):
            self._engine = to_server(str(location))
        else:
            path = Path(location).expanduser().absolute()
            refuse(path, create=create)
            self._engine = to_file(path, create=create)
            self.ballast, self._path = None if create else Ballast(path), path
        try:
            with translated():
                self._connection = self._engine.connect()
        except BaseException:
            self._engine.dispose()  # an engine not disposed of keeps the file locked
            raise
        self._writing = False
        self.full = False
        self._identity = identity(self._path)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on one snapshot. It must fetch what it reads: no cursor stays open."""
        if self._writing:
            with translated():
                return work(self._connection)
        with translated(), self._connection.begin():
            return work(self._connection)

    def write(self, work: Callable[[Connection], T], *, frees: bool = False) -> T:
        """Run `work` in one transaction, durable at return; joins one that is under way.

        On a full disk the write-ahead log's own room is used again, then the ballast let go,
        and the work run once more after each. The last of the ballast is for what `frees` room.
        """
        if self._writing:
            with translated():
                return work(self._connection)
        with self._in_its_place():
            return self._relieved(work, frees=frees)

    def _relieved(self, work: Callable[[Connection], T], *, frees: bool) -> T:
        try:
            if self.full and not self._has_room_again():
                self._checkpoint()  # keep to the room that the log has already
            return self._write(work)
        except DiskFull:
            self.full = True
            for relieved in (self._checkpoint, *self._ballast_in_parts(frees=frees)):
                if relieved():
                    with suppress(DiskFull):
                        return self._write(work)
            if frees:
                return self._write_sparingly(work)
            raise

    def _write_sparingly(self, work: Callable[[Connection], T]) -> T:
        """Whole pages that are let go are not overwritten: that would need as much room again.

        `scrub` does it once there is room.
        """
        raw: Any = self._connection.connection.dbapi_connection
        if self.shared:
            return self._write(work)
        raw.execute("PRAGMA secure_delete=FAST")
        try:
            return self._write(work)
        finally:
            raw.execute("PRAGMA secure_delete=ON")

    @contextmanager
    def _in_its_place(self) -> Iterator[None]:
        """Around whatever writes: what goes to a file that was deleted under us is not kept.

        Raises VaultGone.
        """
        self._must_be_in_its_place()
        try:
            yield
        except VaultError:
            self._must_be_in_its_place()  # that is why, then
            raise

    def _must_be_in_its_place(self) -> None:
        if identity(self._path) != self._identity:
            raise VaultGone

    def _checkpoint(self) -> bool:
        raw = self._connection.connection.dbapi_connection
        if raw is None or self.shared:
            return False
        try:
            raw.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        except sqlite3.Error:
            return False
        return True

    def _has_room_again(self) -> bool:
        if self.ballast is not None and self.ballast.has_room():
            self.ballast.lay()
            self.full = False
        return not self.full

    def _ballast_in_parts(self, *, frees: bool) -> list[Callable[[], bool]]:
        if self.ballast is None:
            return []
        last = [partial(self._drop, everything=True)] if frees else []
        return [partial(self._drop, everything=False), *last]

    def _drop(self, *, everything: bool) -> bool:
        if self.ballast is None or not self.ballast.drop(everything=everything):
            return False
        self._checkpoint()  # its room goes to the file first: then the log's own can be used again
        return True

    def _write(self, work: Callable[[Connection], T]) -> T:
        self._writing = True
        try:
            with translated(), self._connection.begin():
                return work(self._connection)
        finally:
            self._writing = False

    @contextmanager
    def batch(self) -> Iterator[Connection]:
        """One transaction around many calls of `write`."""
        self._writing = True
        try:
            with self._in_its_place(), translated(), self._connection.begin():
                yield self._connection
        finally:
            self._writing = False

    def only_read(self) -> None:
        """The engine itself refuses to write from now on."""
        raw = self._connection.connection.dbapi_connection
        if raw is not None and not self.shared:
            raw.execute("PRAGMA query_only=ON")

    @property
    def writing(self) -> bool:
        """Whether a transaction that writes is under way."""
        return self._writing

    @property
    def shared(self) -> bool:
        """Whether other desks may be writing at the same time: on a server."""
        return self._engine.dialect.name != "sqlite"

    @property
    def synchronised(self) -> bool:
        """Whether the file lies where a synchronising program copies it from."""
        return self._path is not None and synchronised(self._path)

    @property
    def unscrubbed(self) -> bool:
        """Whether the file may still hold bytes of what was erased from it."""
        if self.shared:
            return False
        return bool(self.read(lambda c: c.exec_driver_sql("PRAGMA user_version").scalar()))

    def leave_unscrubbed(self, connection: Connection) -> None:
        """Remember, in the transaction that erases, that `scrub` has to follow it."""
        if not self.shared:
            connection.exec_driver_sql("PRAGMA user_version=1")

    def scrub(self) -> bool:
        """Build the file anew from what is in it, so that nothing erased is left between.

        `secure_delete` alone leaves copies where rows had moved from one page to another.
        On a server as far as it lets one. False where it could not be done: a full disk.
        """
        raw: Any = self._connection.connection.dbapi_connection
        try:
            if self.shared:
                vacuum_server(raw)
                return True
            raw.execute("VACUUM")
            raw.execute("PRAGMA user_version=0")
            left = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except Exception:
            return False
        return left is not None and left[0] == 0

    def fence(self, connection: Connection, *, alone: bool) -> None:
        """On a server: until the transaction ends, let no other (or no lone) fence pass."""
        if self.shared:
            connection.execute(_ALONE if alone else _TOGETHER)

    def hold(self, number: int) -> None:
        """On a server: one program per device. Raises VaultInUse. A file is held anyway."""
        if not self.shared:
            return
        statement = text("SELECT pg_try_advisory_lock(:number)")
        if not self.read(lambda c: c.execute(statement, {"number": number}).scalar()):
            raise VaultInUse

    @property
    def raw(self) -> sqlite3.Connection:
        """The file's own connection, for SQLite's way of copying it."""
        found = self._connection.connection.dbapi_connection
        if not isinstance(found, sqlite3.Connection):
            raise VaultDamaged("engine")
        return found

    @contextmanager
    def as_it_is_now(self) -> Iterator[Connection]:
        """On a server: a second connection, to which nothing that is written from now on shows."""
        engine = to_server(str(self._location))
        try:
            with translated(), engine.connect() as plain:
                connection = plain.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
                with connection.begin():
                    connection.execute(text("SELECT n FROM roster LIMIT 1")).all()  # from here on
                    yield connection
        finally:
            engine.dispose()

    def close(self) -> None:
        """Give the file back; the write-ahead log goes into it.

        On a full disk, the room that the log had is kept for the next time.
        """
        try:
            with translated():
                self._connection.close()
        finally:
            self._engine.dispose()
            if self.full and self.ballast is not None:
                self.ballast.lay()
