"""The cover: at once, from everywhere, and it only covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from desk_bench import Bench, records, running
from textual.events import AppBlur, Key

from intake_tui.desk.palette import Palette
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.unlock import UnlockScreen
from machine import COUNSELLOR, PASSPHRASE, Home
from screen_text import screen_rows

SECRET = "hemmelig nabo"


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """The burst that covered is over at once."""
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)


async def contacts(bench: Bench) -> None:
    await bench.unlock()
    await bench.press("escape")
    await bench.front(ContactsScreen)
    await bench.press("x")  # nothing that was pressed before counts as the first Esc


async def talk(bench: Bench) -> None:
    await bench.talk()
    await bench.type(SECRET)


def panel(*keys: str) -> Callable[[Bench], Any]:
    async def open_(bench: Bench) -> None:
        await talk(bench)
        await bench.press("enter")
        stack = len(bench.app.screen_stack)
        await bench.press(*keys)
        await bench.until(lambda: len(bench.app.screen_stack) > stack, f"{keys} opens a panel")

    return open_


async def locked(bench: Bench) -> None:
    await bench.type(COUNSELLOR)


async def jotting(bench: Bench) -> None:
    await bench.press("ctrl+n")
    await bench.front(JotScreen)
    await bench.type(SECRET)


async def recovering(bench: Bench) -> None:
    await bench.press("ctrl+r")
    await bench.type("secret-ish")


async def palette(bench: Bench) -> None:
    await talk(bench)
    await bench.press("ctrl+p")
    await bench.front(Palette)


PLACES = {
    "locked": locked,
    "jotting": jotting,
    "recovering": recovering,
    "contacts": contacts,
    "talk": talk,
    "palette": palette,
    "running note": panel("ctrl+r"),
    "overview": panel("ctrl+o"),
    "safety": panel("ctrl+y"),
    "line broke": panel("ctrl+b"),
    "steps": panel("ctrl+g"),
    "help": panel("f1"),
}


@pytest.mark.parametrize("keys", [("escape", "escape"), ("f12",)], ids=["EscEsc", "F12"])
@pytest.mark.parametrize("place", PLACES)
async def test_it_covers_every_screen_and_dialog(
    home: Home, place: str, keys: tuple[str, ...]
) -> None:
    async with running(home) as bench:
        await bench.until(lambda: bench.app.focused, "a focus")
        await PLACES[place](bench)
        await bench.press(*keys)
        await bench.front(CoverScreen)
        seen = [row for row in screen_rows(bench.app) if row.strip()]
        assert len(seen) == 2
        assert SECRET not in bench.flat
        assert COUNSELLOR not in bench.flat
        assert "Pause" in seen[0]


async def test_two_slow_escapes_do_not_cover(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        first, second = Key("escape", "\x1b"), Key("escape", "\x1b")
        second.time = first.time + 0.6
        bench.app.post_message(first)
        bench.app.post_message(second)
        await bench.pilot.pause()
        assert isinstance(bench.app.screen, ConversationScreen)


async def test_a_panicking_hand_stays_covered(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press(*["escape"] * 7)
        await bench.pilot.pause()
        assert isinstance(bench.app.screen, CoverScreen)
        await bench.press("f12", "f12")
        assert isinstance(bench.app.screen, CoverScreen)
        assert len([s for s in bench.app.screen_stack if isinstance(s, CoverScreen)]) == 1


async def test_enter_pressed_again_uncovers_however_soon_after_an_enter_that_came_too_soon(
    home: Home,
) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press("f12")
        cover = await bench.front(CoverScreen)
        for after in (0.5, 0.9):
            await bench.until(lambda: bench.app.screen is cover, "covered")
            enter = Key("enter", "\r")
            enter.time = cover._last_escape + after
            bench.app.post_message(enter)
            await bench.pilot.pause()
        await bench.front(ConversationScreen)
        assert SECRET in bench.flat


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_enter_or_escape_shows_the_same_screen_again(home: Home, key: str) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.press(key)
        await bench.front(ConversationScreen)
        assert SECRET in bench.flat
        await bench.type(" og far")
        await bench.until(lambda: bench.app.current.line.text == SECRET + " og far", "goes on")


async def test_what_is_covered_is_saved(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        bench.app.session.autosave.touch = lambda conversation: None  # nothing else saves
        await bench.press("f12")
        await bench.saved()


async def test_lost_focus_covers(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        bench.app.post_message(AppBlur())
        await bench.front(CoverScreen)


@pytest.mark.usefixtures("calm")
async def test_a_key_on_the_cover_goes_into_the_conversation_that_is_covered(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        covered = bench.app.current
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.type("hun hvisker")
        assert "hvisker" not in bench.flat
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.shows("hun hvisker", "kommer inn i samtalen som er dekket")
        assert SECRET not in bench.flat
        await bench.saved()
        await bench.shows("Lagret og forseglet.")
        await bench.press("escape")
        await bench.front(CoverScreen)
        assert "hvisker" not in bench.flat
        await bench.press("enter")
        await bench.front(ConversationScreen)
        assert bench.app.current is covered
        assert [line.text for line in covered.intake.statements] == ["hun hvisker"]
        assert covered.line.text == SECRET
        assert bench.app.conversations == [covered]
        await bench.type(" igjen")
        await bench.press("enter")
        said = [line.text for line in covered.intake.statements]
        assert said == ["hun hvisker", f"{SECRET} igjen"]


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("then", ["lock", "cover", "leave"])
async def test_what_is_half_written_over_it_is_kept_however_it_ends(home: Home, then: str) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.press("ctrl+n")
        await bench.type("hun hvisker\rog gråter")
        getattr(bench.app, then)()
        await bench.until(lambda: then == "cover" or bench.app.session.vault._archive is None)
    (record,) = records(home)
    assert [line["text"] for line in record["statements"]] == ["hun hvisker", "og gråter"]


@pytest.mark.usefixtures("calm")
async def test_over_the_contacts_it_becomes_a_conversation_of_its_own(home: Home) -> None:
    async with running(home) as bench:
        await contacts(bench)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.type("ny som ringer")
        await bench.press("ctrl+n")
        await bench.shows("blir de første linjene i en ny samtale")
        await bench.press("escape")
        await bench.front(CoverScreen)
        await bench.press("enter")
        await bench.front(ConversationScreen)
        said = [line.text for line in bench.app.current.intake.statements]
        assert said == ["ny som ringer"]


async def test_help_is_there_for_the_write_only_line_too(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.press("f1")
        assert isinstance(bench.app.screen, CoverScreen)
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.press("f1")
        await bench.front(HelpScreen)
        assert SECRET not in bench.flat
        await bench.press("f1")
        await bench.front(JotScreen)


async def test_the_cover_is_over_the_locked_screen_too_and_gives_nothing_away(home: Home) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.press("ctrl+p", "f1", "ctrl+r")
        assert isinstance(bench.app.screen, CoverScreen)
        bench.app.lock()
        await bench.until(lambda: bench.app.session.phase == "locked", "locked")
        assert isinstance(bench.app.screen, CoverScreen)
        assert isinstance(bench.app.screen_stack[0], UnlockScreen)


@pytest.mark.usefixtures("calm")
async def test_letters_at_the_cover_are_unseen_and_stand_on_the_line_afterwards(
    home: Home,
) -> None:
    async with running(home) as bench:
        await talk(bench)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.type("hun hviskerr")
        await bench.press("backspace")
        assert "hvisker" not in bench.flat
        await bench.shows("•••", "skriv det ned")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        await bench.until(lambda: bench.app.current.line.text == f"{SECRET} hun hvisker", "there")
        await bench.until(lambda: "hun hvisker" in bench.flat, "and seen")
        assert bench.app.current.intake.statements == ()


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("place", ["cover", "jot", "line"])
async def test_a_passphrase_typed_by_mistake_is_never_kept(home: Home, place: str) -> None:
    async with running(home) as bench:
        await talk(bench)
        if place != "line":
            await bench.press("f12")
            await bench.front(CoverScreen)
        if place == "jot":
            await bench.press("ctrl+n")
            await bench.front(JotScreen)
        await bench.type(PASSPHRASE)
        if place == "cover":
            assert PASSPHRASE not in bench.flat
        await bench.press("enter")
        if place != "cover":
            await bench.shows("Det var passordfrasen din")
        if place == "jot":
            await bench.press("escape", "enter")
        await bench.until(lambda: isinstance(bench.app.screen, ConversationScreen), "back")
        assert bench.app.current.line.text == SECRET
        await bench.press("enter")
        assert [line.text for line in bench.app.current.intake.statements] == [SECRET]
        assert PASSPHRASE not in str(bench.app.current.intake.events)
