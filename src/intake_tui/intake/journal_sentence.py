"""A sentence that may stand in the journal note, before it is chosen or edited."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

LeadId: TypeAlias = Literal["told", "quote", "reason"]


class Rank(IntEnum):
    """What is taken first where there is not room for all."""

    DECIDED = 0  # the decision, its reason, what happens next
    CHOSEN = 1  # what was said and assessed of the option that was chosen
    ALWAYS = 2  # what the guide says belongs in the note
    ASSESSED = 3
    INFORMED = 4
    OBSERVED = 5
    ANSWERED = 6
    SAID = 7
    UNPLACED = 8
    NEVER = 9


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence without its lead: the words of its sources, or of the guide."""

    key: str
    part: str
    body: str
    rank: Rank
    sources: tuple[str, ...] = ()  # statement ids
    lead: LeadId | None = None

    @property
    def length(self) -> int:
        """How many words it has, without its lead."""
        return len(self.body.split())

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Drafted {self.key}>"
