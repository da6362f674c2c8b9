"""What the note line does: kinds, places, answers, and never a word lost."""

import pytest
from small_guide import GUIDE
from ticking import begun

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import (
    Line,
    clean,
    dropped,
    next_kind,
    parsed,
    picked,
    placed,
    taken_off,
    turned,
    typed,
)
from intake_tui.intake.record import Answer, Statement

OFFERED = ("offered", "offered-wanted", "offered-not-wanted", "offered-unsure")


def keep(conversation: Conversation, text: str, *places: str, **answers: str) -> Statement:
    conversation.line = Line(text=text, places=places, answers=answers)
    kept = conversation.keep()
    assert isinstance(kept, Statement)
    return kept


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("sier det ble verre", "told", "sier det ble verre"),
        ('"Nå er det hver uke', "quote", "Nå er det hver uke"),
        ('"Nå er det hver uke"', "quote", "Nå er det hver uke"),
        ("«da blir vi her»", "quote", "da blir vi her"),
        ("«da blir vi her", "quote", "da blir vi her"),
        ("«den dagen» han svarar", "told", "«den dagen» han svarar"),
        ('"ja" og "nei"', "told", '"ja" og "nei"'),
        ("får det «den dagen» han svarar", "told", "får det «den dagen» han svarar"),
        ("o: snakker lavt", "observed", "snakker lavt"),
        ("O:snakker lavt", "observed", "snakker lavt"),
        ("v: behov for beskyttelse", "assessed", "behov for beskyttelse"),
        ("to: sto i døra", "told", "to: sto i døra"),
        ("o:", "told", "o:"),
        ('"', "told", '"'),
        ("«»", "told", "«»"),
    ],
)
def test_the_beginning_of_a_line_says_its_kind(text: str, kind: str, words: str) -> None:
    assert parsed(Line(text=text)) == (kind, words)


