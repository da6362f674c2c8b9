"""A backup becomes a vault again: in a new place, read in full before it gets its name.

Row by row into empty tables of our own, so that nothing comes along that is no row of a vault.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from intake_tui.vault import durable, erasures_outside, set_aside
from intake_tui.vault.backup import Step, settled
from intake_tui.vault.behind import behind
from intake_tui.vault.check import Check
from intake_tui.vault.copies import Copy, refused_by
from intake_tui.vault.desk import Desk
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import CopyRefused, VaultError, VaultExists
from intake_tui.vault.founding import refuse
from intake_tui.vault.framing import ID_SIZE, bound, digest
from intake_tui.vault.log import Chain
from intake_tui.vault.opening import Opened, tell_heads
from intake_tui.vault.place import Location, is_server
from intake_tui.vault.shapes import LastWrite
from intake_tui.vault.store import Vault
from intake_tui.vault.tables import ALL
from intake_tui.vault.testimony import PAGE, TABLES
from intake_tui.vault.witness import DeviceFolder, Nowhere, Witness, place_key


@dataclass(frozen=True)
class Restored:
    """What was restored: when the copy was made (UTC), rows read back, and what is not in it.

    `missing` counts the log entries that this computer remembers and the copy has not: 0 where
    it has them all, None where the computer remembers nothing of this vault. `erased` counts the
    cases that were erased after the copy was made, and now again: None where no list of them was
    found that could be believed. `older`: this computer remembers a change of who may read that
    came after the copy; it is only read until a leader has changed the key, see `Desk.older`.
    `aside` counts the entries that were written here after an older file had been put back.
    `kept`: the name that the damaged file has now, beside it; empty where there was none.
    """

    at: datetime
    rows: int
    missing: int | None
    erased: int | None
    older: bool = False
    kept: str = ""
    aside: int = 0


class Restore:
    """One restore under way, of a copy that somebody has signed in to.

    `step` until it is None; `stop` gives it up and leaves nothing.
    """

    def __init__(
        self,
        copy: Copy,
        location: Location,
        folder: Path,
        again: Callable[[Vault, Sequence[bytes]], int] = Vault.replay_erasures,
        *,
        damaged_on: date | None = None,
    ) -> None:
        """`again` erases once more what the lists name, in the vault before it has its place.

        `damaged_on`: what lies there could not be opened, and is kept under a name of that day.
        Where it lies is settled then: it goes on even in a folder that is synchronised.
        """
        if damaged_on is None:
            refuse(location)
        self._again = again
        self._damaged_on = damaged_on
        self._kept = ""
        self._copy = copy
        self._location = location
        self._folder = DeviceFolder(folder, location)
        self._steps = self._run()
        self.restored: Restored | None = None

    def step(self) -> Step | None:
        """The next piece; None when the vault is in its place.

        Raises CopyRefused, VaultError; then there is none, and nothing of it is left.
        """
        return next(self._steps, None)

    def stop(self) -> None:
        """Give it up."""
        self._steps.close()

    def _run(self) -> Generator[Step, None, None]:
        copy = self._copy
        for done, total in copy.steps():
            yield Step("check", done, total)
        if copy.report.findings:
            raise CopyRefused("not-sound", copy.report.findings)
        stands, at = behind(copy, self._folder), copy.made_at()
        with self._without_a_name() as place:
            with _database(place) as database:
                desk = self._desk(database)
                yield from self._rows(database, desk)
                erased = self._erased(desk)
                yield from _proved(desk)
                witness = _witness(desk, older=_is_older(copy, self._folder))
            # Before its name: else a crash in between leaves a vault that goes on as the old one.
            with self._folder.settled(copy.vault, witness):
                if isinstance(place, Path):
                    yield Step("settle", aside=lambda: settled(place))
                    yield Step("name", aside=lambda: self._name(place))
        rows = copy.report.rows
        self.restored = Restored(
            at, rows, stands.missing, erased, witness.older, self._kept, stands.aside
        )

    # -- its place --------------------------------------------------------------------

    @contextmanager
    def _without_a_name(self) -> Iterator[Location]:
        """A hidden file beside the place; on a server there is only the place itself."""
        if is_server(self._location):
            with self._emptied_at_a_fault():
                yield self._location
            return
        path = Path(self._location).expanduser().absolute()
        name = digest(bound(self._copy.vault, "aside", place_key(path)))[:4].hex()
        aside = path.with_name(f".{name}.new")
        _clear(aside)  # what a power cut left
        try:
            yield aside
        finally:
            _clear(aside)

    @contextmanager
    def _emptied_at_a_fault(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            with suppress(VaultError), _database(self._location) as database:
                database.write(ALL.drop_all)
            raise

    def _name(self, aside: Path) -> None:
        path = Path(self._location).expanduser().absolute()
        try:
            aside.chmod(0o600)
            if self._damaged_on is None:
                durable.give_name(aside, path)
            else:
                self._kept = set_aside.put_in_place(aside, path, self._damaged_on)
        except FileExistsError:
            raise VaultExists from None
        except OSError as error:
            raise refused_by(error) from None

    # -- its rows ---------------------------------------------------------------------

    def _rows(self, database: Database, desk: Desk) -> Iterator[Step]:
        """All of them and the first entry in one transaction; nobody else knows of the place."""
        source, done, total = self._copy.database, 0, self._copy.report.rows
        with database.batch() as connection:
            ALL.create_all(connection, checkfirst=False)
            for table in TABLES:
                order = list(table.primary_key)
                rows = source.read(lambda c, t=table, o=order: c.execute(select(t).order_by(*o)))  # type: ignore[misc]
                for page in rows.mappings().partitions(PAGE):
                    connection.execute(insert(table), [dict(row) for row in page])
                    done += len(page)
                    yield Step("copy", min(done, total), total)
            _count_on(connection, database)
            # The first entry of the new chain: restored from that copy.
            tell_heads(connection, desk, "restored", [self._copy.told.id])

    def _erased(self, desk: Desk) -> int | None:
        """What was erased since goes again, by this computer's list or that beside the copy."""
        own = [one] if (one := self._folder.read_erasures(desk.vault)) else []
        beside = [one] if (one := self._copy.erasures_beside()) else []
        copies = [*own, *self._of_today(desk, own, beside)]
        vault = Vault(self._location, Opened(desk, LastWrite(None, 0), put_back=False))
        refused = vault.erasures_waiting(copies).refused
        count = self._again(vault, copies)
        return count if len(refused) < len(copies) else None

    def _of_today(self, desk: Desk, own: list[bytes], beside: list[bytes]) -> list[bytes]:
        """What lies beside the copy, if the rosters that there are reach as far as this computer
        remembers: else somebody who led when the copy was made, and has left, could have made it.
        """
        newest = max(self._folder.seen(desk.vault), key=lambda one: one.roster, default=None)
        if newest is None:
            return beside
        carried = (erasures_outside.carried(desk, one) for one in (*own, *beside))
        chain = max((tuple(desk.rosters), *carried), key=len)[newest.roster :]
        knows = any(one.hash(desk.vault) == newest.roster_hash for one in chain[:1])
        return beside if knows else []

    def _desk(self, database: Database) -> Desk:
        """The new vault, with a chain of its own: the old one may go on somewhere."""
        seen = self._copy.open_desk
        chain = Chain(seen.keys, secrets.token_bytes(ID_SIZE), seen.identity.slot, None)
        return Desk(database, seen.identity, seen.keys, seen.rosters, chain, Nowhere())


