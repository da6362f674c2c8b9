"""The reading panel: pages to read, or to read aloud, beside the note line.

It shows any `Page` of `widgets.reading`: a title, rows, and the line under them that says where
it comes from. To show further pages, add a source there; the panel needs no change. It is given
a function and not the pages, so that a page that shows the conversation follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult

from intake_tui.widgets.bar import Bar
from intake_tui.widgets.desk import desk
from intake_tui.widgets.reading import Page
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.stage_panel import StagePanel


class ReadingPanel(StagePanel):
    """Scrolls through a page, and past its edge turns to the next or the one before."""

    DEFAULT_CSS = """
    ReadingPanel { layout: vertical; }
    ReadingPanel > Bar { padding: 0 1 0 3; }
    """
    section: ClassVar[str] = "reading"
    reading = True

    def __init__(self, pages: Callable[[], tuple[Page, ...]]) -> None:
        super().__init__()
        self._pages = pages
        self._at = 0
        self._step = 0  # of a page that is shown step by step

    def compose(self) -> ComposeResult:
        """The title above the text."""
        yield Bar()
        yield self.rows

    @property
    def hint(self) -> str:
        """The keys."""
        if self._page is not None and self._page.keys:
            return self._page.keys
        several = "-pages" if len(self._pages()) > 1 else ""
        return desk(self).words(f"reading.keys{several}")

    @property
    def place(self) -> str | None:
        """What the page is about, where it can be answered."""
        return self._page.place if self._page is not None else None

    @property
    def _page(self) -> Page | None:
        pages = self._pages()
        return pages[min(self._at, len(pages) - 1)] if pages else None

    def refresh_panel(self) -> None:
        """The page as it is now; where it stood, it stands."""
        pages = self._pages()
        self._at = min(self._at, max(0, len(pages) - 1))
        if not pages:
            return
        page, words = pages[self._at], desk(self).words
        self._step = min(self._step, max(0, len(page.steps) - 1))
        where = words("reading.page", at=self._at + 1, of=len(pages)) if len(pages) > 1 else ""
        self.query_one(Bar).show([(page.title, "heading")], [(where, "quiet")] if where else ())
        self.rows.show(_rows(page, self._step))

    def move(self, delta: int) -> None:
        """Down or up by a line; past the edge the page is turned."""
        rows, direction = self.rows, 1 if delta > 0 else -1
        if not self._at_edge(delta):
            rows.move(delta)
        elif not self._go_on(direction):
            self._turn(direction)

    def page(self, direction: int) -> None:
        """As far as the panel is high; past the edge the page is turned."""
        if self._at_edge(direction):
            self._turn(direction)
        else:
            self.rows.action_page(direction)

    def _at_edge(self, direction: int) -> bool:
        rows = self.rows
        if direction < 0:
            return rows.scroll_offset.y <= 0
        return rows.scroll_offset.y >= rows.max_scroll_y

    def _go_on(self, direction: int) -> bool:
        """The next step of the page, or the one before. False where there is none."""
        page, step = self._page, self._step + direction
        if page is None or not 0 <= step < len(page.steps):
            return False
        self._step = step
        self._show_from(direction)
        return True

    def _turn(self, direction: int) -> None:
        """The next page from its beginning, or the one before at its end."""
        pages, at = self._pages(), self._at + direction
        if not 0 <= at < len(pages):
            return
        self._at = at
        self._step = 0 if direction > 0 else len(pages[at].steps)
        self._show_from(direction)

    def _show_from(self, direction: int) -> None:
        self.refresh_panel()
        rows = self.rows
        rows.scroll_to(y=0 if direction > 0 else rows.max_scroll_y, animate=False, force=True)


def _rows(page: Page, step: int) -> Iterator[Row]:
    yield from page.steps[step] if page.steps else page.rows
    if page.source:
        yield Row()
        yield Row(page.source, look="quiet")
