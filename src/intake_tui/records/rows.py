"""One line of the list of contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from intake_tui.intake.points import DEADLINE, Point


@dataclass(frozen=True, slots=True)
class Done:
    """When (UTC) a point was marked done, and by whom."""

    at: dt.datetime
    by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RowPoint:
    """A point of a contact, and whether it was done."""

    point: Point
    done: Done | None = None


def states(call: str | None, *, broke: bool, outstanding: Iterable[Point]) -> Iterator[str]:
    """What a contact's row says in the program's own words, by their keys.

    Whether to call; that the line broke; that there is a deadline, and something that comes next.
    """
    yield f"call-{call or 'open'}"
    if broke:
        yield "broke"
    yield from {point.kind: None for point in outstanding if point.kind in (DEADLINE, "next")}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """What the list shows of one contact, as it reads now. Its repr holds nothing that was said."""

    id: str  # hex
    case: str  # hex, shared by the contacts of one case
    code: str  # what the case is called aloud
    alias: str | None = field(repr=False)
    started: dt.datetime  # UTC
    status: Literal["open", "signed"]
    channel: str | None  # the answer of INV-1
    outcome: str | None  # the option that was chosen
    by: str = field(repr=False)  # the counsellor's name
    points: tuple[RowPoint, ...]  # what is left to be done, and what of it was done
    call: Literal["yes", "no"] | None  # may be called; None: nothing was agreed
    hours: str | None = field(repr=False)  # when calling is possible, as it was agreed
    broke: bool  # the line broke
    n: int | None  # its number among the signed ones, to ask for those before it
    amended: bool = False  # something of it was corrected after signing

    @property
    def next(self) -> tuple[str, ...]:
        """Who does what, when, as it was written; what was done included."""
        return tuple(each.point.text for each in self.points if each.point.kind == "next")

    @property
    def outstanding(self) -> tuple[Point, ...]:
        """What is not done yet."""
        return tuple(each.point for each in self.points if each.done is None)
