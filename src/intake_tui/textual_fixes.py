"""What the screen library leaks or breaks on, closed in one place.

Each part names its issue in Textualize/textual where there is one; `tests/shell` holds a test for
each part that fails when the workaround is no longer needed.
"""

from __future__ import annotations

import asyncio
import functools
import re
import select
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from textual import _xterm_parser, constants, events
from textual._compositor import Compositor
from textual.app import App
from textual.geometry import Offset, Region, Size
from textual.keys import Keys
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

_KEY_EVENT_TYPE = r"\x1b\[(\d+)(?::[\d:]*)?;(\d*):([123])((?:;[\d:]*)?[u~A-Z])\Z"


def _without_event_type(sequence: str) -> tuple[str, bool]:
    """A Kitty sequence without its event type, and whether that was a release."""
    match = re.match(_KEY_EVENT_TYPE, sequence) if ":" in sequence else None
    if match is None:
        return sequence, False
    code, modifiers, kind, rest = match.groups()
    return f"\x1b[{code};{modifiers}{rest}", kind == "3"


def mend_textual() -> None:
    """All that has to be mended in Textual itself, before the first app is made."""
    mend_parser()
    hear_escape()
    paint_few_lines()
    style_once()


def mend_parser() -> None:
    """Nothing that a terminal sends ends the program, or is taken for a key that was not pressed.

    Key sequences with an event type (`ESC[230;1:2;230u`), which the parser never asks for, make it
    fail on `int("1:2")` in its input thread: a repeat is a key; a release is ignored, and so is
    any other sequence that it cannot read. An ESC in pasted text makes it take up to 32 of the
    characters after it for keys: pasted text is cleaned before it is parsed.
    """
    parser = _xterm_parser.XTermParser
    read_key, feed = parser._parse_extended_key, parser.feed
    if getattr(read_key, "mended", False):
        return

    def read_any_key(self: _xterm_parser.XTermParser, sequence: str) -> list[events.Key] | None:
        plain, released = _without_event_type(sequence)
        if released:
            return [events.Key(Keys.Ignore, None)]
        try:
            return read_key(self, plain)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, None)]

    def feed_cleaned(self: _xterm_parser.XTermParser, data: str) -> Iterable[Message]:
        pasted: PasteCleaner = self.__dict__.setdefault("_paste_cleaner", PasteCleaner())
        cleaned = pasted.clean(data)
        return feed(self, cleaned) if cleaned or not data else ()

    read_any_key.mended = True  # type: ignore[attr-defined]
    parser._parse_extended_key = read_any_key  # type: ignore[assignment, method-assign]
    parser.feed = feed_cleaned  # type: ignore[method-assign]


class PasteCleaner:
    """Takes control characters out of what stands between the marks of a bracketed paste.

    The text comes in pieces of any length, so that a mark may be cut in two.
    """

    BEGIN, END = "\x1b[200~", "\x1b[201~"

    def __init__(self) -> None:
        self._inside = False
        self._matched = 0  # characters of the next mark that have been seen

    def clean(self, data: str) -> str:
        """The data as the parser may have it; inside a paste, part of an end mark waits."""
        if not self._inside and not self._matched and "\x1b" not in data:
            return data
        return "".join(map(self._one, data))

    def _one(self, sign: str) -> str:
        mark = self.END if self._inside else self.BEGIN
        begun = mark[: self._matched]
        if sign == mark[self._matched]:
            self._matched += 1
            if self._matched < len(mark):
                return "" if self._inside else sign
            self._matched, self._inside = 0, not self._inside
            return sign if self._inside else mark
        self._matched = 1 if sign == mark[0] else 0
        if not self._inside:
            return sign
        return begun[1:] + (sign if sign in "\n\r\t" or not _is_control(sign) else "")


def _is_control(sign: str) -> bool:
    return sign < " " or "\x7f" <= sign <= "\x9f"


def hear_escape() -> None:
    """Esc counts as pressed after `ESCDELAY`, and not only when the input thread looks up again.

    Textual waits up to 100 ms for input before it asks whether a lone Esc was one. Here it is
    asked at once, unless the rest of a key's sequence comes after all.
    """
    parser = _xterm_parser.XTermParser
    original = parser.feed
    if sys.platform == "win32" or getattr(original, "hears", False):
        return

    def feed(self: _xterm_parser.XTermParser, data: str) -> Iterator[Message]:
        yield from original(self, data)
        if data.endswith("\x1b") and sys.__stdin__ is not None:
            waiting, _, _ = select.select([sys.__stdin__], [], [], constants.ESCAPE_DELAY)
            if not waiting:
                yield from self.tick()

    feed.hears = True  # type: ignore[attr-defined]
    parser.feed = feed  # type: ignore[method-assign]


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


