"""A conversation as a whole: how it begins, what it is called, and what its draft holds."""

from small_guide import GUIDE
from ticking import START, begun, ticking

from intake_tui.guide.load import guide_hash
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line, picked
from intake_tui.intake.record import Answer


def test_a_conversation_keeps_from_its_first_minute_which_guide_it_is_held_with() -> None:
    talk = Conversation.new(GUIDE, by="ab12", now=ticking())
    assert talk.guide_hash == guide_hash(GUIDE)
    assert (talk.started, talk.step, talk.changes, talk.line) == (START, 1, 0, Line())


def test_ids_are_random_and_the_case_has_a_name_to_say() -> None:
    one, other = begun(), begun()
    assert len({one.id, one.case, other.id, other.case}) == 4
    named = Conversation.new(GUIDE, by="ab", case=bytes.fromhex("4f2a") + bytes(14))
    assert named.code == "K-4F2A"


def test_a_draft_resumes_with_the_unfinished_line_and_the_step() -> None:
    talk = begun()
    talk.line = Line("jakter", places=("THREAT-10",), answers={"THREAT-10": "yes"})
    talk.keep()
    talk.step = 3
    talk.line = Line("uferd", kind="quote", places=("OPEN-3",))
    again = Conversation.resume(GUIDE, talk.snapshot(), now=ticking())
    assert again.snapshot() == talk.snapshot()
    assert again.undo()
    assert again.intake.statements == ()


def test_who_goes_on_with_a_talk_stands_at_the_changes_and_not_at_its_beginning() -> None:
    talk = begun()
    talk.broke()
    again = Conversation.resume(GUIDE, talk.snapshot(), by="cd34", now=ticking())
    again.answer("THREAT-10", "no")
    assert again.by == "ab12"
    assert [event.by for event in again.intake.events] == ["ab12", "cd34"]


def test_a_snapshot_does_not_change_with_the_talk() -> None:
    talk = begun()
    before = talk.snapshot()
    talk.line = Line("noe")
    talk.keep()
    assert before.intake.statements == ()
    assert before.changes == 0


def test_a_statement_placed_on_a_label_becomes_its_answer() -> None:
    talk = begun()
    talk.line = Line("Rogn")
    talk.keep()
    assert talk.place("s1", "alias")
    assert talk.intake.value("alias") == "Rogn"
    assert talk.intake.statements == ()


def test_a_placed_statement_lends_a_label_its_words_and_stays() -> None:
    talk = begun()
    talk.line = Line("Rogn", places=("OPEN-3",))
    talk.keep()
    assert talk.place("s1", "alias")
    assert talk.intake.value("alias") == "Rogn"
    assert [line.places for line in talk.intake.statements] == [("OPEN-3",)]


def test_a_line_brought_back_onto_a_label_becomes_its_answer_as_a_new_one_does() -> None:
    talk = begun()
    talk.line = Line("Rogn")
    talk.keep()
    talk.recall()
    talk.line = picked(talk.line, "alias")
    assert isinstance(talk.keep(), Answer)
    assert talk.intake.value("alias") == "Rogn"
    assert talk.intake.statements == ()
    assert talk.undo()
    assert [line.text for line in talk.intake.statements] == ["Rogn"]


def test_nothing_is_done_to_a_statement_that_is_not_there() -> None:
    talk = begun()
    assert not talk.place("s9", "OPEN-3")
    assert not talk.edit("s9", "noe")
    assert talk.split("s9", 1) is None
    assert not talk.merge("s9")
    assert not talk.move("s9", None)
    assert not talk.shift("s9", 1)
    assert not talk.retract("s9")
    assert talk.intake.events == ()


def test_an_edit_without_words_and_a_split_at_an_end_change_nothing() -> None:
    talk = begun()
    talk.line = Line("en to")
    talk.keep()
    events = talk.intake.events
    assert not talk.edit("s1", " \x00")
    assert talk.split("s1", 0) is None
    assert talk.split("s1", 5) is None
    assert talk.edit("s1", "en to")
    assert talk.intake.events == events
