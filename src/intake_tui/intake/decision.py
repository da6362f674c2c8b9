"""What was decided: the option chosen, why, and what the person thought of each."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.guide.model import Guide, Option
from intake_tui.intake.record import Intake, Statement
from intake_tui.intake.weighable import weighable

PLACE = "decision"
POLICE = "police"


@dataclass(frozen=True, slots=True)
class Decision:
    """The counsellor's decision. The program only shows it."""

    chosen: str | None  # an option's id
    reason: tuple[Statement, ...]
    offered: dict[str, str]  # by option: offered, wanted, not-wanted
    police: str | None

    def __repr__(self) -> str:
        """Never what was decided."""
        return "<Decision>"


def decision(guide: Guide, intake: Intake) -> Decision:
    """The decision as it stands."""
    intake = weighable(guide, intake)
    return Decision(
        chosen=intake.value(PLACE),
        reason=intake.placed(PLACE),
        offered={
            place: answer.value
            for place, answer in intake.answers.items()
            if isinstance(guide.by_id.get(place), Option)
        },
        police=intake.value(POLICE),
    )
