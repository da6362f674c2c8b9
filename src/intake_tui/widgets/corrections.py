"""The corrections of a signed record as they are shown: what stood, what stands, who, when, why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from intake_tui.guide.answers import STANCES, Stance
from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import What
from intake_tui.intake.events import SafetyKind
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.safety_rows import Safety, safety_text
from intake_tui.widgets.saying import answer_word, place_name, stance_word
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


def spoken(record: Mapping[str, Any]) -> tuple[str, ...]:
    """All texts of a record in which a number may stand that must not be called."""
    lines = (line["text"] for line in record["statements"])
    sentences = (each["text"] for part in record["journal"]["parts"] for each in part["sentences"])
    trail = (each[name] for each in record["amendments"] for name in ("was", "now", "reason"))
    return tuple(text for text in (*lines, *sentences, *trail) if text)


def label(what: What, key: str, guide: Guide, words: Words) -> str:
    """What a corrected part is called: an item's name, or the kind of part that it is."""
    if what == "safety":
        return words(f"safety.{key}")
    if what in ("answer", "told", "option"):
        return place_name(guide, key, words)
    return words(f"amend.what-{what}")


def said(
    what: What, key: str, value: str | None, *, guide: Guide, words: Words, safety: Safety
) -> str:
    """A value of a part in words; a number with whether it may be called, as `safety` has it."""
    if value is None:
        return words("amend.nothing")
    if what == "option":
        return stance_word(STANCES.get(value, Stance()), words)
    if what in ("answer", "told"):
        return answer_word(guide, key, value, words)
    if what == "safety":
        kind: SafetyKind = key  # type: ignore[assignment]
        return safety_text(kind, {**safety, kind: value}, words)[0]
    return place_name(guide, value, words) if what == "decision" else value


def when(at: str) -> str:
    """The day and time here: 24.11.2026 09:30."""
    return f"{dt.datetime.fromisoformat(at).astimezone():%d.%m.%Y %H:%M}"
