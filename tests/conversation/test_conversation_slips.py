"""Slips of the hand: a key too many, a question by mistake, and what tells that it happened."""

from __future__ import annotations

import pytest
from conversation_bench import Bench, burst, chips, later, picked, typed

from intake_tui.intake.line import Line
from intake_tui.screens.conversation_view import JOURNAL_STEP
from screen_text import screen_rows, screen_text


async def test_an_enter_too_many_picks_no_question_for_the_next_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "sint")
        await pilot.press("enter", "enter")
        assert bench.talk.line == Line()
        await picked(pilot, "våp")
        await pilot.press("enter")
        assert bench.talk.line.places == ("THREAT-10",)
        later(bench)
        await pilot.press("enter")
        assert bench.talk.line.places == ("THREAT-10", "INV-1")


async def test_an_enter_too_many_writes_no_call_that_was_not_made(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+e")
        await typed(pilot, "roper")
        await pilot.press("enter", "enter")
    assert [line.text for line in bench.talk.intake.statements] == ["roper"]


async def test_after_an_arrow_enter_picks_at_once(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "sint")
        await burst(pilot, "enter", "down", "enter")
        assert bench.talk.line.places == ("safe-to-talk",)


async def test_undo_takes_back_the_place_just_picked_and_no_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "sint")
        await pilot.press("enter")
        later(bench)
        await pilot.press("enter", "ctrl+z")
        assert bench.talk.line == Line()
        assert "ikke lenger på «Kontaktmåte»" in screen_text(bench)
        assert [line.text for line in bench.talk.intake.statements] == ["sint"]
        await typed(pilot, "jakter")
        await picked(pilot, "våp")
        await pilot.press("ctrl+z")
        assert bench.talk.line == Line("jakter")
        await picked(pilot, "våp")
        await typed(pilot, " ofte")
        await pilot.press("ctrl+z")
        assert bench.talk.line.places == ("THREAT-10",)


async def test_a_place_that_the_line_has_is_found_again(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jakter")
        await picked(pilot, "våp")
        await picked(pilot, "barn")
        await burst(pilot, "ctrl+f", "type:våp", "enter", "type: ofte", "enter")
    (line,) = bench.talk.intake.statements
    assert line.text == "jakter ofte"
    assert line.places[-1] == "THREAT-10"
    assert len(line.places) == 2


@pytest.mark.parametrize("place", ["decision", "HOME-3", "HELP-0", "next"])
async def test_what_the_counsellor_finds_is_not_kept_as_told(bench: Bench, place: str) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, place)
        assert chips(bench).startswith("vurdert →")
        await typed(pilot, "våpen i huset")
        await pilot.press("enter")
        await typed(pilot, "sint")
        await pilot.press("enter")
    first, second = bench.talk.intake.statements
    assert (first.kind, first.text, first.places) == ("assessed", "våpen i huset", (place,))
    assert (second.kind, second.places) == ("told", ())


