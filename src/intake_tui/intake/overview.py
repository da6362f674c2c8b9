"""Overview: per option, what is not known yet and what was said that bears on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from intake_tui.guide.answers import OwnView, Stance
from intake_tui.guide.model import Guide, Option
from intake_tui.intake.before import Before, before
from intake_tui.intake.decision import Decision, decision
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
    before: tuple[Before, ...] = ()  # answers that this one has taken the place of

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<NotKnown {self.place}>"


@dataclass(frozen=True, slots=True)
class Known:
    """What was answered (None: said in words alone), and the statements with the words."""

    place: str
    value: str | None
    statements: tuple[str, ...]
    before: tuple[Before, ...] = ()

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Known {self.place}>"


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option as the talk has left it. No figure anywhere.

    Offered (by us), the view (the person's own) and chosen (by the counsellor) are three things.
    """

    option: Option
    unknown: tuple[NotKnown, ...]
    known: tuple[Known, ...]
    against: tuple[Known, ...]  # only what the guide itself says speaks against it
    offered: bool
    view: OwnView | None  # None: not known
    chosen: bool
    before: tuple[Before, ...]  # offers and views that others have taken the place of
    reason: tuple[str, ...]  # where it is chosen, the statements that say why

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<OptionView of {self.option.id}>"


def overview(guide: Guide, intake: Intake) -> tuple[OptionView, ...]:
    """Each option of the guide, in its order."""
    weighed = _Weighed(weighable(guide, intake), decision(guide, intake))
    return tuple(weighed.view(item) for item in guide.items() if isinstance(item, Option))


class _Weighed:
    """An intake without what must not count, as the options are seen in it."""

    def __init__(self, intake: Intake, decided: Decision) -> None:
        self._intake, self._decided = intake, decided
        self._before = before(intake)

    def view(self, option: Option) -> OptionView:
        states = tuple(self._state(place) for place in option.considers)
        stance = self._decided.stances.get(option.id, Stance())
        chosen = self._decided.chosen == option.id
        return OptionView(
            option=option,
            unknown=tuple(state for state in states if isinstance(state, NotKnown)),
            known=tuple(state for state in states if isinstance(state, Known)),
            against=tuple(self._against(option)),
            offered=stance.offered,
            view=stance.view,
            chosen=chosen,
            before=self._before.get(option.id, ()),
            reason=tuple(line.id for line in self._decided.reason) if chosen else (),
        )

    def _against(self, option: Option) -> Iterator[Known]:
        for each in option.against:
            if self._intake.value(each.question) == each.is_:
                yield self._known(each.question, each.is_)

    def _state(self, place: str) -> NotKnown | Known:
        value, statements = self._intake.value(place), self._statements(place)
        earlier = self._before.get(place, ())
        if value in _WITHOUT_ANSWER:
            return NotKnown(place, _WITHOUT_ANSWER[value], statements, earlier)
        if value is None and not statements:
            return NotKnown(place, "not-asked", (), earlier)
        return self._known(place, value)

    def _known(self, place: str, value: str | None) -> Known:
        return Known(place, value, self._statements(place), self._before.get(place, ()))

    def _statements(self, place: str) -> tuple[str, ...]:
        return tuple(line.id for line in self._intake.placed(place))
