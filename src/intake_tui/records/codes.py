"""Which contacts have a code that begins with some figures. Each has one, which few others share.

As terms, codes would be most of an index: they are kept as numbers, eight bytes for each contact.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import chain

from intake_tui.records.seeking import folded

_BITS = 16  # of a code: it stands below the contact's number
_TOGETHER = 2  # figures: the contacts whose codes begin with the same ones stand in one array


def code_number(code: str) -> int:
    """«K-4F2A» as a number."""
    return int(code[-4:], 16)


def code_text(number: int) -> str:
    """The number of a code as it is called."""
    return f"k-{number:04x}"


class Codes:
    """Contacts' numbers by the figures of their codes, in the form in which they are sought."""

    def __init__(self) -> None:
        self._by_figures: dict[str, array[int]] = {}  # rising by contact, then by code

    def put(self, n: int, code: int) -> None:
        """The contact with that number has that code."""
        entries = self._by_figures.setdefault(_figures(code)[:_TOGETHER], array("Q"))
        insort(entries, n << _BITS | code)

    def drop(self, n: int, code: int) -> None:
        """It has not any more."""
        entries = self._by_figures[_figures(code)[:_TOGETHER]]
        entries.pop(bisect_left(entries, n << _BITS | code))

    def count(self, figures: str) -> int:
        """How many begin like that, or a few more."""
        return sum(map(len, self._near(figures)))

    def newest(self, figures: str, limit: int) -> list[int]:
        """The newest contacts whose codes begin with these figures."""
        if len(figures) > _TOGETHER:
            return nlargest(limit, self.having(figures))
        tops = (entries[-limit:] for entries in self._near(figures))
        return [entry >> _BITS for entry in nlargest(limit, chain.from_iterable(tops))]

    def having(self, figures: str) -> set[int]:
        """All of them."""
        return {entry >> _BITS for entry in self._entries(figures)}

    def of(self, code: int) -> Iterator[int]:
        """The contacts with exactly that code, among them."""
        return (n >> _BITS for n in self._entries(_figures(code)) if n & 0xFFFF == code)

    def _entries(self, figures: str) -> Iterable[int]:
        entries = chain.from_iterable(self._near(figures))
        if len(figures) <= _TOGETHER:
            return entries
        return (each for each in entries if _figures(each & 0xFFFF).startswith(figures))

    def _near(self, figures: str) -> Iterator[array[int]]:
        """Those that begin with as many of the figures as are kept together."""
        if len(figures) >= _TOGETHER:
            yield self._by_figures.get(figures[:_TOGETHER], array("Q"))
        else:
            yield from (
                entries for key, entries in self._by_figures.items() if key.startswith(figures)
            )


def _figures(code: int) -> str:
    """As they are sought: «AA12» as «a12», since «aa» and «å» are one."""
    return folded(f"{code:04x}")
