"""The first run: a few questions, the vault, its recovery sheet, and then the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from intake_tui.desk.opening import Founding
from intake_tui.screens.first_run_steps import STEPS, Answers, KeysStep, PassphraseStep, Step
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.gate import gate
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.orderly_input import OrderlyInput

if TYPE_CHECKING:
    from intake_tui.words import Words


class FirstRunScreen(Screen[None]):
    """One step at a time. Nothing is on disk before the last question is answered."""

    CSS_PATH = "first_run.tcss"
    ALLOW_SELECT = False
    help_section = "start"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("escape", "back", show=False),
        Binding("ctrl+g", "another", show=False),
        Binding("up", "turn(-1)", show=False),
        Binding("down", "turn(1)", show=False),
        Binding("f5", "works", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answers = Answers()
        self._number = 0
        self._making = False

    @property
    def words(self) -> Words:
        """The program's words."""
        return gate(self).words

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.query_one(Step)

    def compose(self) -> ComposeResult:
        """How far one is, the step, what is wrong with the answer, and the keys."""
        with Vertical(id="first-run"):
            yield Static("", id="progress", markup=False)
            yield Vertical(id="step")
            yield Static("", id="say", markup=False)
        yield KeyBar(id="keys")

    async def on_mount(self) -> None:
        """The first step."""
        await self._show(0)

    async def _show(self, number: int) -> None:
        self._number = number
        words = self.words
        step = STEPS[number](self._answers, self.action_next)
        progress = words("start.progress", step=number + 1, steps=len(STEPS))
        self.query_one("#progress", Static).update(Text(progress))
        self.say()
        place = self.query_one("#step")
        with self.app.batch_update():
            await place.remove_children()
            await place.mount(step)
        for field in step.query(OrderlyInput):
            self.set_focus(field)
            field.cursor_position = len(field.value)
        self._show_keys(step)

    def _show_keys(self, step: Step) -> None:
        words = self.words
        keys = [Key("Enter", words(step.next_key)), *step.further_keys()]
        if step.back_key:
            keys.append(Key("Esc", words(step.back_key)))
        self.query_one(KeyBar).show(*keys, Key("^Q", words("start.key-close")))

    def say(self, text: str = "") -> None:
        """What is wrong with the answer, and what to do."""
        self.query_one("#say", Static).update(Text(text))

    # -- keys ----------------------------------------------------------------------------------

    async def action_next(self) -> None:
        """Takes the answer and goes on."""
        if self._making:
            return
        wrong = self.step.check()
        if wrong:
            self.say(wrong)
        elif isinstance(self.step, KeysStep):
            gate(self).choose_function_keys(False)
            await self._make()
        elif self._number + 1 < len(STEPS):
            await self._show(self._number + 1)
        else:
            gate(self).founded()

    async def action_back(self) -> None:
        """To the step before; never to before the vault was made."""
        if self.step.back_key and not self._making:
            self.step.check()
            await self._show(self._number - 1)

    async def action_turn(self, by: int) -> None:
        """Another language."""
        if self.step.turn(by):
            await self._show(self._number)

    def action_another(self) -> None:
        """Another passphrase."""
        if isinstance(self.step, PassphraseStep):
            self.step.another()

    async def action_works(self) -> None:
        """The function key was pressed, and arrived."""
        if isinstance(self.step, KeysStep) and not self._making:
            gate(self).choose_function_keys(True)
            await self._make()

    # -- the vault -----------------------------------------------------------------------------

    async def _make(self) -> None:
        self._making = True
        self.say(self.words("start.making"))
        self.app.spawn(self._found())  # type: ignore[attr-defined]

    async def _found(self) -> None:
        answers, app = self._answers, gate(self)
        founding = Founding(answers.centre, app.language, answers.name, answers.passphrase)
        try:
            answers.sheet = await app.found(founding)
        except VaultError as error:
            self.say(self.words(f"errors.{error.code}"))
        else:
            answers.passphrase = answers.offered = ""
            await self._show(self._number + 1)
        finally:
            self._making = False
