"""`verify`: every row read back, the log's chains followed, and the tables held against the log.

In steps, so that a save never waits for more than one of them. First everything is read in
pages, each row on its own. Then what was read is held against what the log says; where the two
do not agree, somebody may have written in between, so that row is read once more, at one moment
with the end of the log, and judged then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, func, select

from intake_tui.vault import check_trust
from intake_tui.vault.check_log import LogCheck
from intake_tui.vault.check_revisions import RevisionCheck
from intake_tui.vault.check_rows import (
    DraftCheck,
    ErasureCheck,
    ItemCheck,
    LetterCheck,
    listed_devices,
)
from intake_tui.vault.content import AnyBytes, Content
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged, VaultUntrusted
from intake_tui.vault.findings import Findings
from intake_tui.vault.shapes import Report
from intake_tui.vault.tables import DRAFT, GRANT, ITEM, LETTER, LOG, REVISION, ROSTER, SLOT

T = TypeVar("T")
_COUNTED = (SLOT, ROSTER, GRANT, REVISION, LOG, DRAFT, ITEM, LETTER)
SUSPECTS = 20
"""Rows that are read once more in one step."""


class Check:
    """One run over the vault. `steps` does the work, `report` says what was found."""

    def __init__(self, desk: Desk, *, put_back: bool, content: Content | None = None) -> None:
        content = content or AnyBytes()
        self._desk = desk
        self._found = Findings()
        self._log = LogCheck(desk, self._found)
        self._revisions = RevisionCheck(desk, self._found, content)
        self._drafts = DraftCheck(desk, self._found, content)
        self._items = ItemCheck(desk, self._found, content)
        self._erasures = ErasureCheck(desk, self._found)
        self._letters = LetterCheck(desk, self._found)
        if put_back:
            self._found.add("put-back", "witness")

    def steps(self) -> Iterator[tuple[int, int]]:
        """Rows done, and rows there were at the start; other calls may come in between."""
        total = self._guarded("vault", lambda: self._desk.read(_count)) or 0
        yield 0, total
        for _ in self._parts():
            yield self._found.rows, max(total, self._found.rows)

    def whole(self) -> Report:
        """All steps at once."""
        deque(self.steps(), maxlen=0)
        return self.report()

    def report(self) -> Report:
        """What was found; only complete after the last step."""
        return self._found.report()

    def _parts(self) -> Iterator[None]:
        yield from self._pages("revision", self._revisions.page)
        yield from self._pages("draft", self._drafts.page)
        yield from self._pages("item", self._items.page)
        yield from self._pages("letter", self._letters.page)
        yield from self._pages("log", self._log.page)
        manifest = self._log.manifest
        yield from self._revisions.compare(manifest)
        yield from self._drafts.compare(manifest)
        yield from self._items.compare(manifest)
        yield from self._once_more()
        desk, found = self._desk, self._found
        self._guarded("log", self._log.catch_up)
        yield from self._log.compare(listed_devices(desk))
        yield from self._pages("item", self._erasures.page)
        self._erasures.compare(manifest)
        yield
        self._guarded("log", self._log.catch_up)
        self._guarded("roster", lambda: check_trust.keys(desk, found, self._log))
        self._guarded("log", lambda: check_trust.witness(desk, found))
        yield

    def _pages(self, where: str, page: Callable[[], bool]) -> Iterator[None]:
        while self._guarded(where, page):
            yield

    def _once_more(self) -> Iterator[None]:
        """What did not agree, each beside the log as it ends at that moment."""
        for part in (self._revisions, self._drafts, self._items):
            while part.suspects:
                self._guarded("log", self._log.catch_up)
                for id_ in part.suspects[:SUSPECTS]:
                    judge = partial(part.judge, id_, self._log.manifest, whole=self._log.whole)
                    self._guarded(part.name, judge)
                del part.suspects[:SUSPECTS]
                yield

    def _guarded(self, where: str, work: Callable[[], T]) -> T | None:
        """A part that cannot be read at all is a finding, and the next part is looked at."""
        try:
            return work()
        except VaultDamaged:
            self._found.add(f"{where}-damaged", where, "page")
        except VaultUntrusted as untrusted:
            self._found.add(f"{untrusted.what}-changed", where)
        return None


def _count(connection: Connection) -> int:
    counts = (connection.execute(select(func.count()).select_from(one)) for one in _COUNTED)
    return sum(int(count.scalar_one()) for count in counts)
