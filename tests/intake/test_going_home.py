"""Going home: the wish, the plan, and the change of mind all remain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import guide, held
from ticking import begun

from intake_tui.guide.model import LANGUAGES
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.journal import JournalNote, draft, text
from intake_tui.intake.line import Line
from intake_tui.intake.plan import plan, plan_items, plan_statements
from intake_tui.intake.shape import shape
from intake_tui.intake.signals import signals

TALK = "04-interpreter-permit"
PARTS = ["HOME-5", "plan-signs", "plan-call", "plan-where", "plan-bring", "plan-code-word"]
PLACES = st.lists(st.sampled_from([*PARTS, "HOME-1", "HELP-1", "THREAT-10"]), unique=True)
KINDS = st.sampled_from(["told", "quote", "observed", "assessed"])


def note_of(talk: Conversation) -> JournalNote:
    return draft(talk.guide, talk.intake, "nb")


def told(talk: Conversation, words: str, *places: str, **answers: str) -> None:
    named = {place.replace("_", "-"): value for place, value in answers.items()}
    talk.line = Line(words, places=places, answers=named)
    talk.keep()


def on_guide() -> Conversation:
    return Conversation.new(guide(), by="ab12", guide_hash="h")


def test_the_plan_has_its_parts_in_the_order_of_the_guide() -> None:
    assert [each.id for each in plan_items(guide())] == PARTS
    assert all(each.covers == ("HOME-5",) for each in plan_items(guide()))


def test_the_plan_is_its_lines_by_part_and_the_code_word_that_is_pinned() -> None:
    talk = on_guide()
    assert not plan(guide(), talk.intake)
    told(talk, "penger i boksen", "plan-bring")
    told(talk, "naboen under", "plan-call", "HOME-5")
    talk.pin("code-word", "er suppa varm")
    made = plan(guide(), talk.intake)
    assert made
    assert [(part.question.id, [line.text for line in part.lines]) for part in made.parts] == [
        ("HOME-5", ["naboen under"]),
        ("plan-call", ["naboen under"]),
        ("plan-bring", ["penger i boksen"]),
    ]
    assert made.code_word == "er suppa varm"
    for said in ("penger", "nabo", "suppa"):
        assert said not in repr(made) + repr(made.parts)


@settings(deadline=None)
@given(st.lists(st.tuples(PLACES, KINDS), max_size=6))
def test_without_the_plans_lines_no_line_of_it_is_left(lines: list[tuple[list[str], str]]) -> None:
    talk = on_guide()
    for number, (places, kind) in enumerate(lines):
        talk.line = Line(f"ord{number} og flere", kind, tuple(places))  # type: ignore[arg-type]
        talk.keep()
    hidden = plan_statements(guide(), talk.intake)
    assert hidden == {
        line.id for line in talk.intake.statements if set(PARTS).intersection(line.places)
    }
    note = note_of(talk)
    sentences = (*(each for part in note.parts for each in part.sentences), *note.left_out)
    printed = " ".join(each.text for each in sentences if hidden.isdisjoint(each.sources))
    for number, line in enumerate(talk.intake.statements):
        assert (f"ord{number} og" in printed) == (line.id not in hidden)


def test_the_plan_stands_in_the_note_in_a_part_of_its_own() -> None:
    talk = on_guide()
    told(talk, "nabo i etasjen under", "plan-call")
    told(talk, "kan komme tilbake når som helst", "HOME-5")
    (made,) = note_of(talk).parts
    assert (made.id, [sentence.text for sentence in made.sentences]) == (
        "plan",
        ["Folk å ringe: nabo i etasjen under.", "kan komme tilbake når som helst."],
    )


def test_the_wish_to_go_home_and_staying_after_all_both_stand_in_the_note() -> None:
    talk = on_guide()
    told(talk, "må hjem før han legger seg", "home-wish", home_wish="yes")
    assert "wants-home" in [found.signal.id for found in signals(guide(), talk.intake)]
    told(talk, "da blir vi her", "home-wish", home_wish="no")
    words = text(note_of(talk))
    assert "Vil hjem: først ja, så nei." in words
    assert "må hjem før han legger seg" in words
    assert "da blir vi her" in words
    (earlier,) = shape(talk)["answers"]["home-wish"]["before"]
    assert earlier["value"] == "yes"
    talk.answer("home-wish", "yes")
    assert "Vil hjem: først ja, så nei, så ja." in text(note_of(talk))


def test_in_the_fourth_talk_the_wish_the_plan_and_the_change_of_mind_remain() -> None:
    talk = held(TALK)
    note = note_of(talk)
    parts = {part.id: " ".join(each.text for each in part.sentences) for part in note.parts}
    assert "«Jeg må hjem før han legger seg»" in parts["told"]
    assert "«da blir vi her»" in parts["told"]
    assert "nabo i etg under" in parts["plan"]
    assert "kodesetning om suppa" in parts["plan"]
    assert "behov for beskyttelse" in parts["assessed"]
    assert note.words <= 350
    assert "wants-home" in [found.signal.id for found in signals(guide(), talk.intake)]
    assert len(plan(guide(), talk.intake).parts[0].lines) == 3
    wish = [line for line in talk.intake.placed("HOME-1") if "hjem" in line.text]
    assert len(wish) == 2
    assert {line.id for line in wish}.isdisjoint(plan_statements(guide(), talk.intake))


def test_in_the_fourth_talk_the_answers_said_aloud_are_kept_in_turn() -> None:
    talk = held(TALK)
    for place, value in (
        ("home-wish", "yes"),
        ("HELP-1", "offered-not-wanted"),
        ("home-wish", "no"),
        ("HELP-1", "offered-wanted"),
    ):
        talk.answer(place, value)
    note = note_of(talk)
    words = text(note)
    assert "Vil hjem: først ja, så nei." in words
    assert "Bo her, med vern: først ønsker det ikke, så ønsker det." in words
    assert note.words <= 350
    for piece in ("plan: nabo i etg under", "da blir vi her", "Jeg må hjem"):
        assert piece in words


def test_what_a_line_on_going_home_says_is_the_persons_and_not_ours() -> None:
    talk = on_guide()
    told(talk, "vil fortsatt hjem likevel", "HOME-1")
    told(talk, "forklart hva plikten betyr", "HOME-4")
    parts = {part.id: part.sentences[0].text for part in note_of(talk).parts}
    assert parts["told"] == "Personen forteller: vil fortsatt hjem likevel."
    assert parts["information"].startswith("Om hva plikten betyr:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_plan_is_asked_in_words_that_can_be_said(language: str) -> None:
    for part in plan_items(guide()):
        assert part.spoken
        assert getattr(part.ask, language).endswith("?")


def test_a_talk_without_any_of_it_has_no_plan() -> None:
    talk = begun()
    assert plan_statements(guide(), talk.intake) == frozenset()
