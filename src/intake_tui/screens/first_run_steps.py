"""The steps of the first run: what each asks for, and what it makes of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from intake_tui.screens.flow_steps import (
    BackStep,
    ChoiceStep,
    FieldStep,
    PassphraseStep,
    SheetStep,
    Step,
)
from intake_tui.widgets.key_bar import Key
from intake_tui.words import WORDS_LANGUAGES, WordsLanguage

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


class LanguageStep(ChoiceStep):
    """nb, nn or en: the screen changes at once."""

    title = "language"
    back_key = None

    def choices(self) -> tuple[str, ...]:
        """The three."""
        return WORDS_LANGUAGES

    def chosen(self) -> str:
        """The screen's."""
        return self.gate.language

    def choose(self, choice: str) -> None:
        """The screens speak it from now on."""
        self.gate.choose_language(cast(WordsLanguage, choice))

    def further_keys(self) -> Iterator[Key]:
        """Up and down; and another way to an archive."""
        yield from super().further_keys()
        yield Key("^R", self.words("start.key-restore"))

    def name_of(self, choice: str) -> str:
        """What its speakers call it."""
        return LANGUAGE_NAMES[choice]

    def check(self) -> str | None:
        """Remembered on this device."""
        self.gate.choose_language(self.gate.language)
        return None


class CentreStep(FieldStep):
    """The centre's name."""

    title = "centre"

    def field(self) -> str:
        """What was typed before."""
        return self.answers.centre

    def check(self) -> str | None:
        """Anything but nothing."""
        self.answers.centre = self.value
        return None if self.value else self.words("start.centre-missing")


class NameStep(FieldStep):
    """The first counsellor's name."""

    title = "name"

    def field(self) -> str:
        """What was typed before."""
        return self.answers.name

    def check(self) -> str | None:
        """Anything but nothing."""
        self.answers.name = self.value
        return None if self.value else self.words("start.name-missing")


class KeysStep(Step):
    """One function key, pressed to learn whether they work here."""

    title = "keys"
    next_key = "start.key-skip"

    def further_keys(self) -> Iterator[Key]:
        """The key to press."""
        yield Key("F5", self.words("start.key-works"))


STEPS: tuple[type[Step], ...] = (
    LanguageStep,
    CentreStep,
    NameStep,
    PassphraseStep,
    KeysStep,
    SheetStep,
    BackStep,
)
