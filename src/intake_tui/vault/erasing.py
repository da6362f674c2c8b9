"""Erasing cases for good: their rows and keys go, a signed line and an empty tombstone stay.

Only a leader can. What was erased is erased again where an older copy of the vault is put in
its place, by whomever: the line that a leader signed says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Table, bindparam, select

from intake_tui.vault import erasures, erasures_outside
from intake_tui.vault.desk import Desk
from intake_tui.vault.drafts import Drafts
from intake_tui.vault.erasures import Erased, ErasureList
from intake_tui.vault.erasures_outside import Outside
from intake_tui.vault.errors import OlderRoster, VaultDamaged, VaultError
from intake_tui.vault.items import GONE, Items
from intake_tui.vault.members import may_sign
from intake_tui.vault.roster import SIGNERS
from intake_tui.vault.tables import DRAFT, ITEM, REVISION


@dataclass(frozen=True)
class Doomed:
    """A case that is to go, and what of it only its content tells."""

    case: bytes
    revisions: tuple[bytes, ...] = ()
    """Besides those of its own: what was added to a record that is gone already."""
    drafts: tuple[bytes, ...] = ()
    items: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """What the lists outside name and this copy of the vault still has."""

    cases: int
    marks: frozenset[bytes]
    """Of all that the list inside does not know yet; see `erasures.mark_of`."""
    ids: frozenset[bytes]
    """Of their rows, those that are gone included."""
    refused: tuple[str, ...]
    """Why a list, or a part of it, is not believed; see `erasures_outside.Outside`."""


class Erasing:
    """Erases, and erases again what the list names, in one open vault."""

    def __init__(self, desk: Desk, drafts: Drafts, items: Items, known: ErasureList) -> None:
        self._desk = desk
        self._drafts = drafts
        self._items = items
        self._list = known

    # Erasing

    def erase(
        self, doomed: Sequence[Doomed], put: Mapping[bytes, tuple[str, bytes]] | None = None
    ) -> int:
        """All of them in one transaction, durable when it returns; how many revisions went.

        `put` are items, by id their kind and content, that take the place of what goes.
        Raises NotALeader, OlderRoster, DiskFull; then nothing is erased.
        """
        may_sign(self._desk)
        if self._desk.older:
            raise OlderRoster  # `put` would be read by somebody who has left
        count = self._desk.write(
            lambda c: self._erase(c, doomed, put or {}), alone=True, frees=True
        )
        self._clean_up()
        return count

    def _erase(
        self,
        connection: Connection,
        doomed: Sequence[Doomed],
        put: Mapping[bytes, tuple[str, bytes]],
    ) -> int:
        for id_, (kind, blob) in put.items():
            self._items.put_in(connection, id_, kind, blob)
        count, fresh = 0, []
        for one in doomed:
            revisions = [*_of_case(connection, one.case), *one.revisions]
            gone = self._delete(connection, revisions, one.drafts, one.items)
            if gone:
                count += len(revisions)
                fresh.append(self._list.line(self._mark(one.case), gone))
        self._remember(connection, fresh)
        return count

    def _delete(
        self,
        connection: Connection,
        revisions: Iterable[bytes],
        drafts: Iterable[bytes],
        items: Iterable[bytes],
    ) -> set[bytes]:
        """Those of the rows that there are go; the log keeps their ids, which are chance."""
        chain = self._desk.chain
        rows = [id_ for id_ in revisions if _went(connection, REVISION, id_)]
        begun = [id_ for id_ in drafts if _went(connection, DRAFT, id_)]
        if rows:
            chain.append(connection, "erased", rows)
        if begun:
            self._drafts.forget(begun)
            chain.append(connection, "draft-erased", begun)
        others = {id_ for id_ in items if self._items.drop(connection, id_)}
        gone = {*rows, *begun, *others}
        if gone:
            self._desk.database.leave_unscrubbed(connection)
        return gone

    def _remember(self, connection: Connection, fresh: Iterable[Erased]) -> None:
        known = self.known()
        lines = erasures.united(known, fresh)
        if len(lines) > len(known):
            self._list.store(connection, lines)

    def known(self) -> list[Erased]:
        """The list inside; where that is damaged, what the copy outside says."""
        try:
            return self._list.lines()
        except VaultDamaged:
            self._desk.warn("damaged")
            return [line for one in self._outside(()) for line in one.lines]

    def _mark(self, case: bytes) -> bytes:
        return erasures.mark_of(self._desk.vault, case)

    # Erasing again

    def waiting(self, copies: Iterable[bytes] = ()) -> Waiting:
        """What the copy in the device's folder, and `copies`, name and the list inside does not."""
        known = self.known()
        outside = self._outside(known, copies)
        named = _by_mark(_unknown(known, outside))
        here = self._desk.read(lambda c: [mark for mark in named if _here(c, named[mark])])
        ids = frozenset(id_ for one in named.values() for id_ in one)
        refused = dict.fromkeys(one.refused for one in outside if one.refused)
        return Waiting(len(here), frozenset(named), ids, tuple(refused))

    def replay(self, copies: Iterable[bytes] = (), also: Iterable[Doomed] = ()) -> int:
        """Erases again what is waiting; of how many cases there was something.

        `also` says what belongs to such a case that only its content tells; a case that is not
        waiting is not touched. Of revisions only a leader can let more go than are named.
        Raises as `erase` does, but not for the role: a leader has signed it.
        """
        known = self.known()
        lines = _unknown(known, self._outside(known, copies))
        if not lines:
            return 0
        more = {self._mark(one.case): one for one in also}
        count = self._desk.write(lambda c: self._replay(c, lines, more), alone=True)
        self._clean_up()
        if count:
            self._desk.warn("erased-again")
        return count

    def _replay(
        self, connection: Connection, lines: list[Erased], more: Mapping[bytes, Doomed]
    ) -> int:
        fresh, count = list(lines), 0
        for mark, named in _by_mark(lines).items():
            also, here = more.get(mark, Doomed(b"")), _here(connection, named)
            revisions = {*here, *(also.revisions if self._may_sign else ())}
            gone = self._delete(connection, revisions, here | {*also.drafts}, here | {*also.items})
            count += bool(gone)
            if self._may_sign and not gone <= named:
                fresh.append(self._list.line(mark, gone - named))
        self._remember(connection, fresh)
        return count

    @property
    def _may_sign(self) -> bool:
        return self._desk.member.role in SIGNERS

    # The copy outside, and what is left in the file

    def tend(self) -> None:
        """Finishes what a crash left, and keeps the signatures and the copy up to date.

        Never raises for what the engine meets: the next unlock tries again.
        """
        with suppress(VaultError):
            self._stand_for_those_who_left()
            self._keep_outside()
            if self._desk.database.unscrubbed:
                self._scrub()

    def copy(self, copies: Sequence[bytes]) -> bytes | None:
        """The list for whoever takes it along with a backup; None where nothing was erased.

        It says all that `copies` said, whose place it takes, as far as that is believed.
        """
        desk, known = self._desk, self.known()
        outside = self._outside(known, copies)
        lines = [*known, *_unknown(known, outside)]
        rosters = max((tuple(desk.rosters), *(one.rosters for one in outside)), key=len)
        return erasures_outside.packed(desk, lines, rosters) if lines else None

    def _stand_for_those_who_left(self) -> None:
        """A leader signs anew what somebody signed who is no leader any more."""
        desk, known = self._desk, self.known()
        if self._may_sign and not desk.older and desk.read(lambda c: self._stale(c, known)):
            desk.write(self._sign_anew, alone=True)

    def _stale(self, connection: Connection, lines: Iterable[Erased]) -> list[Erased]:
        """Those that a leader of another day signed, of what is gone: no others, since any member
        can write here what a leader's name would then stand under, and who led once can sign it.
        """
        vault, rosters = self._desk.vault, self._desk.rosters
        leaders = {one.slot for one in self._desk.roster.members if one.role in SIGNERS}
        others = (line for line in lines if line.signer not in leaders)
        signed = (line for line in others if line.is_signed(vault, rosters))
        return [line for line in signed if not _here(connection, line.ids)]

    def _sign_anew(self, connection: Connection) -> None:
        lines = self.known()
        stale = self._stale(connection, lines)
        mine = [self._list.line(one.mark, one.ids, at=one.at) for one in stale]
        kept = [line for line in lines if line not in stale]
        self._list.store(connection, [*kept, *mine])

    def _clean_up(self) -> None:
        with suppress(VaultError):
            self._keep_outside()
        self._scrub()

    def _scrub(self) -> None:
        if not self._desk.database.scrub():
            self._desk.warn("not-scrubbed")

    def _outside(self, known: Sequence[Erased], copies: Iterable[bytes] = ()) -> list[Outside]:
        desk = self._desk
        own = desk.folder.read_erasures(desk.vault)
        there = [*([] if own is None else [own]), *copies]
        return erasures_outside.opened(desk, there, known)

    def _keep_outside(self) -> None:
        """Both lists' lines stand in the copy afterwards, sealed to whoever may read today."""
        desk, lines = self._desk, self.known()
        there = next(iter(self._outside(lines)), Outside())
        if there.refused:
            desk.warn("erasures")
            desk.folder.set_erasures_aside(desk.vault)
        # Where the vault was put back, what came after it is not to be forgotten.
        rosters = max(there.rosters, tuple(desk.rosters), key=len)
        wanted = erasures.united(there.lines, lines)
        if (tuple(wanted), rosters, "") != (there.lines, there.rosters, there.refused) and wanted:
            fresh = erasures_outside.packed(desk, wanted, rosters)
            desk.folder.write_erasures(desk.vault, fresh)
            if desk.folder.lost:
                desk.warn("no-witness")


