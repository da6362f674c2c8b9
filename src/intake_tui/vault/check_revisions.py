"""Reads every revision back, and holds what there is against what the log says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.findings import Findings
from intake_tui.vault.manifest import Manifest, Signed
from intake_tui.vault.revisions import Sealed, open_both
from intake_tui.vault.tables import REVISION, sound

PAGE = 100
_PAGE = select(REVISION).where(REVISION.c.n > bindparam("after")).order_by(REVISION.c.n).limit(PAGE)
_AT = select(REVISION).where(REVISION.c.n == bindparam("n"))
_HAS = select(REVISION.c.n).where(REVISION.c.id == bindparam("row"))


class RevisionCheck:
    """Pages through the revisions; what is signed meanwhile comes with a later page."""

    def __init__(self, desk: Desk, found: Findings) -> None:
        self._desk = desk
        self._found = found
        self._after = 0
        self._seen: dict[bytes, tuple[int, bytes]] = {}

    def page(self) -> bool:
        """Read the next page; False when there is none."""
        try:
            rows = self._desk.read(lambda c: c.execute(_PAGE, {"after": self._after}).all())
            self._after = rows[-1][0] if rows else self._after
            more = bool(rows)
        except VaultDamaged:
            rows, more = self._around_damage()
        for row in rows:
            self._row(row)
        return more

    def _around_damage(self) -> tuple[list[Row[Any]], bool]:
        """One page again, row by row, past those that the engine cannot read."""
        newest = self._desk.read(_newest)
        rows: list[Row[Any]] = []
        until = min(self._after + PAGE, newest)
        for n in range(self._after + 1, until + 1):
            try:
                rows += self._desk.read(lambda c, n=n: c.execute(_AT, {"n": n}).all())  # type: ignore[misc]
            except VaultDamaged:
                self._found.add("revision-damaged", f"revision {n}", "page")
        self._after = until
        return rows, until < newest

    def _row(self, row: Row[Any]) -> None:
        self._found.rows += 1
        try:
            n, *columns = sound(row, "ibbibbb")
            one = Sealed(*columns)
            self._seen[one.id] = (n, one.hash)
            open_both(self._desk.keys, one)
        except VaultDamaged:
            self._found.add("revision-damaged", f"revision {row[0]}")

    def compare(self, manifest: Manifest) -> None:
        """Missing, foreign, exchanged and reordered rows."""
        revisions = manifest.revisions
        for id_, logged in revisions.items():
            if id_ not in self._seen:
                self._found.add("revision-missing", f"revision {id_.hex()}")
            elif self._seen[id_][1] != logged.hash:
                self._found.add("revision-changed", f"revision {self._seen[id_][0]}")
        for id_, (n, _) in self._seen.items():
            if id_ not in revisions and self._is_there(id_):
                self._found.add("revision-unlogged", f"revision {n}")
        self._order(revisions)

    def _is_there(self, id_: bytes) -> bool:
        return self._desk.read(lambda c: c.execute(_HAS, {"row": id_}).first()) is not None

    def _order(self, revisions: Mapping[bytes, Signed]) -> None:
        last: dict[bytes, int] = {}
        logged = sorted(revisions.items(), key=lambda pair: (pair[1].device, pair[1].n))
        for id_, signed in logged:
            if id_ not in self._seen:
                continue
            n = self._seen[id_][0]
            if n < last.get(signed.device, 0):
                self._found.add("revision-reordered", f"revision {n}")
            last[signed.device] = max(n, last.get(signed.device, 0))


def _newest(connection: Connection) -> int:
    newest = connection.execute(select(func.max(REVISION.c.n))).scalar()
    return newest if isinstance(newest, int) else 0
