"""The line broke: recorded, saved, and what was agreed; without an agreement no digit."""

from __future__ import annotations

import datetime as dt

import pytest
from panels_bench import Bench, told

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.screens.line_broke import LineBrokeScreen
from screen_text import screen_text


async def shown(bench: Bench, talk: Conversation) -> str:
    async with bench.run_test() as pilot:
        await bench.open(LineBrokeScreen(talk))
        await pilot.pause()
        return screen_text(bench)


async def test_it_is_recorded_and_saved_at_once(bench: Bench, talk: Conversation) -> None:
    await shown(bench, talk)
    assert len(talk.intake.broke) == 1
    assert bench.did == ["save"]


async def test_without_an_agreement_there_is_no_digit(bench: Bench, talk: Conversation) -> None:
    told(talk, "tlf 000 00 000")
    talk.pin("number", "000 00 000")
    talk.pin("hours", "før 16")
    text = await shown(bench, talk)
    assert "Ikke avtalt – ikke ring opp" in text
    assert not any(character.isdigit() for character in text)


async def test_with_an_agreement_it_says_how(bench: Bench, talk: Conversation) -> None:
    talk.pin("call", "yes")
    talk.pin("number", "000 00 000 (avløser)")
    talk.pin("hours", "bare før 16")
    talk.pin("code-word", "det gjelder fôret")
    talk.pin("voicemail", "no")
    text = await shown(bench, talk)
    for wanted in (
        "000 00 000 (avløser)",
        "bare før 16",
        "det gjelder fôret",
        "IKKE legg igjen beskjed",
    ):
        assert wanted in text


async def test_a_number_that_must_not_be_called_says_so(bench: Bench, talk: Conversation) -> None:
    talk.pin("call", "no")
    talk.pin("number", "000 00 000")
    text = await shown(bench, talk)
    assert "IKKE RING · 000 00 000" in text
    assert "kan ringe" not in text


@pytest.mark.parametrize("call", ["yes", "no"])
async def test_what_was_taken_over_says_from_which_day(
    bench: Bench, talk: Conversation, call: str
) -> None:
    held = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
    talk.take_pin("call", call, contact="ef" * 16, held=held)
    talk.take_pin("number", "000 00 000", contact="ef" * 16, held=held)
    text = await shown(bench, talk)
    assert "000 00 000 (fra 20.11.)" in text
    assert text.count("(fra 20.11.)") == 2


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_it_stays_while_somebody_types_and_the_words_are_on_the_line(
    bench: Bench, talk: Conversation, key: str
) -> None:
    talk.line = Line(text="hun sier at")
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(LineBrokeScreen(talk))
        await pilot.press(*" jeg", "down")
        assert bench.answer == "nothing yet"
        await pilot.press(key)
        assert bench.answer is False
        assert talk.line.text == "hun sier at jeg"
        assert len(talk.intake.broke) == 1


async def test_looking_again_is_the_same_break_until_something_changes(
    bench: Bench, talk: Conversation
) -> None:
    talk.broke()
    await shown(bench, talk)
    assert len(talk.intake.broke) == 1
    told(talk, "hun ringte igjen")
    talk.broke()
    assert len(talk.intake.broke) == 2


async def test_who_only_looked_takes_it_back_there(bench: Bench, talk: Conversation) -> None:
    told(talk, "sint")
    async with bench.run_test() as pilot:
        await bench.open(LineBrokeScreen(talk))
        await pilot.pause()
        assert "linja ble ikke brutt" in screen_text(bench)
        await pilot.press("ctrl+z")
        assert bench.answer is True
    assert talk.intake.broke == ()
    assert [line.text for line in talk.intake.statements] == ["sint"]
