"""What is typed while a panel is in front: it goes to the note line, and is seen to go there."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

BAR = "▌ "


class TypedAlong(Widget):
    """The end of the note line, in one row; nothing until something is typed."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"typed-along--bar"}
    # No margin and no border: a vertical layout makes all its widgets narrower by a margin of one.
    DEFAULT_CSS = """
    TypedAlong { height: 1; padding: 0 1; display: none; }
    TypedAlong.-typed { display: block; }
    TypedAlong > .typed-along--bar { color: $accent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def tell(self, text: str) -> None:
        """Show the end of that text."""
        self._text = text.replace("\n", " ")
        self.set_class(bool(text), "-typed")
        self.refresh()

    def render(self) -> Text:
        """As much of the end as there is room for, and a mark where the next letter comes."""
        bar = self.get_component_rich_style("typed-along--bar", partial=True)
        shown = _end(self._text, self.content_region.width - len(BAR) - 1)
        return Text.assemble((BAR, bar), f"{shown}▏", no_wrap=True)


def _end(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    begin = len(text)
    while begin and cell_len(text[begin - 1 :]) < width:
        begin -= 1
    return f"…{text[begin:]}"
