"""The way in without a passphrase: the printed sheet, and then a new passphrase."""

from __future__ import annotations

import time
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from intake_tui.desk.opening import Opened
from intake_tui.desk.patience import Patience
from intake_tui.screens.gate_form import GateForm
from intake_tui.screens.in_words import in_words
from intake_tui.vault import passphrases, recovery
from intake_tui.vault.errors import VaultError, WrongRecovery
from intake_tui.widgets.gate import gate
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.orderly_input import OrderlyInput

PATIENCE = Patience()


class RecoveryScreen(GateForm[Opened | None]):
    """Two steps: the code, then a name and a new passphrase. Dismisses with what was opened."""

    CSS_PATH = "recovery.tcss"
    help_section = "unlock"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("ctrl+g", "another", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-code")
        self._offered = ""

    def compose(self) -> ComposeResult:
        """Both steps; the class of the screen says which is shown."""
        words = self.words
        with Vertical(id="recovery"):
            yield Static(words("unlock.recovery"), id="recovery-title", markup=False)
            yield Static(words("unlock.recovery-about"), id="recovery-about", markup=False)
            yield OrderlyInput(self.code_entered, id="code")
            with Vertical(id="renew"):
                yield Static("", id="offered", markup=False)
                yield Static(words("unlock.name"), classes="label", markup=False)
                yield OrderlyInput(self.name_entered, tab=True, id="name")
                yield Static(words("unlock.renew-passphrase"), classes="label", markup=False)
                yield OrderlyInput(self.passphrase_entered, id="passphrase")
            yield Static("", id="say", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The cursor is in the code."""
        self.set_focus(self.query_one("#code"))
        self._show_keys()

    # -- the code ------------------------------------------------------------------------------

    def code_entered(self) -> None:
        """Enter in the code: first its check signs, then the vault."""
        if self._busy:
            return
        try:
            recovery.parse(self._value("#code"))
        except WrongRecovery as error:
            self.say(in_words(error, self.words))
            return
        self._open_with(PATIENCE, self._unlock)

    async def _unlock(self) -> None:
        try:
            await gate(self).unlock_with_recovery(self._value("#code"))
        except VaultError as error:
            PATIENCE.failed(time.monotonic())
            self.say(in_words(error, self.words))
        else:
            PATIENCE.succeeded()
            self._ask_for_new()
        finally:
            self._busy = False

    # -- the new passphrase --------------------------------------------------------------------

    def _ask_for_new(self) -> None:
        self.query_one("#code", OrderlyInput).value = ""
        self.set_class(False, "-code")
        about = self.query_one("#recovery-about", Static)
        about.update(Text(self.words("unlock.renew-about")))
        self.action_another()
        self.say()
        self.set_focus(self.query_one("#name"))
        self._show_keys()

    def action_another(self) -> None:
        """Another passphrase is made."""
        if not self.has_class("-code"):
            self._offered = passphrases.generated()
            self.query_one("#offered", Static).update(Text(self._offered))

    def passphrase_entered(self) -> None:
        """Enter in the passphrase: it is set, and the archive is open."""
        name, passphrase = self._value("#name"), self._value("#passphrase")
        if passphrases.as_generated(passphrase) == self._offered:
            passphrase = self._offered
        wrong = self._wrong(name, passphrase)
        if wrong:
            self.say(wrong)
        elif not self._busy:
            self._busy = True
            self.say(self.words("unlock.opening-plain"))
            self.app.spawn(self._renew(name, passphrase))  # type: ignore[attr-defined]

    def _wrong(self, name: str, passphrase: str) -> str | None:
        if not name or not passphrase:
            return self.words("unlock.missing")
        weakness = passphrases.weakness(passphrase, names=(name,))
        if passphrase == self._offered or weakness is None:
            return None
        return self.words(f"start.weak-{weakness}")

    async def _renew(self, name: str, passphrase: str) -> None:
        try:
            opened = await gate(self).renew(name, passphrase)
        except VaultError as error:
            self.say(in_words(error, self.words))
        else:
            if self.is_attached:
                self.dismiss(opened)
        finally:
            self._busy = False

    # -- keys ----------------------------------------------------------------------------------

    async def action_back(self) -> None:
        """Back to the passphrase; what was opened is closed again."""
        if not self._busy:
            await gate(self).session.vault.lock()
            self.dismiss(None)

    def _show_keys(self) -> None:
        words = self.words
        keys = [Key("Enter", words("unlock.key-continue"))]
        if not self.has_class("-code"):
            keys.append(Key("^G", words("start.key-another")))
        self.query_one(KeyBar).show(*keys, Key("Esc", words("unlock.key-back")))
