"""The first run: a few questions, the vault, its recovery sheet, and then the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from intake_tui.desk.opening import Founding
from intake_tui.screens.first_run_steps import STEPS, KeysStep, LanguageStep
from intake_tui.screens.flow import FlowScreen
from intake_tui.screens.flow_steps import Step
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.gate import gate
from intake_tui.widgets.key_bar import Key


class FirstRunScreen(FlowScreen[None]):
    """One step at a time. Nothing is on disk before the last question is answered."""

    help_section = "start"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "works", show=False),
        Binding("ctrl+r", "restore", show=False),
    ]

    def steps(self) -> Sequence[type[Step]]:
        """All of them, always; the vault is made after that for the keys."""
        return STEPS

    def last_keys(self) -> Sequence[Key]:
        """What ends the program."""
        return (Key("^Q", self.words("start.key-close")),)

    # -- keys ----------------------------------------------------------------------------------

    async def action_next(self) -> None:
        """Takes the answer and goes on; the vault is made before its sheet is shown."""
        if isinstance(self.step, KeysStep) and not self._busy:
            gate(self).choose_function_keys(False)
            self._make()
        else:
            await super().action_next()

    async def end(self) -> None:
        """The sheet was read back: to the contacts."""
        gate(self).founded()

    def action_works(self) -> None:
        """The function key was pressed, and arrived."""
        if isinstance(self.step, KeysStep) and not self._busy:
            gate(self).choose_function_keys(True)
            self._make()

    def action_restore(self) -> None:
        """Ctrl+R, at the very beginning: an archive from a copy instead of a new one."""
        if isinstance(self.step, LanguageStep) and not self._busy:
            from intake_tui.screens.restore import RestoreScreen  # noqa: PLC0415 - when chosen

            self.app.push_screen(RestoreScreen())

    # -- the vault -----------------------------------------------------------------------------

    def _make(self) -> None:
        self._busy = True
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
            self._busy = False
