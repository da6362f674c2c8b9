"""The plan made together with the person, as parts that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeGuard

from intake_tui.guide.model import AnyItem, Guide, Question
from intake_tui.intake.record import Intake, Statement

WHOLE = "HOME-5"  # the plan as a whole; the further items are its parts


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part of the plan and its lines, the newest last."""

    question: Question
    lines: tuple[Statement, ...]

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<PlanPart {self.question.id}>"


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts that have lines, in the guide's order, and the code word that is pinned."""

    parts: tuple[PlanPart, ...]
    code_word: str | None

    def __bool__(self) -> bool:
        """Whether there is any plan."""
        return bool(self.parts or self.code_word)

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Plan of {len(self.parts)} parts>"


def plan(guide: Guide, intake: Intake) -> Plan:
    """The plan as it stands. A person who stays after all keeps it."""
    parts = (PlanPart(item, intake.placed(item.id)) for item in plan_items(guide))
    return Plan(tuple(part for part in parts if part.lines), intake.safety.get("code-word"))


def plan_items(guide: Guide) -> tuple[Question, ...]:
    """The guide's questions on the plan."""
    return tuple(item for item in guide.items() if is_plan(item))


def is_plan(item: AnyItem | None) -> TypeGuard[Question]:
    """Whether lines on it are part of the plan."""
    return isinstance(item, Question) and item.kind == "plan"


def plan_statements(guide: Guide, intake: Intake) -> frozenset[str]:
    """The ids of the statements that tell of the plan: nothing printed has them unless asked.

    A sheet of paper may be found by whoever is feared. So every line with a place on the plan is
    among them, whatever else it bears on, and with them go the note's sentences that have one of
    them as a source, and the code word that is pinned under safety.
    """
    return of_plan(guide, ((line.id, line.places) for line in intake.statements))


def of_plan(guide: Guide, placed: Iterable[tuple[str, Iterable[str]]]) -> frozenset[str]:
    """The ids of those that have a place on the plan, whatever form the statements have."""
    places = {item.id for item in plan_items(guide)}
    return frozenset(id_ for id_, theirs in placed if places.intersection(theirs))
