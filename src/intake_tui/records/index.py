"""Which contacts a word is met in: every term once, and where it stands.

The terms are sorted, so that those that begin in one way lie side by side; and those that may be
compounds stand in one text, so that a part is looked for in all of them at the speed at which a
text is searched. Each term knows its contacts, newest first. Most queries touch the few terms
that they mean. One that means a large part of them (a letter, a figure) is answered from the
newest contact on instead: some are soon found.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge, nlargest
from itertools import chain, islice
from operator import neg
from typing import TypeAlias

from intake_tui.records.seeking import LINE, meets, value_term, whole
from intake_tui.records.terms import Compounds, Forms

Names: TypeAlias = Mapping[str, str]
MANY_TERMS = 3000  # that are never worth being gone through
SOON_FOUND = 75  # terms for each contact that has to be looked at
MANY_ROWS = 2000  # from which on contacts are compared as sets, not one by one


@dataclass(frozen=True, slots=True, repr=False)
class _Broad:
    """A word that is met in too many terms, and the values by whose names it is met."""

    word: str
    values: frozenset[int]


class Index:
    """Terms of numbered contacts. Holds what was said: it goes with the book."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._all: list[str] = []  # by term's id
        self._rows: list[array[int]] = []  # by term's id: the contacts' numbers, falling
        self._forms = Forms()
        self._compounds = Compounds()
        self._terms: dict[int, array[int]] = {}  # by contact

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Index of {len(self._terms)} contacts>"

    def put(self, n: int, terms: Iterable[str]) -> None:
        """The contact with that number has exactly these terms."""
        ids = array("I", [self._id(term) for term in terms])
        before = self._terms.get(n)
        self._terms[n] = ids
        if before is None:
            self._put_in(n, ids)
        else:
            self._put_in(n, set(ids).difference(before))
            self._take_out(n, set(before).difference(ids))

    def drop(self, n: int) -> None:
        """The contact is no more."""
        self._take_out(n, self._terms.pop(n, ()))

    # Looking for some

    def search(
        self, words: Iterable[str], newest: Iterable[int], limit: int, names: Names
    ) -> list[int]:
        """The newest contacts in which each of the sought words is met.

        `newest` are all there are, newest first; they are looked at where terms say too little.
        `names` has, by value, the terms of what the guide calls it.
        """
        found = [self._meeting(word, names) for word in words]
        narrow = [ids for ids in found if not isinstance(ids, _Broad)]
        broad = [one for one in found if isinstance(one, _Broad)]
        if len(narrow) == len(found) == 1:
            return self._newest(narrow[0], limit)
        rows = self._common(narrow) if narrow else newest
        return list(islice((n for n in rows if self._meets(n, broad)), limit))

    def _meeting(self, word: str, names: Names) -> set[int] | _Broad:
        """The terms in which a word is met."""
        called = (value_term(value) for value, name in names.items() if meets(LINE + name, word))
        values = {self._ids[term] for term in called if term in self._ids}
        if self._forms.count(word) > MANY_TERMS:
            return _Broad(word, frozenset(values))
        ids = values.union(self._forms.beginning(word), self._compounds.having(word))
        many = sum(len(self._rows[id_]) for id_ in ids)
        # So many terms cost more than the contacts among which a few are soon found.
        if len(ids) * many > SOON_FOUND * len(self._terms):
            return _Broad(word, frozenset(values))
        return ids

    def _newest(self, ids: Iterable[int], limit: int) -> list[int]:
        each = (self._rows[id_] for id_ in ids)
        tops = (rows if len(rows) <= limit else rows[:limit] for rows in each)
        return nlargest(limit, set(chain.from_iterable(tops)))

    def _common(self, narrow: list[set[int]]) -> Iterator[int]:
        """The contacts that have one of each of the terms, newest first."""
        narrow.sort(key=lambda ids: sum(len(self._rows[id_]) for id_ in ids))
        first, *others = narrow
        if others and sum(len(self._rows[id_]) for id_ in first) > MANY_ROWS:
            rows = self._having(first).intersection(*map(self._having, others))
            yield from sorted(rows, reverse=True)
            return
        for n in self._falling(first):
            if not any(ids.isdisjoint(self._terms[n]) for ids in others):
                yield n

    def _falling(self, ids: Iterable[int]) -> Iterator[int]:
        """The contacts of these terms, newest first, as far as they are asked for."""
        before = None
        for n in merge(*(self._rows[id_] for id_ in ids), reverse=True):
            if n != before:
                yield n
            before = n

    def _having(self, ids: Iterable[int]) -> set[int]:
        return set(chain.from_iterable(self._rows[id_] for id_ in ids))

    def _meets(self, n: int, broad: Iterable[_Broad]) -> bool:
        """Whether each word is met in some term of that contact."""
        ids = self._terms[n]
        text = whole([self._all[id_] for id_ in ids])
        return all(meets(text, one.word) or not one.values.isdisjoint(ids) for one in broad)

    # Keeping them

    def _id(self, term: str) -> int:
        known = self._ids.get(term)
        if known is None:
            known = self._ids[term] = len(self._all)
            self._all.append(term)
            self._rows.append(array("I"))
            self._forms.put(term, known)
            self._compounds.put(term, known)
        return known

    def _put_in(self, n: int, ids: Iterable[int]) -> None:
        for id_ in ids:
            rows = self._rows[id_]
            if not rows or rows[-1] > n:  # as it is while they are read from the newest on
                rows.append(n)
            else:
                rows.insert(bisect_left(rows, -n, key=neg), n)

    def _take_out(self, n: int, ids: Iterable[int]) -> None:
        for id_ in ids:
            rows = self._rows[id_]
            rows.pop(bisect_left(rows, -n, key=neg))
            if not rows:
                self._forget(id_)

    def _forget(self, id_: int) -> None:
        """A word that stands in no contact any more is kept nowhere."""
        term, self._all[id_] = self._all[id_], ""
        del self._ids[term]
        self._forms.drop(term, id_)
        self._compounds.drop(term, id_)
