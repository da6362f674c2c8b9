"""Each step as a person reads it, and nothing of it wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest
from conversation_bench import NOON, Bench, typed
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from intake_tui.guide.model import LANGUAGES, Guide, Language
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.screens.conversation_keys import footer_keys
from intake_tui.widgets.footer import fitting
from intake_tui.widgets.messages import NotSaved, Saved
from intake_tui.widgets.step_bar import steps_line
from intake_tui.words import Words
from screen_text import screen_rows, screen_text

SIZES = [(80, 24), (140, 40)]


@pytest.fixture
def begun(talk: Conversation) -> Conversation:
    """A talk in which a few things were said."""
    talk.answer("INV-1", "telephone")
    talk.answer("pronoun", "he")
    talk.pin("call", "no")
    talk.pin("deadline", "barna hjem 16")
    talk.pin("where-now", "jobb")
    for line in (
        Line("brå før også, men ikke som nå", places=("THREAT-4",), answers={"THREAT-4": "yes"}),
        Line("o: snakker lavt"),
        Line('"Nå er det hver uke"', places=("THREAT-4",)),
        Line("jakter. 2 rifler", places=("THREAT-10",), answers={"THREAT-10": "yes"}),
        Line("9, hos faren", places=("OPEN-8",)),
        Line("v: trenger vern", places=("decision",), answers={"decision": "HELP-1"}),
    ):
        talk.line = line
        talk.keep()
    talk.answer("THREAT-2", "unknown")
    talk.answer("THREAT-7", "declined")
    talk.answer("INFO-2", "given")
    talk.answer("HELP-1", "offered-wanted")
    talk.line = Line("og så")
    return talk


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("step", range(1, 9))
async def test_step(
    begun: Conversation,
    step: int,
    language: Language,
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
) -> None:
    begun.step = step
    if step == 3:
        begun.line = Line("og så", places=("THREAT-2", "OPEN-8"), answers={"THREAT-2": "no"})
    bench = Bench(begun, language)
    async with bench.run_test(size=size) as pilot:
        bench.screen.post_message(Saved(begun.id, NOON))
        await pilot.press("down")
        assert screen_text(bench) == snapshot


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_find(
    begun: Conversation, language: Language, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    bench = Bench(begun, language)
    async with bench.run_test(size=size) as pilot:
        await pilot.press("ctrl+f")
        await typed(pilot, "hj" if language == "nb" else "ho")
        assert screen_text(bench) == snapshot


async def test_empty(bench: Bench, snapshot: SnapshotAssertion) -> None:
    async with bench.run_test(size=(80, 24)):
        assert screen_text(bench) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 99, 100, 160])
async def test_no_row_is_cut_on_any_step(
    begun: Conversation, language: Language, width: int
) -> None:
    bench = Bench(begun, language)
    async with bench.run_test(size=(width, 24)) as pilot:
        for step in range(1, 9):
            await bench.front.go_to_step(step)
            await pilot.pause()
            rows = screen_rows(bench)
            assert rows[-1].endswith(Words(language)("conversation.cover"))
            assert "IK" in rows[2] or "DO NOT CALL" in rows[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("function_keys", [False, True])
@pytest.mark.parametrize("placed", [False, True])
def test_what_a_new_counsellor_needs_fits_in_80_columns(
    language: Language, function_keys: bool, placed: bool
) -> None:
    keys = footer_keys(Words(language), placed=placed)
    chosen = fitting(keys, 79, function_keys=function_keys)
    seen = ["Tab" if placed else "^F", "^G", "^R", "^Y", "^E", "F1", "Esc Esc"]
    shown = {key.does for key in keys if key.ctrl in seen}
    assert shown <= {does for _, does in chosen}
    assert sum(cell_len(f"{key} {does}") + 2 for key, does in chosen) - 2 <= 79


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_steps_fit_in_78_columns(guide: Guide, language: Language) -> None:
    names = tuple(step.tab.at(language) for step in guide.steps)
    pieces = steps_line(names, 8, 79)
    assert sum(cell_len(text) for text, _ in pieces) <= 79
    assert "›8" in "".join(text for text, _ in pieces)


async def test_saving_is_said_in_words(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        assert "lagret" not in screen_rows(bench)[0]
        await typed(pilot, "a")
        bench.front.show_header()
        await pilot.pause()
        assert screen_rows(bench)[0].endswith("ikke lagret ennå")
        bench.screen.post_message(Saved(bench.talk.id, NOON))
        await pilot.pause()
        assert screen_rows(bench)[0].endswith("lagret 13:00:00")
        bench.screen.post_message(NotSaved(bench.talk.id, "disk-full"))
        await pilot.pause()
        assert screen_rows(bench)[0].endswith("IKKE lagret: disken er full")
        assert "Teksten er i minnet" in screen_text(bench)
        bench.screen.post_message(NotSaved(bench.talk.id, "draft-conflict"))
        await pilot.pause()
        assert screen_rows(bench)[0].endswith("IKKE lagret – prøver igjen")
        bench.screen.post_message(Saved(bytes(15) + b"x", NOON))
        await pilot.pause()
        assert screen_rows(bench)[0].endswith("IKKE lagret – prøver igjen")


async def test_the_clock_of_the_talk_goes_on(bench: Bench, monkeypatch: Any) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        assert "· 00:14" in screen_rows(bench)[0]
        bench.time = bench.time.replace(hour=13, minute=59)
        bench.front.show_header()
        await pilot.pause()
        assert "· 01:59" in screen_rows(bench)[0]


async def test_a_number_never_stands_without_whether_to_call(bench: Bench) -> None:
    long = "000 00 000, men bare mellom klokka åtte og klokka ti, og aldri på en lørdag " * 3
    bench.talk.pin("number", long)
    bench.talk.pin("call", "no")
    async with bench.run_test(size=(80, 24)):
        rows = screen_rows(bench)
        at = next(n for n, row in enumerate(rows) if "000 00 000" in row)
        assert "IKKE RING" in rows[2]
        assert at in (2, 3)
        assert rows[3].endswith("…")
        assert rows[4].startswith("───")


async def test_function_keys_stand_in_the_footer_where_they_work(talk: Conversation) -> None:
    bench = Bench(talk, function_keys=True)
    async with bench.run_test(size=(80, 24)):
        assert screen_rows(bench)[-1].startswith(" F3 Finn  F8 Steg  F2 Utsagn  ^Y Trygghet")
