"""What may be weighed: an intake without the answers that must not count (HELP-1x)."""

from __future__ import annotations

from dataclasses import replace

from intake_tui.guide.model import Guide, Question
from intake_tui.intake.record import Intake, Statement


def weighable(guide: Guide, intake: Intake) -> Intake:
    """The intake as signals, overview and decision see it.

    Answers to questions with `may_decide = false` are taken out here, before anything is weighed,
    so that no rule can read them whatever a centre writes into its guide.
    """
    return replace(
        intake,
        statements=tuple(_off_the_rest(guide, line) for line in intake.statements),
        answers={
            place: answer for place, answer in intake.answers.items() if _counts(guide, place)
        },
        given=tuple(given for given in intake.given if _counts(guide, given.place)),
    )


def _off_the_rest(guide: Guide, line: Statement) -> Statement:
    places = tuple(place for place in line.places if _counts(guide, place))
    return line if places == line.places else replace(line, places=places)


def _counts(guide: Guide, place: str) -> bool:
    item = guide.by_id.get(place)
    return not isinstance(item, Question) or item.may_decide
