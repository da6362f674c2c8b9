"""A sentence that may stand in the journal note, before it is chosen or edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

ANEW = ":anew"
LeadId: TypeAlias = Literal["told", "quote", "reason"]


class Rank(IntEnum):
    """What is taken first where there is not room for all."""

    DECIDED = 0  # the decision, its reason, the duties weighed, what happens next
    EVENT = 1  # what was told and seen of what the guide says comes first: violence and threats
    DUTY = 2  # lines on duties, duties and dangers explained, what is put off or not wanted
    CHOSEN = 3  # what was said and assessed of the option that was chosen
    ALWAYS = 4  # what the guide says belongs in the note
    ASSESSED = 5
    INFORMED = 6
    OBSERVED = 7
    SAID = 8
    UNPLACED = 9
    ANSWERED = 10  # without words, after the words
    LISTED = 11  # what is much the same in every talk: what the centre offers was told
    NEVER = 12


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence without its lead: the words of its sources, or of the guide."""

    key: str
    part: str
    body: str
    rank: Rank
    sources: tuple[str, ...] = ()  # statement ids, and ids of worksheets («duty:avert»)
    lead: LeadId | None = None
    since: dt.datetime | None = None  # when the newest thing that it says came

    @property
    def length(self) -> int:
        """How many words it has, without its lead."""
        return len(self.body.split())

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Drafted for {self.part}>"  # its key may hold an answer


def is_anew(key: str) -> bool:
    """Whether that sentence stands beside an edited one whose line reads otherwise now."""
    return key.endswith(ANEW)


def line_of(key: str) -> str:
    """The line that a sentence is of, where it is the sentence of a line."""
    return key.replace(ANEW, "")
