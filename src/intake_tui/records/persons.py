"""Which contacts are one person's: the book of all heads, and the cases that were joined."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from intake_tui.intake.line import clean
from intake_tui.records.book import Book, codes_of
from intake_tui.records.codec import row_from_head
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.records.joins import (
    KIND,
    LONGEST_REASON,
    Joined,
    Joins,
    Link,
    Parted,
    link_from_bytes,
    link_to_bytes,
)
from intake_tui.records.later import Later
from intake_tui.records.rows import ContactRow
from intake_tui.vault.shapes import Head
from intake_tui.vault.store import Vault

PAGE = 200  # heads read at a time: some ten milliseconds for whoever waits for the vault
FEW = 5  # heads read to see whether there are new ones
FOUND = 50  # contacts that a search gives at most


@dataclass(frozen=True, slots=True)
class Person:
    """The signed contacts of one person, as far as the book was read."""

    cases: tuple[str, ...]  # hex: the one that was asked for first, then those joined with it
    rows: tuple[ContactRow, ...] = field(repr=False)  # newest first
    joinings: tuple[Joined, ...]  # oldest first
    complete: bool  # whether all of them are there: the book was read to its end


@dataclass(frozen=True, slots=True)
class Known:
    """By case (hex): with which codes it is one person; and where some contact must not be called.

    As far as the book was read.
    """

    codes: dict[str, tuple[str, ...]]
    do_not_call: frozenset[str]


class Persons:
    """What an open archive knows across contacts. In memory only, and gone with the archive.

    `read_on` reads a page at each call, newest first, until the book is complete; whoever calls
    it lets others have the vault in between. All other calls answer from what was read so far.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._joins: Joins | None = None
        self._last: int | None = None  # the number of the last head read in turn
        self._newest = 0  # and of the newest below which none is missing
        self.book = Book()
        self.unreadable = False  # whether a head or a joining was left out because of damage

    # The book

    def read_on(self) -> bool:
        """Reads the next page into the book; False when there is none any more."""
        if self._joins is None:
            self.read_joins()
        if not self.book.complete:
            heads = self._page(self._last, PAGE)
            self._newest = max([self._newest, *(head.n for head in heads)])
            self._last = heads[-1].n if heads else self._last
            self.book.complete = not heads
        return not self.book.complete

    def catch_up(self) -> None:
        """Takes in what other desks have signed, joined, parted and deleted since."""
        if self._vault.shared:
            self.book.forget(self._deleted_elsewhere())
        self.read_joins()
        if self._last is None and not self.book.complete:
            return  # no head was read yet: the reading finds them
        heads = newer = self._page(None, FEW)
        while newer and newer[-1].n > self._newest:
            newer = self._page(newer[-1].n, PAGE)
        self._newest = max([self._newest, *(head.n for head in heads)])

    def _deleted_elsewhere(self) -> set[str]:
        """Cases in the book that are not there any more."""
        gone = self._vault.erased_of(bytes.fromhex(case) for case in self.book.cases)
        there = {case for case in gone if self._vault.of_case(case).heads}  # somebody called again
        return {case.hex() for case in gone - there}

    def forget(self, cases: Collection[str]) -> None:
        """These cases (hex) were deleted."""
        self.book.forget(cases)
        self.read_joins()

    def _page(self, before: int | None, limit: int) -> list[Head]:
        heads = self._vault.heads(before=before, limit=limit)
        self.book.put(row for head in heads if (row := self._row(head)))
        return heads

    def _row(self, head: Head) -> ContactRow | Later | None:
        try:
            return row_from_head(head.head, n=head.n, id=head.id, case=head.case)
        except RecordDamaged:
            self.unreadable = True
            return None

    # One person

    def of(self, case: str) -> Person:
        """The person whose case that is (hex), as far as was read; other desks' included."""
        self.catch_up()
        person = self.joins.person(case)
        cases = (case, *sorted(person - {case}))
        rows = tuple(self.book.of_cases(cases))
        return Person(cases, rows, self.joins.joinings(case), self.book.complete)

    def search(self, query: str, limit: int = FOUND) -> list[ContactRow]:
        """The newest contacts that the query means: by alias, code or date, beginnings of words."""
        return self.book.search(query, limit)

    def known(self, opened: Collection[str] = ()) -> Known:
        """What a list says of a contact besides what its own head does; other desks' included.

        `opened` are the cases (hex) of open conversations in which it is said not to call.
        """
        self.catch_up()
        forbidden = {*opened, *(row.case for row in self.book.all() if row.call == "no")}
        cases = {case for one in forbidden for case in self.joins.person(one)}
        return Known(self.known_as(), frozenset(cases))

    def known_as(self) -> dict[str, tuple[str, ...]]:
        """By case (hex), the codes of the other cases of the same person."""
        return {
            case: codes_of(sorted(person - {case}))
            for person in self.joins.people()
            for case in person
        }

    # Joining and parting

    @property
    def joins(self) -> Joins:
        """Which cases are one person; read once."""
        return self._joins or self.read_joins()

    def join(self, one: str, other: str, reason: str) -> Joined:
        """Two cases (hex) are one person from now on; who is signed in says so, and why.

        Raises ValueError where they are already, or without a reason.
        """
        if other in self.read_joins().person(one):
            raise ValueError("they are one person already")
        link = Joined(_new_id(), (one, other), _utc_now(), self._by, _worded(reason))
        self._write(link)
        return link

    def part(self, joining: str, reason: str) -> None:
        """That joining (its id in hex) does not hold any more; who is signed in says so, and why.

        Raises NoSuchRecord where it does not hold already, ValueError without a reason.
        """
        if not self.read_joins().holds(joining):
            raise NoSuchRecord
        self._write(Parted(_new_id(), joining, _utc_now(), self._by, _worded(reason)))

    @property
    def _by(self) -> str:
        return self._vault.counsellor.name

    def _write(self, link: Link) -> None:
        self._vault.put_item(bytes.fromhex(link.id), KIND, link_to_bytes(link))
        self.read_joins()

    def read_joins(self) -> Joins:
        """Which cases are one person, read anew."""
        self._joins = Joins(self.links())
        self.book.know_as(self.known_as())
        return self._joins

    def links(self) -> Iterator[Link]:
        """All that was ever joined and parted, as far as it can be read."""
        for id_, blob in self._vault.items(KIND):
            try:
                yield link_from_bytes(id_, blob)
            except RecordDamaged:
                self.unreadable = True


def _worded(reason: str) -> str:
    words = clean(reason)[:LONGEST_REASON]
    if not words:
        raise ValueError("a reason is needed")
    return words


def _new_id() -> str:
    return os.urandom(16).hex()


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
