"""The keys of a conversation on one line: as many as the width holds, the needed ones first."""

from __future__ import annotations

from rich.cells import cell_len

from intake_tui.widgets.bar import Bar
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Piece

GAP = "  "


def named(key: Key, *, function_keys: bool) -> str:
    """The key as the footer names it."""
    return key.function if key.function and function_keys else key.ctrl


def fitting(keys: tuple[Key, ...], width: int, *, function_keys: bool) -> list[tuple[str, str]]:
    """The first keys that fit on a line, each with what it does; the last one always does."""
    texts = [(named(key, function_keys=function_keys), key.does) for key in keys]
    columns = [cell_len(key) + 1 + cell_len(does) for key, does in texts]
    room = width - columns[-1]
    chosen: list[tuple[str, str]] = []
    for text, needed in zip(texts[:-1], columns[:-1], strict=True):
        room -= needed + len(GAP)
        if room < 0:
            break
        chosen.append(text)
    return [*chosen, texts[-1]]


class Footer(Bar):
    """The keys; never more than a line of them, and none cut."""

    DEFAULT_CSS = "Footer { padding: 0 0 0 1; }"
    _keys: tuple[Key, ...] = ()
    _function_keys = False

    def tell(self, keys: tuple[Key, ...], *, function_keys: bool) -> None:
        """Show these keys."""
        if (keys, function_keys) != (self._keys, self._function_keys):
            self._keys, self._function_keys = keys, function_keys
            self.lay_out_anew()

    def _laid_out(self, width: int) -> list[list[Piece]]:
        pieces: list[Piece] = []
        if self._keys:
            for key, does in fitting(self._keys, width, function_keys=self._function_keys):
                gap = GAP if pieces else ""
                pieces += [(gap, "quiet"), (key, "heading"), (f" {does}", "quiet")]
        return [pieces]
