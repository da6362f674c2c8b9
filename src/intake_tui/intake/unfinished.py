"""Words that were typed for the seal, outside every conversation, and are not sealed there yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How far somebody had come."""

    concerns: str  # what it is about, in ids: by this it is found again
    stage: str  # of the screen that it is typed on
    now: str | None = None  # what is to stand
    reason: str = ""

    def __repr__(self) -> str:
        """Never what was typed, nor what it is about."""
        return "<Unfinished>"
