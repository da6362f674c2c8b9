"""How long a centre keeps cases, by what was decided, and which have reached that time.

Nothing is deleted by it: it says what is due, and somebody decides. What the centre has not
settled is never due.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from intake_tui.intake.snapshot import code
from intake_tui.records.joins import Joins
from intake_tui.records.rows import ContactRow

Unit: TypeAlias = Literal["days", "months", "years"]
UNITS: tuple[Unit, ...] = ("days", "months", "years")
LONGEST = 999
UNDECIDED = "none"
"""Stands for the outcome of a conversation in which nothing was decided."""


class Period(BaseModel):
    """So many days, months or years by the calendar."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, cache_strings="keys")
    n: int = Field(ge=1, le=LONGEST)
    unit: Unit

    def after(self, day: dt.date) -> dt.date | None:
        """The day on which it has passed, the last of a shorter month; None beyond the calendar."""
        try:
            if self.unit == "days":
                return day + dt.timedelta(days=self.n)
            months = day.month - 1 + self.n * (12 if self.unit == "years" else 1)
            year, month = day.year + months // 12, months % 12 + 1
            return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        except (OverflowError, ValueError):
            return None


Keeping: TypeAlias = Mapping[str, Period]
"""By outcome (an option's id, or UNDECIDED), how long a case is kept after the last contact."""
Held: TypeAlias = Literal["open", "to-do"]


@dataclass(frozen=True, slots=True)
class Due:
    """A case that has reached its time."""

    case: str  # hex
    alias: str | None = field(repr=False)
    last: dt.date  # the newest contact of the person
    outcome: str | None  # of the case: that which keeps it longest
    due: dt.date
    held: Held | None  # why it is not to go yet: a conversation is open, or something is left to do
    signed: tuple[tuple[str, dt.date], ...]  # its contacts (hex) and their days, newest first
    left: tuple[ContactRow, ...] = ()  # the person's signed contacts of which something is to do

    @property
    def code(self) -> str:
        """What the case is called aloud."""
        return code(bytes.fromhex(self.case))


def due(
    rows: Iterable[ContactRow], joins: Joins, keeping: Keeping, today: dt.date
) -> tuple[Due, ...]:
    """The cases that have reached their time on that day, the longest past first.

    `rows` are all contacts, open ones too; each as it reads now.
    """
    if not keeping:
        return ()
    cases: dict[str, list[ContactRow]] = defaultdict(list)
    for row in rows:
        cases[row.case].append(row)
    together = {case: person for person in joins.people() for case in person}
    found = []
    for case, own in cases.items():
        others = (cases[one] for one in together.get(case, ()) if one != case and one in cases)
        one = _due(own, [*own, *(row for rows_ in others for row in rows_)], keeping)
        if one is not None and one.due <= today:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.due, one.case)))


def _due(own: list[ContactRow], person: list[ContactRow], keeping: Keeping) -> Due | None:
    """A case, by the longest of its outcomes; None while one of them is not settled."""
    signed = [row for row in own if row.status == "signed"]
    periods = [(keeping.get(row.outcome or UNDECIDED), row.outcome) for row in signed]
    last = max(row.started for row in person).astimezone().date()
    days = [(period and period.after(last), outcome) for period, outcome in periods]
    if not days or any(day is None for day, _ in days):
        return None
    day, outcome = max(((day, outcome) for day, outcome in days if day), key=lambda one: one[0])
    newest = max(own, key=lambda row: row.started)
    signed.sort(key=lambda row: row.started, reverse=True)
    contacts = tuple((row.id, row.started.astimezone().date()) for row in signed)
    left = tuple(row for row in person if row.status == "signed" and row.outstanding)
    return Due(own[0].case, newest.alias, last, outcome, day, _held(person), contacts, left)


def _held(person: Iterable[ContactRow]) -> Held | None:
    rows = tuple(person)
    if any(row.status == "open" for row in rows):
        return "open"
    return "to-do" if any(row.outstanding for row in rows) else None
