"""Which contacts a word is met in: every term once, and where it stands.

The terms are sorted, so that those that begin in one way lie side by side; and those that may be
compounds stand in one text, so that a part is looked for in all of them at the speed at which a
text is searched. Each term knows its contacts, newest first. Codes, which nearly every contact
has for itself, are kept apart.

A query touches the terms that it means. Of one that means many (a letter, a year) the newest
contacts are looked at first, one by one: most often enough of them are found there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import chain, islice
from operator import attrgetter, neg
from typing import TypeAlias

from intake_tui.records.codes import Codes, code_text
from intake_tui.records.seeking import LINE, code_sought, code_term, meets, value_term, whole
from intake_tui.records.terms import Compounds, Forms

Names: TypeAlias = Mapping[str, str]
MANY_TERMS = 200  # from which on the newest contacts are looked at before the terms are
TRIED = 5  # of them, for each that is wanted
MANY_ROWS = 500  # from which on contacts are compared as sets, not one by one
_CODE = 1 << 31  # among a contact's terms, that it is the number of a code


class _Met:
    """Where a word is met: in terms, and in codes that begin with some figures."""

    def __init__(self, index: Index, word: str, names: Names) -> None:
        self.word = word
        self.figures = code_sought(word)
        self._index = index
        self.values = index.named(word, names)

    @cached_property
    def terms(self) -> set[int]:
        """The ids of the terms."""
        return self._index.terms_with(self.word) | self.values

    @cached_property
    def most(self) -> int:
        """How many contacts it is met in, at most."""
        return self._index.most_with(self)

    @cached_property
    def coded(self) -> set[int]:
        """The contacts that it is met in by their codes."""
        return self._index.coded_with(self.figures) if self.figures else set()


class Index:
    """Terms of numbered contacts. Holds what was said: it goes with the book."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._all: list[str] = []  # by term's id
        self._rows: list[array[int]] = []  # by term's id: the contacts' numbers, falling
        self._forms = Forms()
        self._compounds = Compounds()
        self._codes = Codes()
        self._terms: dict[int, array[int]] = {}  # by contact

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Index of {len(self._terms)} contacts>"

    def put(self, n: int, terms: Iterable[str], codes: Iterable[int]) -> None:
        """The contact with that number has exactly these terms, and these codes."""
        known = self._ids
        ids = array("I", [known[term] if term in known else self._new(term) for term in terms])
        ids.extend({_CODE | code for code in codes})
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

    def coded(self, code: int) -> Iterator[int]:
        """The contacts that have that code."""
        return self._codes.of(code)

    # Looking for some

    def search(
        self, words: Iterable[str], newest: Sequence[int], limit: int, names: Names
    ) -> list[int]:
        """The newest contacts in which each of the sought words is met.

        `newest` are all there are, newest first; they are looked at where terms say too little.
        `names` has, by value, the terms of what the guide calls it.
        """
        met = [_Met(self, word, names) for word in words]
        met = [one for one in met if one.figures != ""]  # that begins every code
        if not met:
            return list(newest[:limit])
        if any(map(self._is_wordy, met)) and all(map(self._is_widespread, met)):
            tried = (n for n in newest[: TRIED * limit] if self._meets(n, met))
            found = list(islice(tried, limit))
            if len(found) == limit:
                return found
        return self._common(met, limit) if len(met) > 1 else self._tops(met[0], limit)

    def named(self, word: str, names: Names) -> set[int]:
        """The ids of the values by whose names a word is met."""
        called = (value_term(value) for value, name in names.items() if meets(LINE + name, word))
        return {self._ids[term] for term in called if term in self._ids}

    def terms_with(self, word: str) -> set[int]:
        """The ids of the terms that a word is met in."""
        return {*self._forms.beginning(word), *self._compounds.having(word)}

    def coded_with(self, figures: str) -> set[int]:
        """The contacts whose codes begin with these figures."""
        return self._codes.having(figures)

    def most_with(self, one: _Met) -> int:
        """How many contacts it is met in, at most."""
        coded = self._codes.count(one.figures) if one.figures else 0
        return coded + sum(len(self._rows[id_]) for id_ in one.terms)

    def _is_wordy(self, one: _Met) -> bool:
        """Whether so many terms begin with it that they are gone through only where they must."""
        return self._forms.count(one.word) > MANY_TERMS

    def _is_widespread(self, one: _Met) -> bool:
        """Whether enough of the newest contacts may have it."""
        return self._is_wordy(one) or one.most * TRIED >= len(self._terms)

    def _tops(self, one: _Met, limit: int) -> list[int]:
        """The newest contacts that one word is met in: of each term no more are needed."""
        each = (self._rows[id_] for id_ in one.terms)
        tops = (rows if len(rows) <= limit else rows[:limit] for rows in each)
        coded = self._codes.newest(one.figures, limit) if one.figures else ()
        return nlargest(limit, set(chain(coded, *tops)))

    def _common(self, met: Iterable[_Met], limit: int) -> list[int]:
        """The newest contacts that each of the words is met in."""
        first, *others = sorted(met, key=attrgetter("most"))
        rows = sorted(self._having(first), reverse=True)
        near, far = rows[:MANY_ROWS], rows[MANY_ROWS:]
        both = (n for n in near if all(self._has(n, one) for one in others))
        found = list(islice(both, limit))
        if far and len(found) < limit:
            rest = set(far).intersection(*map(self._having, others))
            found += nlargest(limit - len(found), rest)
        return found

    def _having(self, one: _Met) -> set[int]:
        return one.coded.union(*(self._rows[id_] for id_ in one.terms))

    def _has(self, n: int, one: _Met) -> bool:
        return not one.terms.isdisjoint(self._terms[n]) or n in one.coded

    def _meets(self, n: int, met: Iterable[_Met]) -> bool:
        """Whether each word is met in some term of that contact."""
        ids = self._terms[n]
        text = whole([self._term(id_) for id_ in ids])
        return all(meets(text, one.word) or not one.values.isdisjoint(ids) for one in met)

    def _term(self, id_: int) -> str:
        return code_term(code_text(id_ - _CODE)) if id_ >= _CODE else self._all[id_]

    # Keeping them

    def _new(self, term: str) -> int:
        """The id of a term that was in no contact."""
        id_ = self._ids[term] = len(self._all)
        self._all.append(term)
        self._rows.append(array("I"))
        self._forms.put(term, id_)
        self._compounds.put(term, id_)
        return id_

    def _put_in(self, n: int, ids: Iterable[int]) -> None:
        all_rows = self._rows
        for id_ in ids:
            if id_ >= _CODE:
                self._codes.put(n, id_ - _CODE)
                continue
            rows = all_rows[id_]
            if not rows or rows[-1] > n:  # as it is while they are read from the newest on
                rows.append(n)
            else:
                rows.insert(bisect_left(rows, -n, key=neg), n)

    def _take_out(self, n: int, ids: Iterable[int]) -> None:
        for id_ in ids:
            if id_ >= _CODE:
                self._codes.drop(n, id_ - _CODE)
                continue
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
