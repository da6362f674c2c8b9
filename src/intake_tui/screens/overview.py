"""The overview: per option what is not known yet and what was said. It opens only when asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.screens.frame import Frame
from intake_tui.screens.overview_rows import OverviewRows, place_of
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.pages import Pages

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


class OverviewScreen(Frame[str | None]):
    """Dismisses with the place of the chosen row, or None."""

    help_section = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,shift+tab", "page(-1)", show=False, priority=True),
        Binding("right,tab", "page(1)", show=False, priority=True),
        Binding("enter", "choose", "overview.key-ask", show=False),
        Binding("escape,ctrl+o,f6", "leave", "overview.key-back", show=False),
    ]

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._page = 0
        self._pages = Pages()

    @cached_property
    def _rows(self) -> OverviewRows:
        conversation = self._conversation
        return OverviewRows(conversation.guide, conversation.intake, self.words, self.today)

    def heading(self) -> tuple[str, str]:
        """Who decides stands at the right."""
        return self.words("overview.title"), self.words("overview.aside")

    def body(self) -> Iterable[Widget]:
        """The names of the pages above the one that is open."""
        yield self._pages
        yield self.rows

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        return (
            Key("Enter", words("overview.key-ask")),
            Key("← →", words("overview.key-page")),
            Key("↑ ↓", words("overview.key-move")),
            Key("Esc", words("overview.key-back")),
        )

    def on_mount(self) -> None:
        """Show it as it is now; nothing changes while it is open."""
        self.action_page(0)

    def action_page(self, delta: int) -> None:
        """← →: the remarks, and each option."""
        names = self._rows.names()
        self._page = min(max(self._page + delta, 0), len(names) - 1)
        self._pages.tell(names, self._page)
        rows = self.rows
        rows.show(self._rows.page(self._page))
        rows.action_edge(-1)

    def on_rows_chosen(self) -> None:
        """A second click takes the place."""
        self.action_choose()

    def action_choose(self) -> None:
        """Enter: the next line is about this."""
        key = self.rows.highlighted
        self.dismiss(place_of(key) if key else None)

    def action_leave(self) -> None:
        """Esc, or Ctrl+O again."""
        self.dismiss(None)
