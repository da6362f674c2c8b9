"""A backup: one closed file, read back row by row before it gets its name.

In steps, between which saves may come: what is saved while it is made is in it as well.
What waits for a slow medium has no part in the vault, and is not done in its thread.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import create_engine, insert, select
from sqlalchemy.pool import StaticPool

from intake_tui.vault import durable
from intake_tui.vault.copies import Copy, beside, read_beside, refused_by
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import CopyRefused, VaultDamaged
from intake_tui.vault.framing import ID_SIZE, bound, digest
from intake_tui.vault.place import Location, is_server
from intake_tui.vault.shapes import Finding, Report
from intake_tui.vault.stepwise import Stepwise
from intake_tui.vault.syncfolders import synchronised
from intake_tui.vault.tables import ALL
from intake_tui.vault.testimony import PAGE, TABLES, RowsDigest, Testimony
from intake_tui.vault.witness import Mark, Witness

Phase: TypeAlias = Literal["copy", "settle", "check", "name"]
_SETTINGS = (
    "journal_mode=OFF",  # a file without a name yet: what fails is thrown away
    "synchronous=OFF",  # it is brought to the medium at the end, and read back from there
    "locking_mode=EXCLUSIVE",
    "secure_delete=ON",
    "temp_store=MEMORY",
)


@dataclass(frozen=True)
class Step:
    """How far it is; `aside` is to be called, by whatever thread, before the next step."""

    phase: Phase
    done: int = 0
    total: int = 0
    aside: Callable[[], None] | None = None


@dataclass(frozen=True)
class Made:
    """A backup that has its name: its id, when it was begun (UTC), what was read back.

    `sound` is False where the vault itself has damage, which then is in the copy too.
    """

    id: bytes
    at: datetime
    rows: int
    size: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether every row was read back as it was written."""
        return not self.findings


def refuse(target: Path, location: Location, *, over: bool) -> None:
    """Raises CopyRefused for a place where no backup is put."""
    try:
        if not target.parent.is_dir():
            raise CopyRefused("no-folder")
        if not is_server(location) and _same(target, Path(location)):
            raise CopyRefused("same-file")
        if target.is_dir() or (os.path.lexists(target) and not over):
            raise CopyRefused("exists")
        if synchronised(target):
            raise CopyRefused("sync-folder")
    except OSError as error:
        raise refused_by(error) from None
    except ValueError:  # a NUL in it
        raise CopyRefused("no-folder") from None
    if not os.access(target.parent, os.W_OK):
        raise CopyRefused("read-only")


def _same(one: Path, other: Path) -> bool:
    other = other.expanduser()
    beside = one.parent.resolve() == other.parent.resolve()
    its_own = beside and one.name.startswith(f"{other.name}-")  # SQLite's log, and the reserve
    return its_own or one.resolve() == other.resolve() or (one.exists() and one.samefile(other))


