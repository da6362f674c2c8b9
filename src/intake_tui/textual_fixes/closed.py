"""Fields and an app that let nothing out of the program, and do not fail where Textual's do."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult


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
