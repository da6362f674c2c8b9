"""What every part of an open vault works with: connection, keys, log, warnings.

A change is made with `write`: one transaction, joined by what is called inside it,
after which either all of it holds, the numbers kept in memory included, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, func, select

from intake_tui.vault import trust
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import (
    NoLongerMember,
    OlderRoster,
    VaultLocked,
    VaultReadOnly,
    VaultUntrusted,
)
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.log import Chain
from intake_tui.vault.roster import Member, Roster
from intake_tui.vault.tables import ROSTER
from intake_tui.vault.witness import DeviceFolder, Witness

T = TypeVar("T")
_OLDER = ("older-roster", "read-only", "not-logged")
"""What is said of a vault that is from before a change of who may read, until that is mended."""


@dataclass(frozen=True)
class _Before:
    """What a transaction changes in memory, as it was before."""

    n: int
    hash: bytes
    counters: dict[bytes, int] = field(repr=False)
    ended: set[bytes] = field(repr=False)
    keys: Keys = field(repr=False)
    rosters: list[Roster] = field(repr=False)
    older: bool


@dataclass
class Desk:
    """The open vault's parts; no content in its repr."""

    database: Database = field(repr=False)
    identity: Identity = field(repr=False)
    keys: Keys = field(repr=False)
    rosters: list[Roster] = field(repr=False)
    chain: Chain = field(repr=False)
    folder: DeviceFolder = field(repr=False)
    warnings: list[str] = field(default_factory=list, repr=False)
    counters: dict[bytes, int] = field(default_factory=dict, repr=False)
    ended: set[bytes] = field(default_factory=set, repr=False)
    locked: bool = False
    older: bool = False
    """Put back to before a change of who may read: read only until the vault key is changed."""
    failed: BaseException | None = field(default=None, repr=False)
    read_only: type[VaultReadOnly] | None = None
    """What whoever wants to write is told, where nothing may be written."""
    roster_changed: Callable[[], None] = field(default=lambda: None, repr=False)
    """Called once another roster is durable, whoever brought it in."""

    @property
    def vault(self) -> bytes:
        """The vault's id."""
        return self.keys.vault

    @property
    def roster(self) -> Roster:
        """The newest roster."""
        return self.rosters[-1]

    @property
    def member(self) -> Member:
        """The roster's line for who is signed in."""
        self._must_be_open()
        found = self.roster.member(self.identity.slot)
        if found is None:
            raise VaultLocked
        return found

    def warn(self, code: str) -> None:
        """Remember for the screens that something is not as it should be.

        "put-back", "older-roster" (nothing can be written), "planted-slot",
        "planted-grant", "slot-changed", "kdf-changed", "damaged",
        "letter", "log", "disk-full", "no-witness", "witness-damaged" (what this device remembered
        is lost), "not-logged", "read-only", "erasures" (a list outside is not believed),
        "erased-again", "not-scrubbed" (the file may hold bytes of what was erased),
        "name-changed", "sync-folder", "clock-back".
        """
        if code not in self.warnings:
            self.warnings.append(code)

    def only_read(self, why: type[VaultReadOnly]) -> None:
        """From now on nothing is written, not even that something was read."""
        self.read_only = why
        self.database.only_read()
        self.warn("read-only")
        self.warn("not-logged")

    def grow_old(self) -> None:
        """See `older`: read only until `take` brings in another vault key."""
        self.older = True
        for code in _OLDER:
            self.warn(code)

    def _must_be_writable(self) -> None:
        self._must_be_open()
        if self.read_only is not None:
            raise self.read_only

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on one snapshot."""
        self._must_be_open()

        def up_to_date(connection: Connection) -> T:
            self._keep_up(connection)
            return work(connection)

        return self.database.read(up_to_date if self.database.shared else work)

    def write(
        self, work: Callable[[Connection], T], *, alone: bool = False, frees: bool = False
    ) -> T:
        """Run `work` in one transaction; raises what the engine meets, as a VaultError.

        `alone`: on a server no other desk writes meanwhile, as a change of the roster needs.
        `frees`: it makes room, and is done on a full disk as well.
        Raises OlderRoster for anything but that, see `older`.
        """
        self._must_be_writable()
        if self.older and not alone:
            raise OlderRoster
        if self.database.writing:
            return self._joined(work)
        before = self._now()

        def afresh(connection: Connection) -> T:
            self._reset(before)  # the work may be run a second time, after the ballast is gone
            self.database.fence(connection, alone=alone)
            self._keep_up(connection)
            return work(connection)

        try:
            done = self.database.write(afresh, frees=frees)
        except BaseException:
            self._reset(before)
            raise
        self._after(before)
        return done

    def take(self, roster: Roster, keys: Keys) -> None:
        """Go on under another roster and vault key, in the transaction under way."""
        self.older = self.older and keys.epoch == self.keys.epoch
        self.rosters, self.keys = [*self.rosters, roster], keys
        self.chain.use(keys)

    def _keep_up(self, connection: Connection) -> None:
        """Take in the rosters and the vault key that another desk has brought in meanwhile.

        Raises NoLongerMember for who has been revoked, VaultUntrusted.
        """
        if not self.database.shared:
            return
        newest = connection.execute(select(func.max(ROSTER.c.n))).scalar()
        if newest == self.roster.n:
            return
        claims = trust.read(connection, proved=self.rosters)
        if claims.rosters[: len(self.rosters)] != self.rosters:
            raise VaultUntrusted("roster")
        if claims.roster.member(self.identity.slot) is None:
            raise NoLongerMember
        self.keys = trust.keys_for(claims, self.identity)
        self.rosters = claims.rosters
        self.chain.use(self.keys)

    def _joined(self, work: Callable[[Connection], T]) -> T:
        try:
            return self.database.write(work)
        except BaseException as failed:
            self.failed = failed  # what a batch does after this must not be kept
            raise

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction, one witness. If anything inside failed, nothing of it is kept."""
        self._must_be_writable()
        if self.older:
            raise OlderRoster
        before = self._now()
        self.failed = None
        try:
            with self.database.batch() as connection:
                self.database.fence(connection, alone=False)
                self._keep_up(connection)
                yield
                if self.failed is not None:
                    raise self.failed
        except BaseException:
            self._reset(before)
            raise
        self._after(before)

    def _now(self) -> _Before:
        chain, counters, ended = self.chain, dict(self.counters), set(self.ended)
        return _Before(chain.n, chain.hash, counters, ended, self.keys, self.rosters, self.older)

    def _reset(self, before: _Before) -> None:
        self.chain.n, self.chain.hash = before.n, before.hash
        self.counters, self.ended = dict(before.counters), set(before.ended)
        self.keys, self.rosters, self.older = before.keys, before.rosters, before.older
        self.chain.use(before.keys)

    def _after(self, before: _Before) -> None:
        if self.chain.n != before.n:
            self.bear_witness()
        if self.database.full:
            self.warn("disk-full")
        if before.older and not self.older:
            self.warnings = [code for code in self.warnings if code not in _OLDER]
        if len(self.rosters) != len(before.rosters):
            self.roster_changed()

    def bear_witness(self) -> None:
        """Remember outside the vault how far it has come; not what was put back, see `older`."""
        if self.older:
            return
        now = Witness(
            self.chain.device,
            self.chain.n,
            self.chain.hash,
            self.roster.n,
            self.roster.hash(self.vault),
        )
        self.folder.write(self.vault, now)
        if self.folder.lost:
            self.warn("no-witness")

    def forget(self) -> None:
        """Let go of every key. What is called after this raises VaultLocked."""
        self.locked = True
        self.keys.drop()
        self.counters.clear()
        del self.identity

    def _must_be_open(self) -> None:
        if self.locked:
            raise VaultLocked
