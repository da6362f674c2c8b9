"""Signals and the overview: only what was answered, and the four kinds of no answer kept apart."""

import pytest
from small_guide import GUIDE
from ticking import begun

from intake_tui.guide.answers import Stance
from intake_tui.intake.children import children
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.decision import decision
from intake_tui.intake.line import Line
from intake_tui.intake.overview import NotKnown, OptionView, overview
from intake_tui.intake.signals import signals


def told(talk: Conversation, text: str, *places: str, kind: str = "told", **answers: str) -> str:
    talk.line = Line(text=text, kind=kind, places=places, answers=answers)  # type: ignore[arg-type]
    talk.keep()
    return talk.intake.statements[-1].id


def names(talk: Conversation) -> list[str]:
    return [found.signal.id for found in signals(GUIDE, talk.intake)]


def view(talk: Conversation, option: str) -> OptionView:
    return next(view for view in overview(GUIDE, talk.intake) if view.option.id == option)


def test_a_signal_names_the_answer_and_the_words_it_follows_from() -> None:
    talk = begun()
    id_ = told(talk, "rifler", "THREAT-10", **{"THREAT-10": "yes"})
    told(talk, "stille", "THREAT-10", kind="observed")
    (found,) = signals(GUIDE, talk.intake)
    (because,) = found.because
    assert (found.signal.id, because.place, because.value) == ("weapons", "THREAT-10", "yes")
    assert because.statements == (id_,)


@pytest.mark.parametrize("value", ["no", "unknown", "declined", None])
def test_only_a_yes_is_a_yes(value: str | None) -> None:
    talk = begun()
    talk.answer("THREAT-10", value)
    told(talk, "spurt om våpen", "THREAT-10")
    assert names(talk) == []


def test_conditions_join_what_they_follow_from() -> None:
    talk = begun()
    talk.answer("THREAT-10", "yes")
    assert names(talk) == ["weapons"]
    talk.answer("THREAT-7", "yes")
    talk.answer("THREAT-1", "several")
    both = signals(GUIDE, talk.intake)[1]
    assert [because.place for because in both.because] == ["THREAT-10", "THREAT-7", "THREAT-1"]


@pytest.mark.parametrize("kind", ["told", "quote"])
@pytest.mark.parametrize("value", [None, "yes"])
def test_words_that_the_person_said_are_enough_where_the_rule_says_so(
    kind: str, value: str | None
) -> None:
    talk = begun()
    id_ = told(talk, "natt til søndag", "THREAT-13", kind=kind)
    talk.answer("THREAT-13", value)
    (found,) = signals(GUIDE, talk.intake)
    assert found.because[0].statements == (id_,)


@pytest.mark.parametrize("value", ["no", "unknown", "declined"])
def test_words_do_not_speak_against_the_answer(value: str) -> None:
    talk = begun()
    told(talk, "spurt", "THREAT-13", **{"THREAT-13": value})
    assert names(talk) == []


@pytest.mark.parametrize("kind", ["observed", "assessed"])
def test_what_the_counsellor_thinks_is_not_what_was_said(kind: str) -> None:
    talk = begun()
    told(talk, "kanskje", "THREAT-13", kind=kind)
    assert names(talk) == []


def test_a_signal_goes_with_its_line() -> None:
    talk = begun()
    id_ = told(talk, "rifler", "THREAT-10", **{"THREAT-10": "yes"})
    talk.retract(id_)
    assert names(talk) == []
    talk.undo()
    assert names(talk) == ["weapons"]


def test_the_overview_keeps_the_kinds_of_no_answer_apart() -> None:
    talk = begun()
    asked = told(talk, "vet ikke", "THREAT-10", **{"THREAT-10": "unknown"})
    talk.answer("THREAT-1", "declined")
    assert view(talk, "HELP-1").unknown == (
        NotKnown("THREAT-7", "not-asked", ()),
        NotKnown("THREAT-10", "unknown", (asked,)),
        NotKnown("THREAT-1", "declined", ()),
        NotKnown("OPEN-3", "not-asked", ()),
    )
    assert view(talk, "HELP-1").known == ()


def test_words_alone_are_known_without_an_answer() -> None:
    talk = begun()
    id_ = told(talk, "sto i døra", "OPEN-3")
    (known,) = view(talk, "HELP-1").known
    assert (known.place, known.value, known.statements) == ("OPEN-3", None, (id_,))


def test_an_answer_speaks_against_an_option_only_where_the_guide_says_so() -> None:
    talk = begun()
    talk.answer("THREAT-10", "no")
    assert view(talk, "HELP-1").against == ()
    talk.answer("THREAT-7", "no")
    assert [each.place for each in view(talk, "HELP-1").against] == ["THREAT-7"]
    assert view(talk, "HELP-2").against == ()


@pytest.mark.parametrize("value", ["unknown", "declined", None])
def test_what_is_not_known_speaks_against_nothing(value: str | None) -> None:
    talk = begun()
    talk.answer("THREAT-7", value)
    assert view(talk, "HELP-1").against == ()


def test_the_decision_has_its_reason_and_the_persons_own_view() -> None:
    talk = begun()
    talk.answer("HELP-1", "wanted")
    talk.answer("HELP-2", "offered")
    talk.answer("police", "no")
    talk.answer("INFO-2", "not-wanted")
    id_ = told(talk, "trenger beskyttelse", "decision", kind="assessed", decision="HELP-1")
    decided = decision(GUIDE, talk.intake)
    assert (decided.chosen, decided.police) == ("HELP-1", "no")
    assert decided.stances == {"HELP-1": Stance(view="wanted"), "HELP-2": Stance(offered=True)}
    assert [line.id for line in decided.reason] == [id_]
    assert [view.chosen for view in overview(GUIDE, talk.intake)] == [True, False, False]
    assert view(talk, "HELP-1").view == "wanted"


def test_children_are_the_rows_that_begin_with_an_age() -> None:
    talk = begun()
    first = told(talk, "9, hos faren", "OPEN-8")
    second = told(talk, "5 år · barnehagen\n8 mnd; her", "OPEN-8", "THREAT-7")
    told(talk, "barn 9 og 5 hos faren", "OPEN-8")
    told(talk, "ingen barn", "OPEN-8")
    told(talk, "4, et annet sted", "OPEN-3")
    assert [(child.age, child.where, child.statement) for child in children(talk.intake)] == [
        ("9", "hos faren", first),
        ("5 år", "barnehagen", second),
        ("8 mnd", "her", second),
    ]