async def test_the_kind_of_such_a_line_is_still_the_counsellor_s(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await picked(pilot, "videre")
        await pilot.press("ctrl+t")
        await typed(pilot, "hun ringer søsteren")
        await pilot.press("enter")
        await picked(pilot, "videre")
        await typed(pilot, '"jeg ringer henne')
        await pilot.press("enter")
        await picked(pilot, "videre")
        await typed(pilot, "v: følges opp")
        await pilot.press("enter")
        await picked(pilot, "videre")
        await pilot.press("backspace")
        assert bench.talk.line == Line()
    kept = [(line.kind, line.text) for line in bench.talk.intake.statements]
    assert kept == [
        ("told", "hun ringer søsteren"),
        ("quote", "jeg ringer henne"),
        ("assessed", "følges opp"),
    ]


async def test_a_kept_line_leaves_a_trace(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        assert "beholdt" not in chips(bench)
        await typed(pilot, "kort tid")
        await pilot.press("enter")
        assert chips(bench).endswith("1 utsagn beholdt, ^R viser det")
        await typed(pilot, "usikker")
        await pilot.press("enter")
        assert chips(bench).endswith("2 utsagn beholdt, ^R viser dem")
        await pilot.press("backspace")
        assert "beholdt" not in chips(bench)


async def test_one_slip_takes_no_placed_line_out_of_the_record(bench: Bench) -> None:
    bench.talk.line = Line("brå før også", places=("THREAT-4",))
    bench.talk.keep()
    async with bench.run_test() as pilot:
        bench.front.questions.highlight("alias")
        await pilot.pause()
        await pilot.press("ctrl+l")
        assert "linjen står som før" in screen_text(bench)
        (line,) = bench.talk.intake.statements
        assert (line.text, line.places) == ("brå før også", ("THREAT-4",))
        await pilot.press("ctrl+z")
        assert bench.talk.intake.value("alias") is None


async def test_a_line_that_became_a_name_can_be_had_again(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "Rogn")
        await pilot.press("enter")
        bench.front.questions.highlight("alias")
        await pilot.pause()
        await pilot.press("ctrl+l")
        assert "ikke lenger et utsagn" in screen_text(bench)
        assert bench.talk.intake.statements == ()
        await pilot.press("ctrl+z")
        assert [line.text for line in bench.talk.intake.statements] == ["Rogn"]
        await pilot.press("backspace")
        await picked(pilot, "kallenavn")
        await pilot.press("enter")
        assert "ikke lenger et utsagn" in screen_text(bench)
        assert bench.talk.intake.statements == ()


async def test_the_header_says_what_the_case_is_called(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "Rogn")
        await picked(pilot, "kallenavn")
        await pilot.press("enter")
        assert screen_rows(bench)[0].startswith(" K-4F2A Rogn · ")
        bench.talk.answer("alias", "Rogn og Selje " * 20)
        bench.front.show_header()
        await pilot.pause()
        assert screen_rows(bench)[0].endswith("ikke lagret ennå")


async def test_the_hint_is_that_of_the_line_s_place(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await bench.front.go_to_step(3)
        await picked(pilot, "OPEN-8")
        await pilot.pause()
        assert "ett barn om gangen" in screen_text(bench)
        await pilot.press("down")
        await typed(pilot, "9, hos faren")
        assert "ett barn om gangen" in screen_text(bench)
        await pilot.press("enter")
        await pilot.pause()
        assert "ett barn om gangen" not in screen_text(bench)


async def test_the_note_s_step_says_how_to_go_on_and_no_other_does(bench: Bench) -> None:
    on = "registrering og signering"
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "sint")
        await pilot.press("enter")
        await bench.front.go_to_step(JOURNAL_STEP)
        await pilot.pause()
        assert f"F8): {on}" in screen_text(bench)
        await pilot.press("down")
        await pilot.pause()
        assert "Enter retter setningen" in screen_text(bench)
        assert f"F8): {on}" in screen_text(bench)
        later(bench)
        await pilot.press("enter", "f8", "escape")
        await pilot.pause()
        assert "Enter retter setningen" not in screen_text(bench)
        assert "F8)" not in screen_text(bench)
        assert bench.talk.line == Line()


def arrows(bench: Bench) -> list[str]:
    return [row[0] for row in screen_rows(bench) if row and row[0] in "↑↓"]


async def test_a_list_that_goes_on_says_so(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await bench.front.go_to_step(3)
        await pilot.pause()
        assert arrows(bench) == ["↓"]
        await pilot.press(*["down"] * 11)
        await pilot.pause()
        assert arrows(bench) == ["↑", "↓"]
        await pilot.press(*["pagedown"] * 3)
        await pilot.pause()
        assert arrows(bench) == ["↑"]
        await bench.front.go_to_step(7)
        await pilot.pause()
        assert arrows(bench) == []


async def test_a_step_opens_at_its_first_row_and_later_where_it_was_left(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await bench.front.go_to_step(3)
        await pilot.press(*["down"] * 11)
        left = bench.front.questions.highlighted
        await bench.front.go_to_step(6)
        await pilot.pause()
        assert bench.front.questions.highlighted == "home-wish"
        assert arrows(bench) == ["↓"]
        await bench.front.go_to_step(3)
        await pilot.pause()
        assert bench.front.questions.highlighted == left != "home-wish"


async def test_in_find_help_and_ctrl_l_are_about_what_find_stands_on(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "jakter")
        await burst(pilot, "ctrl+f", "type:våp", "ctrl+l")
        item = bench.front.highlighted_item
        assert item is not None
        assert item.id == "THREAT-10"
        await pilot.press("escape")
        assert bench.talk.line.places == ("THREAT-10",)


@pytest.mark.parametrize("key", ["enter", "escape", "ctrl+r", "f8", "ctrl+e"])
async def test_words_typed_into_find_in_vain_come_onto_the_line(bench: Bench, key: str) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "hun sier")
        await burst(pilot, "ctrl+f", "type:han qzx står ute nå", key)
        assert bench.talk.line.text == "hun sier han qzx står ute nå"
        if key in ("enter", "escape"):
            assert "ordene står på linjen" in screen_text(bench)
            await typed(pilot, " igjen")
            assert bench.note.text == "hun sier han qzx står ute nå igjen"


async def test_words_that_find_something_are_no_part_of_the_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await burst(pilot, "type:jakter", "ctrl+f", "type:våp", "escape")
        assert bench.talk.line == Line("jakter")
        await burst(pilot, "ctrl+f", "type:våp", "enter")
        assert bench.talk.line == Line("jakter", places=("THREAT-10",))


async def test_tab_with_nothing_on_the_line_names_keys_that_leave_the_last_line_alone(
    bench: Bench,
) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "sint")
        await pilot.press("enter", "tab")
        assert "Enter tar den uthevede, Ctrl+F finner" in screen_text(bench)
        assert "Ctrl+L" not in chips(bench)
        later(bench)
        await pilot.press("enter", "tab")
        assert bench.talk.line.answers
        assert bench.talk.intake.statements[0].places == ()


async def test_in_the_note_ctrl_l_places_words_and_says_what_it_does_to_a_sentence(
    bench: Bench,
) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "sint")
        await pilot.press("enter")
        await bench.front.go_to_step(JOURNAL_STEP)
        await pilot.pause()
        await pilot.press(*["down"] * len(bench.front.questions.shown))
        assert bench.front.in_journal
        before = bench.talk.intake.events
        item = bench.front.highlighted_item
        await typed(pilot, "politiet kommer")
        await pilot.press("ctrl+l")
        assert bench.talk.intake.events == before
        assert item is not None
        assert bench.talk.line.places == (item.id,)
        await pilot.press("enter", "ctrl+l")
        assert "tatt ut av notatet" in screen_text(bench)
        await pilot.press("ctrl+l")
        assert "er med i notatet" in screen_text(bench)


async def test_the_half_line_at_a_break_is_a_line_and_the_next_words_are_another(
    bench: Bench,
) -> None:
    async with bench.run_test() as pilot:
        await burst(pilot, "type:v: jeg tror at", "ctrl+b")
        await pilot.pause()
        await typed(pilot, "hei det er meg")
        await pilot.press("enter")
        await pilot.pause()
        assert bench.note.text == "hei det er meg"
        await pilot.press("enter")
        said = [(line.kind, line.text) for line in bench.talk.intake.statements]
        assert said == [("assessed", "jeg tror at"), ("told", "hei det er meg")]
        await pilot.press("ctrl+b", "ctrl+z")
        await pilot.pause()
        assert "Angret" in screen_text(bench)
        assert len(bench.talk.intake.broke) == 1
