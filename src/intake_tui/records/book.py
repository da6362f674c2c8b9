"""The heads of all signed contacts, in memory: what is looked through without touching the disk.

A book is filled from the newest contact back, a page at a time, and knows how far it got. What
is signed meanwhile, or read for a list, is put in out of turn: each contact stands in it once.
It holds what was said (aliases, next steps): it belongs to an open archive and goes with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from intake_tui.intake.snapshot import code
from intake_tui.records.rows import ContactRow
from intake_tui.records.seeking import matches, searchable, sought

BLOCK = 200  # contacts whose words are looked through at once


class Book:
    """Rows by number, by case and by what they are looked for with."""

    def __init__(self) -> None:
        self.complete = False  # whether it was read to the oldest contact
        self._rows: dict[int, ContactRow] = {}
        self._texts: dict[int, str] = {}
        self._cases: defaultdict[str, set[int]] = defaultdict(set)
        self._known_as: dict[str, tuple[str, ...]] = {}  # by case, where it has further codes
        self._blocks: list[tuple[list[int], str]] | None = None  # newest first; None: to be made

    def __len__(self) -> int:
        """How many contacts stand in it."""
        return len(self._rows)

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Book of {len(self)} contacts>"

    def put(self, rows: Iterable[ContactRow]) -> None:
        """These contacts stand in it; open ones, which have no number, do not."""
        self._blocks = None
        for row in rows:
            if row.n is not None:
                self._rows[row.n] = row
                self._cases[row.case].add(row.n)
                self._texts[row.n] = self._text(row)

    def all(self) -> Iterator[ContactRow]:
        """Every contact, newest first."""
        return (self._rows[n] for n in sorted(self._rows, reverse=True))

    def of_cases(self, cases: Collection[str]) -> list[ContactRow]:
        """The contacts of these cases, newest first."""
        numbers = [n for case in cases for n in self._cases.get(case, ())]
        return [self._rows[n] for n in sorted(numbers, reverse=True)]

    def search(self, query: str, limit: int) -> list[ContactRow]:
        """The newest contacts in which each word of the query begins a word.

        Looked at are the code (and those of the cases that are the same person), the alias, and
        the date.
        """
        return [self._rows[n] for n in islice(self._found(sought(query)), limit)]

    def _found(self, words: tuple[str, ...]) -> Iterator[int]:
        """Newest first; a block that lacks one of the words is passed by as a whole."""
        if self._blocks is None:
            self._blocks = list(self._in_blocks())
        for numbers, block in self._blocks:
            if matches(block, words):
                yield from (n for n in numbers if matches(self._texts[n], words))

    def _in_blocks(self) -> Iterator[tuple[list[int], str]]:
        newest = sorted(self._rows, reverse=True)
        for begin in range(0, len(newest), BLOCK):
            numbers = newest[begin : begin + BLOCK]
            yield numbers, "".join(self._texts[n] for n in numbers)

    def know_as(self, codes: dict[str, tuple[str, ...]]) -> None:
        """By case, the codes of the others that are the same person: found by those too."""
        changed = self._known_as.keys() | codes.keys()
        self._known_as = codes
        for case in changed:
            self.put([self._rows[n] for n in self._cases.get(case, ())])

    def _text(self, row: ContactRow) -> str:
        codes = (row.code, *self._known_as.get(row.case, ()))
        return searchable(codes, row.alias, row.started)


def codes_of(cases: Iterable[str]) -> tuple[str, ...]:
    """What these cases are called aloud."""
    return tuple(code(bytes.fromhex(case)) for case in cases)
