"""The line that every letter goes to: one to four rows, nothing of it on a clipboard."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.document._document import Document, Location
from textual.document._document_navigator import DocumentNavigator
from textual.events import Key, Paste
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from intake_tui.textual_fixes.closed import ClosedTextArea
from intake_tui.widgets.wrapping import SteadyWrapping

REPEAT_SECONDS = 0.5  # a Backspace so soon after one that deleted is the same press, held
_ENDS = "\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_TO_LINE_ENDS = str.maketrans(dict.fromkeys(_ENDS, "\n"))


def pasted(text: str) -> str:
    """Pasted text as it goes into the line: line ends, but no other control characters.

    Decomposed letters stay as they came; they are composed when the line is kept.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ").translate(_TO_LINE_ENDS)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def _moves(key: str, action: str) -> Binding:
    return Binding(key, action, show=False)


class NoteLine(ClosedTextArea, inherit_bindings=False):
    """What is being written. Enter, Tab and the arrows up and down are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _moves("left", "cursor_left"),
        _moves("right", "cursor_right"),
        _moves("ctrl+left", "cursor_word_left"),
        _moves("ctrl+right", "cursor_word_right"),
        _moves("home", "cursor_line_start"),
        _moves("end", "cursor_line_end"),
        _moves("shift+left", "cursor_left(True)"),
        _moves("shift+right", "cursor_right(True)"),
        _moves("ctrl+shift+left", "cursor_word_left(True)"),
        _moves("ctrl+shift+right", "cursor_word_right(True)"),
        _moves("shift+home", "cursor_line_start(True)"),
        _moves("shift+end", "cursor_line_end(True)"),
        _moves("backspace", "delete_left"),
        _moves("delete", "delete_right"),
        _moves("ctrl+backspace,alt+backspace", "delete_word_left"),
        _moves("ctrl+u", "delete_to_start_of_line"),
    ]
    DEFAULT_CSS = """
    NoteLine {
        height: auto;
        min-height: 1;
        max-height: 4;
        border: none;
        border-left: outer $accent;
        margin: 0 1;
        padding: 0 0 0 1;
        background: transparent;
        scrollbar-size: 0 0;
        &:focus { border: none; border-left: outer $accent; }
        & .text-area--placeholder { color: $text-muted; }
    }
    """

    _styled = False  # whether the theme has the styles as they are
    _plain = Style()  # of the words

    def __init__(
        self,
        text: str,
        emptied: Callable[[], None],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        """Begins with `text`; `emptied` is called where Backspace finds nothing to delete."""
        super().__init__(text, id=id, highlight_cursor_line=False, soft_wrap=True)
        self.cursor_blink = False
        self._emptied = emptied
        self.clock: Callable[[], float] = monotonic
        self._deleted_at = -math.inf  # when Backspace was last held down or deleted something

    @property
    def can_undo(self) -> bool:
        """Whether there is typing to take back."""
        return bool(self.history.undo_stack)

    @property
    def can_redo(self) -> bool:
        """Whether there is typing to bring back."""
        return bool(self.history.redo_stack)

    def put(self, text: str) -> None:
        """Stand with that text, the cursor after it; what was typed before cannot be undone."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def type(self, text: str) -> None:
        """Take the text as if it had been typed here."""
        self._replace_via_keyboard(text, *self.selection)

    def action_delete_left(self) -> None:
        """Backspace; held down to clear the line, it does not go on into the line before it."""
        now = self.clock()
        if self.text:
            super().action_delete_left()
        elif now - self._deleted_at >= REPEAT_SECONDS:
            self._emptied()
            return
        self._deleted_at = now

    async def _on_key(self, event: Key) -> None:
        """Enter belongs to the screen; all else that prints goes in."""
        if event.key == "enter":
            event.prevent_default()

    async def _on_paste(self, event: Paste) -> None:
        """Take in what was pasted, cleaned."""
        event.prevent_default()
        event.stop()
        if text := pasted(event.text):
            self.type(text)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """None: these are words, and looking would read the whole paragraph at each key."""
        return None

    def _set_document(self, text: str, language: str | None) -> None:
        """Stand with another text, wrapped by the document that is quick with long ones."""
        self.document = Document(text)
        self.wrapped_document = SteadyWrapping(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def notify_style_update(self) -> None:
        """Other colours: the theme takes them in before the next line is drawn."""
        self._styled = False
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the screen; the theme reads the styles only where they have changed."""
        if not self._styled and self._theme:
            self._styled = True
            self._theme.apply_css(self)
            self._plain = self.rich_style
            self._line_cache.clear()
        return ScrollView.render_lines(self, crop)

    def _render_line(self, y: int) -> Strip:
        """One line of the screen, cut from its paragraph alone."""
        width = self.scrollable_content_region.width
        wrapped = self.wrapped_document
        offset = y + self.scroll_offset[1]
        if offset >= wrapped.height:
            return Strip.blank(width, self._plain)
        row, section = wrapped._offset_to_line_info[offset]
        breaks = wrapped.get_offsets(row)
        begin = breaks[section - 1] if section else 0
        end = breaks[section] if section < len(breaks) else None
        text = self.document[row][begin:end]
        if end is None:
            text += " "  # where the cursor stands after the last letter
        return Strip(self._painted(text, row, begin)).adjust_cell_length(width, self._plain)

    def _painted(self, text: str, row: int, begin: int) -> list[Segment]:
        """The text with the selection and the cursor: a piece from where one begins to its end."""
        theme, length = self._theme, len(text)
        first, last = sorted(self.selection)
        cursor = self.selection.end
        selected, under = (theme.selection_style, theme.cursor_style) if theme else (None, None)
        edges = [place[1] - begin for place in (first, last, cursor) if place[0] == row]
        if cursor[0] == row:
            edges.append(cursor[1] - begin + 1)
        cuts = sorted({0, length, *(edge for edge in edges if 0 < edge < length)})
        segments = []
        for start, stop in pairwise(cuts):
            style = self._plain
            if first <= (row, begin + start) < last and selected:
                style += selected
            if (row, begin + start) == cursor and self._draw_cursor and under:
                style += under
            segments.append(Segment(text[start:stop], style))
        return segments
