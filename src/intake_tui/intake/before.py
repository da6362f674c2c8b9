"""What was answered before the answer that counts: who changes their mind keeps both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake_tui.guide.answers import NO_ANSWER, STANCES, Stance
from intake_tui.guide.model import AnyItem, Guide, Option
from intake_tui.intake.answers import newest
from intake_tui.intake.record import Intake
from intake_tui.intake.weighable import weighable


@dataclass(frozen=True, slots=True)
class Before:
    """An answer that another one has taken the place of, when it was given, and its line."""

    value: str
    at: dt.datetime
    statement: str | None = None

    def __repr__(self) -> str:
        """Never what was said."""
        return "<Before>"


def before(intake: Intake) -> dict[str, tuple[Before, ...]]:
    """By item, what it was answered before, oldest first; items answered but once are not here.

    An answer that was corrected in its own line, or undone, was a slip and no answer at all. The
    same answer given again is no other one.
    """
    given: dict[str, list[Before]] = {}
    for each in intake.given:
        of_place = given.setdefault(each.place, [])
        if each.value is not None and not (of_place and of_place[-1].value == each.value):
            of_place.append(Before(each.value, each.at, each.statement))
    for place in intake.answers:
        given[place].pop()  # the one that counts
    return {place: tuple(of_place) for place, of_place in given.items() if of_place}


def changes(guide: Guide, intake: Intake) -> tuple[tuple[AnyItem, tuple[str, ...]], ...]:
    """Each item that was answered in two ways, with its answers from the first to the last.

    Of an option it is the person's own view that may change. Not having known, or not having
    wanted to answer, is no other answer; nor is what was taken over from an earlier contact.
    """
    intake = _said_here(weighable(guide, intake))
    earlier = before(intake)
    found = []
    for item in guide.items():
        values = [each.value for each in earlier.get(item.id, ())]
        now = intake.value(item.id)
        said = tuple(_definite(item, values if now is None else [*values, now]))
        if len(said) > 1:
            found.append((item, said))
    return tuple(found)


def _said_here(intake: Intake) -> Intake:
    given = tuple(each for each in intake.given if each.held is None)
    if len(given) == len(intake.given):
        return intake
    return replace(intake, given=given, answers=newest(given, {}))


def _definite(item: AnyItem, values: list[str]) -> Iterator[str]:
    """What was said in so many words, without what was said twice running."""
    last: str | None = None
    for value in values:
        if isinstance(item, Option):
            said: str | None = STANCES.get(value, Stance()).view
        else:
            said = None if value in NO_ANSWER else value
        if said is not None and said != last:
            last = said
            yield said
