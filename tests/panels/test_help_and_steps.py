"""Help, and going to a step by its digit."""

from __future__ import annotations

import pytest
from panels_bench import Bench
from textual.screen import Screen

from intake_tui.guide.model import AnyItem, Guide, Information, Language
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.help import KEYS, HelpScreen
from intake_tui.screens.steps import GoToStepScreen
from intake_tui.widgets.rows import Rows
from screen_text import screen_text


async def test_help_names_every_key_of_the_design(bench: Bench) -> None:
    async with bench.run_test(size=(140, 60)) as pilot:
        await bench.open(HelpScreen("conversation"))
        await pilot.pause()
        text = screen_text(bench)
        assert "Bokstaver er aldri svar." in " ".join(text.split())
        for key, _ in KEYS:
            assert key in text


@pytest.mark.parametrize(
    "section",
    [
        "app",
        "contacts",
        "conversation",
        "find",
        "journal",
        "akutt",
        "reading",
        "steps",
        "running-note",
        "safety",
        "overview",
        "signed",
        "sign",
        "line-broke",
        "start",
        "unlock",
        "jot",
    ],
)
async def test_each_screen_has_words_of_its_own(bench: Bench, section: str) -> None:
    async with bench.run_test() as pilot:
        await bench.open(HelpScreen(section))
        await pilot.pause()
        assert bench.words(f"help.about-{section}")[:30] in screen_text(bench)


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_help_scrolls_and_is_left(bench: Bench, key: str) -> None:
    async with bench.run_test() as pilot:
        await bench.open(HelpScreen("conversation"))
        await pilot.press("end")
        await pilot.pause()
        assert "Ctrl+Q" in screen_text(bench)
        await pilot.press(key)
        assert bench.answer is None


@pytest.mark.parametrize("digit", range(1, 9))
async def test_a_digit_goes_to_its_step(bench: Bench, digit: int) -> None:
    async with bench.run_test() as pilot:
        await bench.open(GoToStepScreen(3))
        await pilot.press(str(digit))
        assert bench.answer == digit


async def test_the_present_step_is_highlighted_and_enter_takes_the_highlight(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(GoToStepScreen(3))
        assert bench.screen.query_one(Rows).highlighted == "3"
        await pilot.press("9", "x", "down", "enter")
        assert bench.answer == 4


@pytest.mark.parametrize("keys", [["0"], [*["down"] * 8, "enter"]])
async def test_zero_goes_to_the_conversations(bench: Bench, keys: list[str]) -> None:
    async with bench.run_test() as pilot:
        await bench.open(GoToStepScreen(3))
        await pilot.press(*keys)
        assert bench.did == ["contacts"]


async def test_escape_stays(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(GoToStepScreen(3))
        await pilot.press("escape")
        assert bench.answer is None


class Asking(Screen[None]):
    """A screen whose highlight stands on an item of the guide."""

    def __init__(self, item: AnyItem) -> None:
        super().__init__()
        self.highlighted_item = item


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_help_tells_all_that_the_guide_says_of_the_highlighted_item(
    guide: Guide, talk: Conversation, language: Language
) -> None:
    bench = Bench(guide, language)
    talk.answer("pronoun", "he")
    bench.current = talk
    async with bench.run_test(size=(118, 60)) as pilot:
        for item in (guide.by_id["INFO-14"], guide.by_id["THREAT-10"], guide.by_id["HELP-4"]):
            await bench.push_screen(Asking(item))
            await bench.open(HelpScreen("conversation"))
            await pilot.pause()
            text = " ".join(screen_text(bench).split())
            for hint in guide.hints_about.get(item.id, ()):
                assert hint.text.at(language) in text
            if isinstance(item, Information):
                assert all(sentence in text for sentence in item.say.at(language))
            if item.source:
                assert item.source in text
            assert "{" not in text
            await pilot.press("escape")
