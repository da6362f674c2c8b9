"""What went wrong in the vault, in words."""

from __future__ import annotations

from intake_tui.vault.errors import CopyRefused, VaultError, WrongRecovery
from intake_tui.words import Words


def in_words(error: Exception, words: Words) -> str:
    """What happened and what to do next; a record that cannot be read is damaged."""
    if isinstance(error, WrongRecovery) and error.group is not None:
        return words("errors.wrong-recovery-group", group=error.group)
    if isinstance(error, CopyRefused):
        return code_in_words(error.code, words, section="backup")
    code = error.code if isinstance(error, VaultError) else "damaged"
    if isinstance(error, LookupError):  # NoSuchRecord: another desk may have deleted it
        code = "gone"
    return code_in_words(code, words)


def code_in_words(code: str, words: Words, *, section: str = "errors") -> str:
    """The same of the code of an error alone; codes of CopyRefused are in the section "backup"."""
    key = f"{section}.{code}"
    return words(key) if words.has(key) else words("errors.unexpected")
