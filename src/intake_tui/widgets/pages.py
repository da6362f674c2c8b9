"""The names of a panel's pages, the open one marked."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from intake_tui.widgets.packing import packed

GAP = 1


class Pages(Widget):
    """The names of the pages; the open one has a mark before it."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pages--here", "pages--other"}
    DEFAULT_CSS = """
    Pages { height: auto; padding: 0 1; margin-bottom: 1; }
    Pages > .pages--here { color: $text-accent; text-style: bold; }
    Pages > .pages--other { color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._here = 0

    def tell(self, names: list[str], here: int) -> None:
        """Show these names."""
        self._names, self._here = names, here
        self.refresh(layout=True)

    def render(self) -> Text:
        """The names, none of them parted by a line's end."""
        here = self.get_component_rich_style("pages--here", partial=True)
        other = self.get_component_rich_style("pages--other", partial=True)
        lines = packed([cell_len(name) + 2 for name in self._names], self.content_region.width, GAP)
        text = Text(no_wrap=True)
        for at, (name, line) in enumerate(zip(self._names, lines, strict=True)):
            if at:
                text.append("\n" if line != lines[at - 1] else " " * GAP)
            mark, style = ("› ", here) if at == self._here else ("  ", other)
            text.append(mark + name, style)
        return text

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the names need."""
        lines = packed([cell_len(name) + 2 for name in self._names], width, GAP)
        return lines[-1] + 1 if lines else 1
