"""What is remembered of a device outside the vault: a language and a keyboard, and no name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake_tui.words import WORDS_LANGUAGES, WordsLanguage

FILE = "preferences.toml"


@dataclass(frozen=True)
class Preferences:
    """The language of the screens, and whether function keys work on this keyboard."""

    language: WordsLanguage = "nb"
    function_keys: bool = False


def read(folder: Path) -> Preferences:
    """The preferences in that folder; the usual ones where the file is missing or unreadable."""
    try:
        values: Any = tomllib.loads((folder / FILE).read_text("utf-8"))
        language, function_keys = values["language"], values["function_keys"]
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences()
    if language not in WORDS_LANGUAGES:
        return Preferences()
    return Preferences(language=language, function_keys=function_keys is True)


def write(folder: Path, preferences: Preferences) -> bool:
    """Keeps them; False where the folder cannot be written, which is no reason to stop."""
    from intake_tui.vault import durable

    works = "true" if preferences.function_keys else "false"
    text = f'language = "{preferences.language}"\nfunction_keys = {works}\n'
    try:
        durable.replace(folder / FILE, text.encode())
    except OSError:
        return False
    return True
