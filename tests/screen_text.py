"""The screen of a running app as plain text: one string a row, as a person would read it."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.geometry import Region


def screen_rows(app: App[Any]) -> list[str]:
    """The rows of the screen in front, blanks at their ends left out."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    rows = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    assert len(rows) == height
    for row in rows:
        assert cell_len(row) <= width, f"a row is wider than the screen: {row!r}"
    return rows


def screen_text(app: App[Any]) -> str:
    """The whole screen, for a snapshot."""
    return "\n".join(screen_rows(app)) + "\n"


def region_text(app: App[Any], region: Region) -> str:
    """What stands in a part of the screen."""
    rows = screen_rows(app)[region.y : region.bottom]
    return "\n".join(row[region.x : region.right].rstrip() for row in rows)
