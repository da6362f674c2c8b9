"""Which information applies in this talk, and what that follows from."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.guide.model import Guide, Information
from intake_tui.intake.record import Intake
from intake_tui.intake.signals import Because, holds


@dataclass(frozen=True, slots=True)
class Applies:
    """That a piece of information applies: from these answers and words, or as the centre has it.

    What everybody is told has neither.
    """

    because: tuple[Because, ...] = ()
    centre: bool = False

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Applies by {len(self.because)} places>"


def applies(item: Information, guide: Guide, intake: Intake) -> Applies | None:
    """Whether and why the person may need to be told it. None: nothing said so far calls for it.

    What must not count for the help may well call for information: this decides nothing.
    """
    if not guide.is_here(item):
        return None
    if item.when is None:
        return Applies(centre=item.centre is not None)
    because = holds(item.when, intake)
    return Applies(because) if because else None


def is_listed(item: Information, guide: Guide, intake: Intake) -> bool:
    """Whether the step's list has it: where it applies, or was told or spoken of all the same."""
    spoken_of = intake.value(item.id) is not None or bool(intake.placed(item.id))
    return spoken_of or applies(item, guide, intake) is not None
