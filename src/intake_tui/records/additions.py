"""What comes after the seal: corrections and marks, written beside a record and read with it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any, TypeAlias

from intake_tui.intake.amendment import Amendment, as_it_reads, problem
from intake_tui.records.book import Book
from intake_tui.records.codec import row_from_head
from intake_tui.records.errors import NoSuchRecord
from intake_tui.records.later import (
    Amended,
    Later,
    Marked,
    amendment_to_bytes,
    mark_to_bytes,
    marks_of,
    shows,
    trail_entry,
)
from intake_tui.records.rows import ContactRow
from intake_tui.records.sealed_json import from_bytes
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.shapes import Head, OfCase
from intake_tui.vault.store import Vault

_Parts: TypeAlias = tuple[bytes, bytes]  # head and body
_Writer: TypeAlias = Callable[[ContactRow, list[Later]], _Parts]
NOTHING_ADDED = {"amendments": (), "amended": None, "done": (), "damaged": ()}


class Additions:
    """Reads and writes them in one open vault; the book learns of each at once."""

    def __init__(self, vault: Vault, book: Book) -> None:
        self._vault = vault
        self._book = book

    def whole(self, id_: bytes) -> dict[str, Any]:
        """The record as it was signed, what was added to it, and how it reads now."""
        head, _ = self._record(id_)
        of_case = self._vault.of_case(head.case)
        laters = _laters(of_case, id_)
        amended = [one for one in laters if isinstance(one, Amended)]
        body, *bodies = self._vault.bodies([id_, *(bytes.fromhex(one.id) for one in amended)])
        if body is None:
            raise VaultDamaged("row")
        record = from_bytes(body)
        trail = [trail_entry(one, said) for one, said in zip(amended, bodies, strict=True)]
        return {
            **record,
            "amendments": trail,
            "amended": as_it_reads(record, trail) if trail else None,
            "done": marks_of(laters),
            "damaged": list(of_case.damaged),
        }

    def amend(self, id_: str, amendment: Amendment, *, at: dt.datetime, by: str) -> None:
        """Seals a correction. Raises NoSuchRecord; ValueError for one that says nothing."""
        wrong = problem(amendment)
        if wrong is not None:
            raise ValueError(wrong)

        def written(row: ContactRow, laters: list[Later]) -> _Parts:
            parents = [one.id for one in laters if _same(one, amendment)]
            in_row = shows(row, amendment)
            return amendment_to_bytes(
                amendment, of=row.id, parents=parents, at=at, by=by, in_row=in_row
            )

        self._add(id_, written)

    def mark(self, id_: str, point: str, *, done: bool, at: dt.datetime, by: str) -> None:
        """Seals that a point was done, or is not done after all. Raises NoSuchRecord."""

        def written(row: ContactRow, laters: list[Later]) -> _Parts:
            parents = [one.id for one in laters if isinstance(one, Marked) and one.point == point]
            return mark_to_bytes(point, done=done, of=row.id, parents=parents, at=at, by=by)

        self._add(id_, written)

    def _add(self, id_: str, written: _Writer) -> None:
        """One more revision in the record's case."""
        try:
            head, row = self._record(bytes.fromhex(id_))
        except ValueError:
            raise NoSuchRecord from None
        short, long = written(row, _laters(self._vault.of_case(head.case), head.id))
        own = secrets.token_bytes(16)
        n = self._vault.sign(id=own, case=head.case, head=short, body=long)
        self._book.put([row_from_head(short, n=n, id=own, case=head.case)])

    def _record(self, id_: bytes) -> tuple[Head, ContactRow]:
        """A signed record's head, and its row as it was signed. Raises NoSuchRecord."""
        head = self._vault.head(id_)
        row = head and row_from_head(head.head, n=head.n, id=head.id, case=head.case)
        if head is None or not isinstance(row, ContactRow):
            raise NoSuchRecord
        return head, row


def _laters(of_case: OfCase, record: bytes) -> list[Later]:
    """What was added to one record of the case, oldest first."""
    found = (row_from_head(one.head, n=one.n, id=one.id, case=one.case) for one in of_case.heads)
    return [one for one in found if not isinstance(one, ContactRow) and one.of == record.hex()]


def _same(later: Later, amendment: Amendment) -> bool:
    """Whether it amended the same part."""
    return isinstance(later, Amended) and (later.what, later.key) == (amendment.what, amendment.key)
