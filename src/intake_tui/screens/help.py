"""Help: what is in focus, and all keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import set_cell_size
from textual.binding import Binding, BindingType

from intake_tui.screens.frame import Frame
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row

# The keys of the program, in the order in which they are needed; each has its words in help.toml.
KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "enter"),
    ("Tab, Shift+Tab", "tab"),
    ("↑ ↓ PgUp PgDn", "arrows"),
    ("Ctrl+F, F3", "find"),
    ("Ctrl+L, F4", "place"),
    ("Ctrl+T, F5", "kind"),
    ("Ctrl+R, F2", "running-note"),
    ("Ctrl+O, F6", "overview"),
    ("Ctrl+Y", "safety"),
    ("Ctrl+D", "duties"),
    ("Ctrl+E", "akutt"),
    ("Ctrl+A", "read"),
    ("Ctrl+W", "before"),
    ("Ctrl+B, F9", "line-broke"),
    ("Ctrl+G, F7, F8", "steps"),
    ("Backspace", "backspace"),
    ("Ctrl+N", "new"),
    ("Ctrl+S", "save"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+P", "palette"),
    ("F1", "help"),
    ("Esc Esc, F12", "cover"),
    ("Ctrl+K", "lock"),
    ("Ctrl+Q", "close"),
)
WIDTH = 18
# Where something else stands in place of the questions.
ELSEWHERE = ("find", "akutt", "reading", "before")


class HelpScreen(Frame[None]):
    """`section` names the screen that it is opened from: a key of help.toml after «about-».

    Where that screen has a highlighted item of the guide, all that the guide says of it is first.
    """

    reading = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1", "leave", "help.key-back", show=False),
    ]

    def __init__(self, section: str = "conversation") -> None:
        super().__init__()
        self._section = section

    def heading(self) -> tuple[str, str]:
        """Nothing at the right."""
        return self.words("help.title"), ""

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        return (
            Key("↑ ↓", self.words("help.key-scroll")),
            Key("Esc", self.words("help.key-back")),
        )

    def on_mount(self) -> None:
        """Show it."""
        self.rows.show(self._rows())

    def _rows(self) -> Iterator[Row]:
        words = self.words
        yield from self._of_item()
        about = f"help.about-{self._section}"
        if words.has(about):
            for paragraph in words(about).split("\n"):
                yield Row(paragraph)
            yield Row()
        yield Row(words("help.keys"), look="heading")
        for key, name in KEYS:
            yield Row(
                words(f"help.does-{name}"), lead=set_cell_size(key, WIDTH), lead_look="accent"
            )

    def _of_item(self) -> Iterator[Row]:
        """What the guide says of the item that is highlighted below this screen."""
        if self._section in ELSEWHERE:
            return
        below = self.app.screen_stack[-2]
        item = getattr(below, "highlighted_item", None)
        if item is None:
            return
        from intake_tui.screens.help_item import item_rows  # noqa: PLC0415 - needs the guide

        current = self.desk.current
        pronoun = current.intake.value("pronoun") if current else None
        yield from item_rows(item, self.desk.guide, pronoun, self.words, self.today)

    def action_leave(self) -> None:
        """Esc, Enter, F1 again."""
        self.dismiss(None)
