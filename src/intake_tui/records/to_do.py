"""Of which contacts something is left to be done, and by when: worked out once for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest

from intake_tui.intake.due import due, soonest, tonight
from intake_tui.records.rows import ContactRow


@dataclass(frozen=True, slots=True)
class Left:
    """The contacts of the points that come first, newest contact first."""

    rows: tuple[ContactRow, ...] = field(repr=False)
    more: bool  # whether there are further points


class ToDo:
    """By a contact's number, when each of its points is due. Belongs to a book."""

    def __init__(self) -> None:
        self._due: dict[int, tuple[float | None, ...]] = {}  # seconds since 1970

    def put(self, n: int, row: ContactRow) -> None:
        """The contact reads like this now."""
        points = row.outstanding
        if points:
            self._due[n] = tuple(_seconds(due(point, row.started)) for point in points)
        else:
            self._due.pop(n, None)

    def drop(self, n: int) -> None:
        """The contact is no more."""
        self._due.pop(n, None)

    def first(self, now: dt.datetime, few: int) -> tuple[list[int], bool]:
        """The numbers of the contacts, newest first, and whether there are further points.

        Of what is due the soonest, of what is not the newest contacts': so many of each.
        """
        until, at = tonight(now).timestamp(), now.timestamp()
        urgent = nsmallest(few + 1, self._urgent(until, at))
        others = nlargest(few + 1, self._others(until))
        numbers = {-n for _, n in urgent[:few]} | set(others[:few])
        return sorted(numbers, reverse=True), len(urgent) > few or len(others) > few

    def _urgent(self, until: float, at: float) -> Iterator[tuple[tuple[bool, float], int]]:
        """How soon each point is due that is due by then, with the contact's number below zero."""
        for n, dues in self._due.items():
            for each in dues:
                if each is not None and each < until:
                    yield soonest(each, at), -n

    def _others(self, until: float) -> Iterator[int]:
        """For each of the other points, the contact's number."""
        for n, dues in self._due.items():
            for each in dues:
                if each is None or each >= until:
                    yield n


def _seconds(at: dt.datetime | None) -> float | None:
    return None if at is None else at.timestamp()
