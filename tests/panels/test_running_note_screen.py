"""The running note: each key, and no word lost by any of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from panels_bench import Bench, told
from textual.pilot import Pilot

from intake_tui.intake.conversation import Conversation
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.running_note import PAUSE, EditLine, RunningNoteScreen
from intake_tui.widgets.rows import Rows
from screen_text import screen_rows, screen_text


@pytest.fixture
def three(talk: Conversation) -> Conversation:
    told(talk, "første linje")
    told(talk, "andre linje", "THREAT-10", THREAT_10="yes")
    told(talk, "tredje linje")
    return talk


@asynccontextmanager
async def note(bench: Bench, talk: Conversation) -> AsyncIterator[Pilot[None]]:
    async with bench.run_test() as pilot:
        await bench.open(RunningNoteScreen(talk))
        await pilot.pause()
        yield pilot


def texts(talk: Conversation) -> list[str]:
    return [line.text for line in talk.intake.statements]


async def test_each_line_shows_time_kind_and_places(bench: Bench, three: Conversation) -> None:
    told(three, "Nå er det hver uke", kind="quote")
    async with note(bench, three):
        text = screen_text(bench)
        assert "13:00  fortalt    andre linje" in text
        assert "→ Våpen: ja" in text
        assert "sitat      «Nå er det hver uke»" in text


async def test_an_edit_is_kept_with_enter(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "enter", *" og", "enter")
        assert texts(three) == ["første linje", "andre linje og", "tredje linje"]
        assert three.intake.value("THREAT-10") == "yes"
        assert "touch" in bench.did
        assert not bench.screen.query_one(EditLine).display


async def test_an_edit_left_with_escape_leaves_the_line_as_it_was(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "x")
        await pilot.pause(PAUSE + 0.2)
        assert texts(three)[2] == "tredje linjexx"
        await pilot.press("escape")
        assert texts(three)[2] == "tredje linje"
        assert bench.answer == "nothing yet"


async def test_what_is_typed_is_kept_though_the_typing_goes_on(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter")
        end = monotonic() + 10
        while texts(three)[2] == "tredje linje":
            assert monotonic() < end
            await pilot.press("å")
            await pilot.pause(PAUSE / 4)
        assert texts(three)[2].rstrip("å") == "tredje linje"


async def test_what_is_typed_is_kept_when_something_covers_it(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x")
        await bench.push_screen(HelpScreen())
        assert texts(three)[2] == "tredje linjex"


async def test_letters_change_nothing_unless_a_line_is_edited(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        changes = three.changes
        await pilot.press(*"jnvxyu123", "space", "backspace", "delete", "tab")
        assert three.changes == changes


async def test_tab_does_not_take_the_letters_out_of_the_field(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "a", "tab", "b", "shift+tab", "c", "enter")
        assert texts(three)[2] == "tredje linjeabc"


async def test_an_emptied_line_stays_and_says_how_to_retract_it(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "ctrl+u", *["backspace"] * 20, "enter")
        assert texts(three)[2] == "tredje linje"
        assert "Ctrl+X stryker den" in screen_text(bench)


async def test_a_line_is_split_at_the_cursor(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "ctrl+d")
        assert "Sett markøren" in screen_text(bench)
        await pilot.press(*["left"] * 5, "ctrl+d")
        assert texts(three) == ["første linje", "andre", "linje", "tredje linje"]
        assert three.intake.statements[2].places == ("THREAT-10",)


async def test_a_split_keeps_what_was_just_typed(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", *" og mer", *["left"] * 3, "ctrl+d")
        assert "".join(texts(three)[2:]).replace(" ", "") == "tredjelinjeogmer"
        assert texts(three)[3] == "mer"


async def test_nothing_is_split_at_an_end(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "ctrl+d")
        assert len(three.intake.statements) == 3
        assert "begge sider" in screen_text(bench)


async def test_a_line_takes_in_the_next_one(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "up", "ctrl+u")
        assert len(three.intake.statements) == 2
        assert all(word in texts(three)[0] for word in ("første", "andre"))
        await pilot.press("down", "ctrl+u")
        assert "bare når begge er av samme slag" in screen_text(bench)


@pytest.mark.parametrize("key", ["ctrl+up", "shift+up"])
async def test_a_line_is_moved(bench: Bench, three: Conversation, key: str) -> None:
    async with note(bench, three) as pilot:
        await pilot.press(key)
        assert texts(three) == ["første linje", "tredje linje", "andre linje"]
        await pilot.press(key.replace("up", "down"))
        assert texts(three) == ["første linje", "andre linje", "tredje linje"]
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[2].id


@pytest.mark.parametrize("key", ["ctrl+l", "f4", "ctrl+f", "f3"])
async def test_a_place_is_found_and_taken_off_again(
    bench: Bench, three: Conversation, key: str
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press(key, *"våpen", "enter")
        assert three.intake.statements[2].places == ("THREAT-10",)
        await pilot.press(key, *"våpen")
        assert "Enter tar bort" in screen_text(bench)
        await pilot.press("enter")
        assert three.intake.statements[2].places == ()


async def test_places_are_left_with_escape(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+l", "v", "down", "escape")
        assert three.intake.statements[2].places == ()
        await pilot.press("up")
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[1].id


async def test_nothing_found_is_said(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+l", *"qqqq")
        assert "Fant ingenting" in screen_text(bench)
        await pilot.press("enter")
        assert three.intake.statements[2].places == ()


async def test_the_kind_goes_round(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        kinds = []
        for _ in range(4):
            await pilot.press("ctrl+t")
            kinds.append(three.intake.statements[2].kind)
        assert kinds == ["quote", "observed", "assessed", "told"]


async def test_a_line_is_retracted_undone_and_redone(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "ctrl+x")
        assert texts(three) == ["første linje", "tredje linje"]
        assert three.intake.value("THREAT-10") is None
        await pilot.press("ctrl+z")
        assert texts(three) == ["første linje", "andre linje", "tredje linje"]
        assert three.intake.value("THREAT-10") == "yes"
        await pilot.press("ctrl+a")
        assert texts(three) == ["første linje", "tredje linje"]
        await pilot.press("ctrl+a")
        assert "ikke noe å gjøre om" in screen_text(bench)


async def test_everything_can_be_undone_and_then_there_is_nothing(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert texts(three) == []
        assert "Ingen linjer ennå." in screen_text(bench)
        assert "ikke noe mer å angre" in screen_text(bench)


async def test_undo_while_editing_is_of_the_typing(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "ctrl+z")
        assert bench.screen.query_one(EditLine).text == "tredje linje"
        await pilot.press("ctrl+a")
        assert bench.screen.query_one(EditLine).text == "tredje linjex"
        await pilot.press("ctrl+x", "ctrl+u", "ctrl+up")
        assert len(texts(three)) == 3


@pytest.mark.parametrize("key", ["escape", "ctrl+r", "f2"])
async def test_it_is_left_and_an_edit_that_was_begun_is_there(
    bench: Bench, three: Conversation, key: str
) -> None:
    async with note(bench, three) as pilot:
        if key != "escape":
            await pilot.press("enter", "x")
        await pilot.press(key)
        assert bench.answer is None
        assert texts(three)[2] == ("tredje linje" if key == "escape" else "tredje linjex")


async def test_an_edit_does_not_touch_the_unfinished_line(
    bench: Bench, three: Conversation
) -> None:
    three.line = type(three.line)(text="uferdig")
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "enter", "ctrl+t", "ctrl+l", *"våpen", "enter", "ctrl+x")
        assert three.line.text == "uferdig"


async def test_a_long_pasted_line_is_edited_without_a_row_too_wide(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "ord " * 400)
    async with note(bench, talk) as pilot:
        await pilot.press("enter")
        screen_rows(bench)


async def test_where_the_line_broke_stands_in_its_place(bench: Bench, talk: Conversation) -> None:
    told(talk, "før")
    talk.broke()
    told(talk, "etter")
    async with note(bench, talk):
        text = screen_text(bench)
        assert text.index("før") < text.index("linja ble brutt") < text.index("etter")


async def test_a_click_on_another_line_keeps_the_edit(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", *"xy")
        await pilot.click(Rows, offset=(30, 0))
        await pilot.pause()
        assert texts(three) == ["første linje", "andre linje", "tredje linjexy"]
        assert not bench.screen.query_one(EditLine).display
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[0].id


async def test_a_click_on_another_line_leaves_the_places(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+l", *"våpen")
        await pilot.click(Rows, offset=(30, 0))
        await pilot.pause()
        await pilot.press("enter", "escape")
        assert three.intake.statements[0].places == ()
        assert three.intake.statements[2].places == ()
