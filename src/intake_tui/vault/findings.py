"""What `verify` collects: rows read, and what was wrong with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from intake_tui.vault.shapes import Finding, Report

UNREAD = 20
"""Rows that do not open of which it is asked whether only their name is damaged."""


def _time(at: int | None) -> datetime | None:
    try:
        return None if at is None else datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return None


@dataclass
class Findings:
    """Grows while a check runs."""

    rows: int = 0
    _found: list[Finding] = field(default_factory=list)

    def add(self, code: str, where: str, detail: str = "", *, at: int | None = None) -> None:
        """One thing that is wrong; `at` (seconds since 1970) is when it was written."""
        self._found.append(Finding(code, where, detail, _time(at)))

    def withdraw(self, code: str, where: str) -> None:
        """It turned out to be something else."""
        self._found = [one for one in self._found if (one.code, one.where) != (code, where)]

    def report(self) -> Report:
        """Each finding once, in the order found."""
        unique = tuple(dict.fromkeys(self._found))
        return Report(not unique, self.rows, unique)


def moved(numbers: Sequence[int]) -> list[int]:
    """The fewest of them without which the others rise: one that was moved is one."""
    if all(one <= other for one, other in pairwise(numbers)):
        return []
    ends: list[int] = []  # the lowest last number of a rising row of each length,
    at: list[int] = []  # its place,
    before: list[int] = []  # and the place before each
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1], at[length : length + 1] = [number], [place]
    stay, place = set[int](), at[-1]
    while place >= 0:
        stay.add(place)
        place = before[place]
    return [number for place, number in enumerate(numbers) if place not in stay]
