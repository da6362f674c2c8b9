"""What is typed while a panel is in front: it goes to the note line, and is seen to go there."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget


class TypedAlong(Widget):
    """The end of the note line, in one row; nothing until something is typed."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    TypedAlong {
        height: 1;
        margin: 0 1;
        padding: 0 0 0 1;
        border-left: outer $accent;
        display: none;
    }
    TypedAlong.-typed { display: block; }
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
        return Text(f"{_end(self._text, self.content_region.width - 1)}▏", no_wrap=True)


def _end(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    begin = len(text)
    while begin and cell_len(text[begin - 1 :]) < width:
        begin -= 1
    return f"…{text[begin:]}"
