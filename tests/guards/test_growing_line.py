"""What was typed last is in sight, also where it begins a new line below the last one shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.widgets import TextArea

from intake_tui.textual_fixes.closed import ClosedTextArea
from intake_tui.widgets.note_line import NoteLine


def nothing() -> None:
    """For Backspace in an empty line."""


class Plain(App[None]):
    """One line to write in, of some make."""

    def __init__(self, make: Callable[[], TextArea]) -> None:
        super().__init__()
        self.make = make

    def compose(self) -> ComposeResult:
        line = self.make()
        line.styles.height = "auto"
        line.styles.max_height = 4
        yield line


def out_of_sight(line: TextArea) -> bool:
    """Whether the cursor's line is not among those shown."""
    at = line.wrapped_document.location_to_offset(line.cursor_location).y
    return at - line.scroll_offset.y >= line.scrollable_content_region.height


async def lost(make: Callable[[], TextArea]) -> int:
    """After how many letters the cursor was out of sight."""
    app = Plain(make)
    async with app.run_test(size=(40, 12)) as pilot:
        line = app.query_one(TextArea)
        line.focus()
        await pilot.pause()
        count = 0
        line.insert("ord om det som ble sagt da " * 6)
        await pilot.pause()
        for letter in "ord om det som ble sagt da " * 2:
            line.insert(letter)
            await pilot.pause()
            count += out_of_sight(line)
        end = line.wrapped_document.height
        assert line.scroll_offset.y == end - line.scrollable_content_region.height
        return count


@pytest.mark.parametrize("make", [lambda: NoteLine("", nothing), ClosedTextArea])
async def test_the_cursor_is_always_in_sight(make: Callable[[], TextArea]) -> None:
    assert await lost(make) == 0


async def test_textual_itself_still_loses_it() -> None:
    """When this fails, `ClosedTextArea.edit` is no longer needed."""
    assert await lost(TextArea) > 0
