"""What went wrong in the vault, in words."""

from __future__ import annotations

from intake_tui.vault.errors import VaultError
from intake_tui.words import Words


def in_words(error: Exception, words: Words) -> str:
    """What happened and what to do next; a record that cannot be read is damaged."""
    code = error.code if isinstance(error, VaultError) else "damaged"
    if isinstance(error, LookupError):  # NoSuchRecord: another desk may have deleted it
        code = "gone"
    key = f"errors.{code}"
    return words(key) if words.has(key) else words("errors.unexpected")