def paint_at_once(screen: Screen[Any], widget: Widget) -> None:
    """What a key has changed in that widget, and nothing else, is on the screen now.

    Textual puts painting off (#493): by way of two queues and a timer, for up to 16 ms where
    something else was painted just before. So is it here where another key waits already.
    """
    if screen.app._pending_message is not None or not screen.app._message_queue.empty():
        return
    further = widget._layout_required, widget._scroll_required, widget._refresh_styles_required
    if widget._repaint_required and not any(further) and widget in screen._compositor:
        widget._repaint_required = False
        screen._dirty_widgets.add(widget)
        screen._on_timer_update()


class ClosedTextArea(TextArea):
    """A `TextArea` that neither copies to the clipboard nor fails on undo."""

    ALLOW_SELECT = False

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Not while undo has left the cursor below the last line (#6686)."""
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def edit(self, edit: Edit) -> EditResult:
        """The cursor stays in sight where a word goes on to a new line below the last one shown.

        Textual scrolls before it knows of that line, and shows neither word nor cursor until the
        next key.
        """
        lines = self.wrapped_document.height
        result = super().edit(edit)
        if self.wrapped_document.height > lines:
            self.scroll_cursor_visible()
        return result

    def on_unmount(self) -> None:
        """Nothing of the text outlives the widget.

        The app's list of who watches its theme would keep it, its screen and the undo history
        until the next change of theme.
        """
        watchers: dict[str, list[tuple[object, object]]] = getattr(self.app, "__watchers", {})
        for watching in watchers.values():
            watching[:] = [pair for pair in watching if pair[0] is not self]
        self.history.clear()

    def action_copy(self) -> None:
        """Nothing: the clipboard of the system is read by every program."""

    def action_cut(self) -> None:
        """Nothing."""

    def action_paste(self) -> None:
        """Nothing: there is no clipboard of our own. The terminal's own paste works."""


class ClosedInput(Input):
    """An `Input` that does not copy to the clipboard, and does not select all when it is entered.

    It would do so when the message about the focus comes, and the next key would replace what
    was typed in between.
    """

    ALLOW_SELECT = False
    # Textual lays the whole screen out at each letter, as if the field grew with what is in it.
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"select_on_focus": False, **options})

    def action_copy(self) -> None:
        """Nothing: the clipboard of the system is read by every program."""

    def action_cut(self) -> None:
        """Nothing."""

    def action_paste(self) -> None:
        """Nothing: there is no clipboard of our own. The terminal's own paste works."""


class ClosedApp(App[None]):
    """An `App` that writes nothing of its screen anywhere but to the terminal."""

    ALLOW_SELECT = False
    ENABLE_COMMAND_PALETTE = True

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing: Textual would send OSC 52 and keep the text."""

    def save_screenshot(self, *_: object, **__: object) -> str:
        """Nothing: it would write the screen to disk in the clear."""
        return ""

    def deliver_screenshot(self, *_: object, **__: object) -> str | None:
        """Nothing, for the same reason."""
        return None

    def action_suspend_process(self) -> None:
        """Nothing: a stopped program would leave what is open in memory."""

    def can_be_switched(self, screen: Screen[None]) -> Screen[None]:
        """The first screen, so that another can take its place.

        Textual fails on switching from the default screen, which was never pushed.
        """
        screen._push_result_callback(screen, None)
        return screen

    @property
    def gave_terminal_back(self) -> bool:
        """Whether the driver left the terminal at a stop, and has to take it again.

        After SIGSTOP it has not; taking it again would start a second thread that reads keys,
        and the program would never end.
        """
        return bool(getattr(self._driver, "_must_signal_resume", False))

    def _fatal_error(self) -> None:
        """The app's own last words, where Textual would print local variables."""
        self._last_words()

    def panic(self, *_: object) -> None:
        """The same; what it is given may hold what was typed."""
        self._last_words()

    def _last_words(self) -> None:
        """Ends the app with one line that says what happened."""
        raise NotImplementedError


def lay_out(screen: Screen[Any]) -> None:
    """Lay the screen out now. Textual does so when it is idle next; a key may not wait for that."""
    screen._refresh_layout()


def forget_cached_texts() -> None:
    """What was shown is let go of by the caches of Rich and Textual: thousands of pieces of text.

    They hold widths of texts, parts of lines and what a line was painted as, for as long as the
    program runs.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _CACHING:
            for holder in (module, *filter(_is_class, list(vars(module).values()))):
                _clear_caches(holder)


_CACHING = ("rich", "textual")


def _is_class(value: object) -> bool:
    return isinstance(value, type)


def _clear_caches(holder: object) -> None:
    for value in list(vars(holder).values()):
        cached = getattr(value, "__func__", value)  # a static or class method holds the function
        if isinstance(cached, functools._lru_cache_wrapper):
            cached.cache_clear()


def forget_cancelled_timers() -> None:
    """What a cancelled timer of the running loop was made in is let go of now.

    asyncio keeps it until its time would have come, and with it the screen that it was for and
    all that the screen shows.
    """
    for timer in getattr(asyncio.get_running_loop(), "_scheduled", ()):
        if timer.cancelled():
            timer._context = None
