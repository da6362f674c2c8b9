"""What is typed while a panel is in front is in the note line afterwards, and was seen there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from panels_bench import Bench, told
from textual.events import Paste
from textual.screen import Screen

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.line_broke import LineBrokeScreen
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.safety import SafetyScreen
from intake_tui.screens.sign import SignScreen
from intake_tui.screens.steps import GoToStepScreen
from screen_text import screen_text

PANELS: dict[str, Callable[[Conversation], Screen[Any]]] = {
    "help": lambda _: HelpScreen(),
    "line-broke": LineBrokeScreen,
    "overview": OverviewScreen,
    "running-note": RunningNoteScreen,
    "safety": SafetyScreen,
    "sign": SignScreen,
    "steps": lambda _: GoToStepScreen(3),
}


@pytest.mark.parametrize("panel", PANELS)
async def test_letters_go_to_the_note_line(bench: Bench, talk: Conversation, panel: str) -> None:
    told(talk, "før")
    talk.line = Line(text="hun", places=("THREAT-10",))
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(PANELS[panel](talk))
        await pilot.press(*" våget", "space", "x", "backspace")
        assert talk.line == Line(text="hun våget ", places=("THREAT-10",))
        assert "▌ hun våget ▏" in screen_text(bench)
        assert "touch" in bench.did
        bench.post_message(Paste("å si\x1b[31m det\n"))
        await pilot.pause()
        await pilot.press("escape")
        assert not bench.answer
        assert talk.line.text == "hun våget å si[31m det\n"
        assert [line.text for line in talk.intake.statements] == ["før"]


async def test_what_is_typed_makes_nothing_narrower(bench: Bench, talk: Conversation) -> None:
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(talk))
        body = bench.screen.query_one("#frame-body")
        before = body.region.width
        await pilot.press(*"hun")
        assert "▌ hun▏" in screen_text(bench)
        assert body.region.width == before == bench.size.width


async def test_backspace_takes_back_only_what_was_written_there(
    bench: Bench, talk: Conversation
) -> None:
    talk.line = Line(text="hun")
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(talk))
        await pilot.press("s", *["backspace"] * 4)
        assert talk.line.text == "hun"


async def test_the_end_of_a_long_line_is_seen(bench: Bench, talk: Conversation) -> None:
    talk.line = Line(text="ord " * 60)
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(talk))
        await pilot.press(*"slutt")
        assert "ord slutt▏" in screen_text(bench)


@pytest.mark.parametrize("digit", range(1, 9))
async def test_a_key_of_the_panel_is_no_letter(
    bench: Bench, talk: Conversation, digit: int
) -> None:
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(GoToStepScreen(3))
        await pilot.press(str(digit))
        assert bench.answer == digit
        assert talk.line == Line()


async def test_where_no_conversation_is_open_nothing_is_written(
    bench: Bench, talk: Conversation
) -> None:
    async with bench.run_test() as pilot:
        await bench.open(HelpScreen("contacts"))
        await pilot.press(*"ord")
        assert talk.line == Line()
        assert bench.did == []


@pytest.mark.parametrize(
    ("stands", "becomes"), [("hun", "hun ja da"), ("hun ", "hun ja da"), ("", "ja da")]
)
async def test_the_first_words_from_a_panel_do_not_run_into_the_last_ones(
    bench: Bench, talk: Conversation, stands: str, becomes: str
) -> None:
    talk.line = Line(text=stands)
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(talk))
        await pilot.press(*"ja", "space", *"da")
        assert talk.line.text == becomes
        await pilot.press(*["backspace"] * 9)
        assert talk.line.text == stands
