"""Every key of the conversation does what it is said to do, and no letter does anything else."""

from __future__ import annotations

from typing import Any

import pytest
from conversation_bench import Bench, chips, later, picked, typed
from textual.pilot import Pilot

from intake_tui.guide.model import STANCES
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from screen_text import screen_text

LETTERS_THAT_ARE_NO_ANSWERS = "jnvxyu"


async def test_only_enter_between_notes_leaves_them_unplaced_and_told(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        for text in ("ja hun er der", "nei", "vet ikke", "o ringer", "x"):
            await typed(pilot, text)
            await pilot.press("enter")
    kept = bench.talk.intake.statements
    assert [line.text for line in kept] == ["ja hun er der", "nei", "vet ikke", "o ringer", "x"]
    assert {(line.kind, line.places) for line in kept} == {("told", ())}
    assert not bench.talk.intake.answers


@pytest.mark.parametrize("letter", LETTERS_THAT_ARE_NO_ANSWERS)
async def test_no_letter_is_an_answer(bench: Bench, letter: str) -> None:
    text = f"{letter}å er det æ«»@{{[]}}\\~ hver uke"
    async with bench.run_test() as pilot:
        await pilot.press("down", "down")
        await typed(pilot, text)
        await pilot.press("enter")
        await picked(pilot, "våp")
        await typed(pilot, text)
        await pilot.press("enter")
        await typed(pilot, text)
        await pilot.press("enter")
    assert [line.text for line in bench.talk.intake.statements] == [text] * 3
    assert [line.places for line in bench.talk.intake.statements] == [(), ("THREAT-10",), ()]
    assert not bench.talk.intake.answers


async def test_enter_on_an_empty_line_picks_the_highlighted_question(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("f8", "f8", "down", "down", "enter")
        await typed(pilot, "han vet det")
        await pilot.press("enter")
    (line,) = bench.talk.intake.statements
    assert line.places == ("THREAT-2",)


async def test_a_line_that_has_a_place_says_that_it_does_not_follow_the_highlight(
    bench: Bench,
) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        assert "Linjen går til" not in screen_text(bench)
        await pilot.press("up", "enter")
        await typed(pilot, "hun ringte selv")
        await pilot.press("down")
        await pilot.pause()
        assert "Linjen går til «Kontaktmåte» fortsatt." in screen_text(bench)
        assert "Tab Svar" in screen_text(bench).splitlines()[-1]
        await pilot.press("up")
        await pilot.pause()
        assert "Linjen går til" not in screen_text(bench)
        await pilot.press("down", "enter")
    (line,) = bench.talk.intake.statements
    assert line.places == ("INV-1",)


@pytest.mark.parametrize(
    ("times", "value"), [(1, "yes"), (2, "no"), (3, "unknown"), (4, "declined"), (5, None)]
)
async def test_tab_goes_through_the_answers(bench: Bench, times: int, value: str | None) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await pilot.press(*["tab"] * times)
        await typed(pilot, "jakter")
        await pilot.press("enter")
    (line,) = bench.talk.intake.statements
    assert bench.talk.intake.value("THREAT-10") == value
    if value is not None:
        assert bench.talk.intake.answers["THREAT-10"].statement == line.id


async def test_shift_tab_goes_backwards_and_an_answer_stands_alone(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await pilot.press("shift+tab", "enter")
    assert bench.talk.intake.value("THREAT-10") == "declined"
    assert bench.talk.intake.statements == ()
    assert bench.talk.line == Line()


async def test_tab_on_information_says_that_it_was_told(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+g", "4", "down", "enter", "tab", "enter")
    assert bench.talk.intake.value("INFO-2") == "given"


async def test_tab_without_a_place_changes_nothing_and_says_why(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "a")
        changes = bench.talk.changes
        await pilot.press("tab")
        assert "Velg en plass først" in screen_text(bench)
        assert bench.talk.changes == changes
        await typed(pilot, "b")
        assert "Velg en plass først" not in screen_text(bench)
        assert bench.note.text == "ab"


async def test_tab_answers_the_place_picked_last(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await picked(pilot, "verre")
        await pilot.press("tab")
        assert chips(bench) == "fortalt → Våpen · Verre i det siste: ja"
        await picked(pilot, "livet")
        await pilot.press("tab", "tab")
        await typed(pilot, "jakter")
        await pilot.press("enter")
    (line,) = bench.talk.intake.statements
    assert line.places == ("THREAT-10", "THREAT-4", "THREAT-7")
    assert bench.talk.intake.value("THREAT-10") is None
    assert bench.talk.intake.value("THREAT-4") == "yes"
    assert bench.talk.intake.value("THREAT-7") == "no"


@pytest.mark.parametrize("moves", [("down",), ("down", "down", "up"), ("pagedown", "pageup")])
async def test_arrows_move_the_highlight_and_nothing_else(
    bench: Bench, moves: tuple[str, ...]
) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "ord " * 60)
        cursor, changes = bench.note.cursor_location, bench.talk.changes
        before = bench.front.questions.highlighted
        await pilot.press(moves[0])
        assert bench.front.questions.highlighted != before
        await pilot.press(*moves[1:])
        assert bench.note.cursor_location == cursor
        assert bench.talk.changes == changes


async def test_find_escapes_without_a_place_and_keeps_the_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jakter")
        await pilot.press("ctrl+f")
        await typed(pilot, "hjem")
        await pilot.press("escape")
        await typed(pilot, " mye")
        assert bench.talk.line == Line("jakter mye")
        assert bench.note.has_focus


async def test_find_without_a_hit_takes_nothing(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "qqq")
        assert "Ingen treff" in screen_text(bench)
        await pilot.press("tab", "backspace", "backspace", "backspace")
        await typed(pilot, "våp")
        await pilot.press("enter")
        assert bench.talk.line.places == ("THREAT-10",)


async def test_find_begins_with_what_the_line_is_about(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "han jakter og har rifle")
        await pilot.press("ctrl+f", "enter")
        assert bench.talk.line.places == ("THREAT-10",)


@pytest.mark.parametrize("key", ["ctrl+l", "f4"])
async def test_ctrl_l_places_this_line_and_takes_it_off_again(bench: Bench, key: str) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("f8", "down")
        await typed(pilot, "sint")
        await pilot.press(key, "tab")
        assert bench.talk.line.places == ("OPEN-2",)
        assert bench.talk.line.answers == {"OPEN-2": "unknown"}
        await pilot.press(key)
        assert bench.talk.line == Line("sint")


async def test_ctrl_l_on_an_empty_line_places_the_last_one(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("f8")
        await typed(pilot, "sint")
        await pilot.press("enter", "down", "ctrl+l")
        assert bench.talk.intake.statements[0].places == ("OPEN-2",)
        assert "Siste linje står nå også på" in screen_text(bench)
        await pilot.press("ctrl+l")
        assert bench.talk.intake.statements[0].places == ()
        assert bench.talk.line == Line()


@pytest.mark.parametrize("key", ["ctrl+t", "f5"])
async def test_the_kind_goes_round_and_back_to_told_at_enter(bench: Bench, key: str) -> None:
    async with bench.run_test() as pilot:
        for kind in ("quote", "observed", "assessed", "told", "quote"):
            await pilot.press(key)
            assert bench.talk.line.kind == kind
        await typed(pilot, "ikke uten ungene")
        await pilot.press("enter")
        await typed(pilot, "og så")
        await pilot.press("enter")
    assert [line.kind for line in bench.talk.intake.statements] == ["quote", "told"]


@pytest.mark.parametrize(
    ("text", "kind", "said", "word"),
    [
        ("o: ser ned", "observed", "ser ned", "observert"),
        ("v: trenger vern", "assessed", "trenger vern", "vurdert"),
        ('"ikke uten ungene', "quote", "ikke uten ungene", "sitat"),
        ("«ikke uten ungene»", "quote", "ikke uten ungene", "sitat"),
        ("O: ser ned", "observed", "ser ned", "observert"),
    ],
)
async def test_how_a_line_begins_says_its_kind(
    bench: Bench, text: str, kind: str, said: str, word: str
) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, text)
        assert chips(bench).startswith(word)
        await pilot.press("enter")
        assert chips(bench).startswith("fortalt")
        await typed(pilot, "videre")
        await pilot.press("enter")
    first, second = bench.talk.intake.statements
    assert (first.kind, first.text) == (kind, said)
    assert (second.kind, second.text) == ("told", "videre")


async def test_backspace_in_an_empty_line_brings_the_last_one_back(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await pilot.press("tab", "ctrl+t")
        await typed(pilot, "jakter")
        await pilot.press("enter", "backspace")
        assert bench.note.text == "jakter"
        assert chips(bench) == "Retter linjen: sitat → Våpen: ja"
        await typed(pilot, " mye")
        await pilot.press("enter")
    (line,) = bench.talk.intake.statements
    assert (line.text, line.kind, line.places) == ("jakter mye", "quote", ("THREAT-10",))


async def test_escape_leaves_the_line_that_came_back_as_it_was(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jakter")
        await pilot.press("enter", "backspace", "backspace", "backspace", "escape", "escape")
        await pilot.pause()
        assert "Linjen står som den var." in screen_text(bench)
        assert bench.note.text == ""
    assert [line.text for line in bench.talk.intake.statements] == ["jakter"]


async def test_a_backspace_held_down_stops_at_the_beginning_of_the_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jakter")
        await pilot.press("enter")
        await typed(pilot, "nei")
        now = 0.0
        bench.note.clock = lambda: now
        for _ in range(40):
            now += 0.03
            await pilot.press("backspace")
        assert bench.note.text == ""
        assert bench.talk.line == Line()
        now += 1
        await pilot.press("backspace")
        assert bench.note.text == "jakter"
    assert [line.text for line in bench.talk.intake.statements] == ["jakter"]


async def test_backspace_takes_off_a_place_before_it_brings_a_line_back(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jakter")
        await pilot.press("enter")
        await picked(pilot, "våp")
        await pilot.press("backspace")
        assert bench.talk.line == Line()


async def test_undo_takes_back_typing_then_the_last_change_saying_which(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await pilot.press("tab", "enter")
        await typed(pilot, "abc")
        await pilot.press("ctrl+z")
        assert bench.note.text == ""
        assert bench.talk.intake.value("THREAT-10") == "yes"
        await pilot.press("ctrl+z")
        assert bench.talk.intake.value("THREAT-10") is None
        assert "Angret: svaret på «Våpen»" in screen_text(bench)
        await bench.front.run_action("redo")
        assert bench.note.text == "abc"
        await pilot.press("ctrl+z")
        await pilot.press("ctrl+z")
        assert "ingenting å angre" in screen_text(bench)


async def test_the_line_comes_along_to_every_step_and_back(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await typed(pilot, "jakter")
        line = bench.talk.line
        for key, step in (("f8", 2), ("f8", 3), ("f7", 2), ("f7", 1), ("f7", 1)):
            await pilot.press(key)
            assert bench.talk.step == step
            assert (bench.talk.line, bench.note.text) == (line, "jakter")
        await pilot.press("ctrl+g", "8")
        assert bench.talk.step == 8
        await pilot.press("f8")
        assert bench.talk.step == 8
        assert (bench.talk.line, bench.note.text) == (line, "jakter")


PANELS = [
    ("ctrl+r", "RunningNoteScreen"),
    ("f2", "RunningNoteScreen"),
    ("ctrl+o", "OverviewScreen"),
    ("f6", "OverviewScreen"),
    ("ctrl+y", "SafetyScreen"),
    ("ctrl+d", "DutiesScreen"),
    ("ctrl+b", "LineBrokeScreen"),
    ("f9", "LineBrokeScreen"),
    ("ctrl+g", "GoToStepScreen"),
]


@pytest.mark.parametrize(("key", "name"), PANELS)
async def test_a_panel_opens_over_the_line_and_leaves_it_as_it_was(
    bench: Bench, key: str, name: str
) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "våp")
        await typed(pilot, "jakter")
        line = Line() if name == "LineBrokeScreen" else bench.talk.line
        await pilot.press(key)
        assert type(bench.screen).__name__ == name
        bench.screen.dismiss(None)
        await pilot.pause()
        await typed(pilot, " mye")
        assert bench.talk.line.places == line.places
        assert bench.note.text == f"{line.text} mye"


async def test_the_overview_s_choice_becomes_a_place(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+o")
        bench.screen.dismiss("THREAT-10")
        await pilot.pause()
        assert bench.talk.line.places == ("THREAT-10",)
        assert "Våpen" in chips(bench)


async def test_akutt_stands_beside_the_line_and_notes_the_call(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jak")
        await pilot.press("ctrl+e")
        assert "112" in screen_text(bench)
        await typed(pilot, "ter")
        await pilot.press("enter")
        later(bench)
        await pilot.press("enter")
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert "Hvordan kom kontakten" in screen_text(bench)
    assert [line.text for line in bench.talk.intake.statements] == ["jakter", "Ringte 112 13:14"]


async def test_escape_closes_akutt(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+e", "escape")
        await pilot.pause()
        assert "Hvordan kom kontakten" in screen_text(bench)


async def test_ctrl_s_saves_at_once(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "a")
        await pilot.press("ctrl+s")
    assert bench.saved == 1


async def test_every_change_is_told_to_the_app(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        for key in ("a", "ctrl+t", "enter", "ctrl+l", "f8", "ctrl+l", "tab", "enter", "backspace"):
            changes, touched = bench.talk.changes, bench.touched
            await pilot.press(key)
            assert (bench.talk.changes > changes) == (bench.touched > touched), key


async def test_a_label_takes_the_words_of_the_line_as_its_answer(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "kallenavn")
        await typed(pilot, "Rogn")
        await pilot.press("enter")
        assert "Rogn" in screen_text(bench)
    assert bench.talk.intake.value("alias") == "Rogn"
    assert bench.talk.intake.statements == ()


async def test_children_are_shown_with_their_question(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("f8")
        await picked(pilot, "barn")
        assert bench.talk.line.places == ("OPEN-8",)
        await typed(pilot, "9, hos faren")
        await pilot.press("enter")
        assert "9: hos faren" in screen_text(bench)


async def test_the_pronoun_is_in_the_questions_once_it_is_chosen(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("f8", "f8")
        assert "Vet den du er redd for at" in " ".join(screen_text(bench).replace(",", "").split())
        bench.talk.answer("pronoun", "he")
        bench.front.show_all()
        await pilot.pause()
        assert "Vet han at du snakker med oss" in screen_text(bench)


async def test_the_last_step_ends_with_signing(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+g", "8", *["down"] * 12)
        assert "› Signer samtalen" in screen_text(bench)


async def test_a_letter_finds_the_note_line_from_wherever_the_focus_is(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        bench.screen.set_focus(None)
        await typed(pilot, "nei")
        assert bench.note.text == "nei"


async def test_a_resumed_conversation_stands_where_it_was(guide: Any, talk: Conversation) -> None:
    talk.line = Line("jak", "quote", ("THREAT-10",), {"THREAT-10": "yes"})
    talk.step = 3
    bench = Bench(Conversation.resume(guide, talk.snapshot()))
    async with bench.run_test() as pilot:
        await typed(pilot, "ter")
        assert chips(bench) == "sitat → Våpen: ja"
        await pilot.press("enter")
    (line,) = bench.talk.intake.statements
    assert (line.text, line.kind) == ("jakter", "quote")
    assert bench.talk.intake.value("THREAT-10") == "yes"


async def test_step_7_opens_with_one_highlight(bench: Bench) -> None:
    bench.talk.line = Line("sto i døra hele kvelden", places=("THREAT-1",))
    bench.talk.keep()
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+g", "7")
        await pilot.pause()
        rows = screen_text(bench).splitlines()
        assert len([row for row in rows if row.startswith(" › ")]) == 1


async def in_the_journal(bench: Bench, pilot: Pilot[Any]) -> None:
    await typed(pilot, "sier det ble verre")
    await pilot.press("enter", "ctrl+g", "7")
    await pilot.pause()
    await pilot.press("down")
    await pilot.pause()


async def test_a_sentence_of_the_note_is_corrected_in_the_note_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await in_the_journal(bench, pilot)
        await pilot.press("enter")
        assert "Retter en setning" in chips(bench)
        assert "sier det ble verre" in bench.note.text
        await pilot.press("f7", "f8")
        await typed(pilot, " Mye verre.")
        await pilot.press("enter")
        assert "Mye verre." in screen_text(bench)
        assert bench.talk.line == Line()
    assert [line.text for line in bench.talk.intake.statements] == ["sier det ble verre"]


async def test_a_sentence_is_shown_with_the_answer_that_came_with_its_line(bench: Bench) -> None:
    bench.talk.line = Line("la dem fra seg", places=("THREAT-10",), answers={"THREAT-10": "no"})
    bench.talk.keep()
    bench.talk.step = 7
    async with bench.run_test() as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert "la dem fra seg  → Våpen: nei" in screen_text(bench)
        bench.talk.answer("THREAT-10", "unknown")
        bench.front.show_all()
        await pilot.pause()
        assert "Våpen: nei" not in screen_text(bench)
        assert "Våpen: vet ikke." in screen_text(bench)


async def test_escape_leaves_the_sentence_as_it_was(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await in_the_journal(bench, pilot)
        await pilot.press("enter")
        await typed(pilot, "x")
        await pilot.press("escape", "escape")
        assert bench.talk.line == Line()
    assert bench.talk.intake.edits == {}
    assert len(bench.talk.intake.statements) == 1


async def test_ctrl_l_takes_a_sentence_out_of_the_note_and_in_again(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await in_the_journal(bench, pilot)
        await pilot.press("ctrl+l")
        (edit,) = bench.talk.intake.edits.values()
        assert edit.taken is False
        await pilot.press("ctrl+l")
        (edit,) = bench.talk.intake.edits.values()
        assert edit.taken is True


@pytest.mark.parametrize("press", ["ctrl+l", "enter"])
async def test_new_lines_are_offered_to_a_corrected_note_and_one_key_takes_them_in(
    bench: Bench, press: str
) -> None:
    async with bench.run_test() as pilot:
        await in_the_journal(bench, pilot)
        await pilot.press("enter")
        await typed(pilot, " Mye verre.")
        await pilot.press("enter")
        await typed(pilot, "sto i døra i går")
        await pilot.press("enter")
        text = screen_text(bench)
        assert text.index("Mye verre.") < text.index("Nytt siden du rettet") < text.index("sto i")
        await pilot.press("down")
        await pilot.pause()
        assert "Ctrl+L tar inn alt som er nytt" in screen_text(bench)
        await pilot.press(press)
        await pilot.pause()
        text = screen_text(bench)
        assert "Nytt siden du rettet" not in text
        assert "Mye verre." in text
        assert "sto i døra i går." in text
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "Nytt siden du rettet" in screen_text(bench)
        assert "Angret: det nye i notatet" in screen_text(bench)


async def test_the_highlight_goes_from_the_list_into_the_note_and_back(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await in_the_journal(bench, pilot)
        assert bench.front.in_journal
        assert screen_text(bench).count(" › ") == 1
        await pilot.press("up")
        assert not bench.front.in_journal
        assert screen_text(bench).count(" › ") == 1
        assert "› Hvem gjør hva" in screen_text(bench)


async def test_the_safety_strip_closed_again_leaves_the_line_alone(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "barna hjem 16")
        await pilot.press("enter", "ctrl+y", "escape")
        await pilot.pause()
        assert bench.talk.line == Line()
        assert bench.note.text == ""


async def test_a_click_moves_the_highlight_and_a_second_one_places(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "sint")
        await pilot.click(bench.front.questions, offset=(10, 1))
        assert bench.note.has_focus
        assert bench.talk.line == Line("sint")
        await pilot.click(bench.front.questions, offset=(10, 1))
        assert bench.talk.line.places == (bench.front.questions.highlighted,)
        await typed(pilot, "!")
        assert bench.note.text == "sint!"


async def test_a_click_into_the_note_takes_the_highlight_there(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "sint")
        await pilot.press("enter")
        await typed(pilot, "v: trist")
        await pilot.press("enter", "ctrl+g", "7")
        await pilot.pause()
        assert bench.front.journal is not None
        rows = screen_text(bench).splitlines()
        line = next(n for n, row in enumerate(rows) if "trist." in row)
        await pilot.click(offset=(10, line))
        assert bench.front.in_journal
        assert bench.note.has_focus


async def test_the_last_picked_place_is_seen_however_many_there_are(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        for place in ("THREAT-1", "THREAT-4", "THREAT-9", "THREAT-12", "OPEN-8", "THREAT-10"):
            bench.front.pick(place)
        await pilot.press("tab")
        assert chips(bench).startswith("fortalt → … · ")
        assert chips(bench).endswith("Våpen: ja")


async def test_one_key_goes_through_what_was_offered_and_the_own_view(bench: Bench) -> None:
    bench.talk.step = 5
    async with bench.run_test() as pilot:
        await picked(pilot, "help-1")
        seen = []
        for _ in range(7):
            await pilot.press("tab")
            seen.append(bench.talk.line.answers.get("HELP-1"))
        assert seen == [*STANCES, None]
        await pilot.press("shift+tab")
        assert bench.talk.line.answers == {"HELP-1": "not-wanted"}
        assert "ønsker ikke, ikke tilbudt" in chips(bench)


async def test_the_counsellors_own_choice_asks_for_its_reason_and_does_not_insist(
    bench: Bench,
) -> None:
    bench.talk.step = 5
    async with bench.run_test() as pilot:
        await picked(pilot, "valgt hjelp")
        await pilot.press(*["tab"] * 6, "enter")
        assert bench.talk.intake.value("decision") == "HELP-6"
        assert "er ditt eget valg. Skriv også hvorfor" in screen_text(bench)
        await pilot.press("ctrl+o", *["right"] * 6, "enter")
        assert bench.talk.line.places == ("decision",)
        await typed(pilot, "klarere i morgen")
        await pilot.press("enter")
        assert [line.text for line in bench.talk.intake.placed("decision")] == ["klarere i morgen"]
        assert "Skriv også hvorfor" not in screen_text(bench)


async def test_information_stands_in_the_list_with_its_reason_once_it_applies(
    bench: Bench,
) -> None:
    bench.talk.step = 4
    async with bench.run_test(size=(140, 60)) as pilot:
        assert "Eget opphold" not in screen_text(bench)
        assert "senteret har det" in screen_text(bench)
        await picked(pilot, "eget opphold")
        assert bench.talk.line.places == ("INFO-10",)
        await pilot.press("backspace")
        bench.talk.answer("residence-permit", "yes")
        bench.front.show_all()
        await pilot.pause()
        text = screen_text(bench)
        assert "Eget opphold" in text
        assert "gjelder fordi: Tillatelse via partner: ja" in text