class Backup:
    """One backup under way. `step` until it is None; `stop` gives it up and leaves nothing."""

    def __init__(
        self,
        desk: Desk,
        location: Location,
        target: Path,
        *,
        over: bool,
        erased: Callable[[Sequence[bytes]], bytes | None] = lambda _: None,
    ) -> None:
        """`erased` makes the sealed list of what was erased, to lie beside it for a restore, from
        the one that lies there."""
        self._desk = desk
        self._erased = erased
        self._target = target.expanduser().absolute()
        refuse(self._target, location, over=over)
        self._over = over
        self.id = secrets.token_bytes(ID_SIZE)
        self._steps = self._run()
        self.made: Made | None = None

    def step(self) -> Step | None:
        """The next piece; None when the backup is in its place.

        Raises CopyRefused, VaultError; then there is no backup, and nothing of it is left.
        """
        return next(self._steps, None)

    def stop(self) -> None:
        """Give it up."""
        self._steps.close()

    def _run(self) -> Generator[Step, None, None]:
        desk = self._desk
        with self._without_a_name() as aside:
            at = self._log_it()
            with closing(_target(aside)) as target, of_the_medium(aside):
                yield from self._copied(target)
                _scrub(target)
                yield from self._told(target)
                target.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, no log beside
            yield Step("settle", aside=lambda: settled(aside))
            report = yield from self._read_back(aside)
            erased = self._erased([one] if (one := read_beside(self._target, desk.vault)) else [])
            yield Step("name", aside=lambda: self._name(aside, erased))
            desk.folder.mark(desk.vault, Mark(Witness(*self._entry, *self._roster)))
            size = self._target.stat().st_size
            self.made = Made(self.id, at, report.rows, size, report.findings)

    @contextmanager
    def _without_a_name(self) -> Iterator[Path]:
        """A hidden file beside the target: the same one each time, so that none are left over."""
        desk = self._desk
        name = digest(bound(desk.vault, "aside", desk.chain.device))[:4].hex()
        aside = self._target.with_name(f".{name}.new")
        try:
            aside.unlink(missing_ok=True)
            os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise refused_by(error) from None
        try:
            yield aside
        finally:
            with suppress(OSError):
                aside.unlink()

    def _log_it(self) -> datetime:
        desk = self._desk
        desk.write(lambda c: desk.chain.append(c, "backed-up", [self.id]))
        self._entry = (desk.chain.device, desk.chain.n, desk.chain.hash)
        return datetime.now(UTC).replace(microsecond=0)

    # -- the rows ---------------------------------------------------------------------

    def _copied(self, target: sqlite3.Connection) -> Iterator[Step]:
        if self._desk.database.shared:
            yield from self._rows_copied(target)
            return
        copying = Stepwise(self._desk.database.raw, target)
        try:
            while copying.step():
                yield Step("copy", copying.done, copying.total)
        finally:
            copying.stop()

    def _rows_copied(self, target: sqlite3.Connection) -> Iterator[Step]:
        """From a server: as all rows were at one moment."""
        engine = create_engine("sqlite://", creator=lambda: target, poolclass=StaticPool)
        done = 0
        with self._desk.database.as_it_is_now() as source, engine.connect() as copy:
            ALL.create_all(copy)
            for table in TABLES:
                rows = select(table).execution_options(stream_results=True)
                for page in source.execute(rows).mappings().partitions(PAGE):
                    copy.execute(insert(table), [dict(row) for row in page])
                    copy.commit()
                    done += len(page)
                    yield Step("copy", done, done)

    def _told(self, target: sqlite3.Connection) -> Iterator[Step]:
        rows = RowsDigest(target)
        for _ in rows.pages():
            yield Step("copy", 1, 1)
        desk, self._roster = self._desk, self._newest_roster(target)
        told = Testimony(self.id, desk.identity.slot, *self._entry, *self._roster, rows.value)
        told.signed(desk.vault, desk.identity).write(target)

    def _newest_roster(self, target: sqlite3.Connection) -> tuple[int, bytes]:
        """As it stands in the copy: somebody may have been enrolled meanwhile."""
        self._desk.read(lambda _: None)  # takes in what another desk has brought
        (n,) = target.execute("SELECT max(n) FROM roster").fetchone()
        if not isinstance(n, int) or not 0 <= n < len(self._desk.rosters):
            raise VaultDamaged("roster")
        return n, self._desk.rosters[n].hash(self._desk.vault)

    # -- reading it back, and its name ------------------------------------------------

    def _read_back(self, aside: Path) -> Generator[Step, None, Report]:
        try:
            with closing(Copy(aside)) as copy:
                copy.take(self._desk.identity)
                for done, total in copy.steps():
                    yield Step("check", done, total)
                return copy.report
        except CopyRefused:
            raise CopyRefused("not-the-same") from None

    def _name(self, aside: Path, erased: bytes | None) -> None:
        try:
            durable.give_name(aside, self._target, over=self._over)
        except OSError as error:
            raise refused_by(error) from None
        if erased is not None:
            with suppress(OSError):  # the next backup brings it along
                durable.replace(beside(self._target, self._desk.vault), erased)


def _target(aside: Path) -> sqlite3.Connection:
    target = sqlite3.connect(
        f"{aside.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    for setting in _SETTINGS:
        target.execute(f"PRAGMA {setting}").fetchall()
    return target


def _scrub(target: sqlite3.Connection) -> None:
    """Where the vault still holds bytes of what was erased from it, the copy does not."""
    if target.execute("PRAGMA user_version").fetchone()[0]:
        target.execute("VACUUM")
        target.execute("PRAGMA user_version=0")


@contextmanager
def of_the_medium(aside: Path) -> Iterator[None]:
    """What SQLite could not write, in words: it does not tell a full stick from one pulled out."""
    try:
        yield
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorcode", 0)
        if code in (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise VaultDamaged("engine") from None
        if code & 0xFF == sqlite3.SQLITE_FULL:
            raise CopyRefused("disk-full") from None
        raise _why(aside) from None


def _why(aside: Path) -> CopyRefused:
    try:
        with aside.open("ab") as file:
            file.write(bytes(1 << 16))
    except OSError as error:
        refused = refused_by(error)
        return refused if refused.code == "disk-full" else CopyRefused("not-written")
    return CopyRefused("not-written")


def settled(path: Path) -> None:
    """Bring a file to its medium, and let it be read from there. Raises CopyRefused."""
    try:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except OSError as error:
        raise refused_by(error) from None
