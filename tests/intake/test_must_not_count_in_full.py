"""Our own guide with every rule broken: what must not count still changes nothing at all."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
from any_talk import HIDDEN, WEIGHED, Left, held, lefts
from hypothesis import given, settings
from replay import guide

from intake_tui.guide.model import Condition, Guide, Option
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import at_hand
from intake_tui.intake.journal import draft
from intake_tui.intake.overview import overview
from intake_tui.intake.signals import signals

_ANY_HIDDEN = tuple(
    Condition.model_validate(leaf)
    for place in HIDDEN
    for leaf in (
        {"placed": place},
        *({"question": place, "is": value} for value in guide().by_id[place].values),
    )
)


def _broken(whole: Guide) -> Guide:
    """Every remark, duty and option reads what must not count, as no check would let it."""

    def over(rule: Condition) -> Condition:
        return Condition(any=(rule, *_ANY_HIDDEN))

    def item(each: object) -> object:
        if not isinstance(each, Option):
            return each
        return each.model_copy(update={"considers": (*each.considers, *HIDDEN)})

    steps = tuple(
        step.model_copy(update={"items": tuple(map(item, step.items))}) for step in whole.steps
    )
    rules = tuple(s.model_copy(update={"when": over(s.when)}) for s in whole.signals)
    duties = tuple(d.model_copy(update={"relevant": over(d.relevant)}) for d in whole.duties)
    return whole.model_copy(update={"steps": steps, "signals": rules, "duties": duties})


BROKEN = _broken(guide())


def decided(talk: Conversation) -> object:
    note = draft(BROKEN, talk.intake, "nb")
    return (
        [
            (found.signal.id, [(each.place, each.value) for each in found.because])
            for found in signals(BROKEN, talk.intake)
        ],
        [duty.id for duty in BROKEN.duties if at_hand(BROKEN, duty, talk.intake)],
        [
            (
                view.option.id,
                [(each.place, each.state) for each in view.unknown],
                [(each.place, each.value) for each in (*view.known, *view.against)],
                view.chosen,
            )
            for view in overview(BROKEN, talk.intake)
        ],
        [[s.text for s in part.sentences] for part in note.parts if part.id == "decision"],
    )


def with_decision(left: Left) -> Conversation:
    talk = held(left)
    talk.answer("decision", "HELP-1")
    return talk


@settings(deadline=None, max_examples=60)
@given(lefts(WEIGHED, most=5), lefts(HIDDEN))
def test_it_can_be_changed_at_will(weighed: Left, hidden: Left) -> None:
    assert decided(with_decision({**weighed, **hidden})) == decided(with_decision(weighed))


@contextmanager
def without_the_filter() -> Iterator[None]:
    with ExitStack() as stack:
        for module in ("signals", "overview", "decision", "duties"):
            name = f"intake_tui.intake.{module}.weighable"
            stack.enter_context(patch(name, lambda guide, intake: intake))
        yield


def test_without_the_filter_the_test_above_fails() -> None:
    with without_the_filter(), pytest.raises(AssertionError):
        test_it_can_be_changed_at_will()


@pytest.mark.parametrize("place", [id_ for id_ in HIDDEN if guide().by_id[id_].values])
@pytest.mark.parametrize("part", [0, 1, 2], ids=["remarks", "duties", "overview"])
def test_the_filter_is_what_keeps_each_of_them_out(place: str, part: int) -> None:
    talk = with_decision({place: (guide().by_id[place].values[0], "told")})
    kept = decided(talk)
    with without_the_filter():
        assert decided(talk)[part] != kept[part]  # type: ignore[index]
