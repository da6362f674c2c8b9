"""The heads of all signed contacts, in memory: what is looked through without touching the disk.

A book is filled from the newest contact back, a page at a time, and knows how far it got. What
is signed meanwhile, or read for a list, is put in out of turn: each contact stands in it once,
as it reads with what was added to its record later.
It holds what was said (aliases, next steps): it belongs to an open archive and goes with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from intake_tui.intake.snapshot import code
from intake_tui.records.later import Later, folded
from intake_tui.records.rows import ContactRow
from intake_tui.records.seeking import matches, searchable, sought

BLOCK = 200  # contacts whose words are looked through at once


class Book:
    """Rows by number, by case and by what they are looked for with."""

    def __init__(self) -> None:
        self.complete = False  # whether it was read to the oldest contact
        self._signed: dict[int, ContactRow] = {}  # as they were signed
        self._rows: dict[int, ContactRow] = {}  # as they read now
        self._numbers: dict[str, int] = {}  # by the record's id
        self._later: dict[str, dict[str, Later]] = {}  # by the record's id, and its own
        self._added: dict[str, Later] = {}  # by its own id
        self._to_do: set[int] = set()  # those of which something is outstanding
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

    def put(self, found: Iterable[ContactRow | Later]) -> None:
        """These stand in it; open contacts, which have no number, do not."""
        for one in found:
            if not isinstance(one, ContactRow):
                self._add(one)
            elif one.n is not None:
                self._signed[one.n] = one
                self._numbers[one.id] = one.n
                self._cases[one.case].add(one.n)
                self._read(one.n)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases (hex) of which something stands in it."""
        return tuple(self._cases)

    def forget(self, cases: Iterable[str]) -> None:
        """Nothing of these cases stands in it any more."""
        numbers = {n for case in cases for n in self._cases.pop(case, ())}
        for n in numbers:
            record = self._signed.pop(n).id
            del self._rows[n], self._numbers[record], self._texts[n]
            for added in self._later.pop(record, {}):
                del self._added[added]
        self._to_do -= numbers
        if numbers:
            self._blocks = None

    def later(self, record: str) -> Sequence[Later]:
        """What was added to a record (its id in hex), as far as it was read."""
        return tuple(self._later.get(record, {}).values())

    def added(self, id_: str) -> Later | None:
        """What was added to a record under that id (hex); None where it is no addition."""
        return self._added.get(id_)

    def case_of(self, id_: str) -> str | None:
        """The case (hex) of a record or of what was added to it; None where it was not read."""
        added = self._added.get(id_)
        n = self._numbers.get(added.of if added else id_)
        return None if n is None else self._signed[n].case

    def outstanding(self) -> Iterator[ContactRow]:
        """The contacts of which something is left to be done, newest first."""
        return (self._rows[n] for n in sorted(self._to_do, reverse=True))

    def _add(self, later: Later) -> None:
        self._later.setdefault(later.of, {})[later.id] = later
        self._added[later.id] = later
        if later.of in self._numbers:
            self._read(self._numbers[later.of])

    def _read(self, n: int) -> None:
        """How a contact reads now."""
        signed = self._signed[n]
        row = self._rows[n] = folded(signed, self.later(signed.id))
        self._texts[n] = self._text(row)
        self._blocks = None
        (self._to_do.add if row.outstanding else self._to_do.discard)(n)

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
            for n in self._cases.get(case, ()):
                self._read(n)

    def _text(self, row: ContactRow) -> str:
        codes = (row.code, *self._known_as.get(row.case, ()))
        return searchable(codes, row.alias, row.started)


def codes_of(cases: Iterable[str]) -> tuple[str, ...]:
    """What these cases are called aloud."""
    return tuple(code(bytes.fromhex(case)) for case in cases)
