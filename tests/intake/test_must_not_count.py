"""Municipality, permit, asylum and trafficking never weigh, whatever a guide's rules say."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_guide import GUIDE
from ticking import begun

from intake_tui.guide.model import Against, Condition, Guide, Option, Question, Signal
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.journal import draft
from intake_tui.intake.line import Line
from intake_tui.intake.overview import overview
from intake_tui.intake.signals import signals

HIDDEN = ("municipality", "police")


def _broken_guide() -> Guide:
    """A guide that a check would refuse: a signal, options and the police over what must not."""
    steps = tuple(
        step.model_copy(update={"items": tuple(_broken(item) for item in step.items)})
        for step in GUIDE.steps
    )
    rules = (
        *GUIDE.signals,
        _signal(Condition.model_validate({"question": "municipality", "is": "other"})),
        _signal(Condition(placed="municipality")),
    )
    return GUIDE.model_copy(update={"steps": steps, "signals": rules})


def _broken(item: object) -> object:
    if isinstance(item, Option):
        against = (Against.model_validate({"question": "municipality", "is": "other"}),)
        considers = (*item.considers, "municipality")
        return item.model_copy(update={"considers": considers, "against": against})
    if isinstance(item, Question) and item.id == "police":
        return item.model_copy(update={"may_decide": False})
    return item


def _signal(when: Condition) -> Signal:
    return GUIDE.signals[0].model_copy(update={"id": "not-allowed", "when": when})


BROKEN = _broken_guide()


def _talk(value: str | None, police: str | None, *, words: bool) -> Conversation:
    talk = begun()
    talk.answer("THREAT-10", "yes")
    talk.answer("decision", "HELP-1")
    talk.answer("municipality", value)
    talk.answer("police", police)
    if words:
        talk.line = Line("bor et annet sted", places=("municipality",))
        talk.keep()
    return talk


def _weighed(talk: Conversation) -> object:
    note = draft(BROKEN, talk.intake, "nb")
    decided = [part for part in note.parts if part.id == "decision"]
    return signals(BROKEN, talk.intake), overview(BROKEN, talk.intake), decided


VALUES = st.one_of(st.none(), st.sampled_from(["ours", "other", "unknown", "declined"]))
POLICE = st.one_of(st.none(), st.sampled_from(["yes", "no", "unknown", "declined"]))


@settings(deadline=None)
@given(VALUES, POLICE, st.booleans())
def test_what_must_not_count_changes_nothing_whatever_the_rules_say(
    value: str | None, police: str | None, words: bool
) -> None:
    assert _weighed(_talk(value, police, words=words)) == _weighed(_talk(None, None, words=False))


@contextmanager
def without_the_filter() -> Iterator[None]:
    with ExitStack() as stack:
        for module in ("signals", "overview", "decision"):
            name = f"intake_tui.intake.{module}.weighable"
            stack.enter_context(patch(name, lambda guide, intake: intake))
        yield


def test_without_the_filter_the_test_above_fails() -> None:
    with without_the_filter(), pytest.raises(AssertionError):
        test_what_must_not_count_changes_nothing_whatever_the_rules_say()


@pytest.mark.parametrize(
    "talk",
    [
        _talk("other", None, words=False),
        _talk(None, None, words=True),
        _talk(None, "yes", words=False),
    ],
    ids=["answer", "words", "decision part"],
)
def test_the_filter_is_what_keeps_each_of_them_out(talk: Conversation) -> None:
    with without_the_filter():
        assert _weighed(talk) != _weighed(_talk(None, None, words=False))
