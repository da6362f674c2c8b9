"""The steps of what leaders do about colleagues, and everybody about their own passphrase."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from intake_tui.screens.flow_steps import (
    Answers,
    BackStep,
    ChoiceStep,
    FieldStep,
    PassphraseStep,
    SheetStep,
    Step,
)
from intake_tui.vault import recovery
from intake_tui.widgets.orderly_input import OrderlyInput
from intake_tui.widgets.settling import Settles

ROLES = ("counsellor", "leader")


class NewNameStep(FieldStep):
    """What a new colleague is called."""

    section = "staff"
    title = "name"

    def field(self) -> str:
        """What was typed before."""
        return self.answers.name

    def check(self) -> str | None:
        """A name that no other colleague goes by."""
        self.answers.name = " ".join(self.value.split())
        if not self.answers.name:
            return self.words("staff.name-missing")
        folded = self.answers.name.casefold()
        if any(folded == name.casefold() for name in self.answers.names):
            return self.words("errors.name-taken")
        return None


class RoleStep(ChoiceStep):
    """What a new colleague may do."""

    section = "staff"
    title = "role"

    def choices(self) -> tuple[str, ...]:
        """The two."""
        return ROLES

    def chosen(self) -> str:
        """The one that is marked; a counsellor at first."""
        return self.answers.role

    def choose(self, choice: str) -> None:
        """Mark the other one."""
        self.answers.role = choice

    def name_of(self, choice: str) -> str:
        """What it is, and what it may do."""
        return self.words(f"staff.role-{choice}")


class GivenPassphraseStep(PassphraseStep):
    """The passphrase that a new colleague is handed."""

    section = "staff"
    title = "given"


class RenewedPassphraseStep(PassphraseStep):
    """The passphrase that is handed to a colleague who forgot theirs."""

    section = "staff"
    title = "renewed"


class SecretStep(FieldStep):
    """A step that is answered in one field, without echo."""

    def parts(self) -> ComposeResult:
        """The field."""
        yield OrderlyInput(self.done, password=True, id="field")


class OldPassphraseStep(SecretStep):
    """The passphrase up to now."""

    section = "staff"
    title = "old"

    def check(self) -> str | None:
        """Whether it is the right one is asked of the vault, by the screen."""
        self.answers.old = self.query_one(OrderlyInput).value
        return None if self.answers.old else self.words("staff.old-missing")


class OwnPassphraseStep(PassphraseStep):
    """One's own next passphrase."""

    section = "staff"
    title = "own"

    def check(self) -> str | None:
        """Another one than before."""
        wrong = super().check()
        if wrong is None and self.answers.passphrase == self.answers.old:
            self.answers.passphrase = ""
            return self.words("staff.own-same")
        return wrong


class AgainStep(SecretStep):
    """An own passphrase once more: a slip would lock somebody out."""

    section = "staff"
    title = "again"
    counts = False  # that it comes is only known once an own one was typed

    def check(self) -> str | None:
        """The same as before."""
        same = self.value == self.answers.passphrase
        return None if same else self.words("staff.again-wrong")


class FinalStep(Settles, Step):
    """A step whose Enter does something that cannot be taken back: a key held down does not."""

    def on_mount(self) -> None:
        """Enter does nothing at first."""
        self.settle()

    def check(self) -> str | None:
        """Nothing is wrong; only it may be too soon."""
        return None if self.takes_enter() else ""


class RevokeStep(FinalStep, ChoiceStep):
    """What it means that a colleague is shut out, and whether the recovery sheet is made anew."""

    section = "staff"
    title = "revoke"
    back_key = "staff.key-leave"

    def __init__(self, answers: Answers, done: Callable[[], Awaitable[None]]) -> None:
        super().__init__(answers, done)
        self.next_key = "start.key-next" if answers.new_sheet else "staff.key-shut-out"

    def choices(self) -> tuple[str, ...]:
        """A new sheet, or not."""
        return ("sheet-new", "sheet-old")

    def chosen(self) -> str:
        """A new one, where nothing else was chosen."""
        return "sheet-new" if self.answers.new_sheet else "sheet-old"

    def choose(self, choice: str) -> None:
        """The other one."""
        self.answers.new_sheet = choice == "sheet-new"

    def name_of(self, choice: str) -> str:
        """What becomes of the sheet."""
        return self.words(f"staff.{choice}", name=self.answers.name)


class ToLeaderStep(FinalStep):
    """A colleague is to lead as well."""

    section = "staff"
    title = "to-leader"
    next_key = "staff.key-do"
    back_key = "staff.key-leave"


class ToCounsellorStep(ToLeaderStep):
    """A colleague is not to lead any more."""

    title = "to-counsellor"


class NotLeadingStep(ToLeaderStep):
    """One does not want to lead any more oneself."""

    title = "not-leading"


class NewSheetStep(Step):
    """What it means that the recovery sheet is made anew."""

    section = "staff"
    title = "new-sheet"
    back_key = "staff.key-leave"


class NewKeyStep(ToLeaderStep):
    """What it means that the archive gets another key."""

    title = "new-key"


class DrawnSheetStep(SheetStep):
    """The new sheet: copied down before it opens anything, so that it cannot be lost."""

    section = "staff"
    title = "drawn"
    back_key = "start.key-back"

    def __init__(self, answers: Answers, done: Callable[[], Awaitable[None]]) -> None:
        super().__init__(answers, done)
        answers.sheet = answers.sheet or recovery.drawn()


class ReadBackStep(BackStep):
    """The new sheet, typed back; then it is taken into use."""

    section = "staff"
    title = "read-back"


class RevokeBackStep(ReadBackStep):
    """The same where its end is that a colleague is shut out, too."""

    title = "revoke-back"
    next_key = "staff.key-shut-out"


class WorkingStep(Step):
    """While the vault works: nothing can be answered, and no secret stands there."""

    section = "staff"
    title = "working"
    next_key = None
    back_key = None

    def parts(self) -> ComposeResult:
        """How far it is, where that is known."""
        yield Static("", id="how-far", markup=False)

    def tell(self, text: str) -> None:
        """How far it is."""
        self.query_one("#how-far", Static).update(Text(text))


class RotatingStep(WorkingStep):
    """While every row gets another key."""

    title = "rotating"
