"""Which answer counts: the newest one given, with or without a line, that still stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake_tui.intake.children import children_in
from intake_tui.intake.events import LineEdited, LineKept
from intake_tui.intake.record import Answer, Given, Occurred, Statement


def newest(given: tuple[Given, ...], before: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers after `before` once these are given; what was taken back has none."""
    answers = dict(before)
    for each in given:
        if each.value is None:
            answers.pop(each.place, None)
        else:
            answers[each.place] = Answer(each.value, each.at, each.statement, each.held)
    return answers


def given_by_line(given: tuple[Given, ...], event: LineKept | LineEdited) -> tuple[Given, ...]:
    """What is given once the line has the event's answers, and no others.

    An answer of the line that still counts keeps its time and its place in the order.
    """
    last = {each.place: each for each in given}
    wanted = {place: value for place, value in event.answers.items() if place in event.places}
    still = tuple(
        each
        for each in given
        if each.statement != event.statement
        or (last[each.place] is each and wanted.get(each.place) == each.value)
    )
    had = {each.place for each in still if each.statement == event.statement}
    new = (
        Given(place, value, event.at, event.statement)
        for place, value in wanted.items()
        if place not in had
    )
    return (*still, *new)


def handed_on(given: tuple[Given, ...], second: str, first: str) -> tuple[Given, ...]:
    """What is given once the first line has the second one's answers."""
    return tuple(
        replace(each, statement=first) if each.statement == second else each for each in given
    )


def merged_line(first: Statement, second: Statement) -> Statement:
    """The first line with the text and places of the second one after its own.

    The rows on children stay rows: in one row, two children would be one.
    When it happened is the first one's, or else the second one's; where it happened likewise.
    """
    places = tuple(dict.fromkeys((*first.places, *second.places)))
    between = "\n" if any(children_in(first)) or any(children_in(second)) else " "
    one, other = first.of or Occurred(), second.of or Occurred()
    of = Occurred(one.when or other.when, one.where or other.where)
    text = f"{first.text}{between}{second.text}"
    return replace(first, text=text, places=places, of=None if of == Occurred() else of)


def date_is_lost(first: Statement, second: Statement) -> bool:
    """Whether both say when or where, and not the same: merged, the second one's is gone."""
    one, other = first.of or Occurred(), second.of or Occurred()
    return any(a and b and a != b for a, b in ((one.when, other.when), (one.where, other.where)))
