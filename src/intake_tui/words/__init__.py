"""The program's own words, in three languages side by side: one TOML file a section.

A key is a table with `nb`, `nn` and `en`; where a number decides, with `one` and `other`, each
of which has the three. `{slots}` are filled by name. A section's file is read at its first use,
so that the start reads only what the first screen says.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, cast

WordsLanguage: TypeAlias = Literal["nb", "nn", "en"]
WORDS_LANGUAGES: tuple[WordsLanguage, ...] = ("nb", "nn", "en")

Entry: TypeAlias = dict[str, "str | Entry"]


@cache
def section(name: str) -> dict[str, Entry]:
    """All words of a section, by key; FileNotFoundError where there is no such section."""
    text = Path(__file__).with_name(f"{name}.toml").read_text("utf-8")
    return cast("dict[str, Entry]", tomllib.loads(text))


class Words:
    """The words in one language: `words("unlock.opening")`, `words("jot.lines", n=3)`."""

    def __init__(self, language: WordsLanguage) -> None:
        self.language: WordsLanguage = language

    def __call__(self, key: str, **slots: object) -> str:
        """The text of `section.key` with its slots filled; KeyError where either is missing.

        `n` chooses between `one` and `other`, and is a slot itself.
        """
        name, _, rest = key.partition(".")
        entry: str | Entry = section(name)[rest]
        if isinstance(entry, dict) and "other" in entry:
            entry = entry["one" if slots["n"] == 1 else "other"]
        if not isinstance(entry, dict):
            raise KeyError(key)
        text = entry[self.language]
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format_map(slots) if "{" in text else text

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        name, _, rest = key.partition(".")
        try:
            return rest in section(name)
        except FileNotFoundError:
            return False
