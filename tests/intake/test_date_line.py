"""The date line: every statement once, in the order of the events, then of the talk."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_guide import GUIDE
from ticking import begun

from intake_tui.intake.answers import date_is_lost
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.date_line import date_line
from intake_tui.intake.events import Kind
from intake_tui.intake.journal import draft
from intake_tui.intake.line import Line
from intake_tui.intake.occurred import said_on
from intake_tui.intake.record import Occurred


def told(
    talk: Conversation, text: str, when: str = "", where: str = "", kind: Kind = "told"
) -> str:
    talk.line = Line(text, kind)
    talk.keep()
    id_ = talk.intake.statements[-1].id
    talk.date(id_, when, where)
    return id_


def sentence(talk: Conversation, key: str) -> str:
    note = draft(GUIDE, talk.intake, "nb")
    every = [*(one for part in note.parts for one in part.sentences), *note.left_out]
    return next(one.text for one in every if one.key == key)


def of(talk: Conversation, key: str) -> Occurred | None:
    line = talk.intake.statement(key)
    assert line is not None
    return line.of


def test_events_stand_in_their_own_order_and_the_undated_last() -> None:
    talk = begun()
    unknown = told(talk, "a", "da mor døde")
    night = told(talk, "b", "natt til sø")
    evening = told(talk, "c", "lørdag kveld")
    nothing = told(talk, "d")
    autumn = told(talk, "e", "siden høsten")
    hour = told(talk, "f", "lørdag kl 8")
    year = told(talk, "g", "i 2023")
    somewhere = told(talk, "h", where="hytta")
    line = date_line(talk.intake)
    assert [each.statement.id for each in line.dated] == [year, autumn, hour, evening, night]
    assert [each.id for each in line.undated] == [unknown, nothing, somewhere]


WHEN = st.sampled_from(["", "lørdag", "i går", "i 2023", "siden høsten", "aldri", "14.11", "i dag"])


@settings(deadline=None)
@given(st.lists(st.tuples(WHEN, st.sampled_from(["", "hjemme"])), max_size=12))
def test_every_statement_stands_on_it_once(given_: list[tuple[str, str]]) -> None:
    talk = begun()
    for at, (when, where) in enumerate(given_):
        told(talk, f"linje {at}", when, where)
    line = date_line(talk.intake)
    dated = [each.statement for each in line.dated]
    assert {each.id for each in (*dated, *line.undated)} == {
        each.id for each in talk.intake.statements
    }
    assert len(dated) + len(line.undated) == len(talk.intake.statements)
    begins = [each.span.begin for each in line.dated]
    assert begins == sorted(begins)
    order = [each.id for each in talk.intake.statements]
    assert [order.index(each.id) for each in line.undated] == sorted(
        order.index(each.id) for each in line.undated
    )


def test_the_words_stay_as_they_were_typed_and_can_be_cleared_and_undone() -> None:
    talk = begun()
    key = told(talk, "slo", " Lørdag  kl. 16 ", "Hytta")
    assert of(talk, key) == Occurred("Lørdag  kl. 16", "Hytta")
    before = talk.changes
    talk.date(key, "Lørdag  kl. 16", "Hytta")
    assert talk.changes == before
    talk.date(key, "", "")
    assert of(talk, key) is None
    talk.undo()
    assert of(talk, key) == Occurred("Lørdag  kl. 16", "Hytta")
    talk.redo()
    assert of(talk, key) is None
    assert not talk.date("s99", "lørdag", "")


def test_merged_lines_keep_when_of_the_one_and_where_of_the_other() -> None:
    talk = begun()
    first = told(talk, "en", "i går")
    told(talk, "to", "", "hjemme")
    told(talk, "tre", "i dag", "hjemme")
    one, two, three = talk.intake.statements
    assert not date_is_lost(one, two)
    assert not date_is_lost(two, three)
    assert date_is_lost(one, three)
    talk.merge(first)
    talk.merge(first)
    assert talk.intake.statements[0].of == Occurred("i går", "hjemme")


def test_both_halves_keep_it_and_merged_lines_have_the_first_one_s() -> None:
    talk = begun()
    key = told(talk, "slo og gikk", "lørdag", "hjemme")
    second = talk.split(key, 4)
    assert second
    assert of(talk, key) == of(talk, second) == Occurred("lørdag", "hjemme")
    talk.date(key, "", "")
    talk.merge(key)
    assert of(talk, key) == Occurred("lørdag", "hjemme")
    other = told(talk, "kom igjen", "i går")
    talk.merge(key)
    assert of(talk, key) == Occurred("lørdag", "hjemme")
    talk.undo()
    assert of(talk, other) == Occurred("i går", "")


def test_an_edited_or_recalled_line_keeps_it() -> None:
    talk = begun()
    key = told(talk, "slo", "lørdag")
    talk.edit(key, "slo hardt")
    talk.recall()
    talk.keep()
    assert of(talk, key) == Occurred("lørdag", "")


@pytest.mark.parametrize(
    ("text", "when", "where", "expected"),
    [
        ("slo henne hardt", "lørdag", "hjemme", "lørdag 21.11., hjemme: slo henne hardt."),
        ("slo henne hardt", "14.11", "", "14.11: slo henne hardt."),
        ("slo henne hardt", "14. november", "", "14. november: slo henne hardt."),
        ("slo henne hardt", "lø kl 16", "", "lø kl 16 (21.11.): slo henne hardt."),
        ("slo henne hardt", "natt til sø", "", "natt til sø 21.–22.11.: slo henne hardt."),
        ("slo henne hardt", "siden høsten", "", "siden høsten: slo henne hardt."),
        ("slo henne hardt", "da mor døde", "", "da mor døde: slo henne hardt."),
        ("slo henne lørdag", "lørdag", "", "21.11.: slo henne lørdag."),
        ("slo henne lørdag 21.11", "lørdag", "", "slo henne lørdag 21.11."),
        ("slo søsteren hjemme", "sø", "hjemme", "sø 22.11.: slo søsteren hjemme."),
        ("slo henne hardt", "lørdag", "på KS", "lørdag 21.11., på krisesenter: slo henne hardt."),
        ("slo henne hardt", "", "på hytta", "på hytta: slo henne hardt."),
    ],
)
def test_the_note_says_what_the_line_does_not(
    text: str, when: str, where: str, expected: str
) -> None:
    talk = begun()
    key = told(talk, text, when, where)
    assert said_on(talk.intake.statements[0]) == dt.date(2026, 11, 23)
    assert sentence(talk, key) == f"de forteller: {expected}"


def test_a_quote_keeps_its_words_and_what_was_seen_has_no_event() -> None:
    talk = begun()
    key = told(talk, "Nå er det hver uke", "lørdag", kind="quote")
    assert sentence(talk, key) == "sitat: lørdag 21.11.: «Nå er det hver uke»."
    key = told(talk, "stemmen skjelver når telefonen ringer", "lørdag", kind="observed")
    assert sentence(talk, key) == "stemmen skjelver når telefonen ringer."


def test_a_sentence_in_the_counsellors_words_is_offered_anew_once_it_has_a_date() -> None:
    talk = begun()
    key = told(talk, "slo henne hardt")
    talk.edit_sentence(key, "Han slo henne.")
    talk.date(key, "lørdag", "")
    assert sentence(talk, key) == "Han slo henne."
    assert sentence(talk, f"{key}:anew") == "lørdag 21.11.: slo henne hardt."
