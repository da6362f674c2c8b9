"""An intake is the fold of its events: the same at once and one by one, and undo is one of them."""

from functools import cache
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ticking import START, begun

from intake_tui.intake import fold as folding
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.events import (
    EVENTS,
    Answered,
    AnswerTaken,
    CaseChosen,
    DutyWeighed,
    Event,
    LineBroke,
    LineDated,
    LineEdited,
    LineKept,
    LineMoved,
    LinePlaced,
    LineRetracted,
    LinesMerged,
    LineSplit,
    NoteTakenOver,
    PinTaken,
    Redone,
    SafetyPinned,
    SentenceEdited,
    SentenceTaken,
    Undone,
)
from intake_tui.intake.fold import apply, fold
from intake_tui.intake.line import Line
from intake_tui.intake.record import Intake

LINES = st.sampled_from(["s1", "s2", "s3", "s4"])
PLACES = st.lists(st.sampled_from(["THREAT-7", "THREAT-10", "OPEN-3"]), unique=True).map(tuple)
VALUES = st.sampled_from(["yes", "no", "unknown", "declined"])
ANSWERS = st.dictionaries(st.sampled_from(["THREAT-7", "THREAT-10"]), VALUES, max_size=2)
WORDS = st.text("ab ", min_size=1, max_size=6)
FROM = {"contact": st.just("ef" * 16), "held": st.just(START)}


