"""The panels in the program itself, on a sealed vault: what they promise reaches the record."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from intake_tui.app import IntakeApp
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.line_broke import LineBrokeScreen
from intake_tui.screens.safety import SafetyScreen
from intake_tui.screens.sign import SignScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.widgets.note_line import NoteLine
from machine import COUNSELLOR, PASSPHRASE, Home
from screen_text import screen_text


async def until(pilot: Pilot[None], seen: Callable[[], Any]) -> None:
    """Wait for a condition; what never comes fails with the screen as it is."""
    end = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < end, screen_text(pilot.app)
        await pilot.pause(0.01)


def says(app: IntakeApp, text: str) -> Callable[[], bool]:
    """Whether the screen in front says that, as soon as it is whole."""

    def seen() -> bool:
        return app.screen._mounted_event.is_set() and text in screen_text(app)

    return seen


async def talking(app: IntakeApp, pilot: Pilot[None]) -> Conversation:
    """A new conversation, its note line in focus."""
    app.new_conversation()
    await until(pilot, lambda: app.current is not None and isinstance(app.focused, NoteLine))
    assert app.current is not None
    return app.current


@asynccontextmanager
async def contacts(home: Home) -> AsyncIterator[tuple[IntakeApp, Pilot[None]]]:
    """The program with its vault open, and the contacts in front."""
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test() as pilot:
        await app.unlock(COUNSELLOR, PASSPHRASE)
        app.show_contacts()
        await until(pilot, lambda: isinstance(app.screen, ContactsScreen))
        await pilot.pause()
        yield app, pilot
        await app.session.flush()
        await app.session.vault.lock()


async def test_signed_then_shown_and_found_in_the_list(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        talk = await talking(app, pilot)
        await pilot.press(*"hun vil vite mer")
        await app.push_screen(SignScreen(talk))
        await until(pilot, says(app, COUNSELLOR))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SignedScreen))
        await until(pilot, says(app, "hun vil vite mer"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ContactsScreen))
        await until(pilot, says(app, talk.code))
        assert "Åpne – ikke signert" not in screen_text(app)
        assert app.conversations == []


async def test_an_empty_draft_is_counted_and_gone(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        app.session.begin()  # as one that was in front at a lock; a parked one would be gone
        app.show_contacts()
        await until(pilot, says(app, "Åpne – ikke signert"))
        await pilot.press("ctrl+u", "enter")
        await until(pilot, says(app, "utkastet er slettet"))
        assert app.conversations == []
        assert await app.vault(lambda archive: archive.contacts()) == []


async def test_what_is_pinned_while_covered_over_is_saved(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        talk = await talking(app, pilot)
        await app.push_screen(SafetyScreen(talk))
        await pilot.press("tab", "down", "down", *"før 16", "f12")
        await until(pilot, lambda: isinstance(app.screen, CoverScreen))
        await until(pilot, lambda: app.session.autosave.is_saved(talk))
        assert talk.intake.safety == {"call": "no", "hours": "før 16"}


async def test_what_is_weighed_while_covered_over_is_saved(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        talk = await talking(app, pilot)
        await pilot.press("ctrl+d")
        await until(pilot, says(app, "Du vurderer og konkluderer"))
        await pilot.press("down", "down", *"verre nå", "f12")
        await until(pilot, lambda: isinstance(app.screen, CoverScreen))
        await until(pilot, lambda: app.session.autosave.is_saved(talk))
        (sheet,) = talk.intake.duties
        assert sheet.value("words") == "verre nå"


async def test_the_line_breaks_and_it_is_on_disk(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        talk = await talking(app, pilot)
        await app.push_screen(LineBrokeScreen(talk))
        await until(pilot, lambda: app.session.autosave.is_saved(talk))
        rows = await app.vault(lambda archive: archive.contacts())
        assert [row.broke for row in rows] == [True]


async def test_the_lock_key_locks(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen))


@pytest.mark.parametrize(
    "over", [None, "ctrl+r", "ctrl+y", "ctrl+d", "ctrl+o", "ctrl+f", "ctrl+e", "f12"]
)
async def test_the_lock_key_locks_from_a_conversation_and_over_it(
    home: Home, over: str | None
) -> None:
    async with contacts(home) as (app, pilot):
        talk = await talking(app, pilot)
        await pilot.press(*"hun sier", *([over] if over else []), "ctrl+k")
        await until(pilot, lambda: any(isinstance(one, UnlockScreen) for one in app.screen_stack))
        await until(pilot, lambda: app.session.phase == "locked" and app.conversations == [])
        assert talk.line.text == "hun sier"


async def test_zero_parks_the_conversation_and_shows_the_list(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        talk = await talking(app, pilot)
        await pilot.press(*"hun sier", "ctrl+g", "0")
        await until(pilot, lambda: isinstance(app.screen, ContactsScreen))
        await until(pilot, says(app, talk.code))
        assert talk.line.text == "hun sier"
        assert app.current is None


async def test_help_is_about_what_stands_in_front(home: Home) -> None:
    async with contacts(home) as (app, pilot):
        await talking(app, pilot)
        for before, words, after in (
            (["ctrl+f", *"ring"], "Enter velger det du står på", ["escape"]),
            (["ctrl+e"], "skriver at du ringte", ["ctrl+e"]),
            (["ctrl+g", "7"], "Notatet lages av linjene", []),
        ):
            await pilot.press(*before, "f1")
            await until(pilot, says(app, words))
            await pilot.press("f1")
            await until(pilot, lambda: not isinstance(app.screen, HelpScreen))
            await pilot.press(*after)
