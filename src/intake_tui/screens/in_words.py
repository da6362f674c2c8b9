"""What went wrong in the vault, in words."""

from __future__ import annotations

from intake_tui.words import Words


def in_words(code: str, words: Words) -> str:
    """What happened and what to do next, for a vault error's code."""
    key = f"errors.{code}"
    return words(key) if words.has(key) else words("errors.unknown")
