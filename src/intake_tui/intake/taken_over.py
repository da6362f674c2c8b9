"""What was taken over from an earlier contact of the same person and still stands as it was."""

from __future__ import annotations

from intake_tui.intake.record import Intake, Taken


def taken_over(intake: Intake) -> tuple[Taken, ...]:
    """The newest of each item, where nothing else was answered or pinned since."""
    newest = {(each.pinned, each.item): each for each in intake.taken}
    return tuple(each for each in newest.values() if _stands(intake, each))


def _stands(intake: Intake, taken: Taken) -> bool:
    if taken.pinned:
        return any(pin == (taken.item, taken.value) for pin in intake.safety.items())
    answer = intake.answers.get(taken.item)
    return answer is not None and (answer.value, answer.at) == (taken.value, taken.at)
