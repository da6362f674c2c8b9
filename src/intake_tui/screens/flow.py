"""A few questions, one on the screen at a time: what the first run and the staff's screens share.

Nothing is done before the last question is answered, so that whatever ends a flow, a lock, a new
conversation or Esc, leaves everything as it was. What was answered is held by the screen only, and
forgotten when the screen goes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from intake_tui.screens.flow_steps import Answers, Step
from intake_tui.screens.giving_up import GivesUp
from intake_tui.widgets.gate import gate
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.orderly_input import OrderlyInput
from intake_tui.words import Words

Result = TypeVar("Result")


class FlowScreen(GivesUp, Screen[Result]):
    """A subclass names its steps, and what is done at the end."""

    CSS_PATH = "flow.tcss"
    ALLOW_SELECT = False
    progress: ClassVar[str] = "start.progress"  # words: which of how many questions this is
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("escape", "back", show=False),
        Binding("ctrl+g", "another", show=False),
        Binding("up", "turn(-1)", show=False),
        Binding("down", "turn(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answers = Answers()
        self._number = 0
        self._busy = False

    @property
    def words(self) -> Words:
        """The program's words."""
        return gate(self).words

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.query_one(Step)

    def steps(self) -> Sequence[type[Step]]:
        """The questions, as far as they follow from what was answered."""
        raise NotImplementedError

    def end(self) -> Awaitable[None]:
        """The last question is answered: do what they were asked for."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Esc at the first question."""

    def last_keys(self) -> Sequence[Key]:
        """Keys that stand at the end on every step."""
        return (Key("F1", self.words("contacts.key-help")),)

    def compose(self) -> ComposeResult:
        """How far one is, the step, what is wrong with the answer, and the keys."""
        with Vertical(id="flow"):
            yield Static("", id="progress", markup=False)
            yield Vertical(id="step")
            yield Static("", id="say", markup=False)
        yield KeyBar(id="keys")

    async def on_mount(self) -> None:
        """The first step."""
        await self._show(0)

    def on_unmount(self) -> None:
        """Nothing of what was answered stays in memory with a screen that is gone."""
        self._answers.forget()

    async def _show(self, number: int) -> None:
        self._number = number
        steps = self.steps()
        counted = [step.counts for step in steps]
        here, of = sum(counted[: number + 1]), sum(counted)
        progress = "" if of == 1 else self.words(self.progress, step=here, steps=of)
        await self._put(steps[number](self._answers, self.action_next), progress)

    async def _put(self, step: Step, progress: str = "") -> None:
        """Show a step in place of the one before, which is gone with what stood in it."""
        self.query_one("#progress", Static).update(Text(progress))
        self.say()
        place = self.query_one("#step")
        with self.app.batch_update():
            await place.remove_children()
            await place.mount(step)
        for field in step.query(OrderlyInput):
            self.set_focus(field)
            field.cursor_position = len(field.value)
        self.show_keys()

    def show_keys(self) -> None:
        """The keys of the step."""
        words, step = self.words, self.step
        keys = [Key("Enter", words(step.next_key))] if step.next_key else []
        keys += step.further_keys()
        if step.back_key:
            keys.append(Key("Esc", words(step.back_key)))
        self.query_one(KeyBar).show(*keys, *self.last_keys())

    def say(self, text: str = "") -> None:
        """What is wrong with the answer, and what to do."""
        self.query_one("#say", Static).update(Text(text))

    # -- keys ----------------------------------------------------------------------------------

    async def action_next(self) -> None:
        """Takes the answer and goes on."""
        if self._busy or not self.step.next_key:
            return
        wrong = self.step.check()
        if wrong is not None:
            self.say(wrong)
        elif self._number + 1 < len(self.steps()):
            await self._show(self._number + 1)
        else:
            await self.end()

    async def action_back(self) -> None:
        """To the step before; at the first one, out of it."""
        if self._busy or not self.step.back_key:
            return
        is_kept = self._number > 0 and self.step.check() is None
        if not is_kept and not self.may_drop(self.step.typed):
            return
        if self._number:
            await self._show(self._number - 1)
        else:
            self.give_up()

    async def action_turn(self, by: int) -> None:
        """Another of the choices."""
        if not self._busy and self.step.turn(by):
            await self._show(self._number)

    def action_another(self) -> None:
        """Another passphrase."""
        if not self._busy:
            self.step.another()
