"""The corrections of a signed record as they are shown: what stood, what stands, who, when, why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.words import Words


class Corrections:
    """What was amended, by what it is and which; none where the record is shown as signed."""

    def __init__(self, amendments: list[dict[str, Any]], words: Words) -> None:
        self._words = words
        self._trail: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for each in amendments:
            self._trail[each["what"], each["key"]].append(each)

    def of(self, what: str, key: str) -> list[dict[str, Any]]:
        """The corrections of one part, oldest first."""
        return self._trail.get((what, key), [])

    def shown(self, row: Row, what: str, key: str, said: Callable[[str | None], str]) -> Row:
        """A row that can be chosen, with its newest words and under it what stood, and why."""
        trail = self.of(what, key)
        row = replace(row, key=f"{what}:{key}", below=(*row.below, *self.below(what, key, said)))
        readable = [each for each in trail if not each["damaged"]]
        if not readable:
            return row
        now = readable[-1]["now"]
        if now is None:
            return replace(row, text=self._words("amend.struck"), look="quiet")
        return replace(row, text=said(now))

    def below(self, what: str, key: str, said: Callable[[str | None], str]) -> tuple[Piece, ...]:
        """What stood there, who changed it, when and why, the newest last."""
        return tuple(piece for each in self.of(what, key) for piece in self._pieces(each, said))

    def _pieces(self, each: dict[str, Any], said: Callable[[str | None], str]) -> tuple[Piece, ...]:
        about = {"at": when(each["at"]), "name": each["by"]}
        if each["damaged"]:
            return ((self._words("amend.unreadable", **about), "warn"),)
        return (
            (self._words("amend.stood", text=said(each["was"])), "quiet"),
            (self._words("amend.corrected", reason=each["reason"], **about), "quiet"),
        )


def when(at: str) -> str:
    """The day and time here: 24.11.2026 09:30."""
    return f"{dt.datetime.fromisoformat(at).astimezone():%d.%m.%Y %H:%M}"
