"""What was decided: the option chosen, why, what was offered, and what the person thought of it."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.guide.answers import STANCES, Stance
from intake_tui.guide.model import Guide, Option
from intake_tui.intake.before import Before, before
from intake_tui.intake.record import Intake, Statement
from intake_tui.intake.weighable import weighable

PLACE = "decision"
POLICE = "police"


@dataclass(frozen=True, slots=True)
class Decision:
    """The counsellor's decision. The program only shows it."""

    chosen: str | None  # an option's id
    reason: tuple[Statement, ...]
    stances: dict[str, Stance]  # by option: offered or not, and the person's own view
    police: str | None
    before: tuple[Before, ...]  # what had been chosen first

    def __repr__(self) -> str:
        """Never what was decided."""
        return "<Decision>"


def decision(guide: Guide, intake: Intake) -> Decision:
    """The decision as it stands."""
    intake = weighable(guide, intake)
    return Decision(
        chosen=intake.value(PLACE),
        reason=intake.placed(PLACE),
        stances={
            place: STANCES[answer.value]
            for place, answer in intake.answers.items()
            if isinstance(guide.by_id.get(place), Option) and answer.value in STANCES
        },
        police=intake.value(POLICE),
        before=before(intake).get(PLACE, ()),
    )
