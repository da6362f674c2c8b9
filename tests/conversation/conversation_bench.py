"""A small app around the conversation's screen: no vault, a clock that stands."""

from __future__ import annotations

import datetime as dt

from textual.app import App

from intake_tui.desk.theme import THEME
from intake_tui.guide.model import Language
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.widgets.note_line import NoteLine
from intake_tui.words import Words

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


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
        self.touched = 0
        self.saved = 0

    def now(self) -> dt.datetime:
        return self.time

    def touch(self, conversation: Conversation) -> None:
        assert conversation is self.current
        self.touched += 1

    def save_now(self, conversation: Conversation) -> None:
        assert conversation is self.current
        self.saved += 1

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
