"""The steps of the first run: what each asks for, and what it makes of the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from intake_tui.desk.sheet import groups, wrong_groups
from intake_tui.vault import passphrases
from intake_tui.widgets.gate import Gate, gate
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.orderly_input import OrderlyInput
from intake_tui.words import WORDS_LANGUAGES, Words

PER_ROW = 4  # groups of the sheet
MOST_NAMED = 4  # wrong groups; of more than these, no list helps
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass
class Answers:
    """What has been answered so far; in memory only."""

    centre: str = ""
    name: str = ""
    passphrase: str = ""
    offered: str = ""  # the passphrase that was made
    sheet: str = ""

    def __repr__(self) -> str:
        """Never a name, never a secret."""
        return "<Answers>"


class Step(Vertical):
    """One question of the first run. A subclass says what it asks, and takes the answer."""

    title: ClassVar[str] = ""
    next_key: ClassVar[str] = "start.key-next"
    back_key: ClassVar[str | None] = "start.key-back"

    def __init__(self, answers: Answers, done: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.answers = answers
        self.done = done  # goes on to the next step

    @property
    def gate(self) -> Gate:
        """The app."""
        return gate(self)

    @property
    def words(self) -> Words:
        """The program's words."""
        return gate(self).words

    def compose(self) -> ComposeResult:
        """Its title, what to do, and its own part."""
        yield Static(self.words(f"start.{self.title}-title"), classes="step-title", markup=False)
        yield Static(self.words(f"start.{self.title}-about"), classes="step-about", markup=False)
        yield from self.parts()

    def parts(self) -> ComposeResult:
        """What is answered in."""
        yield from ()

    def further_keys(self) -> Iterator[Key]:
        """Keys of this step only."""
        yield from ()

    def check(self) -> str | None:
        """Takes the answer; what is wrong with it, in words."""
        return None

    def turn(self, by: int) -> bool:
        """An arrow key; True where it changed the language."""
        return False


class LanguageStep(Step):
    """nb, nn or en: the screen changes at once."""

    title = "language"
    back_key = None

    def parts(self) -> ComposeResult:
        """The three, one marked."""
        yield Static(self._rows(), id="languages")

    def _rows(self) -> Text:
        rows = Text()
        for language in WORDS_LANGUAGES:
            chosen = language == self.gate.language
            rows.append(
                f"{'›' if chosen else ' '} {LANGUAGE_NAMES[language]}\n",
                "bold" if chosen else "dim",
            )
        return rows

    def further_keys(self) -> Iterator[Key]:
        """Up and down."""
        yield Key("↑ ↓", self.words("start.key-choose"))

    def turn(self, by: int) -> bool:
        """The next language."""
        at = WORDS_LANGUAGES.index(self.gate.language) + by
        self.gate.choose_language(WORDS_LANGUAGES[at % len(WORDS_LANGUAGES)])
        return True

    def check(self) -> str | None:
        """Remembered on this device."""
        self.gate.choose_language(self.gate.language)
        return None


class FieldStep(Step):
    """A step that is answered in one field."""

    def field(self) -> str:
        """What stands in it at first."""
        return ""

    def parts(self) -> ComposeResult:
        """The field."""
        yield OrderlyInput(self.done, self.field(), id="field")

    @property
    def value(self) -> str:
        """What was typed."""
        return self.query_one(OrderlyInput).value.strip()


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


class PassphraseStep(FieldStep):
    """A passphrase that was made, typed once, or an own one."""

    title = "passphrase"

    def __init__(self, answers: Answers, done: Callable[[], Awaitable[None]]) -> None:
        super().__init__(answers, done)
        answers.offered = answers.offered or passphrases.generated()

    def field(self) -> str:
        """What was typed before."""
        return self.answers.passphrase

    def parts(self) -> ComposeResult:
        """The one that was made, and the field."""
        yield Static(Text(self.answers.offered), id="offered")
        yield from super().parts()

    def further_keys(self) -> Iterator[Key]:
        """Another one."""
        yield Key("^G", self.words("start.key-another"))

    def another(self) -> None:
        """Makes another one."""
        self.answers.offered = passphrases.generated()
        self.query_one("#offered", Static).update(Text(self.answers.offered))

    def check(self) -> str | None:
        """The one offered, or an own one that is not too weak."""
        typed = self.value
        self.answers.passphrase = ""
        if not typed:
            return self.words("start.passphrase-missing")
        if typed == self.answers.offered:
            self.answers.passphrase = typed
            return None
        if _alike(typed, self.answers.offered):
            return self.words("start.passphrase-nearly")
        names = (self.answers.name, self.answers.centre)
        weakness = passphrases.weakness(typed, names=names)
        if weakness:
            return self.words(f"start.weak-{weakness}")
        self.answers.passphrase = typed
        return None


class KeysStep(Step):
    """One function key, pressed to learn whether they work here."""

    title = "keys"
    next_key = "start.key-skip"

    def further_keys(self) -> Iterator[Key]:
        """The key to press."""
        yield Key("F5", self.words("start.key-works"))


class SheetStep(Step):
    """The recovery sheet, to be copied."""

    title = "sheet"
    next_key = "start.key-copied"
    back_key = None

    def parts(self) -> ComposeResult:
        """The code."""
        yield Static(self._numbered(), id="sheet")

    def _numbered(self) -> Text:
        text = Text()
        for number, group in enumerate(groups(self.answers.sheet), 1):
            text.append(f"{number} ", "dim").append(group)
            text.append("\n\n" if number % PER_ROW == 0 else "     ")
        text.rstrip()
        return text


class BackStep(FieldStep):
    """The recovery sheet, typed back."""

    title = "back"
    back_key = "start.key-again"

    def check(self) -> str | None:
        """Each group as it was shown."""
        if not self.value:
            return self.words("start.back-missing")
        wrong = wrong_groups(self.answers.sheet, self.value)
        if not wrong:
            return None
        if len(wrong) > MOST_NAMED:
            return self.words("start.back-many")
        return self.words("start.back-wrong", n=len(wrong), groups=", ".join(map(str, wrong)))


def _alike(typed: str, offered: str) -> bool:
    """Whether most of its words are those that were offered: then it was meant."""
    words = set(offered.split("-"))
    return len(words & set(typed.replace(" ", "-").split("-"))) * 2 >= len(words)


STEPS: tuple[type[Step], ...] = (
    LanguageStep,
    CentreStep,
    NameStep,
    PassphraseStep,
    KeysStep,
    SheetStep,
    BackStep,
)
