"""Steps that several flows have: what each asks for, and what it makes of the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, fields
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from intake_tui.desk.sheet import wrong_groups
from intake_tui.vault import passphrases
from intake_tui.vault.recovery import groups
from intake_tui.widgets.gate import Gate, gate
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.orderly_input import OrderlyInput
from intake_tui.words import Words

PER_ROW = 4  # groups of the sheet
MOST_NAMED = 4  # wrong groups; of more than these, no list helps


@dataclass
class Answers:
    """What has been answered so far, and what it is about; in memory only."""

    centre: str = ""
    name: str = ""
    passphrase: str = ""
    offered: str = ""  # the passphrase that was made
    old: str = ""  # the passphrase up to now
    sheet: str = ""
    typed_back: str = ""  # of the sheet
    role: str = "counsellor"
    new_sheet: bool = True
    names: tuple[str, ...] = ()  # of those who have a slot already

    @property
    def is_own(self) -> bool:
        """Whether the passphrase was made up by who typed it."""
        return bool(self.passphrase) and self.passphrase != self.offered

    def forget(self) -> None:
        """Let go of all of it."""
        for each in fields(self):
            setattr(self, each.name, each.default)

    def __repr__(self) -> str:
        """Never a name, never a secret."""
        return "<Answers>"


class Step(Vertical):
    """One question of a flow. A subclass says what it asks, and takes the answer."""

    section: ClassVar[str] = "start"  # of the words that say what is asked
    title: ClassVar[str] = ""
    next_key: str | None = "start.key-next"
    back_key: ClassVar[str | None] = "start.key-back"
    counts: ClassVar[bool] = True  # whether it is a question of its own, in the count of them

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
        yield Static(self.text("title"), classes="step-title", markup=False)
        yield Static(self.text("about"), classes="step-about", markup=False)
        yield from self.parts()

    def text(self, part: str) -> str:
        """One of the step's own words; the name that it is about may stand in it."""
        return self.words(f"{self.section}.{self.title}-{part}", name=self.answers.name)

    def parts(self) -> ComposeResult:
        """What is answered in."""
        yield from ()

    def further_keys(self) -> Iterator[Key]:
        """Keys of this step only."""
        yield from ()

    @property
    def typed(self) -> str:
        """What stands in its field."""
        return "".join(field.value for field in self.query(OrderlyInput))

    def check(self) -> str | None:
        """Takes the answer; what is wrong with it, in words."""
        return None

    def turn(self, by: int) -> bool:
        """An arrow key; True where it changed what the step shows."""
        return False

    def another(self) -> None:
        """Ctrl+G: something else is offered, where something is."""


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


class ChoiceStep(Step):
    """A step that is answered with the arrows: a few choices, one of them marked."""

    def choices(self) -> tuple[str, ...]:
        """What may be chosen."""
        raise NotImplementedError

    def chosen(self) -> str:
        """The one that is marked."""
        raise NotImplementedError

    def choose(self, choice: str) -> None:
        """Mark another one."""
        raise NotImplementedError

    def name_of(self, choice: str) -> str:
        """What it is called on the screen."""
        raise NotImplementedError

    def parts(self) -> ComposeResult:
        """One line each."""
        yield Static(self._rows(), classes="step-choices")

    def _rows(self) -> Text:
        rows = Text()
        for choice in self.choices():
            here = choice == self.chosen()
            mark, look = ("›", "bold") if here else (" ", "dim")
            rows.append(f"{mark} {self.name_of(choice)}\n", look)
        return rows

    def further_keys(self) -> Iterator[Key]:
        """Up and down."""
        yield Key("↑ ↓", self.words("start.key-choose"))

    def turn(self, by: int) -> bool:
        """The next one."""
        choices = self.choices()
        self.choose(choices[(choices.index(self.chosen()) + by) % len(choices)])
        return True


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
        """Ctrl+G: another one is made."""
        self.answers.offered = passphrases.generated()
        self.query_one("#offered", Static).update(Text(self.answers.offered))

    def check(self) -> str | None:
        """The one offered, or an own one that is not too weak."""
        typed = self.value
        self.answers.passphrase = ""
        if not typed:
            return self.words("start.passphrase-missing")
        if self.answers.offered in (typed, passphrases.as_generated(typed)):
            self.answers.passphrase = self.answers.offered
            return None
        if _alike(typed, self.answers.offered):
            return self.words("start.passphrase-nearly")
        names = (self.answers.name, self.answers.centre)
        weakness = passphrases.weakness(typed, names=names)
        if weakness:
            return self.words(f"start.weak-{weakness}")
        self.answers.passphrase = typed
        return None


class SheetStep(Step):
    """The recovery sheet, to be copied."""

    title = "sheet"
    next_key = "start.key-copied"
    back_key: ClassVar[str | None] = None

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

    @property
    def typed(self) -> str:
        """Nothing that Esc drops: whoever looks at the sheet again goes on where it was wrong."""
        return ""

    def field(self) -> str:
        """What was typed before."""
        return self.answers.typed_back

    def check(self) -> str | None:
        """Each group as it was shown."""
        self.answers.typed_back = self.value
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
