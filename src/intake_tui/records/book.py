"""The heads of all signed contacts, in memory: what is looked through without touching the disk.

A book is filled from the newest contact back, a page at a time, and knows how far it got. What
is signed meanwhile is put in out of turn: each contact stands in it once, as it reads with what
was added to its record later. Rows are kept as few bytes and made again when they are shown.
It holds what was said (aliases, next steps): it belongs to an open archive and goes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from intake_tui.intake.points import Point
from intake_tui.intake.snapshot import code
from intake_tui.records.codes import code_number
from intake_tui.records.index import Index, Names
from intake_tui.records.later import Later, folded
from intake_tui.records.packed import case_of, id_of, pack, unpack
from intake_tui.records.rows import ContactRow, states
from intake_tui.records.seeking import sought, terms_of, value_term
from intake_tui.records.to_do import Left, ToDo


class Book:
    """Rows by number, by case and by what they are looked for with."""

    def __init__(self) -> None:
        self.complete = False  # whether it was read to the oldest contact
        self._to_do = ToDo()
        self._signed: dict[int, bytes] = {}  # as they were signed
        self._numbers: dict[bytes, int] = {}  # by the record's id
        self._later: dict[str, dict[str, Later]] = {}  # by the record's id, and its own
        self._added: dict[str, Later] = {}  # by its own id
        self._known_as: dict[str, tuple[str, ...]] = {}  # by case, where it has further codes
        self._not_to_call: set[int] = set()
        self._index = Index()
        self._newest: list[int] | None = None  # all numbers, newest first; None: to be sorted

    def __len__(self) -> int:
        """How many contacts stand in it."""
        return len(self._signed)

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Book of {len(self)} contacts>"

    # What comes in and goes out

    def put(self, found: Iterable[ContactRow | Later]) -> None:
        """These stand in it; open contacts, which have no number, do not."""
        signed: list[ContactRow] = []
        for one in found:
            if isinstance(one, ContactRow):
                signed.append(one)
            else:
                self._add(one)
        self._sign({row.n: row for row in signed if row.n is not None})

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases (hex) of which something stands in it."""
        return tuple({case_of(packed).hex(): None for packed in self._signed.values()})

    def forget(self, cases: Iterable[str]) -> None:
        """Nothing of these cases stands in it any more."""
        for case in cases:
            for n in self._of(case):
                self._drop(n)

    def _drop(self, n: int) -> None:
        record = id_of(self._signed.pop(n))
        for later in self._later.pop(record.hex(), {}):
            del self._added[later]
        del self._numbers[record]
        self._not_to_call.discard(n)
        self._to_do.drop(n)
        self._index.drop(n)
        self._newest = None

    def holds(self, id_: bytes) -> bool:
        """Whether the revision with that id is in it: its head need not be opened again."""
        return id_ in self._numbers or id_.hex() in self._added

    def _sign(self, rows: Mapping[int, ContactRow]) -> None:
        for n, packed in {n: pack(row) for n, row in rows.items()}.items():
            if n not in self._signed:
                self._numbers[id_of(packed)] = n
                self._newest = None
            self._signed[n] = packed
        self._take({n: folded(row, self.later(row.id)) for n, row in rows.items()})

    def _add(self, later: Later) -> None:
        self._later.setdefault(later.of, {})[later.id] = later
        self._added[later.id] = later
        self._read(later.of)

    def _read(self, record: str) -> None:
        """It reads in another way now, if it is here already."""
        n = self._numbers.get(bytes.fromhex(record))
        if n is not None:
            self._take({n: self.row(n)})

    def _take(self, rows: Mapping[int, ContactRow]) -> None:
        """As they read now. One kind of work for all before the next: a processor is faster so."""
        for n, row in rows.items():
            (self._not_to_call.add if row.call == "no" else self._not_to_call.discard)(n)
        left = {n: row.outstanding for n, row in rows.items()}
        due = {n: self._to_do.put(n, row.started, left[n]) for n, row in rows.items()}
        terms = {n: _terms(row, left[n], due[n]) for n, row in rows.items()}
        for n, row in rows.items():
            codes = (row.code, *self._known_as.get(row.case, ()))
            self._index.put(n, terms[n], map(code_number, codes))

    # What is asked

    def row(self, n: int) -> ContactRow:
        """The contact with that number, as it reads now. Raises KeyError."""
        row = unpack(self._signed[n], n)
        return folded(row, self.later(row.id))

    def rows(self, numbers: Iterable[int]) -> list[ContactRow]:
        """Those of the numbers that are contacts'."""
        return [self.row(n) for n in numbers if n in self._signed]

    def later(self, record: str) -> Sequence[Later]:
        """What was added to a record (its id in hex), as far as it was read."""
        return tuple(self._later.get(record, {}).values())

    def all(self) -> Iterator[ContactRow]:
        """Every contact, newest first."""
        return (self.row(n) for n in self._all())

    def added(self, id_: str) -> Later | None:
        """What was added to a record under that id (hex); None where it is no addition."""
        return self._added.get(id_)

    def case_of(self, id_: str) -> str | None:
        """The case (hex) of a record or of what was added to it; None where it was not read."""
        added = self._added.get(id_)
        n = self._numbers.get(bytes.fromhex(added.of if added else id_))
        return None if n is None else case_of(self._signed[n]).hex()

    def of_cases(self, cases: Collection[str]) -> list[ContactRow]:
        """The contacts of these cases, newest first."""
        numbers = [n for case in cases for n in self._of(case)]
        return [self.row(n) for n in sorted(numbers, reverse=True)]

    def left(self, now: dt.datetime, few: int) -> Left:
        """What is left to be done: what is due first, and of the rest, so many points of each."""
        numbers, points = self._to_do.first(now, few)
        return Left(tuple(map(self.row, numbers)), points)

    def not_to_call(self) -> frozenset[str]:
        """The cases (hex) of which some contact says not to call."""
        return frozenset(case_of(self._signed[n]).hex() for n in self._not_to_call)

    def _of(self, case: str) -> list[int]:
        """The contacts of a case, by its code, which few others share."""
        whole = bytes.fromhex(case)
        coded = self._index.coded(code_number(code(whole)))
        return [n for n in coded if case_of(self._signed[n]) == whole]

    def _all(self) -> list[int]:
        if self._newest is None:
            self._newest = sorted(self._signed, reverse=True)
        return self._newest

    # Looking for some

    def search(self, query: str, limit: int, names: Names | None = None) -> list[ContactRow]:
        """The newest contacts that the query means, by all that the list shows of them.

        That is: code (and those of the cases that are the same person), alias, date, what is
        left to be done and what was, the day of its deadline, when to call, who signed it; and
        by `names` (see `seeking.named`) how it came, what was chosen, and its `states`.
        """
        found = self._index.search(sought(query), self._all(), limit, names or {})
        return [self.row(n) for n in found]

    def know_as(self, codes: Mapping[str, tuple[str, ...]]) -> None:
        """By case, the codes of the others that are the same person: found by those too."""
        before, self._known_as = self._known_as, dict(codes)
        for case in before.keys() | codes.keys():
            if before.get(case) != codes.get(case):
                for n in self._of(case):
                    self._take({n: self.row(n)})


def _terms(row: ContactRow, outstanding: Iterable[Point], deadline: dt.datetime | None) -> set[str]:
    """All but codes."""
    texts = (row.alias, row.hours, row.by, *(each.point.text for each in row.points))
    terms = terms_of((), (row.started, deadline), texts)
    said = states(row.call, broke=row.broke, outstanding=outstanding)
    terms.update(value_term(value) for value in (row.channel, row.outcome, *said) if value)
    return terms


def codes_of(cases: Iterable[str]) -> tuple[str, ...]:
    """What these cases are called aloud."""
    return tuple(code(bytes.fromhex(case)) for case in cases)
