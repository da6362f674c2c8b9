"""A backup's file, opened for reading only, and what is believed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from intake_tui.vault import durable, log, trust
from intake_tui.vault.check import Check
from intake_tui.vault.desk import Desk
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import (
    CopyRefused,
    NotAVault,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultReadOnly,
    VaultUntrusted,
)
from intake_tui.vault.faults import translated
from intake_tui.vault.framing import bound, digest
from intake_tui.vault.keys import Identity
from intake_tui.vault.log import Chain
from intake_tui.vault.place import MAGIC
from intake_tui.vault.shapes import Report
from intake_tui.vault.slots import SignIn
from intake_tui.vault.testimony import RowsDigest, Testimony
from intake_tui.vault.witness import LONGEST_LIST, Nowhere


def refused_by(error: OSError) -> CopyRefused:
    """What the system said, in our own words."""
    return CopyRefused(durable.why(error))


@contextmanager
def of_the_copy() -> Iterator[None]:
    """What is wrong inside is wrong with the copy, and not with the vault that is open."""
    try:
        with translated():
            yield
    except NotAVault:
        raise CopyRefused("not-a-copy") from None
    except VaultUntrusted as error:
        raise CopyRefused("stranger" if error.what == "grant" else "changed") from None
    except (VaultDamaged, VaultInUse, VaultReadOnly):
        raise CopyRefused("changed") from None


class Copy:
    """One backup's file. Raises CopyRefused for whatever is wrong with it.

    First `sign_in`, or an identity that is known already; then `steps`, to read every row.
    """

    def __init__(self, path: Path) -> None:
        _look(path)
        self._path = path
        with of_the_copy():
            self.database = Database(path, reading=True)
        try:
            with of_the_copy():
                self.claims = self.database.read(trust.read)
                told = Testimony.read(self.database.raw)
            if told is None:
                raise CopyRefused("not-a-copy")
            self.told = told
            self._believe()
        except BaseException:
            self.close()
            raise
        self.desk: Desk | None = None
        self._report: Report | None = None

    @property
    def vault(self) -> bytes:
        """The id of the vault that it is a copy of."""
        return self.claims.vault

    def _believe(self) -> None:
        """The newest roster is the one it was made under, and a member of that signed it."""
        told, newest = self.told, self.claims.roster
        maker = newest.member(told.slot)
        named = (told.roster, told.roster_hash) == (newest.n, newest.hash(self.vault))
        with of_the_copy():
            signed = maker is not None and told.is_signed(self.vault, maker.signing)
            if not (named and signed):
                raise CopyRefused("changed")
            line = self.database.read(lambda c: log.line(c, told.device, told.n))
        if line is None or line.hash != told.hash:
            raise CopyRefused("changed")

    def erasures_beside(self) -> bytes | None:
        """The list of what was erased that lies in the same folder."""
        return read_beside(self._path, self.vault)

    def sign_in(self, who: Callable[[SignIn], Identity]) -> Identity:
        """As in the copy: the passphrase of that time, or the sheet.

        One Argon2id run. Raises WrongPassphrase, WrongRecovery.
        """
        doors = SignIn(self.claims.vault, self.claims.slots, self.claims.roster)
        with of_the_copy():
            identity = who(doors)
        self.take(identity)
        return identity

    def take(self, identity: Identity) -> None:
        """Read it as somebody whose keys are there already. Raises CopyRefused("stranger")."""
        with of_the_copy():
            keys = trust.keys_for(self.claims, identity)
        chain = Chain(keys, self.told.device, identity.slot, None)
        self.desk = Desk(self.database, identity, keys, self.claims.rosters, chain, Nowhere())

    @property
    def open_desk(self) -> Desk:
        """The copy as a vault that is only read; after `take`."""
        if self.desk is None:
            raise CopyRefused("stranger")
        return self.desk

    def made_at(self) -> datetime:
        """When it was made (UTC), as the log in it says."""
        told, desk = self.told, self.open_desk
        with of_the_copy():
            line = desk.read(lambda c: log.line(c, told.device, told.n))
            if line is None:
                raise VaultDamaged("log")
            entry = line.opened(desk.keys)
            if entry.what != "backed-up" or entry.ids != (told.id,):
                raise VaultDamaged("log")
            return datetime.fromtimestamp(entry.at, UTC)

    def steps(self) -> Iterator[tuple[int, int]]:
        """Every row read back: rows done, and rows there are. Raises CopyRefused("changed")."""
        desk = self.open_desk
        rows = RowsDigest(self.database.raw)
        with of_the_copy():
            for _ in rows.pages():
                yield 0, 0
        if rows.value != self.told.content:
            raise CopyRefused("changed")
        check = Check(desk, put_back=False)
        yield from check.steps()
        self._report = check.report()

    @property
    def report(self) -> Report:
        """What `steps` found."""
        if self._report is None:
            raise CopyRefused("not-sound")
        return self._report

    def close(self) -> None:
        """Give the file back."""
        with suppress(VaultError):
            self.database.close()


def beside(path: Path, vault: bytes) -> Path:
    """The list of what was erased, in the folder of the backups: one for all of them there."""
    return path.with_name(f"{digest(bound(vault, 'beside'))[:4].hex()}.list")


def read_beside(path: Path, vault: bytes) -> bytes | None:
    """The list that lies there; None where there is none."""
    return durable.read(beside(path, vault), LONGEST_LIST)


def looks_like_one(path: Path) -> bool:
    """Whether it begins as a backup does; more is only known once it is opened."""
    try:
        _look(path)
    except CopyRefused:
        return False
    return True


def _look(path: Path) -> None:
    """Refuse what is none before SQLite opens it, which would lay files beside it."""
    try:
        with path.open("rb") as file:
            begin = file.read(20)
    except (FileNotFoundError, NotADirectoryError):
        raise CopyRefused("no-copy") from None
    except IsADirectoryError:
        raise CopyRefused("not-a-copy") from None
    except (OSError, ValueError):
        raise CopyRefused("unreadable") from None
    if not begin.startswith(MAGIC) or begin[18:] != b"\x01\x01":  # a vault's says that it has a log
        raise CopyRefused("not-a-copy")
