"""The texts of the guide that are to be checked again: for whoever is responsible for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import set_cell_size
from textual.binding import Binding, BindingType

from intake_tui.guide.ageing import Due, due
from intake_tui.screens.frame import Frame
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row

KIND = 14  # columns of the kind of a text


class DueScreen(Frame[None]):
    """Each text with where and when it was read. All of them still work."""

    reading = True
    help_section = "due"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "due.key-back", show=False),
    ]

    def heading(self) -> tuple[str, str]:
        """That they still work stands at the right."""
        return self.words("due.title"), self.words("due.aside")

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        return (
            Key("↑ ↓ PgUp PgDn", self.words("due.key-scroll")),
            Key("Esc", self.words("due.key-back")),
        )

    def on_mount(self) -> None:
        """Show them, the longest past first."""
        self.rows.show(self._rows(due(self.desk.guide, self.today)))

    def _rows(self, found: tuple[Due, ...]) -> Iterator[Row]:
        words = self.words
        for paragraph in words("due.do" if found else "due.none").split("\n"):
            yield Row(paragraph, look="quiet")
        for each in found:
            yield Row()
            yield self._row(each)

    def _row(self, each: Due) -> Row:
        words = self.words
        kind = words(f"due.kind-{each.kind}") if words.has(f"due.kind-{each.kind}") else each.kind
        return Row(
            each.named(words.language),
            lead=set_cell_size(kind, KIND),
            right=words("akutt.checked", date=f"{each.checked:%d.%m.%Y}"),
            below=((each.source, "quiet"), (each.id, "quiet")),
        )

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        self.dismiss(None)
