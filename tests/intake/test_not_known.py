"""Not asked, does not know and did not want to answer: never a no, and never one another."""

import pytest
from any_talk import ASKED, WEIGHED, Left, held, lefts
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import guide

from intake_tui.guide.answers import NO_ANSWER
from intake_tui.guide.model import Language
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import at_hand
from intake_tui.intake.journal import draft
from intake_tui.intake.overview import OptionView, overview
from intake_tui.intake.shape import shape
from intake_tui.intake.signals import signals

OTHERS = lefts(WEIGHED)
ONE = st.sampled_from(ASKED)
TOLD_OF = [place for place in ASKED if place != "police"]  # which has words of its own in the note


def left_at(others: Left, place: str, value: str | None) -> Conversation:
    """The place comes last, so that nothing before it is another event by its answer."""
    before = {id_: left for id_, left in others.items() if id_ != place}
    return held({**before, place: (value, None)})


def weighed(talk: Conversation) -> object:
    """What follows from the answers: remarks, duties, what speaks against an option."""
    views = overview(guide(), talk.intake)
    return (
        signals(guide(), talk.intake),
        [duty.id for duty in guide().duties if at_hand(guide(), duty, talk.intake)],
        [(view.option.id, view.against) for view in views],
    )


def of(view: OptionView, place: str) -> tuple[list[str], list[str | None]]:
    unknown = [each.state for each in view.unknown if each.place == place]
    return unknown, [each.value for each in view.known if each.place == place]


@settings(deadline=None, max_examples=60)
@given(OTHERS)
def test_every_remark_names_answers_and_words_that_are_really_there(left: Left) -> None:
    talk = held(left)
    lines = {line.id: line for line in talk.intake.statements}
    for found in signals(guide(), talk.intake):
        assert found.because
        for because in found.because:
            assert because.value == talk.intake.value(because.place)
            assert because.value not in ("no", *NO_ANSWER)
            assert because.value or because.statements
            for id_ in because.statements:
                own = talk.intake.answers.get(because.place)
                answered = own is not None and own.statement == id_
                assert because.place in lines[id_].places
                assert answered or lines[id_].kind in ("told", "quote")


@settings(deadline=None, max_examples=60)
@given(OTHERS, ONE)
def test_what_is_not_known_weighs_as_if_it_had_not_been_asked(others: Left, place: str) -> None:
    asked = weighed(left_at(others, place, None))
    assert weighed(left_at(others, place, "unknown")) == asked
    assert weighed(left_at(others, place, "declined")) == asked


@settings(deadline=None, max_examples=40)
@given(OTHERS, ONE)
def test_the_overview_says_which_of_the_four_it_is(others: Left, place: str) -> None:
    expected = {
        None: (["not-asked"], []),
        "unknown": (["unknown"], []),
        "declined": (["declined"], []),
        "no": ([], ["no"]),
    }
    for value, standing in expected.items():
        talk = left_at(others, place, value)
        for view in overview(guide(), talk.intake):
            if place in view.option.considers:
                assert of(view, place) == standing


@settings(deadline=None, max_examples=30)
@given(OTHERS, st.sampled_from(TOLD_OF), st.sampled_from(["nb", "nn", "en"]))
def test_the_note_says_which_of_the_four_it_is(others: Left, place: str, language: str) -> None:
    said = {}
    short = guide().by_id[place].short.at(language)  # type: ignore[arg-type]
    for value in (None, "unknown", "declined", "no"):
        note = draft(guide(), left_at(others, place, value).intake, language)  # type: ignore[arg-type]
        sentences = [s for part in note.parts for s in part.sentences] + [*note.left_out]
        said[value] = {s.text for s in sentences if s.text.startswith(f"{short}: ")}
    phrases = guide().journal.phrases
    assert said[None] == set()
    for value in ("unknown", "declined", "no"):
        assert said[value] == {f"{short}: {phrases[value].at(language)}."}  # type: ignore[arg-type]
    assert len({frozenset(texts) for texts in said.values()}) == len(said)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_note_says_of_the_police_which_of_the_four_it_is(language: Language) -> None:
    said = {}
    for value in (None, "unknown", "declined", "no"):
        note = draft(guide(), left_at({}, "police", value).intake, language)
        decided = [part for part in note.parts if part.id == "decision"]
        said[value] = [s.text for part in decided for s in part.sentences]
    assert said[None] == []
    assert said["no"] == [guide().journal.phrases["police-no"].at(language)]
    assert len({tuple(texts) for texts in said.values()}) == len(said)


@settings(deadline=None, max_examples=30)
@given(OTHERS, ONE)
def test_the_shape_says_which_of_the_four_it_is(others: Left, place: str) -> None:
    for value in (None, "unknown", "declined", "no"):
        shaped = shape(left_at(others, place, value))
        answers = {**shaped["answers"], "police": {"value": shaped["decision"]["police"]}}
        assert answers.get(place, {}).get("value") == value


@settings(deadline=None, max_examples=60)
@given(OTHERS)
def test_no_weapons_never_speaks_against_help(others: Left) -> None:
    talk = left_at(others, "THREAT-10", "no")
    for view in overview(guide(), talk.intake):
        assert "THREAT-10" not in {each.place for each in view.against}
        if "THREAT-10" in view.option.considers:
            assert of(view, "THREAT-10") == ([], ["no"])
