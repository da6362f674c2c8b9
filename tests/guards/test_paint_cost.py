"""A save paints the line that says so, and a key its own line: never the whole screen."""

from __future__ import annotations

import pytest
from textual.widget import Widget

from intake_tui.app import IntakeApp
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


async def test_the_unlock_screen_is_a_handful_of_widgets(home: Home) -> None:
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(80, 24)):
        assert len(app.screen.query("*")) <= 16
