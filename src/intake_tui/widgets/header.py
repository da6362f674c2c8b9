"""The first line of a conversation: its code, how it came, how long so far, when it was saved."""

from __future__ import annotations

import datetime as dt

from intake_tui.widgets.bar import Bar
from intake_tui.widgets.row_layout import Piece, shortened

ALIAS_COLUMNS = 24


def elapsed(since: dt.datetime, now: dt.datetime) -> str:
    """Hours and minutes, as on a clock; never less than none."""
    minutes = max(0, int((now - since).total_seconds()) // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def case_name(code: str, alias: str | None) -> str:
    """The code and, where it has one, what the case is called."""
    return f"{code} {shortened(alias, ALIAS_COLUMNS)}" if alias else code


class Header(Bar):
    """Code and alias · channel · time so far, and at the right whether everything is saved."""

    def tell(self, parts: tuple[str, ...], saved: str, *, safe: bool) -> None:
        """Show these parts, and what there is to say of saving; `safe`: nothing is unsaved."""
        code, *rest = parts
        left: list[Piece] = [(code, "strong")]
        left += [(f" · {part}", "quiet") for part in rest if part]
        self.show(left, [(saved, "quiet" if safe else "warn")] if saved else [])
