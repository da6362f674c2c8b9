"""The list of contacts, page by page, each row as it reads with what was added later.

What is added to a record comes after it, so whoever reads from the newest on has met all of it
when the record itself is reached: a page costs that page, and nothing of it is read twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from intake_tui.records.book import Book
from intake_tui.records.codec import row_from_head
from intake_tui.records.errors import NoSuchRecord
from intake_tui.records.later import folded
from intake_tui.records.rows import ContactRow
from intake_tui.vault.shapes import Head

STEP = 200  # heads read at a time where only what was added is looked for


class Heads(Protocol):
    """The part of a vault that the list reads."""

    @property
    def shared(self) -> bool:
        """Whether other desks may write to it meanwhile."""

    def heads(self, *, before: int | None = None, limit: int = 50) -> list[Head]:
        """Newest first."""


def resolved(rows: Iterable[ContactRow], wanted: str) -> str:
    """The id (hex) of the one contact whose id or code begins so. Raises NoSuchRecord."""
    sought = wanted.strip().casefold()
    found = [
        row.id
        for row in rows
        if sought and (row.id.startswith(sought) or row.code.casefold() == sought)
    ]
    if len(found) != 1:
        raise NoSuchRecord(len(found))
    return found[0]


class ContactList:
    """Reads pages; the book remembers what was added to the records further down."""

    def __init__(self, vault: Heads, book: Book) -> None:
        self._vault = vault
        self._book = book
        self._down_to: int | None = None  # all heads from there to the newest were read
        self._newest = 0

    def page(self, before: int | None, limit: int) -> list[ContactRow]:
        """The next signed records, newest first: `limit` of them, where there are so many."""
        self._catch_up(before)
        rows: list[ContactRow] = []
        at = before
        while len(rows) < limit:
            heads = self._vault.heads(before=at, limit=limit - len(rows))
            if not heads:
                break
            rows += self._taken(heads)
            at = heads[-1].n
        return [folded(row, self._book.later(row.id)) for row in rows]

    def _catch_up(self, before: int | None) -> None:
        """What lies above the page and was not read yet, or was written there by another desk."""
        if before is None:
            self._down_to = None
            return
        if not self._book.complete and (self._down_to is None or self._down_to > before):
            self._read_until(before, self._down_to)
        if self._vault.shared:
            self._read_until(self._newest or before, None)

    def _read_until(self, lowest: int, at: int | None) -> None:
        heads = self._vault.heads(before=at, limit=STEP)
        while heads:
            list(self._taken(heads))
            if heads[-1].n <= lowest:
                return
            heads = self._vault.heads(before=heads[-1].n, limit=STEP)

    def _taken(self, heads: Sequence[Head]) -> Iterator[ContactRow]:
        for head in heads:
            self._newest = max(self._newest, head.n)
            found = row_from_head(head.head, n=head.n, id=head.id, case=head.case)
            if isinstance(found, ContactRow):
                yield found
            else:
                self._book.put([found])
        if heads:
            self._down_to = min(heads[-1].n, self._down_to or heads[-1].n)
