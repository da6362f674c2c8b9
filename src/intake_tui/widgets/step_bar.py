"""The eight steps on one line, the present one marked by a sign and not by colour alone."""

from __future__ import annotations

from rich.cells import cell_len

from intake_tui.widgets.bar import Bar
from intake_tui.widgets.row_layout import Piece

MARK = "›"
WIDEST_GAP = 3


def steps_line(names: tuple[str, ...], present: int, width: int) -> list[Piece]:
    """The steps' names with their numbers, spread as far as the width allows."""
    tabs = [f"{number} {name}" for number, name in enumerate(names, 1)]
    free = width - 1 - sum(cell_len(tab) for tab in tabs)
    gap = max(1, min(WIDEST_GAP, free // max(1, len(tabs) - 1)))
    pieces: list[Piece] = []
    for number, tab in enumerate(tabs, 1):
        here = number == present
        before = "" if number == 1 else " " * (gap - 1)
        pieces.append((before + (MARK if here else " "), "accent"))
        pieces.append((tab, "heading" if here else "quiet"))
    return pieces


class StepBar(Bar):
    """Where in the talk the screen stands."""

    DEFAULT_CSS = "StepBar { padding: 0 1 0 0; }"
    _names: tuple[str, ...] = ()
    _present = 1

    def tell(self, names: tuple[str, ...], present: int) -> None:
        """Show these steps, `present` (from 1) marked."""
        if (names, present) != (self._names, self._present):
            self._names, self._present = names, present
            self.lay_out_anew()

    def _laid_out(self, width: int) -> list[list[Piece]]:
        return [steps_line(self._names, self._present, width)]
