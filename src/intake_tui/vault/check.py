"""`verify`: every row read back, the log's chains followed, and the tables held against the log.

In steps, so that a save never waits for more than one of them: revisions and log in
pages first, then in the last step what came in between, and everything that is small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy import Connection, func, select

from intake_tui.vault import check_rows, check_trust
from intake_tui.vault.check_log import LogCheck
from intake_tui.vault.check_revisions import RevisionCheck
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged, VaultUntrusted
from intake_tui.vault.findings import Findings
from intake_tui.vault.shapes import Report
from intake_tui.vault.tables import DRAFT, GRANT, ITEM, LETTER, LOG, REVISION, ROSTER, SLOT

T = TypeVar("T")
_COUNTED = (SLOT, ROSTER, GRANT, REVISION, LOG, DRAFT, ITEM, LETTER)


class Check:
    """One run over the vault. `steps` does the work, `report` says what was found."""

    def __init__(self, desk: Desk, *, put_back: bool) -> None:
        self._desk = desk
        self._found = Findings()
        self._revisions = RevisionCheck(desk, self._found)
        self._log = LogCheck(desk, self._found)
        if put_back:
            self._found.add("put-back", "witness")

    def steps(self) -> Iterator[tuple[int, int]]:
        """Rows done, and rows there were at the start; other calls may come in between."""
        total = self._guarded("vault", lambda: self._desk.read(_count)) or 0
        while self._guarded("revision", self._revisions.page):
            yield self._found.rows, total
        while self._guarded("log", self._log.page):
            yield self._found.rows, total
        self._finish()
        yield self._found.rows, max(total, self._found.rows)

    def report(self) -> Report:
        """What was found; only complete after the last step."""
        return self._found.report()

    def _finish(self) -> None:
        while self._guarded("revision", self._revisions.page):
            pass
        while self._guarded("log", self._log.page):
            pass
        manifest = self._log.manifest()
        self._revisions.compare(manifest)
        desk, found = self._desk, self._found
        self._guarded("draft", lambda: check_rows.drafts(desk, found, manifest))
        self._guarded("item", lambda: check_rows.items(desk, found, manifest))
        self._guarded("item", lambda: check_rows.devices(desk, found, self._log.devices))
        self._guarded("item", lambda: check_rows.erasures(desk, found, manifest))
        self._guarded("letter", lambda: check_rows.letters(desk, found))
        self._guarded("roster", lambda: check_trust.keys(desk, found, manifest))
        self._guarded("log", lambda: check_trust.witness(desk, found))

    def _guarded(self, where: str, work: Callable[[], T]) -> T | None:
        """A part that cannot be read at all is a finding, and the next part is looked at."""
        try:
            return work()
        except VaultDamaged:
            self._found.add(f"{where}-damaged", where)
        except VaultUntrusted as untrusted:
            self._found.add(f"{untrusted.what}-changed", where)
        return None


def _count(connection: Connection) -> int:
    counts = (connection.execute(select(func.count()).select_from(one)) for one in _COUNTED)
    return sum(int(count.scalar_one()) for count in counts)
