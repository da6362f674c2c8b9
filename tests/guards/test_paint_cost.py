"""A save paints the line that says so, and a key its own line: never the whole screen."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.events import Event, Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from intake_tui.app import IntakeApp
from intake_tui.textual_fixes.painting import ALL_LINES
from intake_tui.widgets.header import Header
from intake_tui.widgets.note_line import NoteLine
from machine import COUNSELLOR, PASSPHRASE, Home


async def test_a_save_paints_the_header_and_nothing_else(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: set[type[Widget]] = set()
    original = Widget.refresh

    def refresh(self: Widget, *args: object, **kwargs: object) -> Widget:
        painted.add(type(self))
        return original(self, *args, **kwargs)  # type: ignore[arg-type]

    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(160, 48)) as pilot:
        await app.unlock(COUNSELLOR, PASSPHRASE)
        app.new_conversation()
        await pilot.pause()
        assert app.current is not None
        await pilot.press("j")
        await app.session.autosave.save(app.current)
        await pilot.pause()
        # At each message to a screen beneath, Textual paints everything anew.
        assert len(app.screen_stack) == 1
        with monkeypatch.context() as watched:
            watched.setattr(Widget, "refresh", refresh)
            await pilot.press("a")
            await app.session.autosave.save(app.current)
            await pilot.pause()
        assert NoteLine in painted
        assert painted <= {NoteLine, Header}


async def test_a_key_of_a_conversation_is_painted_at_once_and_asks_two_widgets_for_a_line(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `test_key_path.py` has it of a small app: it is the program that has to do so."""
    monkeypatch.setattr(Compositor, "_get_renders", ALL_LINES)
    asked: Counter[str] = Counter()
    painted: list[None] = []
    at_once: list[int] = []
    render_widget = StylesCache.render_widget

    def asked_for(self: StylesCache, widget: Widget, crop: Region) -> list[Strip]:
        asked[type(widget).__name__] += crop.height
        return render_widget(self, widget, crop)

    app = IntakeApp(home.vault, device=home.device)
    on_event, display = app.on_event, app._display

    async def dealt_with(event: Event) -> None:
        before, comes = len(painted), isinstance(event, Key) and not event.is_forwarded
        await on_event(event)
        if comes:
            at_once.append(len(painted) - before)

    def displayed(*args: Any) -> None:
        painted.append(None)
        display(*args)

    async with app.run_test(size=(160, 48)) as pilot:
        await app.unlock(COUNSELLOR, PASSPHRASE)
        app.new_conversation()
        await pilot.press("j")
        await app.session.autosave.save(app.conversations[0])
        await pilot.pause()
        with monkeypatch.context() as watched:
            watched.setattr(StylesCache, "render_widget", asked_for)
            watched.setattr(app, "on_event", dealt_with)
            watched.setattr(app, "_display", displayed)
            app.post_message(Key("a", "a"))
            await pilot.pause()
    assert at_once == [1]
    assert asked == {"NoteLine": 1, "ConversationScreen": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows reads keys otherwise")
def test_the_program_hears_a_lone_escape(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `test_escape.py` has it of the parser."""
    monkeypatch.setattr(XTermParser, "feed", lambda self, data: iter(()))
    IntakeApp(home.vault, device=home.device)
    assert getattr(XTermParser.feed, "hears", False)


async def test_the_unlock_screen_is_a_handful_of_widgets(home: Home) -> None:
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(80, 24)):
        assert len(app.screen.query("*")) <= 16
