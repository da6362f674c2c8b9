"""Keys that come all at once, the one that opens the panel among them, do what they do singly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from panels_bench import Bench, told
from textual.binding import Binding
from textual.events import Event, Key, Paste
from textual.keys import _character_to_key
from textual.screen import Screen

from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.safety import SafetyScreen
from intake_tui.screens.steps import GoToStepScreen
from intake_tui.widgets.key_order import dealt_with

PANELS: dict[str, Callable[[Conversation], Screen[Any]]] = {
    "note": RunningNoteScreen,
    "safety": lambda talk: SafetyScreen(talk, "barna hjem 16"),
    "steps": lambda _: GoToStepScreen(1),
    "overview": OverviewScreen,
}


class Base(Screen[None]):
    """Opens a panel at a key, as the conversation does."""

    BINDINGS = [Binding("f5", "open_panel", show=False)]  # noqa: RUF012

    def __init__(self, panel: Screen[Any]) -> None:
        super().__init__()
        self._panel = panel
        self.answer: Any = "nothing yet"

    def action_open_panel(self) -> None:
        def answered(result: Any) -> None:
            self.answer = result

        self.app.push_screen(self._panel, answered)


class Bursting(Bench):
    """Deals with each key from beginning to end, as the app does."""

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self.screen._mounted_event.wait()
            await dealt_with(self, event)
        else:
            await super().on_event(event)


async def after_burst(guide: Guide, talk: Conversation, panel: str, *keys: str) -> Any:
    bench = Bursting(guide)
    base = Base(PANELS[panel](talk))
    async with bench.run_test() as pilot:
        await bench.push_screen(base)
        await pilot.pause()
        for key in ("f5", *keys):
            name = _character_to_key(key) if len(key) == 1 else key
            bench.post_message(Key(name, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
    return base.answer


async def test_a_digit_right_after_its_key(guide: Guide, talk: Conversation) -> None:
    assert await after_burst(guide, talk, "steps", "7") == 7


async def test_safety_in_one_burst(guide: Guide, talk: Conversation) -> None:
    keys = ["tab", *["down"] * 5, "enter", *"jobb", "escape"]
    assert await after_burst(guide, talk, "safety", *keys) is None
    assert talk.intake.safety == {
        "call": "no",
        "deadline": "barna hjem 16",
        "where-now": "jobb",
    }


async def test_an_edit_and_a_place_in_one_burst(guide: Guide, talk: Conversation) -> None:
    told(talk, "han jakter")
    keys = ["enter", *" ofte", "enter", "ctrl+l", *"våp", "enter", "escape"]
    assert await after_burst(guide, talk, "note", *keys) is None
    (line,) = talk.intake.statements
    assert (line.text, line.places) == ("han jakter ofte", ("THREAT-10",))


@pytest.mark.parametrize("panel", PANELS)
async def test_open_and_closed_again_at_once(guide: Guide, talk: Conversation, panel: str) -> None:
    told(talk, "noe")
    changes = talk.changes
    assert await after_burst(guide, talk, panel, "escape") is None
    assert talk.changes == changes
