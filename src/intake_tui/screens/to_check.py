"""The texts of the guide that are to be checked again: for whoever is responsible for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import set_cell_size
from textual.binding import Binding, BindingType

from intake_tui.guide.ageing import ToCheck, to_check
from intake_tui.screens.frame import Frame
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row

KIND = 14  # columns of the kind of a text


class ToCheckScreen(Frame[str | None]):
    """Each text with where and when it was read. All of them still work."""

    reading = True
    help_section = "to-check"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "to_check.key-back", show=False),
    ]

    def heading(self) -> tuple[str, str]:
        """That they still work stands at the right."""
        return self.words("to_check.title"), self.words("to_check.aside")

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        return (
            Key("↑ ↓ PgUp PgDn", self.words("to_check.key-scroll")),
            Key("Esc", self.words("to_check.key-back")),
        )

    def on_mount(self) -> None:
        """Show them, the longest past first."""
        self.rows.show(self._rows(to_check(self.desk.guide, self.today)))

    def _rows(self, found: tuple[ToCheck, ...]) -> Iterator[Row]:
        words = self.words
        for paragraph in words("to_check.do" if found else "to_check.none").split("\n"):
            yield Row(paragraph, look="quiet")
        for each in found:
            yield Row()
            yield self._row(each)

    def _row(self, each: ToCheck) -> Row:
        words = self.words
        key = f"to_check.kind-{each.kind}"
        kind = words(key) if words.has(key) else each.kind
        return Row(
            each.named(words.language),
            lead=set_cell_size(kind, KIND),
            right=words("akutt.checked", date=f"{each.checked:%d.%m.%Y}"),
            below=((each.source, "quiet"), (each.id, "quiet")),
        )

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        self.dismiss(None)
