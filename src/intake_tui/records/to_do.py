"""Of which contacts something is left to be done, and by when: worked out once for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest

from intake_tui.intake.due import Urgency, due, tonight, urgency
from intake_tui.intake.points import DEADLINE, Point
from intake_tui.records.rows import ContactRow


@dataclass(frozen=True, slots=True)
class Left:
    """The contacts of the points that come first, newest contact first."""

    rows: tuple[ContactRow, ...] = field(repr=False)
    points: int  # how many there are in all contacts


class ToDo:
    """By a contact's number, when each of its points is due. Belongs to a book."""

    def __init__(self) -> None:
        self._pinned: dict[int, float | None] = {}  # the deadline, in seconds since 1970
        self._due: dict[int, tuple[float | None, ...]] = {}  # the other points

    def put(self, n: int, said: dt.datetime, points: Iterable[Point]) -> dt.datetime | None:
        """What is left of the contact that began then; when its deadline is, where it says so."""
        self.drop(n)
        deadline: dt.datetime | None = None
        others: list[float | None] = []
        for point in points:
            at = due(point, said)
            if point.kind != DEADLINE:
                others.append(_seconds(at))
            elif n not in self._pinned:
                deadline, self._pinned[n] = at, _seconds(at)
        if others:
            self._due[n] = tuple(others)
        return deadline

    def drop(self, n: int) -> None:
        """The contact is no more."""
        self._pinned.pop(n, None)
        self._due.pop(n, None)

    def first(self, now: dt.datetime, few: int) -> tuple[list[int], int]:
        """The numbers of the contacts, newest first, and how many points there are in all.

        So many of what is due, by `urgency`, and so many of what is not: the deadlines, then the
        newest contacts' points.
        """
        until, at = tonight(now).timestamp(), now.timestamp()
        urgent = nsmallest(few, self._urgent(until, at))
        others = nlargest(few, self._others(until))
        numbers = {-n for _, n in urgent} | {n for _, n in others}
        points = len(self._pinned) + sum(map(len, self._due.values()))
        return sorted(numbers, reverse=True), points

    def _all(self) -> Iterator[tuple[int, float | None, bool]]:
        """Each point: its contact's number, when it is due, whether it is pinned."""
        yield from ((n, at, True) for n, at in self._pinned.items())
        yield from ((n, at, False) for n, dues in self._due.items() for at in dues)

    def _urgent(self, until: float, now: float) -> Iterator[tuple[Urgency, int]]:
        """How urgent each point is that is due by then, with the contact's number below zero."""
        for n, at, pinned in self._all():
            if at is not None and at < until:
                yield urgency(at, now, pinned=pinned), -n

    def _others(self, until: float) -> Iterator[tuple[bool, int]]:
        """For each of the other points, whether it is pinned, and the contact's number."""
        for n, at, pinned in self._all():
            if at is None or at >= until:
                yield pinned, n


def _seconds(at: dt.datetime | None) -> float | None:
    return None if at is None else at.timestamp()
