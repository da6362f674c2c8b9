"""What is typed and pasted arrives as it was, can be undone, and reaches no clipboard."""

from __future__ import annotations

import unicodedata

import pytest
from conversation_bench import Bench, typed
from textual.events import Paste

from intake_tui.widgets.note_line import NoteLine, pasted
from screen_text import screen_rows

PAGE = (
    "Nå går det bedre å sove. " * 20 + "\n" * 2 + "linje\t\x1b[31mrød\x07\x00\x9b\r\nog så\r" * 15
)
TEN_PAGES = unicodedata.normalize("NFD", PAGE) * 10


def test_pasted_text_has_no_control_characters_but_line_ends() -> None:
    text = pasted(TEN_PAGES)
    assert {c for c in text if unicodedata.category(c) == "Cc"} == {"\n"}
    assert "linje [31mrødog" not in text
    assert unicodedata.normalize("NFD", text) == text
    assert pasted("æøå «» ’ – 🙂 é") == "æøå «» ’ – 🙂 é"
    assert pasted("a\u2028b\u2029c\x85d\x0be\x0cf") == "a\nb\nc\nd\ne\nf"


async def test_ten_pages_pasted_undone_and_redone(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "før ")
        bench.post_message(Paste(TEN_PAGES))
        await pilot.pause()
        assert bench.note.text == "før " + pasted(TEN_PAGES)
        assert bench.talk.line.text == bench.note.text
        assert bench.note.size.height == 4
        screen_rows(bench)
        await pilot.press("ctrl+z")
        assert bench.note.text == "før "
        await bench.front.run_action("redo")
        assert bench.note.text == "før " + pasted(TEN_PAGES)
        await pilot.press("ctrl+z", "ctrl+z")
        assert bench.note.text == ""
        assert bench.talk.line.text == ""


async def test_a_paste_in_the_middle_of_long_text_can_be_undone(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        bench.post_message(Paste("en to tre " * 300))
        await pilot.press(*["left"] * 25)
        before = bench.note.text
        bench.post_message(Paste("a\nb\nc\n" * 50))
        await pilot.pause()
        await pilot.press("ctrl+z")
        assert bench.note.text == before
        screen_rows(bench)


async def test_what_was_pasted_is_kept_composed(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        bench.post_message(Paste("a\u030ar og da\u0301g\x1b"))
        await pilot.press("enter")
    (line,) = bench.talk.intake.statements
    assert line.text == "år og dág"


async def test_copying_and_cutting_do_nothing(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "hemmelig")
        await pilot.press("shift+home", "ctrl+x", "ctrl+c", "ctrl+insert", "shift+delete")
        assert bench.note.text == "hemmelig"
        assert bench.clipboard == ""


async def test_tab_is_never_typed(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "a")
        await pilot.press("tab", "tab")
        await typed(pilot, "b")
        assert bench.note.text == "ab"


@pytest.mark.parametrize(("length", "rows"), [(0, 1), (70, 1), (90, 2), (230, 4), (900, 4)])
async def test_one_to_four_rows(bench: Bench, length: int, rows: int) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        bench.post_message(Paste(("ord " * 300)[:length]))
        await pilot.pause()
        assert bench.note.size.height == rows
        footer = screen_rows(bench)[-1]
        assert footer.startswith(" ^F Finn")


async def test_the_cursor_is_shown_where_the_next_letter_comes(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        bench.post_message(Paste("ord " * 300))
        await pilot.press("home", "X")
        assert "X" in "".join(row for row in screen_rows(bench) if row.startswith(" ▌"))


async def test_editing_keys(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "en to tre")
        await pilot.press("ctrl+backspace")
        assert bench.note.text == "en to "
        await pilot.press("home", "delete", "right")
        assert bench.note.text == "n to "
        await pilot.press("end", "ctrl+u")
        assert bench.note.text == ""


def test_no_key_of_the_program_is_taken_by_the_note_line() -> None:
    bound = set(NoteLine._merged_bindings.key_to_bindings)
    letters = "fltroyebgnszpq" + "chijkm" + "xv"  # the program's, the terminal's, the clipboard's
    assert not bound & {f"ctrl+{letter}" for letter in letters}
    assert not bound & {f"f{number}" for number in range(1, 13)}
    assert not bound & {"tab", "shift+tab", "enter", "up", "down", "pageup", "pagedown", "escape"}
