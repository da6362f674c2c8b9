"""A small app around the conversation's screen: no vault, a clock that stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from fake_persons import FakeArchive
from intake_tui.desk.theme import THEME
from intake_tui.guide.model import Language
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.widgets.key_order import dealt_with
from intake_tui.widgets.note_line import NoteLine
from intake_tui.words import Words
from screen_text import screen_text

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """All at once, as from a slow machine: a key by its name, or text after «type:»."""
    for key in keys:
        for name in key.removeprefix("type:") if key.startswith("type:") else (key,):
            one = len(name) == 1
            pressed = Key(_character_to_key(name), name) if one else Key(name, None)
            pilot.app.post_message(pressed)
    await pilot.pause()


async def typed(pilot: Pilot[Any], text: str) -> None:
    """The characters, one key each, faster than any hand."""
    for character in text:
        pilot.app.post_message(Key(_character_to_key(character), character))
    await pilot.pause()


class Bench(App[None]):
    """What the conversation asks of the app, written down."""

    def __init__(
        self, conversation: Conversation, language: Language = "nb", *, function_keys: bool = False
    ) -> None:
        super().__init__()
        self.register_theme(THEME)
        self.theme = THEME.name
        self.words = Words(language)
        self.language = language
        self.guide = conversation.guide
        self.conversations = [conversation]
        self.current = conversation
        self.function_keys = function_keys
        self.time = NOON + dt.timedelta(minutes=14)
        self.archive = FakeArchive()
        self.touched = 0
        self.saved = 0

    def now(self) -> dt.datetime:
        return self.time

    async def vault(self, work: Callable[[Any], Any]) -> Any:
        return await self.archive.vault(work)

    def touch(self, conversation: Conversation) -> None:
        assert conversation is self.current
        self.touched += 1

    async def save(self, conversation: Conversation) -> bool:
        return True

    def save_now(self, conversation: Conversation) -> None:
        assert conversation is self.current
        self.saved += 1

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await dealt_with(self, event)
        else:
            await super().on_event(event)

    async def on_mount(self) -> None:
        assert self.current is not None
        await self.push_screen(ConversationScreen(self.current))

    @property
    def talk(self) -> Conversation:
        assert self.current is not None
        return self.current

    @property
    def front(self) -> ConversationScreen:
        assert isinstance(self.screen, ConversationScreen)
        return self.screen

    @property
    def note(self) -> NoteLine:
        return self.front.note


async def picked(pilot: Pilot[Any], query: str) -> None:
    await pilot.press("ctrl+f")
    await typed(pilot, query)
    await pilot.press("enter")


def later(bench: Bench) -> None:
    """More than a second has passed: the next Enter is no habit."""
    now = bench.note.clock()
    bench.note.clock = lambda: now + 1.1


def chips(bench: Bench) -> str:
    rows = screen_text(bench).splitlines()
    return rows[next(n for n, row in enumerate(rows) if row.startswith(" ▌")) - 1].strip()