def _clear(aside: Path) -> None:
    for end in ("", "-wal", "-journal"):
        with suppress(OSError):
            aside.with_name(aside.name + end).unlink()


@contextmanager
def _database(place: Location) -> Iterator[Database]:
    database = Database(place, create=not is_server(place))
    try:
        yield database
    finally:
        database.close()


def _count_on(connection: Connection, database: Database) -> None:
    """On a server the next revision's number is counted beside the table."""
    if database.shared:
        numbers = "SELECT setval(pg_get_serial_sequence('revision', 'n'), max(n)) FROM revision"
        connection.execute(text(f"{numbers} HAVING max(n) IS NOT NULL"))


def _proved(desk: Desk) -> Iterator[Step]:
    """Once more, now that it stands in tables of its own."""
    check = Check(desk, put_back=False)
    for done, total in check.steps():
        yield Step("check", done, total)
    findings = check.report().findings
    if findings:
        raise CopyRefused("not-the-same", findings)


def _witness(desk: Desk, *, older: bool) -> Witness:
    chain, newest = desk.chain, desk.roster
    hash_ = newest.hash(desk.vault)
    return Witness(chain.device, chain.n, chain.hash, newest.n, hash_, older)


def _is_older(copy: Copy, folder: DeviceFolder) -> bool:
    """Whether somebody may have left since: they would still have the copy's key."""
    newest = copy.open_desk.roster.n
    return any(known.roster > newest for known in folder.seen(copy.vault))
