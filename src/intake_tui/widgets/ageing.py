"""How it is said that a text of the guide is to be checked again, and where it comes from."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from intake_tui.guide.ageing import Ages, stale
from intake_tui.words import Words


class Sourced(Ages, Protocol):
    """A text that may name where and when it was read."""

    @property
    def source(self) -> str | None:
        """Where it was read."""

    @property
    def checked(self) -> dt.date | None:
        """When."""


def mark(part: Ages | None, today: dt.date, words: Words) -> str:
    """«kontrolleres» where the day of the text is past; empty where it is not."""
    return words("conversation.check-again") if part is not None and stale(part, today) else ""


def marked(text: str, part: Ages | None, today: dt.date, words: Words) -> str:
    """What stands at the right of a text, and the mark after it."""
    return " · ".join(filter(None, (text, mark(part, today, words))))


def source_line(part: Sourced, today: dt.date, words: Words) -> str:
    """Where it was read, and when; whether that is long ago. Empty where it names no source."""
    if part.source is None or part.checked is None:
        return ""
    checked = words("akutt.checked", date=f"{part.checked:%d.%m.%Y}")
    return words("help.source", source=part.source, checked=marked(checked, part, today, words))
