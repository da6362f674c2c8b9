"""How heads come from the vault into the book: one way, for the list and for what runs behind it.

What is added to a record comes after it, so whoever reads from the newest on has met all of it
when the record itself is reached. Each head is opened once: a page of the list that was read
before, in the list or behind it, costs one statement and opens none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from intake_tui.records.book import Book
from intake_tui.records.codec import row_from_head
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.later import Later
from intake_tui.records.rows import ContactRow
from intake_tui.vault.shapes import Head

PAGE = 50  # heads read at a time: some five milliseconds for whoever waits for the vault
RECENT = 20  # looked through for new ones: what others write may come in another order


class Vault(Protocol):
    """The part of a vault that heads are read from."""

    @property
    def shared(self) -> bool:
        """Whether other desks may write to it meanwhile."""

    def heads(self, before: int | None, limit: int, known: Callable[[bytes], bool]) -> list[Head]:
        """Newest first; the bytes of those that are known are left out."""


class Heads:
    """Reads them, and knows how far down all of them were read."""

    def __init__(self, vault: Vault, book: Book) -> None:
        self._vault = vault
        self._book = book
        self._down_to: int | None = None  # from there to the newest all were read
        self._newest = 0
        self._unread: dict[int, RecordDamaged] = {}  # what was left out, and why

    @property
    def begun(self) -> bool:
        """Whether any were read."""
        return self._down_to is not None or self._book.complete

    @property
    def unreadable(self) -> bool:
        """Whether one was left out because of damage."""
        return bool(self._unread)

    def read_on(self, limit: int) -> bool:
        """Reads the next ones below; False when there are none any more."""
        if not self._book.complete:
            self._book.complete = not self._read(self._down_to, limit)
        return not self._book.complete

    def catch_up(self) -> None:
        """Takes in what other desks have signed since."""
        if not self._vault.shared or not self.begun:
            return
        before, newest = None, self._newest
        while heads := self._read(before, RECENT):
            before = heads[-1].n
            if before <= newest:
                return

    def page(self, before: int | None, limit: int) -> list[ContactRow]:
        """The next contacts below that number: `limit` of them, where there are so many.

        Raises RecordDamaged: what is asked for is not left out in silence.
        """
        self.catch_up()
        self._read_down_to(before)
        rows: list[ContactRow] = []
        while len(rows) < limit and (heads := self._read(before, limit - len(rows))):
            for head in heads:
                if head.n in self._unread:
                    raise self._unread[head.n]
            rows += self._book.rows(head.n for head in heads)
            before = heads[-1].n
        return rows

    def _read_down_to(self, before: int | None) -> None:
        """All that lies above a page, where somebody begins further down."""
        if before is not None:
            while (self._down_to is None or self._down_to > before) and self.read_on(PAGE):
                pass

    def _read(self, before: int | None, limit: int) -> Sequence[Head]:
        heads = self._vault.heads(before=before, limit=limit, known=self._book.holds)
        self._book.put([row for head in heads if head.head and (row := self._row(head))])
        if heads:
            self._newest = max(self._newest, heads[0].n)
            if before is None or (self._down_to is not None and before >= self._down_to):
                self._down_to = min(heads[-1].n, self._down_to or heads[-1].n)
        return heads

    def _row(self, head: Head) -> ContactRow | Later | None:
        try:
            return row_from_head(head.head, n=head.n, id=head.id, case=head.case)
        except RecordDamaged as damage:
            self._unread[head.n] = damage
            return None
