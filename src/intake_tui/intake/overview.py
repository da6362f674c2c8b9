"""Overview: per option, what is not known yet and what was said that bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from intake_tui.guide.model import Guide, Option
from intake_tui.intake.decision import decision
from intake_tui.intake.record import Intake
from intake_tui.intake.weighable import weighable

State: TypeAlias = Literal["not-asked", "unknown", "declined"]
_WITHOUT_ANSWER: dict[str | None, State] = {"unknown": "unknown", "declined": "declined"}


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A question that bears on an option and has no answer: never asked, or without one."""

    place: str
    state: State
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What was answered (None: said in words alone), and the statements with the words."""

    place: str
    value: str | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option as the talk has left it. No figure anywhere."""

    option: Option
    unknown: tuple[NotKnown, ...]
    known: tuple[Known, ...]
    against: tuple[Known, ...]  # only what the guide itself says speaks against it
    view: str | None  # offered, wanted, not-wanted; None: not offered
    chosen: bool


def overview(guide: Guide, intake: Intake) -> tuple[OptionView, ...]:
    """Each option of the guide, in its order."""
    intake = weighable(guide, intake)
    decided = decision(guide, intake)
    return tuple(
        _view(item, intake, decided.offered.get(item.id), decided.chosen == item.id)
        for item in guide.items()
        if isinstance(item, Option)
    )


def _view(option: Option, intake: Intake, view: str | None, chosen: bool) -> OptionView:
    states = tuple(_state(place, intake) for place in option.considers)
    return OptionView(
        option=option,
        unknown=tuple(state for state in states if isinstance(state, NotKnown)),
        known=tuple(state for state in states if isinstance(state, Known)),
        against=_against(option, intake),
        view=view,
        chosen=chosen,
    )


def _against(option: Option, intake: Intake) -> tuple[Known, ...]:
    return tuple(
        Known(each.question, each.is_, _statements(each.question, intake))
        for each in option.against
        if intake.value(each.question) == each.is_
    )


def _state(place: str, intake: Intake) -> NotKnown | Known:
    value = intake.value(place)
    statements = _statements(place, intake)
    if value in _WITHOUT_ANSWER:
        return NotKnown(place, _WITHOUT_ANSWER[value], statements)
    if value is None and not statements:
        return NotKnown(place, "not-asked", ())
    return Known(place, value, statements)


def _statements(place: str, intake: Intake) -> tuple[str, ...]:
    return tuple(line.id for line in intake.placed(place))
