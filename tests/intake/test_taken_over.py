"""Nothing of an earlier contact is in a new one unless it was taken over, and then it says so."""

from __future__ import annotations

import datetime as dt

from ticking import START, begun

from intake_tui.intake.before import before
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.journal import draft
from intake_tui.intake.shape import shape
from intake_tui.intake.snapshot import code
from intake_tui.intake.taken_over import taken_over

BEFORE = START - dt.timedelta(days=3)
CONTACT = "ef" * 16
OTHER = bytes.fromhex("9b01" + "00" * 14)


def test_what_was_taken_over_says_from_which_contact() -> None:
    talk = begun()
    talk.take_answer("alias", "Rogn", contact=CONTACT, held=BEFORE)
    talk.take_pin("call", "no", contact=CONTACT, held=BEFORE)
    assert talk.intake.value("alias") == "Rogn"
    assert talk.intake.safety == {"call": "no"}
    told = [(one.item, one.pinned, one.contact, one.held) for one in taken_over(talk.intake)]
    assert told == [("alias", False, CONTACT, BEFORE), ("call", True, CONTACT, BEFORE)]
    assert [one["item"] for one in shape(talk)["taken_over"]] == ["alias", "call"]


def test_what_is_said_anew_is_not_from_before_any_more() -> None:
    talk = begun()
    talk.take_answer("alias", "Rogn", contact=CONTACT, held=BEFORE)
    talk.take_pin("hours", "9 til 15", contact=CONTACT, held=BEFORE)
    talk.answer("alias", "Selje")
    talk.pin("hours", "etter 17")
    assert taken_over(talk.intake) == ()
    talk.undo()
    assert [one.item for one in taken_over(talk.intake)] == ["hours"]
    talk.undo()
    assert [one.item for one in taken_over(talk.intake)] == ["alias", "hours"]


def test_what_stands_here_already_is_not_taken_over() -> None:
    talk = begun()
    talk.answer("alias", "Rogn")
    talk.pin("call", "no")
    talk.take_answer("alias", "Rogn", contact=CONTACT, held=BEFORE)
    talk.take_pin("call", "no", contact=CONTACT, held=BEFORE)
    assert taken_over(talk.intake) == ()


def test_undo_takes_it_back() -> None:
    talk = begun()
    talk.pin("call", "yes")
    talk.take_pin("call", "no", contact=CONTACT, held=BEFORE)
    assert talk.undo()
    assert (talk.intake.safety, taken_over(talk.intake)) == ({"call": "yes"}, ())


def test_a_conversation_is_put_in_another_case_and_back_with_a_trace() -> None:
    talk = begun()
    own = talk.case
    assert talk.choose_case(OTHER)
    assert not talk.choose_case(OTHER)
    assert (talk.case, talk.code, talk.snapshot().case) == (OTHER, code(OTHER), OTHER)
    again = type(talk).resume(talk.guide, talk.snapshot())
    assert again.case == OTHER
    assert shape(again)["case_chosen"] is not None
    assert again.undo()
    assert (again.case, shape(again)["case_chosen"]) == (own, None)
    assert [event.type for event in again.intake.events] == ["case-chosen", "undone"]


def test_what_was_taken_from_a_wrong_case_goes_when_another_case_is_chosen() -> None:
    talk = begun()
    talk.pin("call", "no")
    talk.answer("THREAT-7", "no")
    for pin, text in (("call", "yes"), ("number", "900 00 000"), ("hours", "etter 17")):
        talk.take_pin(pin, text, contact=CONTACT, held=BEFORE)  # type: ignore[arg-type]
    talk.take_pin("call", "no", contact="cd" * 16, held=BEFORE)
    talk.take_pin("call", "yes", contact=CONTACT, held=BEFORE)
    talk.take_answer("alias", "Rogn", contact=CONTACT, held=BEFORE)
    talk.take_answer("THREAT-7", "yes", contact=CONTACT, held=BEFORE)
    talk.take_answer("THREAT-1", "one", contact=CONTACT, held=BEFORE)
    talk.answer("THREAT-1", "several")
    talk.pin("hours", "før 9")
    wrong = talk.intake
    talk.choose_case(OTHER)
    assert taken_over(talk.intake) == ()
    assert talk.intake.safety == {"call": "no", "hours": "før 9"}
    answers = {place: answer.value for place, answer in talk.intake.answers.items()}
    assert answers == {"THREAT-7": "no", "THREAT-1": "several"}
    assert before(talk.intake) == {}
    talk.undo()
    assert (talk.intake.safety, talk.intake.answers) == (wrong.safety, wrong.answers)
    assert taken_over(talk.intake) == taken_over(wrong)


def sentences(talk: Conversation) -> list[str]:
    return [each.text for each in draft(talk.guide, talk.intake, "nb").all]


def test_the_note_says_from_which_day_an_answer_is_and_never_that_it_was_said_now() -> None:
    talk = begun()
    talk.take_answer("THREAT-7", "yes", contact=CONTACT, held=BEFORE)
    assert sentences(talk) == ["threat-7: yes (fra samtalen 20.11.2026)."]
    talk.answer("THREAT-7", "no")
    assert sentences(talk) == ["threat-7: no."]  # nobody changed their mind in this talk
    talk.take_answer("THREAT-7", "yes", contact=CONTACT, held=BEFORE)
    assert sentences(talk) == ["threat-7: yes (fra samtalen 20.11.2026)."]


def test_nothing_taken_over_is_in_a_repr() -> None:
    talk = begun()
    talk.take_answer("alias", "Rogn", contact=CONTACT, held=BEFORE)
    talk.take_pin("hours", "9 til 15", contact=CONTACT, held=BEFORE)
    said = repr((talk.intake.events, taken_over(talk.intake)))
    assert "Rogn" not in said
    assert "9 til" not in said