def _of(id_: int, event: type[Event], /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy:
    return st.builds(event, id=st.just(id_), at=st.just(START), by=st.just("ab"), **fields)


@cache
def _event(id_: int) -> st.SearchStrategy[Event]:
    line = {
        "kind": st.sampled_from(["told", "quote"]),
        "text": WORDS,
        "places": PLACES,
        "answers": ANSWERS,
    }
    earlier = st.integers(1, max(1, id_ - 1))
    return st.one_of(
        _of(id_, LineKept, statement=st.just(f"s{id_}"), **line),
        _of(id_, LineEdited, statement=LINES, **line),
        _of(id_, LinePlaced, statement=LINES, places=PLACES),
        _of(id_, LineSplit, statement=LINES, offset=st.integers(1, 5), second=st.just(f"s{id_}")),
        _of(id_, LinesMerged, statement=LINES, second=LINES),
        _of(id_, LineMoved, statement=LINES, before=st.one_of(st.none(), LINES)),
        _of(id_, LineDated, statement=LINES, when=WORDS | st.just(""), where=WORDS | st.just("")),
        _of(id_, LineRetracted, statement=LINES),
        _of(id_, Answered, place=st.just("THREAT-7"), value=st.one_of(st.none(), VALUES)),
        _of(id_, SafetyPinned, kind=st.just("deadline"), text=st.one_of(st.none(), WORDS)),
        _of(
            id_,
            DutyWeighed,
            duty=st.sampled_from(["avert", "inform"]),
            child=st.sampled_from(["", "s1.0", "c2"]),
            part=st.sampled_from(["supports", "words", "conclusion"]),
            value=st.lists(LINES, max_size=2).map(tuple),
        ),
        _of(id_, AnswerTaken, place=st.just("THREAT-7"), value=VALUES, **FROM),
        _of(id_, PinTaken, kind=st.just("deadline"), text=WORDS, **FROM),
        _of(id_, CaseChosen, case=st.sampled_from(["ab" * 16, "cd" * 16])),
        _of(id_, LineBroke),
        _of(id_, SentenceEdited, sentence=LINES, text=st.one_of(st.none(), WORDS)),
        _of(id_, SentenceTaken, sentence=LINES, taken=st.booleans()),
        _of(id_, NoteTakenOver),
        _of(id_, Undone, event=earlier),
        _of(id_, Redone, event=earlier),
    )


EVENT_LISTS = st.integers(0, 12).flatmap(
    lambda length: st.tuples(*(_event(id_) for id_ in range(1, length + 1)))
)


@settings(deadline=None)
@given(EVENT_LISTS)
def test_all_at_once_is_the_same_as_one_by_one(events: tuple[Event, ...]) -> None:
    intake = Intake()
    for event in events:
        intake = apply(intake, event)
    assert intake == fold(events)
    assert intake.events == events


@settings(deadline=None)
@given(EVENT_LISTS)
def test_any_events_make_an_intake_that_holds_together(events: tuple[Event, ...]) -> None:
    intake = fold(events)
    ids = [line.id for line in intake.statements]
    assert len(ids) == len(set(ids))
    for place, answer in intake.answers.items():
        if answer.statement is not None:
            line = intake.statement(answer.statement)
            assert line is not None
            assert place in line.places
    sheets = [(sheet.duty, sheet.child) for sheet in intake.duties]
    assert len(sheets) == len(set(sheets))
    for sheet in intake.duties:
        assert sheet.parts
        assert set(sheet.values("supports")) <= set(ids)


@settings(deadline=None)
@given(EVENT_LISTS, st.data())
def test_an_undone_event_is_as_if_it_had_not_been(
    events: tuple[Event, ...], data: st.DataObject
) -> None:
    plain = tuple(event for event in events if not isinstance(event, Undone | Redone))
    if not plain:
        return
    gone = data.draw(st.sampled_from(plain))
    undone = Undone(id=100, at=START, by="ab", event=gone.id)
    without = fold(event for event in plain if event is not gone)
    assert _state(fold((*plain, undone))) == _state(without)
    again = Undone(id=101, at=START, by="ab", event=100)
    assert _state(fold((*plain, undone, again))) == _state(fold(plain))
    redone = Redone(id=101, at=START, by="ab", event=gone.id)
    assert _state(fold((*plain, undone, redone))) == _state(fold(plain))


@settings(deadline=None)
@given(EVENT_LISTS)
def test_events_come_back_from_json_as_they_were(events: tuple[Event, ...]) -> None:
    assert EVENTS.validate_json(EVENTS.dump_json(events)) == events


def _state(intake: Intake) -> tuple[object, ...]:
    return (
        intake.statements,
        intake.answers,
        intake.safety,
        intake.duties,
        {key: edit for key, edit in intake.edits.items() if edit.text or edit.taken is not None},
        intake.broke,
        intake.taken,
        intake.case,
    )


def kept(talk: Conversation, text: str, *places: str, **answers: str) -> str:
    talk.line = Line(text=text, places=places, answers=answers)
    talk.keep()
    return talk.intake.statements[-1].id


@pytest.mark.parametrize("earlier", ["no", "unknown", "declined", None])
def test_a_line_taken_back_gives_back_the_answer_that_was_there_before(
    earlier: str | None,
) -> None:
    talk = begun()
    talk.answer("THREAT-10", earlier)
    id_ = kept(talk, "jakter", "THREAT-10", **{"THREAT-10": "yes"})
    assert talk.intake.value("THREAT-10") == "yes"
    talk.retract(id_)
    assert talk.intake.value("THREAT-10") == earlier
    talk.undo()
    assert talk.intake.value("THREAT-10") == "yes"


def test_the_newest_answer_counts_whether_it_has_a_line_or_not() -> None:
    talk = begun()
    kept(talk, "jakter", "THREAT-10", **{"THREAT-10": "yes"})
    talk.answer("THREAT-10", "no")
    assert talk.intake.value("THREAT-10") == "no"
    talk.answer("THREAT-10", None)
    assert talk.intake.value("THREAT-10") is None
    kept(talk, "vet ikke", "THREAT-10", **{"THREAT-10": "unknown"})
    assert talk.intake.value("THREAT-10") == "unknown"


def test_a_place_that_a_line_loses_loses_the_lines_answer() -> None:
    talk = begun()
    id_ = kept(talk, "jakter", "THREAT-10", **{"THREAT-10": "yes"})
    talk.place(id_, "THREAT-10")
    assert talk.intake.value("THREAT-10") is None
    talk.undo()
    assert talk.intake.value("THREAT-10") == "yes"


def test_a_split_line_keeps_time_kind_and_places_in_both_halves() -> None:
    talk = begun()
    id_ = kept(talk, "jakter. to rifler", "THREAT-10", **{"THREAT-10": "yes"})
    second = talk.split(id_, 7)
    one, two = talk.intake.statements
    assert (one.text, two.text, two.id) == ("jakter.", "to rifler", second)
    assert (one.at, one.kind, one.places) == (two.at, two.kind, two.places)
    assert talk.intake.answers["THREAT-10"].statement == id_


def test_a_merged_line_has_both_texts_places_and_answers() -> None:
    talk = begun()
    one = kept(talk, "jakter", "THREAT-10", **{"THREAT-10": "yes"})
    kept(talk, "redd for livet", "THREAT-7", **{"THREAT-7": "yes"})
    assert talk.merge(one)
    (line,) = talk.intake.statements
    assert (line.text, line.places) == ("jakter redd for livet", ("THREAT-10", "THREAT-7"))
    assert {talk.intake.answers[place].statement for place in line.places} == {one}
    assert talk.intake.answers_of(one) == {"THREAT-10": "yes", "THREAT-7": "yes"}


def test_only_lines_of_one_kind_are_merged() -> None:
    talk = begun()
    one = kept(talk, "sier hun")
    kept(talk, '"da blir vi her')
    assert not talk.merge(one)
    assert len(talk.intake.statements) == 2


def test_a_line_moves_up_and_down_and_not_past_the_ends() -> None:
    talk = begun()
    one, two, three = (kept(talk, text) for text in ("en", "to", "tre"))
    assert talk.shift(three, -1)
    assert [line.id for line in talk.intake.statements] == [one, three, two]
    assert talk.shift(one, 1)
    assert [line.id for line in talk.intake.statements] == [three, one, two]
    assert not talk.shift(three, -1)
    assert not talk.shift(two, 1)
    assert talk.move(three, None)
    assert [line.id for line in talk.intake.statements] == [one, two, three]


def test_a_safety_item_is_pinned_changed_and_taken_off() -> None:
    talk = begun()
    talk.pin("call", "no")
    talk.pin("deadline", "barna hjem 16")
    talk.pin("deadline", " barna hjem 17\x07 ")
    assert talk.intake.safety == {"call": "no", "deadline": "barna hjem 17"}
    talk.pin("deadline", "")
    assert talk.intake.safety == {"call": "no"}
    talk.undo()
    assert talk.intake.safety["deadline"] == "barna hjem 17"


def test_what_is_undone_last_is_redone_first_until_something_new_happens() -> None:
    talk = begun()
    for text in ("en", "to", "tre"):
        kept(talk, text)
    assert talk.undo()
    assert talk.undo()
    assert talk.redo()
    assert [line.text for line in talk.intake.statements] == ["en", "to"]
    kept(talk, "fire")
    assert not talk.redo()
    assert [talk.undo() for _ in range(4)] == [True, True, True, False]
    assert [talk.redo() for _ in range(4)] == [True, True, True, False]
    assert [line.text for line in talk.intake.statements] == ["en", "to", "fire"]


def test_only_undo_and_redo_fold_all_events_again() -> None:
    talk = begun()
    one = kept(talk, "en to", "THREAT-10", **{"THREAT-10": "yes"})
    with patch.object(folding, "fold", side_effect=AssertionError("folded all again")):
        kept(talk, "tre")
        talk.edit(one, "en to to")
        talk.place(one, "OPEN-3")
        talk.split(one, 3)
        talk.merge(one)
        talk.shift(one, 1)
        talk.retract(one)
        talk.answer("THREAT-10", "no")
        talk.pin("deadline", "16")
        talk.broke()
        with pytest.raises(AssertionError):
            talk.undo()


def test_each_event_is_looked_at_once_however_many_there_are() -> None:
    talk = begun()
    for n in range(50):
        kept(talk, f"linje {n}")
    with patch.object(folding, "_changed", wraps=folding._changed) as changed:
        kept(talk, "en til")
        assert changed.call_count == 1
        fold(talk.intake.events)
        assert changed.call_count == 52
