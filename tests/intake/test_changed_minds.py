"""Who changes their mind keeps both: what was said first stays beside what is said now."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from small_guide import GUIDE
from ticking import begun

from intake_tui.guide.answers import STANCES, Stance
from intake_tui.intake.before import Before, before, changes
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.decision import decision
from intake_tui.intake.journal import draft, text
from intake_tui.intake.line import Line
from intake_tui.intake.overview import overview
from intake_tui.intake.shape import shape

PLACES = {
    "THREAT-10": ("yes", "no", "unknown", "declined"),
    "INFO-2": ("given", "understood", "later", "not-wanted"),
    "HELP-1": tuple(STANCES),
}
GIVEN = st.sampled_from([(place, value) for place, values in PLACES.items() for value in values])


def earlier(talk: Conversation, place: str) -> list[str]:
    return [each.value for each in before(talk.intake).get(place, ())]


def note(talk: Conversation) -> str:
    return text(draft(GUIDE, talk.intake, "nb"))


@settings(deadline=None)
@given(st.lists(GIVEN, max_size=12))
def test_every_answer_that_was_ever_given_is_still_there(answers: list[tuple[str, str]]) -> None:
    talk = begun()
    for place, value in answers:
        talk.answer(place, value)
    for place in PLACES:
        said = [value for other, value in answers if other == place]
        changed = [v for n, v in enumerate(said) if n == 0 or v != said[n - 1]]
        assert [*earlier(talk, place), *filter(None, [talk.intake.value(place)])] == changed


@settings(deadline=None)
@given(st.lists(GIVEN, max_size=12))
def test_the_shape_keeps_offered_and_the_own_view_apart(answers: list[tuple[str, str]]) -> None:
    talk = begun()
    for place, value in answers:
        talk.answer(place, value)
    options = shape(talk)["decision"]["options"]
    value = talk.intake.value("HELP-1")
    if value is None:
        assert options == {}
    else:
        stance = options["HELP-1"]
        assert Stance(stance["offered"], stance["view"]) == STANCES[value]
        seen = [Stance(each["offered"], each["view"]) for each in stance["before"]]
        assert seen == [STANCES[each] for each in earlier(talk, "HELP-1")]


def test_a_person_may_want_what_was_not_offered() -> None:
    talk = begun()
    talk.answer("HELP-1", "wanted")
    talk.answer("decision", "HELP-2")
    assert decision(GUIDE, talk.intake).stances == {"HELP-1": Stance(offered=False, view="wanted")}
    first, second, _ = overview(GUIDE, talk.intake)
    assert (first.offered, first.view, first.chosen) == (False, "wanted", False)
    assert (second.offered, second.view, second.chosen) == (False, None, True)
    assert "offered:" not in note(talk)
    assert "wanted: help-1." in note(talk)


def test_each_stance_is_another_one_and_none_is_the_empty_one() -> None:
    assert len(set(STANCES.values())) == len(STANCES)
    assert Stance() not in STANCES.values()


def test_the_note_says_both_views_in_their_order() -> None:
    talk = begun()
    talk.answer("HELP-1", "offered-not-wanted")
    talk.answer("HELP-1", "offered-wanted")
    assert "help-1: first not-wanted, then wanted." in note(talk)


def test_being_offered_what_one_wants_is_no_change_of_mind() -> None:
    talk = begun()
    talk.answer("HELP-1", "wanted")
    talk.answer("HELP-1", "offered-wanted")
    assert changes(GUIDE, talk.intake) == ()
    assert earlier(talk, "HELP-1") == ["wanted"]


def test_not_having_known_is_no_other_answer() -> None:
    talk = begun()
    for value in ("unknown", "yes", "declined"):
        talk.answer("THREAT-10", value)
    assert changes(GUIDE, talk.intake) == ()
    assert earlier(talk, "THREAT-10") == ["unknown", "yes"]
    talk.answer("THREAT-10", "no")
    ((item, said),) = changes(GUIDE, talk.intake)
    assert (item.id, said) == ("THREAT-10", ("yes", "no"))


def test_a_slip_that_was_corrected_in_its_line_or_undone_is_no_answer() -> None:
    talk = begun()
    talk.line = Line("ja, i boden", places=("THREAT-10",), answers={"THREAT-10": "no"})
    talk.keep()
    assert talk.recall()
    talk.line = Line(
        "ja, i boden", places=("THREAT-10",), answers={"THREAT-10": "yes"}, editing="s1"
    )
    talk.keep()
    talk.answer("INFO-2", "later")
    talk.undo()
    talk.answer("INFO-2", "given")
    assert before(talk.intake) == {}


def test_what_must_not_count_has_no_say_in_the_changes() -> None:
    talk = begun()
    talk.answer("municipality", "ours")
    talk.answer("municipality", "other")
    assert changes(GUIDE, talk.intake) == ()
    assert earlier(talk, "municipality") == ["ours"]


def test_a_changed_choice_keeps_what_was_chosen_first() -> None:
    talk = begun()
    talk.answer("decision", "HELP-6")
    talk.answer("decision", "HELP-1")
    shown = shape(talk)["decision"]
    assert shown["chosen"] == "HELP-1"
    assert [each["value"] for each in shown["before"]] == ["HELP-6"]


def test_nothing_said_stands_in_a_repr() -> None:
    talk = begun()
    talk.line = Line("Kanarifugl", places=("alias",))
    talk.keep()
    talk.line = Line("Rogn", places=("alias",))
    talk.keep()
    found = before(talk.intake)
    assert [each.value for each in found["alias"]] == ["Kanarifugl"]
    assert not re.search("Kanarifugl", repr(found))
    assert repr(Before("yes", talk.started)) == "<Before>"
