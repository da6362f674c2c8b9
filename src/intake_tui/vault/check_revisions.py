"""Reads every revision back, and holds what there is against what the log says."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from intake_tui.vault.content import Content
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasures import ErasureList
from intake_tui.vault.errors import OfAnOlderKey, VaultDamaged
from intake_tui.vault.findings import UNREAD, Findings, moved
from intake_tui.vault.framing import digest, frame
from intake_tui.vault.items import Items
from intake_tui.vault.manifest import Manifest, Signed
from intake_tui.vault.revisions import Sealed, numbered, open_both
from intake_tui.vault.tables import REVISION

PAGE = 10
"""Revisions that are read and opened in one step."""
COMPARED = 2_000
"""Revisions that are held against the log in one step, from memory."""
PATIENT = 25
"""Pages in a row of which nothing can be read, after which the steps grow."""
_NUMBER = 8  # bytes of a revision's number
_PAGE = select(REVISION).where(REVISION.c.n > bindparam("after")).order_by(REVISION.c.n).limit(PAGE)
_AT = select(REVISION).where(REVISION.c.n == bindparam("n"))
_FOUND = select(REVISION.c.n).where(REVISION.c.id.in_(bindparam("ids", expanding=True)))
_OF = select(REVISION).where(REVISION.c.id == bindparam("row"))


class RevisionCheck:
    """Pages through the revisions. `suspects` are ids that are to be judged once more."""

    name = "revision"

    def __init__(self, desk: Desk, found: Findings, content: Content) -> None:
        self.suspects: list[bytes] = []
        self._desk = desk
        self._found = found
        self._content = content
        self._after = 0
        self._unread = 0  # pages in a row
        self._seen: dict[bytes, bytes] = {}  # number and hash: one piece of memory for each
        self._damaged: dict[object, Sequence[Any]] = {}
        self._columns = array("q")
        """The sealed columns of every record that opens, each as its hash: none is there twice."""
        self._known_columns: frozenset[int] = frozenset()  # the same, where they are asked for

    def page(self) -> bool:
        """Read the next page; False when there is none."""
        try:
            rows = self._desk.read(lambda c: c.execute(_PAGE, {"after": self._after}).all())
            self._after = rows[-1][0] if rows else self._after
            more = len(rows) == PAGE
        except VaultDamaged:
            rows, more = self._around_damage()
        self._by_id(rows)
        for row in rows:
            self._row(row)
        return more

    def _by_id(self, rows: Sequence[Row[Any]]) -> None:
        """Each can be found by its id, too: pages that only a record's own reading meets.

        Not on a server, where another desk may have deleted one in between.
        """
        numbers = {n: id_ for n, id_, *_ in map(tuple, rows) if isinstance(id_, bytes)}
        if self._desk.database.shared or not numbers:
            return
        ids = list(numbers.values())
        try:
            there = self._desk.read(lambda c: c.execute(_FOUND, {"ids": ids}).scalars().all())
        except VaultDamaged:
            there = []
        if not numbers.keys() <= set(there):
            self._found.add("vault-damaged", "revision", "page")

    def _around_damage(self) -> tuple[list[Row[Any]], bool]:
        """One page again, row by row, past those that the engine cannot read."""
        newest = self._desk.read(_newest)
        rows: list[Row[Any]] = []
        first = self._after + 1
        for n in range(first, min(first + PAGE, newest + 1)):
            try:
                rows += self._desk.read(lambda c, n=n: c.execute(_AT, {"n": n}).all())  # type: ignore[misc]
            except VaultDamaged:
                self._found.add("revision-damaged", f"revision {n}", "page")
        self._unread = 0 if rows else self._unread + 1
        # A number that was damaged may be the highest there can be: nobody waits for all of them.
        self._after += PAGE << max(0, self._unread - PATIENT)
        return rows, self._after < newest

    def _row(self, row: Row[Any]) -> bool:
        """Look at one; whether it opens."""
        self._found.rows += 1
        where = f"revision {row[0]}"
        try:
            n, *columns = numbered(row, "ibbibbb")
            one = Sealed(*columns)
            head, body = open_both(self._desk.keys, one)
        except OfAnOlderKey:
            self._found.add("revision-forged", where)
            return False
        except VaultDamaged:
            self._found.add("revision-damaged", where)
            if len(self._damaged) < UNREAD:
                self._damaged[row[0]] = row
            return False
        self._seen[one.id] = n.to_bytes(_NUMBER, signed=True) + one.hash
        self._columns.extend(map(hash, columns[3:]))
        wrong = self._content.revision(head, body)
        if wrong is not None:
            self._found.add("revision-unreadable", where, wrong)
        return True

    def compare(self, manifest: Manifest) -> Iterator[None]:
        """Suspect what is missing, foreign or exchanged; name what is reordered."""
        revisions = manifest.revisions
        orders: dict[bytes, list[int]] = {}
        yield
        logged = iter(revisions.items())
        while some := list(islice(logged, COMPARED)):
            for id_, signed in some:
                self._compared(id_, signed, orders)
            yield
        for order in orders.values():
            for n in moved(order):
                self._found.add("revision-reordered", f"revision {n}")
            yield
        self.suspects += [id_ for id_ in self._seen if id_ not in revisions]
        yield

    def _compared(self, id_: bytes, signed: Signed, orders: dict[bytes, list[int]]) -> None:
        """The log has them in the order in which each device signed them."""
        seen = self._seen.get(id_)
        if seen is None or seen[_NUMBER:] != signed.hash:
            self.suspects.append(id_)
        if seen is not None:
            n = int.from_bytes(seen[:_NUMBER], signed=True)
            orders.setdefault(signed.device, []).append(n)

    def judge(self, id_: bytes, manifest: Manifest, *, whole: bool) -> None:
        """One revision beside the log, at one moment; `whole`: the log could be read to its end."""
        signed = manifest.signed(id_)
        row = self._desk.read(lambda c: c.execute(_OF, {"row": id_}).first())
        if row is None:
            if signed is not None and not self._is_elsewhere(id_, signed):
                self._missing(id_, signed, whole=whole)
            return
        where = f"revision {row[0]}"
        if not self._row(row):
            if signed is not None and self._is_exchanged(row, signed):
                self._found.withdraw("revision-damaged", where)
                self._found.add("revision-changed", where)
        elif signed is None:
            if whole or id_ in manifest.erased or self._was_erased(id_):
                self._found.add("revision-unlogged", where)
        elif self._seen[id_][_NUMBER:] != signed.hash:
            self._found.add("revision-changed", where)

    def _missing(self, id_: bytes, signed: Signed, *, whole: bool) -> None:
        """Gone; where the log has gaps, it may have been erased in one of them."""
        if whole or not self._was_erased(id_):
            self._found.add("revision-missing", f"revision {id_.hex()}", at=signed.at)

    def _was_erased(self, id_: bytes) -> bool:
        desk = self._desk
        try:
            lines = ErasureList(desk, Items(desk)).lines()
        except VaultDamaged:
            return False
        return any(id_ in one.ids and one.is_signed(desk.vault, desk.rosters) for one in lines)

    def _is_exchanged(self, row: Sequence[Any], signed: Signed) -> bool:
        """Whether it has what is another's, which no fault of a disk brings about."""
        if len(self._known_columns) != len(self._columns):
            self._known_columns = frozenset(self._columns)
        known = not self._known_columns.isdisjoint(map(hash, row[4:]))
        return known or self._is_elsewhere(row[1], signed)

    def _is_elsewhere(self, id_: bytes, signed: Signed) -> bool:
        """Whether that record stands under an id that is not its own."""
        damaged = self._damaged.values()
        return any(one[1] != id_ and _hash_under(id_, one) == signed.hash for one in damaged)


def _hash_under(id_: bytes, row: Sequence[Any]) -> bytes | None:
    _, _, series, _, _, head, body = row
    parts = (series, head, body)
    return digest(frame(id_, *parts)) if all(isinstance(one, bytes) for one in parts) else None


def _newest(connection: Connection) -> int:
    newest = connection.execute(select(func.max(REVISION.c.n))).scalar()
    return newest if isinstance(newest, int) else 0
