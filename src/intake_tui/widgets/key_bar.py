"""The keys of a screen on its last lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from intake_tui.widgets.desk import desk
from intake_tui.widgets.packing import packed


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is shown, what it does, and the function key for the same, if any."""

    ctrl: str
    does: str
    function: str | None = None


class KeyBar(Widget):
    """Keys and what they do, on as many lines as they need."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--does"}
    DEFAULT_CSS = """
    KeyBar { height: auto; padding: 0 1; }
    KeyBar > .key-bar--key { color: $text-accent; text-style: bold; }
    KeyBar > .key-bar--does { color: $text-muted; }
    """

    def __init__(self, *keys: Key, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys = keys

    def show(self, *keys: Key) -> None:
        """Show other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh(layout=True)

    def render(self) -> Text:
        """The keys, a key and what it does never parted by a line's end."""
        key_style = self.get_component_rich_style("key-bar--key", partial=True)
        does_style = self.get_component_rich_style("key-bar--does", partial=True)
        text = Text(no_wrap=True)
        lines = self._lines(max(1, self.content_region.width))
        for at, (key, line) in enumerate(zip(self._keys, lines, strict=True)):
            if at:
                text.append("\n" if line != lines[at - 1] else "  ")
            text.append(self._as_shown(key), key_style).append(" ").append(key.does, does_style)
        return text

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the keys need in that width."""
        return self._lines(width)[-1] + 1 if self._keys else 1

    def _lines(self, width: int) -> list[int]:
        sizes = [cell_len(self._as_shown(key)) + 1 + cell_len(key.does) for key in self._keys]
        return packed(sizes, width, 2)

    def _as_shown(self, key: Key) -> str:
        return key.function if key.function and desk(self).function_keys else key.ctrl
