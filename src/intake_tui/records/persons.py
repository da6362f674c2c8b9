"""Which contacts are one person's: the book of all heads, and the cases that were joined."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from intake_tui.intake.held import utc_now
from intake_tui.intake.line import clean
from intake_tui.records.book import Book, codes_of
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.records.heads import PAGE, Heads
from intake_tui.records.index import Names
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
from intake_tui.records.rows import ContactRow
from intake_tui.records.seeking import FIRST_FOUND
from intake_tui.vault.store import Vault


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
        self._damaged = False  # whether a joining was left out because of damage
        self.book = Book()
        self.heads = Heads(vault, self.book)

    @property
    def unreadable(self) -> bool:
        """Whether a head or a joining was left out because of damage."""
        return self._damaged or self.heads.unreadable

    # The book

    def read_on(self) -> bool:
        """Reads the next page into the book; False when there is none any more."""
        if self._joins is None:
            self.read_joins()
        return self.heads.read_on(PAGE)

    def catch_up(self) -> None:
        """Takes in what other desks have signed, joined, parted and deleted since."""
        if self._vault.shared:
            self.book.forget(self._deleted_elsewhere())
        if self._vault.shared or self._joins is None:
            self.read_joins()
        self.heads.catch_up()

    def _deleted_elsewhere(self) -> set[str]:
        """Cases in the book that are not there any more."""
        gone = self._vault.erased_of(bytes.fromhex(case) for case in self.book.cases)
        there = {case for case in gone if self._vault.of_case(case).heads}  # somebody called again
        return {case.hex() for case in gone - there}

    def forget(self, cases: Collection[str]) -> None:
        """These cases (hex) were deleted."""
        self.book.forget(cases)
        self.read_joins()

    def contacts(self, before: int | None, limit: int) -> list[ContactRow]:
        """A page of the signed contacts, newest first: those below that number."""
        return self.heads.page(before, limit)

    # One person

    def of(self, case: str) -> Person:
        """The person whose case that is (hex), as far as was read; other desks' included."""
        self.catch_up()
        person = self.joins.person(case)
        cases = (case, *sorted(person - {case}))
        rows = tuple(self.book.of_cases(cases))
        return Person(cases, rows, self.joins.joinings(case), self.book.complete)

    def search(
        self, query: str, limit: int = FIRST_FOUND, names: Names | None = None
    ) -> list[ContactRow]:
        """The newest contacts that the query means (see `Book.search`)."""
        return self.book.search(query, limit, names)

    def known(self, opened: Collection[str] = ()) -> Known:
        """What a list says of a contact besides what its own head does; other desks' included.

        `opened` are the cases (hex) of open conversations in which it is said not to call.
        """
        self.catch_up()
        forbidden = self.book.not_to_call().union(opened)
        others = {case for person in self.joins.people() if person & forbidden for case in person}
        return Known(self.known_as(), forbidden | others)

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
        link = Joined(_new_id(), (one, other), utc_now(), self._by, _worded(reason))
        self._write(link)
        return link

    def part(self, joining: str, reason: str) -> None:
        """That joining (its id in hex) does not hold any more; who is signed in says so, and why.

        Raises NoSuchRecord where it does not hold already, ValueError without a reason.
        """
        if not self.read_joins().holds(joining):
            raise NoSuchRecord
        self._write(Parted(_new_id(), joining, utc_now(), self._by, _worded(reason)))

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
                self._damaged = True


def _worded(reason: str) -> str:
    words = clean(reason)[:LONGEST_REASON]
    if not words:
        raise ValueError("a reason is needed")
    return words


def _new_id() -> str:
    return os.urandom(16).hex()
