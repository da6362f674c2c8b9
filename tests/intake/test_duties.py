"""The worksheets of the duties: what the counsellor writes, and nothing that anybody else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_guide import GUIDE
from ticking import begun, ticking

from intake_tui.guide.model import Condition, Duty
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import (
    CONCLUSIONS,
    Subject,
    at_hand,
    choices,
    decided_not_done,
    state,
    subjects,
    worksheet,
    written_of,
)
from intake_tui.intake.fold import fold
from intake_tui.intake.journal import draft, text
from intake_tui.intake.line import Line

AVERT, INFORM = GUIDE.duties


def told(talk: Conversation, words: str, *places: str, kind: str = "told") -> str:
    talk.line = Line(words, kind, places)  # type: ignore[arg-type]
    talk.keep()
    return talk.intake.statements[-1].id


def supports(talk: Conversation, duty: str = "avert") -> tuple[str, ...]:
    return worksheet(talk.intake, duty).values("supports")


def weighed(talk: Conversation) -> tuple[str, str]:
    """Two lines, and a worksheet that both support."""
    ids = told(talk, "jakter, to i boden", "THREAT-10"), told(talk, "redd for livet", "THREAT-7")
    talk.weigh("avert", "supports", *ids)
    return ids


def test_what_is_written_stands_until_it_is_emptied() -> None:
    talk = begun()
    assert talk.weigh("avert", "reason", "  alle kommer hit i dag ")
    assert talk.weigh("avert", "grounds", "ground-1", "ground-2")
    sheet = worksheet(talk.intake, "avert")
    assert sheet.value("reason") == "alle kommer hit i dag"
    assert sheet.values("grounds") == ("ground-1", "ground-2")
    assert not talk.weigh("avert", "reason", "alle kommer hit i dag")
    talk.weigh("avert", "reason", " ")
    talk.weigh("avert", "grounds")
    assert talk.intake.duties == ()


def test_undo_redo_and_a_draft_carry_it() -> None:
    talk = begun()
    weighed(talk)
    talk.weigh("avert", "conclusion", "not")
    talk.undo()
    assert worksheet(talk.intake, "avert").value("conclusion") is None
    talk.redo()
    assert worksheet(talk.intake, "avert").value("conclusion") == "not"
    again = Conversation.resume(GUIDE, talk.snapshot(), now=ticking())
    assert fold(again.intake.events).duties == talk.intake.duties


def test_words_kept_in_pieces_are_one_change() -> None:
    talk = begun()
    talk.weigh("avert", "reason", "før")
    kept = None
    for words in ("nå", "nå er", "nå er alle", "nå er alle her"):
        kept = talk.instead(kept, lambda words=words: talk.weigh("avert", "reason", words))  # type: ignore[misc]
    assert worksheet(talk.intake, "avert").value("reason") == "nå er alle her"
    talk.undo()
    assert worksheet(talk.intake, "avert").value("reason") == "før"
    talk.redo()
    assert worksheet(talk.intake, "avert").value("reason") == "nå er alle her"


def test_a_piece_goes_on_with_nothing_but_itself() -> None:
    talk = begun()
    kept = talk.instead(None, lambda: talk.weigh("avert", "reason", "alle"))
    told(talk, "redd for livet")
    talk.instead(kept, lambda: talk.weigh("avert", "reason", "alle er her"))
    assert len(talk.intake.statements) == 1
    talk.undo()
    assert worksheet(talk.intake, "avert").value("reason") == "alle"


def test_a_line_taken_back_supports_nothing_and_comes_back_with_undo() -> None:
    talk = begun()
    first, second = weighed(talk)
    talk.retract(first)
    assert supports(talk) == (second,)
    talk.undo()
    assert supports(talk) == (first, second)


def test_only_lines_that_are_there_can_support() -> None:
    talk = begun()
    first, _ = weighed(talk)
    talk.weigh("avert", "supports", first, "s99", first)
    assert supports(talk) == (first,)


def test_both_halves_of_a_line_support_and_merged_ones_support_once() -> None:
    talk = begun()
    first, second = weighed(talk)
    new = talk.split(first, len("jakter,"))
    assert supports(talk) == (first, new, second)
    talk.merge(first)
    assert supports(talk) == (first, second)
    talk.merge(first)
    assert supports(talk) == (first,)


def test_a_worksheet_that_only_a_lost_line_made_is_gone() -> None:
    talk = begun()
    line = told(talk, "redd for livet")
    talk.weigh("avert", "supports", line)
    talk.retract(line)
    assert talk.intake.duties == ()


# Children


def test_each_child_has_its_own_worksheet_and_all_have_one_where_none_is_known() -> None:
    talk = begun()
    assert subjects(AVERT, talk.intake) == (Subject("", "", own=False),)
    assert subjects(INFORM, talk.intake) == (Subject("", "", own=False),)
    told(talk, "9, hos faren\n6 år, her", "OPEN-8")
    told(talk, "11, hjemme hos dem", "THREAT-8")
    told(talk, "4, hos naboen")
    assert [subject.text for subject in subjects(INFORM, talk.intake)] == [
        "9, hos faren",
        "6 år, her",
        "11, hjemme hos dem",
    ]
    one, two, three = subjects(INFORM, talk.intake)
    talk.weigh("inform", "conclusion", "applies", subject=two)
    assert worksheet(talk.intake, "inform", two.child).value("conclusion") == "applies"
    for other in (one, three):
        assert worksheet(talk.intake, "inform", other.child).parts == {}


def test_a_child_that_no_line_tells_of_is_added_by_age_and_place() -> None:
    talk = begun()
    assert talk.add_child("inform", " ") is None
    key = talk.add_child("inform", "11, hos foreldrene")
    assert subjects(INFORM, talk.intake) == (Subject(str(key), "11, hos foreldrene", own=True),)


def test_what_was_written_for_all_stays_when_a_child_becomes_known() -> None:
    talk = begun()
    talk.weigh("inform", "words", "redde for faren", subject=subjects(INFORM, talk.intake)[0])
    told(talk, "9, hos faren", "OPEN-8")
    assert [subject.text for subject in subjects(INFORM, talk.intake)] == ["", "9, hos faren"]


def test_a_worksheet_stays_with_its_words_when_the_childs_line_is_taken_back() -> None:
    talk = begun()
    line = told(talk, "9, hos faren\n6, her", "OPEN-8")
    _, second = subjects(INFORM, talk.intake)
    talk.weigh("inform", "reason", "trygg her", subject=second)
    talk.edit(line, "9, hos faren\n7, her")
    assert subjects(INFORM, talk.intake)[1].text == "7, her"
    talk.retract(line)
    (left,) = subjects(INFORM, talk.intake)
    assert (left.child, left.text, left.own) == (second.child, "6, her", True)
    assert worksheet(talk.intake, "inform", left.child).value("reason") == "trygg her"


def test_a_childs_worksheet_goes_along_when_its_line_is_split() -> None:
    talk = begun()
    line = told(talk, "9, hos faren\n6, her", "OPEN-8")
    for subject, word in zip(subjects(INFORM, talk.intake), ("ni", "seks"), strict=True):
        talk.weigh("inform", "reason", word, subject=subject)
    talk.split(line, len("9, hos faren\n"))
    assert [
        (subject.text, worksheet(talk.intake, "inform", subject.child).value("reason"))
        for subject in subjects(INFORM, talk.intake)
    ] == [("9, hos faren", "ni"), ("6, her", "seks")]


def weighed_children(talk: Conversation) -> list[tuple[str, str | None]]:
    """Each subject with the reason that stands in its worksheet."""
    return [
        (subject.text, worksheet(talk.intake, "inform", subject.child).value("reason"))
        for subject in subjects(INFORM, talk.intake)
    ]


@pytest.mark.parametrize(
    ("new", "then"),
    [
        ("5, hos mormor", [("5, hos mormor", None), ("9, hos faren", "ni")]),
        (
            "7, her\n9, hos faren\n5, hos mormor",
            [("7, her", None), ("9, hos faren", "ni"), ("5, hos mormor", None)],
        ),
        ("5, hos mormor\n9, hos faren", [("5, hos mormor", None), ("9, hos faren", "ni")]),
        (
            "5, hos mormor\n4, her",
            [("5, hos mormor", None), ("4, her", None), ("9, hos faren", "ni")],
        ),
        ("9, her\n5, hos mormor", [("9, her", "ni"), ("5, hos mormor", None)]),
    ],
)
def test_a_childs_worksheet_never_goes_to_another_child_when_rows_change(
    new: str, then: list[tuple[str, str | None]]
) -> None:
    talk = begun()
    line = told(talk, "9, hos faren\n5, hos mormor", "OPEN-8")
    talk.weigh("inform", "reason", "ni", subject=subjects(INFORM, talk.intake)[0])
    talk.edit(line, new)
    assert weighed_children(talk) == then
    talk.edit(line, f"{new}\n1, her")
    assert dict(weighed_children(talk))["1, her"] is None
    talk.undo()
    talk.undo()
    assert weighed_children(talk) == [("9, hos faren", "ni"), ("5, hos mormor", None)]


def test_two_lines_on_children_stay_two_children_when_they_are_merged() -> None:
    talk = begun()
    first = told(talk, "9, hos faren", "OPEN-8")
    told(talk, "5, hos mormor", "OPEN-8")
    for subject, word in zip(subjects(INFORM, talk.intake), ("ni", "fem"), strict=True):
        talk.weigh("inform", "reason", word, subject=subject)
    talk.merge(first)
    assert weighed_children(talk) == [("9, hos faren", "ni"), ("5, hos mormor", "fem")]


def test_what_was_made_of_a_childs_sentence_goes_along_with_the_child() -> None:
    talk = begun()
    line = told(talk, "9, hos faren\n5, hos mormor", "OPEN-8")
    for subject in subjects(INFORM, talk.intake):
        talk.weigh("inform", "words", "redd", subject=subject)
    (sentence,) = (
        each for each in draft(GUIDE, talk.intake, "nb").all if "hos faren): open" in each.text
    )
    talk.edit_sentence(sentence.key, "Om niåringen er intet avgjort.")
    talk.edit(line, "5, hos mormor\n9, hos faren")
    note = draft(GUIDE, talk.intake, "nb")
    assert "Om niåringen er intet avgjort." in duties_in(talk)
    assert any("(5, hos mormor): open" in each for each in duties_in(talk))
    assert not any(each.without_source for each in note.all)


# The program never concludes

PLACES = ("OPEN-3", "OPEN-8", "THREAT-7", "THREAT-10", "THREAT-1", "INFO-13", "decision", "next")
VALUES = ("yes", "no", "unknown", "declined", "several", "HELP-1", "given", None)
DOINGS = st.lists(
    st.one_of(
        st.tuples(st.just("line"), st.sampled_from(PLACES), st.sampled_from(VALUES)),
        st.tuples(st.just("assess"), st.sampled_from(PLACES), st.none()),
        st.tuples(st.just("answer"), st.sampled_from(PLACES), st.sampled_from(VALUES)),
        st.tuples(st.sampled_from(["retract", "split", "merge"]), st.integers(0, 9), st.none()),
    ),
    max_size=12,
)


def _do(talk: Conversation, what: str, on: str | int, value: str | None) -> None:
    if what in ("line", "assess"):
        kind = "told" if what == "line" else "assessed"
        answers = {str(on): value} if value else {}
        talk.line = Line("9, hos faren", kind, (str(on),), answers)  # type: ignore[arg-type]
        talk.keep()
    elif what == "answer":
        talk.answer(str(on), value)
    elif talk.intake.statements and isinstance(on, int):
        line = talk.intake.statements[on % len(talk.intake.statements)].id
        {"retract": talk.retract, "split": lambda id_: talk.split(id_, 2), "merge": talk.merge}[
            what
        ](line)


@settings(deadline=None)
@given(DOINGS, st.sampled_from([None, *CONCLUSIONS]))
def test_no_answer_and_no_line_ever_changes_a_conclusion(
    doings: list[tuple[str, str | int, str | None]], conclusion: str | None
) -> None:
    talk = begun()
    line = told(talk, "redd for livet", "THREAT-7")
    talk.weigh("avert", "supports", line)
    talk.weigh("avert", "words", "verre nå")
    if conclusion:
        talk.weigh("avert", "conclusion", conclusion)
    before = worksheet(talk.intake, "avert")
    for doing in doings:
        _do(talk, *doing)
    after = worksheet(talk.intake, "avert")
    assert {part: each for part, each in after.parts.items() if part != "supports"} == {
        part: each for part, each in before.parts.items() if part != "supports"
    }
    assert [sheet.id for sheet in talk.intake.duties] == ["duty:avert"]


def test_there_is_no_conclusion_before_one_is_written() -> None:
    talk = begun()
    talk.answer("THREAT-7", "yes")
    for part in ("grounds", "certain", "way"):
        talk.weigh("avert", part, choices(AVERT, part)[0])  # type: ignore[arg-type]
    talk.weigh("avert", "possible", "yes")
    assert worksheet(talk.intake, "avert").value("conclusion") is None
    assert state(GUIDE, AVERT, talk.intake) == "begun"
    assert decided_not_done(GUIDE, talk.intake) == ()


# When it comes up


def test_it_is_at_hand_where_the_guide_says_so_and_then_says_how_far_it_is() -> None:
    talk = begun()
    assert state(GUIDE, AVERT, talk.intake) == "none"
    for value in ("no", "unknown", "declined"):
        talk.answer("THREAT-7", value)
        assert state(GUIDE, AVERT, talk.intake) == "none"
    talk.answer("THREAT-7", "yes")
    assert state(GUIDE, AVERT, talk.intake) == "at-hand"
    talk.weigh("avert", "words", "noe")
    assert state(GUIDE, AVERT, talk.intake) == "begun"
    for conclusion in CONCLUSIONS:
        talk.weigh("avert", "conclusion", conclusion)
        assert state(GUIDE, AVERT, talk.intake) == conclusion


def test_a_child_that_nobody_has_weighed_keeps_the_duty_open() -> None:
    talk = begun()
    told(talk, "9, hos faren\n6, her", "OPEN-8")
    one, two = subjects(INFORM, talk.intake)
    talk.weigh("inform", "conclusion", "not", subject=one)
    assert state(GUIDE, INFORM, talk.intake) == "begun"
    talk.weigh("inform", "conclusion", "applies", subject=two)
    assert state(GUIDE, INFORM, talk.intake) == "applies"


def test_what_must_not_count_never_brings_it_up_whatever_a_guide_says() -> None:
    when = Condition.model_validate({"question": "municipality", "is": "other"})
    broken = AVERT.model_copy(update={"relevant": when})
    talk = begun()
    talk.answer("municipality", "other")
    assert not at_hand(GUIDE, broken, talk.intake)


def test_an_assessed_line_is_shown_as_written_and_fills_nothing_in() -> None:
    talk = begun()
    told(talk, "sto i døra", "OPEN-3")
    own = told(talk, "plikten er vurdert: alle kommer hit", "OPEN-3", kind="assessed")
    assert [line.id for line in written_of(AVERT, talk.intake)] == [own]
    assert talk.intake.duties == ()


# What is left to be done


@pytest.mark.parametrize("conclusion", [None, *CONCLUSIONS])
@pytest.mark.parametrize("done", [True, False])
def test_only_a_duty_that_applies_and_is_not_done_is_left(
    conclusion: str | None, done: bool
) -> None:
    talk = begun()
    key = str(talk.add_child("inform", "11, hos foreldrene"))
    child = Subject(key, "11, hos foreldrene", own=True)
    talk.weigh("inform", "plan", "jeg ringer i morgen kl 9", subject=child)
    talk.weigh("inform", "way", "way-1", subject=child)
    talk.weigh("inform", "conclusion", *filter(None, [conclusion]), subject=child)
    talk.weigh("inform", "done", *(["yes"] if done else []), subject=child)
    left = decided_not_done(GUIDE, talk.intake)
    assert bool(left) == (conclusion == "applies" and not done)
    for each in left:
        assert (each.worksheet, each.duty) == (f"duty:inform:{key}", "inform")
        assert (each.about, each.way) == ("11, hos foreldrene", "way-1")
        assert each.plan == "jeg ringer i morgen kl 9"


# In the note


def duties_in(talk: Conversation, guide: object = GUIDE) -> list[str]:
    note = draft(GUIDE, talk.intake, "nb")
    return [s.text for part in note.parts if part.id == "duties" for s in part.sentences]


def test_the_note_says_what_was_weighed_and_no_more() -> None:
    talk = begun()
    first, _ = weighed(talk)
    for part, values in {
        "grounds": ["ground-1", "ground-3"],
        "certain": ["certain-2"],
        "possible": ["unknown"],
        "words": ["bv er varslet"],
        "way": ["way-1"],
        "plan": ["jeg henter henne m. barna"],
        "told": ["no"],
        "not-told": ["ikke trygt å si det nå"],
        "conclusion": ["applies"],
        "reason": ["to i boden"],
    }.items():
        talk.weigh("avert", part, *values)  # type: ignore[arg-type]
    assert duties_in(talk) == [
        "avert name: ground 1, ground 3. avert asks_certain: certain 2. possible. unknown.",
        "avert name: builds-on. threat-10, threat-7. bv er varslet.",
        "avert name: applies. to i boden.",
        "avert name: way. way 1. jeg henter henne med barna. told-no. ikke trygt å si det nå.",
    ]
    note = draft(GUIDE, talk.intake, "nb")
    (part,) = (part for part in note.parts if part.id == "duties")
    for sentence in part.sentences:
        assert sentence.sources[0] == "duty:avert"
        assert first in sentence.sources


@pytest.mark.parametrize(
    ("conclusion", "said"),
    [(None, "open."), ("unsettled", "unsettled."), ("not", "not."), ("applies", "applies.")],
)
def test_a_reasoned_no_stands_there_and_so_does_what_is_not_settled(
    conclusion: str | None, said: str
) -> None:
    talk = begun()
    talk.weigh("avert", "reason", "ingen er der nå")
    talk.weigh("avert", "conclusion", *filter(None, [conclusion]))
    assert duties_in(talk) == [f"avert name: {said} ingen er der nå."]


def test_a_line_that_must_not_count_is_named_neither_by_its_place_nor_by_its_words() -> None:
    talk = begun()
    line = told(talk, "bor i en annen kommune", "municipality")
    talk.weigh("avert", "supports", line)
    assert duties_in(talk) == ["avert name: open."]
    assert "municipality" not in text(draft(GUIDE, talk.intake, "nb"))


def test_a_quote_that_is_placed_nowhere_is_printed_as_it_was_said() -> None:
    talk = begun()
    quote = told(talk, "ja, ja, jeg skal drepe henne m. kniv", kind="quote")
    line = told(talk, "slo, slo igjen ...")
    placed = told(talk, "jakter", "THREAT-10")
    talk.weigh("avert", "supports", quote, line, placed)
    assert duties_in(talk)[0] == (
        "avert name: builds-on. «ja, ja, jeg skal drepe henne m. kniv», slo, slo igjen ..., "
        "threat-10."
    )


def test_an_edited_sentence_does_not_stand_for_another_conclusion() -> None:
    talk = begun()
    talk.weigh("avert", "conclusion", "applies")
    note = draft(GUIDE, talk.intake, "nb")
    (sentence,) = (s for part in note.parts if part.id == "duties" for s in part.sentences)
    talk.edit_sentence(sentence.key, "Plikten gjelder, og vi handler nå.")
    assert duties_in(talk) == ["Plikten gjelder, og vi handler nå."]
    talk.weigh("avert", "conclusion", "not")
    note = draft(GUIDE, talk.intake, "nb")
    assert [s.text for s in note.left_out if s.new] == ["avert name: not."]
    assert [s.part for s in note.left_out if s.without_source] == ["duties"]
    assert duties_in(talk) == []
    talk.take_over_new()
    assert duties_in(talk) == ["avert name: not."]
    talk.undo()
    talk.undo()
    assert duties_in(talk) == ["Plikten gjelder, og vi handler nå."]


@pytest.mark.parametrize("duty", GUIDE.duties, ids=lambda duty: duty.id)
def test_every_part_has_its_choices_or_takes_words(duty: Duty) -> None:
    assert choices(duty, "grounds") == ("ground-1", "ground-2", "ground-3")
    assert choices(duty, "possible") == ("yes", "no", "unknown")
    assert choices(duty, "told") == ("yes", "no")
    assert choices(duty, "reason") == ()
