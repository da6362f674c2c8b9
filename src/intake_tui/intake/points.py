"""What is left to be done after a conversation, for whoever has the next shift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from intake_tui.guide.model import Guide
from intake_tui.intake.duties import decided_not_done
from intake_tui.intake.journal_lines import NEXT
from intake_tui.intake.outstanding import outstanding
from intake_tui.intake.record import Intake

PointKind: TypeAlias = Literal[
    "deadline",  # pinned: «barna hjem 16»
    "duty",  # one that was decided, and not done; `about` is the duty's id
    "next",  # who does what, when
    "told",  # to be told at a later contact; `about` is the information's id
]
DEADLINE: Literal["deadline"] = "deadline"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is left to be done, in the words in which it was written, if any.

    `key` stays the same for as long as it is the same thing, so that it can be marked done.
    """

    key: str
    kind: PointKind
    text: str
    about: str = ""

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Point {self.key}>"


def points(guide: Guide, intake: Intake) -> tuple[Point, ...]:
    """The deadline, the duties, what comes next, and what is to be told, in this order."""
    return (
        *_deadline(intake),
        *_duties(guide, intake),
        *next_points(intake),
        *_told(guide, intake),
    )


def _deadline(intake: Intake) -> Iterator[Point]:
    deadline = intake.safety.get(DEADLINE)
    if deadline:
        yield Point(DEADLINE, DEADLINE, deadline)


def _duties(guide: Guide, intake: Intake) -> Iterator[Point]:
    for left in decided_not_done(guide, intake):
        words = " · ".join(part for part in (left.about, left.plan) if part)
        yield Point(left.worksheet, "duty", words, left.duty)


def next_points(intake: Intake) -> Iterator[Point]:
    """Who does what, when; what can be said without the guide."""
    for line in intake.placed(NEXT):
        yield Point(f"next:{line.id}", "next", line.text)


def _told(guide: Guide, intake: Intake) -> Iterator[Point]:
    """What was agreed to be told later; of what else there is, nobody promised anything."""
    for each in outstanding(guide, intake):
        if each.put_off:
            yield Point(f"told:{each.item.id}", "told", "", each.item.id)