def test_a_kind_that_was_chosen_is_not_read_from_the_words() -> None:
    assert parsed(Line(text="o: sier hun", kind="quote")) == ("quote", "o: sier hun")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("bla\u030ar", "blår"),
        ("a\tb", "a b"),
        ("\x1b[31mrød\x07", "[31mrød"),
        (" to\r\nlinjer\r ", "to\nlinjer"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("\ud800x\u202e", "x"),
    ],
)
def test_text_is_kept_composed_and_without_control_characters(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_the_last_place_is_the_one_that_tab_answers() -> None:
    line = picked(picked(Line(), "THREAT-7"), "THREAT-10")
    assert turned(line, GUIDE).answers == {"THREAT-10": "yes"}
    again = picked(line, "THREAT-7")
    assert again.places == ("THREAT-10", "THREAT-7")
    assert turned(again, GUIDE, -1).answers == {"THREAT-7": "declined"}


@pytest.mark.parametrize(
    ("place", "values"),
    [
        ("THREAT-10", ["yes", "no", "unknown", "declined"]),
        ("INFO-2", ["given", "understood", "later", "not-wanted"]),
        ("HELP-1", [*OFFERED, "wanted", "not-wanted"]),
        ("OPEN-3", ["unknown", "declined"]),
        ("THREAT-1", ["one", "several", "unknown", "declined"]),
        ("alias", []),
        ("not-in-the-guide", []),
    ],
)
def test_tab_goes_through_the_answers_and_then_not_asked(place: str, values: list[str]) -> None:
    line = picked(Line(), place)
    for value in values:
        line = turned(line, GUIDE)
        assert line.answers == {place: value}
    assert turned(line, GUIDE).answers == {}


def test_a_line_without_a_place_has_no_answer_to_turn() -> None:
    assert turned(Line(text="x"), GUIDE) == Line(text="x")


def test_a_place_goes_with_its_answer() -> None:
    line = turned(picked(Line(), "THREAT-10"), GUIDE)
    assert dropped(line, "THREAT-10") == Line()


def test_the_reason_for_the_help_chosen_is_not_what_was_told() -> None:
    line = placed(Line("våpen i huset"), GUIDE, "decision")
    assert line == Line("våpen i huset", "assessed", ("decision",))
    assert taken_off(line, GUIDE, "decision") == Line("våpen i huset")
    assert placed(Line(), GUIDE, "THREAT-10").kind == "told"
    assert placed(Line(places=("THREAT-10",)), GUIDE, "decision").kind == "told"
    assert placed(Line(kind="quote"), GUIDE, "decision").kind == "quote"
    assert taken_off(Line("v", "assessed", ("THREAT-10",)), GUIDE, "THREAT-10").kind == "assessed"


def test_an_assessed_line_is_read_by_its_beginning_until_it_is_kept() -> None:
    assert parsed(Line('"kort tid', "assessed")) == ("quote", "kort tid")
    assert parsed(Line("v: følges opp", "assessed")) == ("assessed", "følges opp")
    assert parsed(Line('"kort tid', "assessed", editing="s1")) == ("assessed", '"kort tid')


def test_the_kinds_go_round() -> None:
    line, kinds = Line(), []
    for _ in range(4):
        line = next_kind(line)
        kinds.append(line.kind)
    assert kinds == ["quote", "observed", "assessed", "told"]


def test_a_kept_line_has_its_places_and_answers_and_the_next_one_has_none() -> None:
    talk = begun()
    line = keep(talk, '"jakter', "THREAT-10", **{"THREAT-10": "yes"})
    assert (line.kind, line.text, line.places) == ("quote", "jakter", ("THREAT-10",))
    assert talk.intake.answers["THREAT-10"].statement == line.id
    assert talk.line == Line()


def test_an_answer_without_words_stands_alone() -> None:
    talk = begun()
    talk.line = Line(places=("THREAT-10",), answers={"THREAT-10": "unknown"})
    kept = talk.keep()
    assert isinstance(kept, Answer)
    assert (kept.value, kept.statement) == ("unknown", None)
    assert talk.intake.statements == ()
    assert talk.line == Line()


def test_neither_words_nor_answers_keep_nothing_and_clear_nothing() -> None:
    talk = begun()
    talk.line = Line(text=" \x00", places=("THREAT-10",))
    assert talk.keep() is None
    assert talk.line.places == ("THREAT-10",)
    assert talk.intake.events == ()


def test_the_words_on_a_label_are_its_answer_and_no_statement() -> None:
    talk = begun()
    talk.line = Line(text="Rogn", places=("alias",))
    kept = talk.keep()
    assert isinstance(kept, Answer)
    assert talk.intake.value("alias") == "Rogn"
    assert talk.intake.statements == ()


def test_the_words_on_a_label_and_another_place_are_both() -> None:
    talk = begun()
    line = keep(talk, "Rogn", "alias", "OPEN-3")
    assert (line.text, line.places) == ("Rogn", ("OPEN-3",))
    assert talk.intake.value("alias") == "Rogn"


def test_the_last_line_comes_back_whole_and_keeps_its_time() -> None:
    talk = begun()
    first = keep(talk, "o: jakter", "THREAT-10", **{"THREAT-10": "yes"})
    assert talk.recall()
    assert talk.line == Line(
        text="jakter",
        kind="observed",
        places=("THREAT-10",),
        answers={"THREAT-10": "yes"},
        editing=first.id,
    )
    talk.line = typed(talk.line, "jakter ofte")
    talk.keep()
    assert talk.intake.statements == (
        Statement(first.id, first.at, "observed", "jakter ofte", ("THREAT-10",)),
    )
    assert talk.intake.value("THREAT-10") == "yes"


def test_a_line_with_words_is_not_replaced_by_the_last_one() -> None:
    talk = begun()
    keep(talk, "først")
    talk.line = Line(text="uferdig")
    assert not talk.recall()
    assert talk.line.text == "uferdig"


def test_nothing_comes_back_before_anything_was_kept() -> None:
    assert not begun().recall()


def test_esc_leaves_the_line_as_it_was_and_redo_has_what_was_changed() -> None:
    talk = begun()
    keep(talk, "først")
    talk.recall()
    talk.line = typed(talk.line, "først og så mer")
    assert talk.cancel()
    assert [line.text for line in talk.intake.statements] == ["først"]
    assert talk.line == Line()
    assert talk.redo()
    assert [line.text for line in talk.intake.statements] == ["først og så mer"]


def test_esc_on_an_unfinished_line_changes_nothing() -> None:
    talk = begun()
    talk.line = Line(text="uferdig")
    assert not talk.cancel()
    assert talk.line.text == "uferdig"


def test_emptying_a_line_that_came_back_does_not_take_its_words() -> None:
    talk = begun()
    keep(talk, "først")
    talk.recall()
    talk.line = picked(typed(talk.line, ""), "OPEN-3")
    talk.keep()
    (line,) = talk.intake.statements
    assert (line.text, line.places) == ("først", ("OPEN-3",))


def test_the_words_of_a_line_that_was_undone_meanwhile_are_kept_as_a_new_one() -> None:
    talk = begun()
    keep(talk, "først")
    talk.recall()
    talk.line = typed(talk.line, "først, og mer")
    talk.undo()
    assert not talk.cancel()
    assert talk.line.text == "først, og mer"
    talk.keep()
    assert [line.text for line in talk.intake.statements] == ["først, og mer"]


def test_mending_a_word_does_not_bring_back_an_answer_changed_since() -> None:
    talk = begun()
    line = keep(talk, "jaktr", "THREAT-10", **{"THREAT-10": "yes"})
    talk.answer("THREAT-10", "no")
    talk.edit(line.id, "jakter")
    assert talk.intake.value("THREAT-10") == "no"


def test_an_answer_given_again_with_its_line_counts_again() -> None:
    talk = begun()
    keep(talk, "jakter", "THREAT-10", **{"THREAT-10": "yes"})
    talk.answer("THREAT-10", "no")
    talk.recall()
    assert talk.line.answers == {}
    talk.line = turned(talk.line, GUIDE)
    talk.keep()
    assert talk.intake.value("THREAT-10") == "yes"


def test_an_answer_keeps_its_time_when_its_line_is_mended() -> None:
    talk = begun()
    line = keep(talk, "jaktr", "THREAT-10", **{"THREAT-10": "yes"})
    before = talk.intake.answers["THREAT-10"]
    talk.edit(line.id, "jakter")
    assert talk.intake.answers["THREAT-10"] == before


@pytest.mark.parametrize("change", ["split", "merge", "merge into", "retract", "edit", "place"])
def test_what_the_note_line_has_of_a_statement_is_kept_before_it_is_changed(change: str) -> None:
    talk = begun()
    first, second = keep(talk, "en to"), keep(talk, "tre fire")
    talk.move(first.id, None)
    talk.recall()
    talk.line = typed(talk.line, "en to og mer")
    changes = {
        "split": lambda: talk.split(first.id, 5),
        "merge": lambda: talk.merge(first.id),
        "merge into": lambda: talk.merge(second.id),
        "retract": lambda: talk.retract(first.id),
        "edit": lambda: talk.edit(first.id, "noe annet"),
        "place": lambda: talk.place(first.id, "OPEN-3"),
    }
    changes[change]()
    assert talk.line == Line()
    while "en to og mer" not in [line.text for line in talk.intake.statements]:
        assert talk.undo()


def test_each_change_counts_the_line_and_the_step_included() -> None:
    talk = begun()
    seen = [talk.changes]
    talk.line = Line(text="x")
    seen.append(talk.changes)
    talk.step = 3
    seen.append(talk.changes)
    talk.keep()
    seen.append(talk.changes)
    assert seen == sorted(set(seen))
    before = talk.changes
    talk.line = talk.line
    talk.step = 3
    assert talk.changes == before
