"""Signals: what follows from answers by a rule of the guide, with what it follows from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake_tui.guide.answers import WITH_WORDS
from intake_tui.guide.model import Condition, Guide, Signal
from intake_tui.intake.record import Intake, Statement
from intake_tui.intake.weighable import weighable


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that a signal follows from: an answer (None: words alone) and its statements."""

    place: str
    value: str | None
    statements: tuple[str, ...]

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Because of {self.place}>"


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """A signal whose condition holds."""

    signal: Signal
    because: tuple[Because, ...]


def signals(guide: Guide, intake: Intake) -> tuple[FoundSignal, ...]:
    """The signals that follow, in the order of the guide. Named, never counted or weighed."""
    intake = weighable(guide, intake)
    found = ((signal, holds(signal.when, intake)) for signal in guide.signals)
    return tuple(FoundSignal(signal, because) for signal, because in found if because)


def holds(condition: Condition, intake: Intake) -> tuple[Because, ...]:
    """What makes the condition hold; empty where it does not.

    Only the very value that a rule names makes it hold: not asked, does not know and did not want
    to answer are none of them a no or a yes. Words alone are enough where the rule says so, as
    long as nothing else was answered.
    """
    if condition.all is not None:
        parts = [holds(part, intake) for part in condition.all]
        return _joined(parts) if parts and all(parts) else ()
    if condition.any is not None:
        return _joined(holds(part, intake) for part in condition.any)
    if condition.placed is not None:
        return _by_words(condition.placed, intake)
    return _by_answer(condition, intake)


def said_on(intake: Intake, place: str) -> tuple[Statement, ...]:
    """What the person said that bears on an item: told and quoted lines."""
    return tuple(line for line in intake.placed(place) if line.kind in ("told", "quote"))


def _by_answer(condition: Condition, intake: Intake) -> tuple[Because, ...]:
    place = condition.question
    if place is None or condition.is_ is None or intake.value(place) != condition.is_:
        return ()
    return (_because(place, intake),)


def _by_words(place: str, intake: Intake) -> tuple[Because, ...]:
    if not said_on(intake, place) or intake.value(place) not in (None, *WITH_WORDS):
        return ()
    return (_because(place, intake),)


def _because(place: str, intake: Intake) -> Because:
    answer = intake.answers.get(place)
    own = answer.statement if answer else None
    statements = tuple(
        line.id for line in intake.placed(place) if line.kind in ("told", "quote") or line.id == own
    )
    return Because(place, intake.value(place), statements)


def _joined(parts: Iterable[tuple[Because, ...]]) -> tuple[Because, ...]:
    return tuple({because.place: because for part in parts for because in part}.values())
