"""What is painted and styled when something changes: that, once, and now."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

from textual import events
from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


def paint_few_lines() -> None:
    """A change is painted from the lines of the screen that it stands in.

    Textual asks every widget that stands beside the changed one for all of its lines, and throws
    all but a few away (#414 leaves out only what lies in another container).
    """
    Compositor._get_renders = _few_lines  # type: ignore[method-assign]


ALL_LINES = Compositor._get_renders


def _few_lines(
    self: Compositor, crop: Region | None = None
) -> Iterator[tuple[Region, Region, list[Strip]]]:
    crop = crop or self.size.region
    rows = Region(0, crop.y, self.size.width, crop.height)
    for widget, (region, clip) in self.visible_widgets.items():
        if shown := region.intersection(part := clip.intersection(rows)):
            yield region, part, widget.render_lines(shown.translate(-region.offset))


def style_once() -> None:
    """The widgets of a new screen get their styles when they are mounted, and not again at once.

    Textual gives them anew to all of them whenever a screen comes to the front, as the theme may
    have changed while it lay behind: a third of the time that a new screen takes to open.
    """
    Screen._on_screen_resume = _resumed  # type: ignore[method-assign]


STYLED_AGAIN = Screen._on_screen_resume


def _resumed(self: Screen[Any], event: events.ScreenResume) -> None:
    if event.refresh_styles and self.stack_updates == 0:
        event.refresh_styles = False
        self.app.stylesheet.apply(self, animate=False)  # its own CSS is read after it is mounted
    STYLED_AGAIN(self, event)


PASSED_ON = 0 if sys.platform == "win32" else 0.0001  # seconds; there it would be a timer's tick


def paint_at_once(screen: Screen[Any], widget: Widget) -> None:
    """What a key has changed in that widget, and nothing else, is on the screen now.

    Textual puts painting off (#493): by way of two queues and a timer, for up to 16 ms where
    something else was painted just before. So is it here where another key waits already. The
    thread that writes to the terminal then has a moment in which to write it, before a save or
    anything else that there is to do.
    """
    if screen.app._pending_message is not None or not screen.app._message_queue.empty():
        return
    further = widget._layout_required, widget._scroll_required, widget._refresh_styles_required
    if widget._repaint_required and not any(further) and widget in screen._compositor:
        widget._repaint_required = False
        screen._dirty_widgets.add(widget)
        screen._on_timer_update()
        time.sleep(PASSED_ON)


def lay_out_if_due(screen: Screen[Any]) -> None:
    """Lay the screen out now if anything has changed that it takes room from or gives room to.

    Textual does so when it is idle next; a key that came meanwhile may not wait for that.
    """
    if screen._layout_required or any(
        each._layout_required for each in screen.walk_children(Widget)
    ):
        screen._refresh_layout()
