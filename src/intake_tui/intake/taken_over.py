"""What was taken over from an earlier contact of the same person and still stands as it was."""

from __future__ import annotations

from dataclasses import replace

from intake_tui.intake.answers import newest
from intake_tui.intake.events import SafetyKind
from intake_tui.intake.record import Intake, Taken

PINS: tuple[SafetyKind, ...] = ("call", "number", "hours", "code-word", "voicemail")
"""The safety items that may hold in another conversation as well: where the person is does not."""


def taken_over(intake: Intake) -> tuple[Taken, ...]:
    """The newest of each item, where nothing else was answered or pinned since."""
    newest = {(each.pinned, each.item): each for each in intake.taken}
    return tuple(each for each in newest.values() if _stands(intake, each))


def pinned_here(intake: Intake, kind: SafetyKind) -> str | None:
    """What was pinned in this conversation itself, also where something was taken over since."""
    for each in taken_over(intake):
        if each.pinned and each.item == kind:
            return each.instead
    return intake.safety.get(kind)


def without_taken(intake: Intake) -> Intake:
    """The intake with nothing of an earlier contact; what was said here before it, counts again."""
    pinned = {kind: pinned_here(intake, kind) for kind in intake.safety}
    given = tuple(each for each in intake.given if each.held is None)
    return replace(
        intake,
        safety={kind: text for kind, text in pinned.items() if text is not None},
        given=given,
        answers=newest(given, {}),
        taken=(),
    )


def _stands(intake: Intake, taken: Taken) -> bool:
    if taken.pinned:
        return any(pin == (taken.item, taken.value) for pin in intake.safety.items())
    answer = intake.answers.get(taken.item)
    return answer is not None and (answer.value, answer.at) == (taken.value, taken.at)
