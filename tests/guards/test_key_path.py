"""A key that writes is painted before the next thing is done, from the lines that it stands in."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual._text_area_theme import TextAreaTheme
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.geometry import Region
from textual.keys import key_to_character
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

import intake_tui
from intake_tui.textual_fixes import painting
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.textual_fixes.painting import ALL_LINES, paint_few_lines
from intake_tui.widgets import key_order
from intake_tui.widgets.key_order import dealt_with
from intake_tui.widgets.note_line import NoteLine


def nothing() -> None:
    """For Backspace in an empty line."""


class Plain(App[None]):
    """A line to write in below others; `at_once`: how often each key painted before it was done."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0
        self.at_once: list[int] = []

    def compose(self) -> ComposeResult:
        yield Static("en\nto\ntre")
        yield NoteLine("", nothing)
        yield ClosedInput(id="closed")
        yield Input(id="open")
        yield Static("under")

    async def on_event(self, event: Event) -> None:
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
            return
        before = self.painted
        await dealt_with(self, event)
        self.at_once.append(self.painted - before)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.painted += 1
        super()._display(screen, renderable)


async def painted_at_once(*keys: str, field: str = "NoteLine") -> list[int]:
    """How often each of the keys painted before it was done with; they come in one burst."""
    app = Plain()
    async with app.run_test(size=(40, 12)) as pilot:
        app.query_exactly_one(field).focus()
        await pilot.pause()
        for key in keys:
            app.post_message(Key(key, key))
        await pilot.pause()
        shown = app.query_exactly_one(field)
        assert "".join(keys) in (getattr(shown, "text", ""), getattr(shown, "value", ""))
    return app.at_once


async def lines_asked_for(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many lines each widget was asked for at a key."""
    asked: Counter[str] = Counter()
    original = StylesCache.render_widget

    def render_widget(self: StylesCache, widget: Widget, crop: Region) -> list[Strip]:
        asked[type(widget).__name__] += crop.height
        return original(self, widget, crop)

    app = Plain()
    async with app.run_test(size=(40, 12)) as pilot:
        app.query_one(NoteLine).focus()
        await pilot.press("a")
        monkeypatch.setattr(StylesCache, "render_widget", render_widget)
        await pilot.press("b")
    return asked


async def test_a_key_is_painted_within_its_own_turn() -> None:
    assert await painted_at_once("a") == [1]


async def test_so_is_a_key_in_a_field() -> None:
    assert await painted_at_once("a", field="#closed") == [1]


async def test_then_the_thread_that_writes_to_the_terminal_has_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before anything else is done: beside a save, one key in ten was 1 ms late otherwise."""
    did: list[str] = []
    display, dealt = Plain._display, Plain.on_event

    def displayed(self: Plain, screen: Screen[Any], renderable: object) -> None:
        did.append("painted")
        display(self, screen, renderable)

    async def heard(self: Plain, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            did.append("key")
        await dealt(self, event)

    monkeypatch.setattr(painting, "time", SimpleNamespace(sleep=lambda _: did.append("aside")))
    monkeypatch.setattr(Plain, "_display", displayed)
    monkeypatch.setattr(Plain, "on_event", heard)
    await painted_at_once("a")
    began = did.index("key")
    assert did[began : began + 3] == ["key", "painted", "aside"]
    assert did.count("aside") == 1


async def test_textual_itself_still_lays_all_out_at_a_key_in_a_field() -> None:
    """When this fails, `ClosedInput.virtual_size` is no longer needed."""
    assert await painted_at_once("a", field="#open") == [0]


async def test_keys_that_wait_already_are_painted_with_the_last_one() -> None:
    assert await painted_at_once(*"abcd") == [0, 0, 0, 1]


async def test_textual_itself_still_puts_painting_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, `paint_at_once` is no longer needed."""
    monkeypatch.setattr(key_order, "paint_at_once", lambda screen, widget: None)
    assert await painted_at_once("a") == [0]


async def test_only_the_line_that_has_changed_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    paint_few_lines()
    assert await lines_asked_for(monkeypatch) == {"NoteLine": 1, "Screen": 1}


async def test_a_letter_is_looked_for_among_no_bindings(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []
    original = App._check_bindings

    async def check_bindings(self: App[Any], key: str, priority: bool = False) -> bool:
        looked_for.append(key)
        return await original(self, key, priority)

    app = Plain()
    async with app.run_test(size=(40, 12)) as pilot:
        app.query_one(NoteLine).focus()
        monkeypatch.setattr(App, "_check_bindings", check_bindings)
        await pilot.press("a", "left", "b")
    assert set(looked_for) == {"left"}


async def test_a_key_reads_no_style_and_looks_for_no_bracket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A note line has one look, and what it has are words: Textual reads a whole paragraph."""
    done: list[str] = []
    app = Plain()
    async with app.run_test(size=(40, 12)) as pilot:
        note = app.query_one(NoteLine)
        note.focus()
        note.put("(ord) om det")
        await pilot.press("home", "a")
        for holder, name in (
            (TextAreaTheme, "apply_css"),
            (TextArea, "_yield_character_locations"),
        ):
            monkeypatch.setattr(holder, name, lambda *_, name=name: done.append(name) or ())
        await pilot.press("b", "home")
        assert note.text.startswith("ab(")
        assert done == []


async def test_textual_itself_still_asks_for_all_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, `paint_few_lines` is no longer needed."""
    monkeypatch.setattr(Compositor, "_get_renders", ALL_LINES)
    asked = await lines_asked_for(monkeypatch)
    assert asked["Static"] == 4
    assert asked["Screen"] == 12


def bindings() -> Iterator[tuple[str, Binding]]:
    """All that any screen, widget or app of the program binds."""
    for module in pkgutil.walk_packages(intake_tui.__path__, "intake_tui."):
        if module.name != "intake_tui.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, type) and issubclass(value, DOMNode):
                    for binding in Binding.make_bindings(value.BINDINGS):
                        yield f"{module.name}.{name}", binding


def test_no_key_that_prints_is_bound_before_a_widget_is_asked() -> None:
    """So that a letter needs no look at the bindings; see `key_order`."""
    found = {(place, one.key) for place, one in bindings() if one.priority}
    assert any(key == "f12" for _, key in found)
    printing = {
        (place, key) for place, key in found if (key_to_character(key) or "\n").isprintable()
    }
    assert not printing
