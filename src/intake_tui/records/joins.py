"""Cases that turned out to be one person: joined with a trace, and parted again.

What joins and what parts is written down once each and never changed: a joining names two
cases, a parting names the joining that does not hold any more. Who is one person follows from
the joinings that hold, whatever the order in which they were written or read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from intake_tui.intake.closed_models import CLOSED, CLOSED_PART
from intake_tui.intake.snapshot import code
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.sealed_json import from_bytes, to_bytes
from intake_tui.records.strict import Utc

KIND = "link"  # stands in the clear beside the sealed item: the same word for both
LONGEST_REASON = 500  # characters

_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class _Link(BaseModel):
    model_config = CLOSED_PART
    at: Utc
    by: str = Field(repr=False)
    reason: str = Field(min_length=1, max_length=LONGEST_REASON, repr=False)


class _Joined(_Link):
    what: Literal["joined"] = "joined"
    cases: tuple[_Id, _Id]


class _Parted(_Link):
    what: Literal["parted"] = "parted"
    joining: _Id


_LINK: TypeAdapter[_Joined | _Parted] = TypeAdapter(
    Annotated[_Joined | _Parted, Field(discriminator="what")],
    config=CLOSED,
)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two cases are one person, as somebody found for a reason."""

    id: str  # hex
    cases: tuple[str, str]  # hex
    at: dt.datetime  # UTC
    by: str = field(repr=False)  # the counsellor's name
    reason: str = field(repr=False)

    @property
    def codes(self) -> tuple[str, str]:
        """What the two cases are called aloud."""
        one, other = (code(bytes.fromhex(case)) for case in self.cases)
        return one, other

    def shape(self) -> dict[str, Any]:
        """In the documented shape (docs/json.md)."""
        return {
            "cases": list(self.cases),
            "codes": list(self.codes),
            "at": self.at.isoformat(),
            "by": self.by,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Parted:
    """A joining does not hold any more, for a reason."""

    id: str  # hex
    joining: str  # hex
    at: dt.datetime  # UTC
    by: str = field(repr=False)
    reason: str = field(repr=False)


Link: TypeAlias = Joined | Parted


def link_to_bytes(link: Link) -> bytes:
    """What is sealed of it; its id is the item's own."""
    told: dict[str, Any] = {"at": link.at.isoformat(), "by": link.by, "reason": link.reason}
    if isinstance(link, Joined):
        return to_bytes({"what": "joined", "cases": link.cases, **told})
    return to_bytes({"what": "parted", "joining": link.joining, **told})


def link_from_bytes(id_: bytes, data: bytes) -> Link:
    """The joining or parting as it was written. Raises RecordDamaged."""
    record = from_bytes(data)
    try:
        link = _LINK.validate_json(json.dumps(record))
    except ValidationError:
        raise RecordDamaged("wrong-shape") from None
    at = link.at
    if isinstance(link, _Joined):
        return Joined(id_.hex(), link.cases, at, link.by, link.reason)
    return Parted(id_.hex(), link.joining, at, link.by, link.reason)


class Joins:
    """Which cases are one person, from all that was ever joined and parted."""

    def __init__(self, links: Iterable[Link] = ()) -> None:
        links = tuple(links)
        gone = {link.joining for link in links if isinstance(link, Parted)}
        held = (link for link in links if isinstance(link, Joined) and link.id not in gone)
        self._holding = sorted(held, key=lambda link: (link.at, link.id))

    def person(self, case: str) -> frozenset[str]:
        """The cases of the person whose case that is; itself at least."""
        found, more = {case}, {case}
        while more:
            more = {other for one in more for other in self._beside(one)} - found
            found |= more
        return frozenset(found)

    def joinings(self, case: str) -> tuple[Joined, ...]:
        """The joinings that hold between the cases of that person, oldest first."""
        person = self.person(case)
        return tuple(link for link in self._holding if person.issuperset(link.cases))

    def people(self) -> Iterator[frozenset[str]]:
        """Everybody who has more than one case."""
        left = {case for link in self._holding for case in link.cases}
        while left:
            person = self.person(min(left))
            left -= person
            yield person

    def groups(self, cases: Collection[str], *, without: frozenset[str]) -> list[frozenset[str]]:
        """These cases as the persons that they would be if the others had never been."""
        others = Joins(link for link in self._holding if without.isdisjoint(link.cases))
        left, found = set(cases), []
        while left:
            found.append(others.person(min(left)))
            left -= found[-1]
        return found

    def holds(self, joining: str) -> bool:
        """Whether that joining is there and was not taken back."""
        return any(link.id == joining for link in self._holding)

    def _beside(self, case: str) -> Iterator[str]:
        for link in self._holding:
            if case in link.cases:
                yield from link.cases
