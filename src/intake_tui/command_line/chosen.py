"""What stands before a command: which vault, and which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from intake_tui.desk import preferences
from intake_tui.vault import place
from intake_tui.words import WORDS_LANGUAGES, Words

if TYPE_CHECKING:
    from intake_tui.vault.place import Location


@dataclass(frozen=True)
class Chosen:
    """The vault's file or URL, and the language; None: the usual ones."""

    vault: str | None
    language: str | None

    @classmethod
    def alone(cls, arguments: Sequence[str]) -> Self | None:
        """What was chosen where nothing else stands there; None where it takes more reading."""
        if len(arguments) % 2:
            return None
        names, values = arguments[::2], arguments[1::2]
        given = dict(zip(names, values, strict=True))
        known = given.keys() <= {"--vault", "--lang"} and len(given) == len(names)
        if not known or any(value.startswith("-") for value in values):
            return None
        if given.get("--lang", WORDS_LANGUAGES[0]) not in WORDS_LANGUAGES:
            return None
        return cls(given.get("--vault"), given.get("--lang"))

    @property
    def location(self) -> Location:
        """Where the vault lies."""
        if self.vault is None:
            return place.default_location()
        return self.vault if place.is_server(self.vault) else Path(self.vault)

    @property
    def words(self) -> Words:
        """The words of the language that was chosen: here, or else in the program."""
        for language in WORDS_LANGUAGES:
            if language == self.language:
                return Words(language)
        return Words(preferences.read(place.device_folder()).language)