_TABLES = (REVISION, DRAFT, ITEM)
_ROW = {table.name: table.c.id == bindparam("row") for table in _TABLES}
_DELETE = {table.name: table.delete().where(_ROW[table.name]) for table in _TABLES}
_THERE = (
    select(REVISION.c.id).where(_ROW["revision"]),
    select(DRAFT.c.id).where(_ROW["draft"]),
    select(ITEM.c.id).where(_ROW["item"], ITEM.c.kind != GONE),
)
_OF_CASE = select(REVISION.c.id).where(REVISION.c.series == bindparam("case"))


def _of_case(connection: Connection, case: bytes) -> list[bytes]:
    return list(connection.execute(_OF_CASE, {"case": case}).scalars().all())


def _here(connection: Connection, named: Iterable[bytes]) -> set[bytes]:
    """Those of the ids of which there still is a row."""
    return {id_ for id_ in named if _is_here(connection, id_)}


def _went(connection: Connection, table: Table, id_: bytes) -> bool:
    return connection.execute(_DELETE[table.name], {"row": id_}).rowcount > 0


def _is_here(connection: Connection, id_: bytes) -> bool:
    return any(connection.execute(one, {"row": id_}).first() is not None for one in _THERE)


def _unknown(known: Sequence[Erased], outside: Iterable[Outside]) -> list[Erased]:
    """What the lists outside have more than the one inside."""
    lines = list(known)
    for one in outside:
        lines = erasures.united(lines, one.lines)
    return lines[len(known) :]


def _by_mark(lines: Iterable[Erased]) -> dict[bytes, set[bytes]]:
    """The ids that the lines name, by case."""
    found: dict[bytes, set[bytes]] = {}
    for line in lines:
        found.setdefault(line.mark, set()).update(line.ids)
    return found
