"""What may be weighed: an intake without the answers that must not count (HELP-1x)."""

from __future__ import annotations

from dataclasses import replace

from intake_tui.guide.model import Guide
from intake_tui.intake.record import Intake, Statement


def weighable(guide: Guide, intake: Intake) -> Intake:
    """The intake as signals, overview and decision see it.

    Answers to questions with `may_decide = false` are taken out here, before anything is weighed,
    so that no rule can read them whatever a centre writes into its guide.
    """
    off = guide.undecisive
    return replace(
        intake,
        statements=tuple(_off_the_rest(off, line) for line in intake.statements),
        answers={place: one for place, one in intake.answers.items() if place not in off},
        given=tuple(given for given in intake.given if given.place not in off),
    )


def _off_the_rest(off: frozenset[str], line: Statement) -> Statement:
    if off.isdisjoint(line.places):
        return line
    return replace(line, places=tuple(place for place in line.places if place not in off))
