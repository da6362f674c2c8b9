"""The safety rows: pinned by a key, turned by Tab, and no number without IKKE RING."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from panels_bench import Bench
from textual.pilot import Pilot

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.events import SafetyKind
from intake_tui.intake.line import Line
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.safety import PinField, SafetyScreen
from intake_tui.widgets.pause import PAUSE
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.safety_rows import KINDS, YES_NO
from screen_text import screen_text


@asynccontextmanager
async def strip(bench: Bench, talk: Conversation, pin: str = "") -> AsyncIterator[Pilot[None]]:
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(SafetyScreen(talk, pin))
        await pilot.pause()
        yield pilot


def row(bench: Bench) -> str | None:
    return bench.screen.query_one(Rows).highlighted


async def test_what_was_taken_over_says_from_which_day(bench: Bench, talk: Conversation) -> None:
    held = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
    talk.take_pin("call", "no", contact="ef" * 16, held=held)
    talk.take_pin("number", "999 00 123", contact="ef" * 16, held=held)
    talk.pin("hours", "før 16")
    async with strip(bench, talk):
        said = {row.key: row.text for row in bench.screen.query_one(Rows).shown}
        assert said["call"].endswith(" (fra 20.11.)")
        assert said["number"].endswith("999 00 123 (fra 20.11.)")
        assert said["hours"] == "før 16"


async def test_tab_turns_calling_and_the_safe_answer_comes_first(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk) as pilot:
        seen = []
        for _ in range(3):
            await pilot.press("tab")
            seen.append(talk.intake.safety.get("call"))
        assert seen == ["no", "yes", None]
        await pilot.press("shift+tab")
        assert talk.intake.safety["call"] == "yes"
        assert "touch" in bench.did


@pytest.mark.parametrize("key", ["enter", "ctrl+y"])
async def test_the_last_line_is_offered_and_pinned_to_the_chosen_row(
    bench: Bench, talk: Conversation, key: str
) -> None:
    async with strip(bench, talk, "barna hjem 16") as pilot:
        await pilot.press(*["down"] * KINDS.index("deadline"))
        assert "barna hjem 16" in screen_text(bench)
        await pilot.press(key)
        assert talk.intake.safety == {"deadline": "barna hjem 16"}
        assert row(bench) == "where-now"
        assert bench.screen.query_one(PinField).value == ""


async def test_what_is_typed_takes_the_place_of_an_offered_line(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk, "barna hjem 16") as pilot:
        await pilot.press("down", *"000 00 000", "enter")
        assert talk.intake.safety == {"number": "000 00 000"}
        await pilot.press("up", "end", *"1", "enter")
        assert talk.intake.safety == {"number": "000 00 0001"}


@pytest.mark.parametrize("keys", [[], ["down"], [*["down"] * 6, *["up"] * 6], ["tab"] * 3])
async def test_an_offered_text_that_is_not_pinned_changes_nothing(
    bench: Bench, talk: Conversation, keys: list[str]
) -> None:
    async with strip(bench, talk, "barna hjem 16") as pilot:
        await pilot.press(*keys, "escape")
        assert talk.intake.safety == {}
        assert talk.line == Line()
        assert bench.answer is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("call", "voicemail")])
async def test_what_is_typed_on_a_row_stays_on_it_whichever_key_follows(
    bench: Bench, talk: Conversation, kind: SafetyKind
) -> None:
    async with strip(bench, talk) as pilot:
        await pilot.press(*["down"] * KINDS.index(kind), *"jobb nå", "up")
        assert talk.intake.safety == {kind: "jobb nå"}


async def test_what_is_typed_is_pinned_though_the_typing_goes_on(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk) as pilot:
        await pilot.press("down", "down")
        began = monotonic()
        while not talk.intake.safety:
            assert monotonic() - began < 10
            await pilot.press("å")
            await pilot.pause(PAUSE / 4)
        assert set(talk.intake.safety["hours"]) == {"å"}


async def test_words_pinned_in_pieces_are_one_change(bench: Bench, talk: Conversation) -> None:
    talk.pin("hours", "før 12")
    async with strip(bench, talk) as pilot:
        screen = bench.screen
        assert isinstance(screen, SafetyScreen)
        while row(bench) != "hours":
            await pilot.press("down")
        field = screen.query_one(PinField)
        for words in ("ett", "etter", "etter 16"):
            field.value = words
            screen.take_over()
            assert talk.intake.safety["hours"] == words
        await pilot.press("enter")
        talk.undo()
        assert talk.intake.safety["hours"] == "før 12"
        talk.redo()
        assert talk.intake.safety["hours"] == "etter 16"


async def test_each_turn_of_an_answer_is_a_change_of_its_own(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk) as pilot:
        await pilot.press("tab", "tab")
        talk.undo()
        assert talk.intake.safety["call"] == "no"


async def test_what_is_typed_is_pinned_when_something_covers_it(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk) as pilot:
        await pilot.press("down", "down", *"før 16")
        await bench.push_screen(HelpScreen())
        assert talk.intake.safety == {"hours": "før 16"}


@pytest.mark.parametrize("kind", YES_NO)
@pytest.mark.parametrize("value", [None, "no", "yes"])
@pytest.mark.parametrize("keys", [["enter"], ["ctrl+y"], [*"ja", "enter"], [*"nei", "enter"]])
async def test_no_letter_and_no_enter_changes_whether_to_call(
    bench: Bench, talk: Conversation, kind: SafetyKind, value: str | None, keys: list[str]
) -> None:
    if value:
        talk.pin(kind, value)
    async with strip(bench, talk, "barna hjem 16") as pilot:
        await pilot.press(*["up"] * 6, *["down"] * KINDS.index(kind), *keys)
        assert talk.intake.safety.get(kind) == value
        assert row(bench) == KINDS[KINDS.index(kind) + 1]
        assert talk.line.text == "".join(key for key in keys if len(key) == 1)
        await pilot.press(*["enter"] * 7)
        assert talk.intake.safety == ({kind: value} if value else {})


@pytest.mark.parametrize("last", ["escape", "down", "enter", "ctrl+y", "up"])
async def test_letters_on_a_row_that_has_no_words_go_to_the_note_line_and_are_seen(
    bench: Bench, talk: Conversation, last: str
) -> None:
    talk.line = Line(text="hun sier ")
    async with strip(bench, talk, "barna hjem 16") as pilot:
        assert "barna hjem 16" not in screen_text(bench)
        await pilot.press(*"nei takkk", "backspace")
        assert "hun sier nei takk▏" in screen_text(bench)
        await pilot.press(last)
        assert talk.intake.safety == {}
        assert talk.line.text == "hun sier nei takk"


async def test_the_line_is_still_offered_after_an_enter_that_went_past(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk, "bare før 16") as pilot:
        await pilot.press("enter", "enter", "up", "down", "enter")
        assert talk.intake.safety == {"hours": "bare før 16"}


async def test_it_says_what_enter_does_with_the_line_that_is_offered(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk, "barna hjem 16") as pilot:
        assert "Enter Neste" in screen_text(bench)
        await pilot.press(*["down"] * KINDS.index("deadline"))
        assert "Enter fester det på «Frist»" in screen_text(bench)
        assert "Enter Fest " in screen_text(bench)


async def test_an_empty_text_takes_the_row_off(bench: Bench, talk: Conversation) -> None:
    talk.pin("code-word", "fôret")
    async with strip(bench, talk) as pilot:
        await pilot.press("down", "down", "down")
        assert row(bench) == "code-word"
        await pilot.press(*["backspace"] * 5, "enter")
        assert talk.intake.safety == {}


async def test_a_pinned_text_is_there_to_be_changed(bench: Bench, talk: Conversation) -> None:
    talk.pin("deadline", "barna hjem 16")
    async with strip(bench, talk, "noe annet") as pilot:
        await pilot.press(*["down"] * KINDS.index("deadline"), "backspace", "7", "enter")
        assert talk.intake.safety == {"deadline": "barna hjem 17"}


@pytest.mark.parametrize(
    ("call", "word"), [("no", "IKKE RING"), (None, "ikke avtalt"), ("yes", "kan ringes")]
)
async def test_a_number_shows_whether_it_may_be_called(
    bench: Bench, talk: Conversation, call: str | None, word: str
) -> None:
    talk.pin("number", "000 00 000")
    talk.pin("call", call)
    async with strip(bench, talk):
        shown = [line for line in screen_text(bench).splitlines() if line.strip()]
        at = next(n for n, line in enumerate(shown) if "Nummer" in line)
        assert word in (shown[at] if call != "yes" else shown[at - 1])


async def test_a_click_goes_to_a_row_and_leaves_the_words_on_theirs(
    bench: Bench, talk: Conversation
) -> None:
    async with strip(bench, talk) as pilot:
        await pilot.press("down", "down", *"før 16")
        await pilot.click(Rows, offset=(5, KINDS.index("where-now")))
        await pilot.press(*"jobb", "enter")
        assert talk.intake.safety == {"hours": "før 16", "where-now": "jobb"}
