"""A long list drawn by one widget: only what is on the screen is ever turned into cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from intake_tui.textual_fixes.painting import lay_out_if_due
from intake_tui.widgets.caution import Caution, caution_on
from intake_tui.widgets.row_layout import GUTTER, Laid, Line, Look, Row, laid_out

MARK = " › "
MEASURE = 118  # columns of text at most: a longer line is hard to read, and its end far away
BOLD = Style(bold=True)


class PlainBar(ScrollBarRender):
    """A scroll bar of whole cells."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


class Rows(ScrollView, can_focus=True):
    """Rows with a highlight that ↑ ↓ move; a text that they scroll where none may be chosen."""

    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--plain",
        "rows--quiet",
        "rows--strong",
        "rows--heading",
        "rows--warn",
        "rows--accent",
        "rows--quoted",
        "rows--found",
        "rows--here",
    }
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    Rows > .rows--quiet { color: $text-muted; }
    Rows > .rows--strong { text-style: bold; }
    Rows > .rows--heading { color: $text-accent; text-style: bold; }
    Rows > .rows--warn { color: $text-warning; text-style: bold; }
    Rows > .rows--accent { color: $text-accent; }
    Rows > .rows--quoted { color: $text-accent; text-style: italic; }
    Rows > .rows--found { text-style: bold underline; }
    Rows > .rows--here { background: $panel; }
    """

    class Moved(Message):
        """The highlight stands on another row."""

        def __init__(self, rows: Rows, key: str | None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> Rows:
            """The list that it happened in."""
            return self.rows

    class Scrolled(Message):
        """Other rows are on the screen."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list that it happened in."""
            return self.rows

    class Chosen(Moved):
        """A row was clicked that the highlight already stood on."""

    def __init__(self, *, reading: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._reading = reading
        self._rows: tuple[Row, ...] = ()
        self._lines: list[Line] = []
        self._first_line: list[int] = []
        self._laid: Laid = {}  # the rows that are shown
        self._laid_for: tuple[int, Caution | None] = (0, None)  # width and caution
        self._at: int | None = None
        self._away = False

    def leave(self, away: bool) -> None:
        """Show no highlight while it stands in another list of the screen."""
        if away != self._away:
            self._away = away
            self.refresh()

    @property
    def highlighted(self) -> str | None:
        """The key of the row that the highlight stands on."""
        return None if self._at is None else self._rows[self._at].key

    def show(self, rows: Iterable[Row], *, highlight: str | None = None) -> None:
        """Show these rows; the highlight stays on its key, or goes to `highlight`."""
        wanted = highlight or self.highlighted
        before = self._at
        self._rows = tuple(rows)
        self._lay_out()
        self._at = self._found(wanted, before)
        self._reveal()
        self.refresh()

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows that it shows."""
        return self._rows

    def append(self, rows: Iterable[Row]) -> None:
        """Further rows below those that are there."""
        more = tuple(rows)
        begin = len(self._rows)
        self._rows += more
        self._take(laid_out(more, self._width, begin, caution_on(self), self._laid))
        if self._at is None:
            self._at = self._found(None, None)
        self.refresh()

    def highlight(self, key: str) -> None:
        """Move the highlight to that row, if it is there."""
        at = self._found(key, self._at)
        if at != self._at:
            self._go(at)

    def move(self, delta: int) -> None:
        """The highlight up or down by that many rows that may be chosen."""
        if self._reading or self._at is None:
            self.scroll_to(y=self.scroll_offset.y + delta, animate=False, force=True)
            return
        choosable = self._choosable
        place = min(max(choosable.index(self._at) + delta, 0), len(choosable) - 1)
        self._go(choosable[place])

    def action_move(self, delta: int) -> None:
        """↑ ↓"""
        self.move(delta)

    def action_page(self, direction: int) -> None:
        """PgUp, PgDn: as far as the height of the list, and never past what was not seen yet."""
        lay_out_if_due(self.screen)  # by a key that came just before this one
        height = self.scrollable_content_region.height
        if self._reading or self._at is None:
            self.move(direction * max(1, height - 1))
            return
        rows, here = self._choosable, self._at
        if direction > 0:
            last = self._first_line[here] + height
            further = [at for at in rows if at > here]
            seen = [at for at in further if self._end(at) <= last]
            self._go(seen[-1] if seen else next(iter(further), here))
        else:
            first = self._end(here) - height
            further = [at for at in rows if at < here]
            seen = [at for at in further if self._first_line[at] >= first]
            self._go(seen[0] if seen else further[-1] if further else here)

    def _end(self, at: int) -> int:
        """The line after the last one of a row."""
        after = at + 1
        return self._first_line[after] if after < len(self._rows) else len(self._lines)

    def action_edge(self, direction: int) -> None:
        """Home, End."""
        self.move(direction * max(1, len(self._lines)))

    @property
    def near_end(self) -> bool:
        """Whether what is on the screen is less than two screens from the last line."""
        height = self.scrollable_content_region.height
        return self.scroll_offset.y + 3 * height >= len(self._lines)

    @property
    def has_room(self) -> bool:
        """Whether further rows would be on the screen."""
        return len(self._lines) <= self.scrollable_content_region.height

    @property
    def _choosable(self) -> list[int]:
        return [at for at, row in enumerate(self._rows) if row.key is not None]

    @property
    def _width(self) -> int:
        """Columns of a row."""
        width = self.scrollable_content_region.width or self._width_to_come
        return max(GUTTER + 1, min(MEASURE, width - 1))

    @property
    def _width_to_come(self) -> int:
        """Before it is laid out: that of what stands around it, less the scroll bar.

        It is right, most often, so that a long list is not broken into lines twice.
        """
        around = (node.size.width for node in self.ancestors if isinstance(node, Widget))
        return next(filter(None, around), self.app.size.width) - self.scrollbar_size_vertical

    def _found(self, key: str | None, near: int | None) -> int | None:
        if self._reading:
            return None
        choosable = self._choosable
        for at in choosable:
            if key is not None and self._rows[at].key == key:
                return at
        if not choosable:
            return None
        return choosable[0] if near is None else min(choosable, key=lambda at: abs(at - near))

    def _lay_out(self) -> None:
        self._lines, self._first_line = [], []
        width, caution = self._width, caution_on(self)
        if (width, caution) != self._laid_for:
            self._laid, self._laid_for = {}, (width, caution)
        self._take(laid_out(self._rows, width, 0, caution, self._laid))
        self._laid = {row: self._laid[row] for row in self._rows}  # what is gone is not kept

    def _take(self, lines: list[Line]) -> None:
        begin = len(self._lines)
        self._lines += lines
        self._first_line += [begin + at for at, line in enumerate(lines) if line.first]
        self.virtual_size = Size(self._width, len(self._lines))

    def _go(self, at: int | None) -> None:
        if at is None or at == self._at:
            self._reveal()
            return
        self._at = at
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self, self.highlighted))

    def _reveal(self) -> None:
        """Scroll so that the highlighted row, and the heading above it, can be seen."""
        if self._at is None:
            return
        choosable = self._choosable
        top = 0 if self._at == choosable[0] else self._first_line[self._at]
        end = len(self._lines) if self._at == choosable[-1] else self._end(self._at)
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        if self._at > 0 and self._rows[self._at - 1].key is None:
            top = min(top, self._first_line[self._at - 1])
        scroll = self.scroll_offset.y
        if top < scroll:
            self.scroll_to(y=top, animate=False, force=True)
        elif end > scroll + height:
            self.scroll_to(
                y=max(0, min(end - height, self._first_line[self._at])), animate=False, force=True
            )

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell whoever reads more rows as they are needed."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled(self))

    def on_mount(self) -> None:
        """A scroll bar without half blocks, which some terminals' fonts lack."""
        self.vertical_scrollbar.renderer = PlainBar  # type: ignore[misc]

    def on_resize(self, event: Resize) -> None:
        """Lay out anew for another width."""
        self._lay_out()
        self._reveal()

    def on_click(self, event: Click) -> None:
        """A click moves the highlight; one on the highlighted row chooses it."""
        line = event.y + self.scroll_offset.y
        if not 0 <= line < len(self._lines):
            return
        at = self._lines[line].row
        if at == self._at:
            self.post_message(self.Chosen(self, self.highlighted))
        elif self._rows[at].key is not None:
            self._go(at)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[number]
        here = line.row == self._at and not self._away
        base = self.get_component_rich_style("rows--here") if here else self.rich_style
        mark = MARK if here and line.first else " " * GUTTER
        segments = [Segment(mark, base)]
        segments += [Segment(text, self._style(base, look, here)) for text, look in line.pieces]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, base: Style, look: Look, here: bool) -> Style:
        if look == "plain":
            return base + BOLD if here else base
        return base + self.get_component_rich_style(f"rows--{look}", partial=True)
