"""The way in without a passphrase: the printed sheet, then who one is, and a new passphrase."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

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
from intake_tui.widgets.settling import Settles

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive

PATIENCE = Patience()


class RecoveryScreen(Settles, GateForm[Opened | None]):
    """Two steps: the code, then a name and a new passphrase. Dismisses with what was opened.

    A name that nobody has makes another leader, so that a slip in it must not: it is asked about.
    An own passphrase is typed twice.
    """

    CSS_PATH = "recovery.tcss"
    help_section = "unlock"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("ctrl+g", "another", show=False),
        Binding("up", "turn(-1)", show=False),
        Binding("down", "turn(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-code")
        self._offered = ""
        self._names: tuple[str, ...] = ()  # of those who have a slot already
        self._asked = ""  # a name that nobody has: whether it is meant was asked
        self._meant = ""  # and that it is was answered

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
                yield Static(
                    words("unlock.renew-again"), id="again-label", classes="label", markup=False
                )
                yield OrderlyInput(self.again_entered, password=True, id="again")
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
            self._names = await gate(self).session.vault.run(_names)
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

    # -- who it is -------------------------------------------------------------------------------

    def action_turn(self, by: int) -> None:
        """An arrow: another of those who are here."""
        if self._names and not self._busy and not self.has_class("-code"):
            field, names = self.query_one("#name", OrderlyInput), self._names
            here = names.index(field.value) + by if field.value in names else min(0, by)
            field.value = names[here % len(names)]
            field.cursor_position = len(field.value)
            self.set_focus(field)
            self.say()

    def name_entered(self) -> None:
        """Enter in the name: to the passphrase; one that nobody has is asked about first."""
        if self._name_is_meant(self._value("#name")):
            self.say()
            super().name_entered()

    def _name_is_meant(self, name: str) -> bool:
        """Whether somebody here has that name, or it was said that a new leader is meant."""
        known = {one.casefold() for one in self._names}
        if not name or " ".join(name.split()).casefold() in known or name == self._meant:
            return True
        if name == self._asked and self.takes_enter():
            self._meant = name
            return True
        if name != self._asked:
            self._asked = name
            self.settle()
        self.say(self.words("unlock.renew-new", name=name))
        self.set_focus(self.query_one("#name"))
        return False

    # -- the passphrase --------------------------------------------------------------------------

    @property
    def _passphrase(self) -> str:
        """As it was typed; the one that was made in any case of letters, and with spaces."""
        typed = self._value("#passphrase")
        return self._offered if passphrases.as_generated(typed) == self._offered else typed

    def passphrase_entered(self) -> None:
        """Enter in the passphrase: an own one once more; else it is set, and the archive open."""
        name, passphrase = self._value("#name"), self._passphrase
        own = bool(passphrase) and passphrase != self._offered
        wrong = self._wrong(name, passphrase)
        self.set_class(own and not wrong, "-own")
        if wrong:
            self.say(wrong)
        elif own:
            self.query_one("#again", OrderlyInput).value = ""
            self.say()
            self.set_focus(self.query_one("#again"))
        else:
            self._set(name, passphrase)

    def again_entered(self) -> None:
        """Enter in the own passphrase, the second time: the same, or both once more."""
        name, passphrase = self._value("#name"), self._passphrase
        wrong = self._wrong(name, passphrase)
        if wrong:
            self.say(wrong)
        elif self._value("#again") != passphrase:
            self._both_again()
        else:
            self._set(name, passphrase)

    def _both_again(self) -> None:
        """Nobody knows which of the two was meant."""
        for selector in ("#passphrase", "#again"):
            self.query_one(selector, OrderlyInput).value = ""
        self.set_class(False, "-own")
        self.say(self.words("unlock.renew-unlike"))
        self.set_focus(self.query_one("#passphrase"))

    def _set(self, name: str, passphrase: str) -> None:
        if not self._busy and self._name_is_meant(name):
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
        if not self._busy and self.may_drop(self.typed):
            await gate(self).session.vault.lock()
            self.dismiss(None)

    def _show_keys(self) -> None:
        words = self.words
        keys = [Key("Enter", words("unlock.key-continue"))]
        if not self.has_class("-code"):
            names = (Key("↑ ↓", words("unlock.key-names")),) if self._names else ()
            keys += [*names, Key("^G", words("start.key-another"))]
        self.query_one(KeyBar).show(*keys, Key("Esc", words("unlock.key-back")))


def _names(archive: Archive) -> tuple[str, ...]:
    return tuple(one.name for one in archive.staff.colleagues())
