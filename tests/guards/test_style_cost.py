"""A screen that opens gets its styles once: that is a third of the time it takes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widgets import Label

from intake_tui.app import IntakeApp
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.recovery import RecoveryScreen
from intake_tui.textual_fixes.painting import STYLED_AGAIN, style_once
from machine import COUNSELLOR, PASSPHRASE, Home


@pytest.fixture
def styled(monkeypatch: pytest.MonkeyPatch) -> Counter[DOMNode]:
    """How often each node got its styles."""
    counted: Counter[DOMNode] = Counter()
    original = Stylesheet.apply

    def apply(self: Stylesheet, node: DOMNode, **options: Any) -> None:
        counted[node] += 1
        original(self, node, **options)

    monkeypatch.setattr(Stylesheet, "apply", apply)
    return counted


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_a_conversation_that_opens_gets_its_styles_once(
    home: Home, styled: Counter[DOMNode], size: tuple[int, int]
) -> None:
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=size) as pilot:
        await app.unlock(COUNSELLOR, PASSPHRASE)
        styled.clear()
        app.new_conversation()
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.has_class("-wide") is (size[0] >= 100)
        there = list(app.screen.query("*"))
        # The note line once more, as the focus comes to it.
        assert sum(styled[one] for one in there) <= len(there) + 1
        assert styled[app.screen] <= 2  # its own CSS is read after it is mounted


class Two(App[None]):
    """A screen with one widget."""

    def compose(self) -> ComposeResult:
        yield Label("ord")


async def shown_again(styled: Counter[DOMNode]) -> tuple[int, int]:
    """How often its styles were applied when it opened, and when it came to the front again."""
    app = Two()
    async with app.run_test() as pilot:
        label = app.query_one(Label)
        opened = styled[label]
        app.screen.post_message(ScreenResume())
        await pilot.pause()
        return opened, styled[label] - opened


async def test_a_new_screen_gets_the_styles_of_its_own_css(home: Home) -> None:
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(RecoveryScreen())
        await pilot.pause()
        assert isinstance(app.screen, RecoveryScreen)
        assert app.screen.styles.align == ("center", "middle")


async def test_a_screen_that_comes_to_the_front_again_gets_its_styles_anew(
    styled: Counter[DOMNode],
) -> None:
    style_once()
    opened, again = await shown_again(styled)
    assert opened == 1
    assert again >= 1


async def test_textual_itself_still_gives_a_new_screen_its_styles_twice(
    styled: Counter[DOMNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When this fails, `style_once` is no longer needed."""
    monkeypatch.setattr(Screen, "_on_screen_resume", STYLED_AGAIN)
    opened, _ = await shown_again(styled)
    assert opened > 1
