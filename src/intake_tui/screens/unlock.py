"""The unlock screen: name, passphrase, and a line to write on while the key is being made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key as KeyPress
from textual.screen import Screen
from textual.widgets import Static

from intake_tui.desk.patience import Patience
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.gate import gate
from intake_tui.widgets.jot_line import JotLine
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.messages import CheckTold, Jotted
from intake_tui.widgets.orderly_input import OrderlyInput
from intake_tui.widgets.unseen import Unseen, writes

if TYPE_CHECKING:
    from intake_tui.desk.opening import Opened
    from intake_tui.words import Words

PATIENCE = Patience()  # of the program, not of one screen: a lock makes a new screen


class UnlockScreen(Screen[None]):
    """Signing in, opening, open: one screen, so that the line being written stays where it is."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "recover", "unlock.key-recovery", show=False),
        Binding("ctrl+g", "restore", "start.key-restore", show=False),
        Binding("ctrl+b", "back_to", "unlock.key-back", show=False),
        Binding("escape", "contacts", "unlock.key-contacts", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-signing")
        self._opening: asyncio.Task[None] | None = None
        self._opened: Opened | None = None
        self._said = ""
        self._line = JotLine(id="jot")

    @property
    def help_section(self) -> str:
        """What F1 tells about."""
        return "opened" if self.has_class("-open") else "unlock"

    @property
    def words(self) -> Words:
        """The program's words."""
        return gate(self).words

    @property
    def _name_field(self) -> OrderlyInput:
        return self.query_one("#name", OrderlyInput)

    @property
    def _passphrase_field(self) -> OrderlyInput:
        return self.query_one("#passphrase", OrderlyInput)

    def compose(self) -> ComposeResult:
        """The form in the middle, the keys at the bottom."""
        words = self.words
        with Vertical(id="gate"):
            yield Static("intake-tui", id="gate-title")
            yield Static(words("unlock.about"), id="gate-about", markup=False)
            with Vertical(id="gate-form"):
                yield Static(words("unlock.name"), classes="gate-label", markup=False)
                yield OrderlyInput(self.to_passphrase, tab=True, id="name")
                yield Static(words("unlock.passphrase"), classes="gate-label", markup=False)
                yield OrderlyInput(self.submit, password=True, id="passphrase")
            yield Static("", id="gate-say", markup=False)
            yield self._line
            yield Static("", id="gate-kept", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The cursor is in the name."""
        self.set_focus(self._name_field)
        self._line.placeholder = self.words("jot.placeholder")
        self._line.at_enter(self._end_line)
        self._show_keys()
        self._show_kept()
        if not self._said:  # the lock may have told more than this already
            self.say(self._found_damaged())

    def on_check_told(self, message: CheckTold) -> None:
        """What it found is said where one is about to write."""
        said = self._found_damaged() if self.has_class("-open") else ""
        if said:
            self.say(said)
            self.add_class("-warned")
            self._show_keys()

    def _found_damaged(self) -> str:
        """What the check has found, also before the lock."""
        words, session = self.words, gate(self).session
        if not session.can_be_replaced or session.vault.unopenable:
            return ""
        said = words("unlock.found-damaged")
        only_memory = session.checkup.is_set_aside
        return f"{said} {words('unlock.only-memory')}" if only_memory else said

    def say(self, text: str) -> None:
        """One or two sentences under the form."""
        self._said = text
        self.query_one("#gate-say", Static).update(Text(text))

    def replaced(self) -> None:
        """A backup lies in the place of what could not be opened."""
        self.say(self.words("backup.sign-in-now"))
        self._show_keys()

    def put_away(self) -> None:
        """Nobody is there: nothing that was typed stays on the screen."""
        if self._opening is None and self.has_class("-signing") and self.query("#name"):
            self._name_field.value = ""
            self._passphrase_field.value = ""
            self.take_over()
            self._line.put("")
            gate(self).session.put_jot_away()
            self._show_kept()

    # -- signing in ----------------------------------------------------------------------------

    def to_passphrase(self) -> None:
        """Enter or Tab in the name: not one key of the passphrase is shown in it."""
        if self._name_field.value.strip():
            self.say("")
            self.set_focus(self._passphrase_field)
        else:
            self.say(self.words("unlock.missing-name"))

    def submit(self) -> None:
        """Enter in the passphrase: from now on every key goes to the line."""
        name = self._name_field.value.strip()
        passphrase = self._passphrase_field.value
        if self._opening is not None:
            return
        if not name or not passphrase:
            self.say(self.words("unlock.missing-passphrase" if name else "unlock.missing-name"))
            self.set_focus(self._passphrase_field if name else self._name_field)
            return
        self._become("-opening")
        self.set_focus(self._line)
        self._opening = self.app.spawn(self._open(name, passphrase))  # type: ignore[attr-defined]

    async def _open(self, name: str, passphrase: str) -> None:
        left = PATIENCE.left(time.monotonic())
        self.say(self.words("unlock.waiting" if left else "unlock.opening"))
        await asyncio.sleep(left)
        try:
            opened = await gate(self).unlock(name, passphrase)
        except VaultError as error:
            self._refused(error)
        else:
            PATIENCE.succeeded()
            if self.is_attached:
                self.opened(opened)

    def _refused(self, error: VaultError) -> None:
        self._opening = None
        if error.code == "wrong-passphrase":
            PATIENCE.failed(time.monotonic())
        self._become("-signing")
        field = self._passphrase_field
        field.value = ""
        said = self._why(error.code)
        if self._line.text:  # somebody is writing: the cursor stays where it is
            self.add_class("-jotting")
            said = f"{said} {self.words('unlock.to-passphrase')}"
        else:
            self.set_focus(field)
        self.say(said)
        self._show_kept()

    def _why(self, code: str) -> str:
        """What is wrong, and what can be done about it here."""
        words = self.words
        if not gate(self).session.can_be_replaced:
            return words(f"errors.{code}")
        here = f"unlock.refused-{code}"
        return f"{words(here if words.has(here) else f'errors.{code}')} {words('unlock.restore')}"

    # -- open ----------------------------------------------------------------------------------

    def opened(self, opened: Opened) -> None:
        """Says when the archive was last written, and what is odd about it."""
        self._opening = None
        self._opened = opened
        self._name_field.value = ""
        self._passphrase_field.value = ""
        self._become("-open")
        self.query_one("#gate-about", Static).update(Text(self._last(opened)))
        hint = "unlock.waiting-lines" if opened.waiting else "unlock.write"
        warnings = [self._warning(code) for code in opened.warnings]
        self.say("\n".join([*warnings, self.words(hint)]))
        self.set_class(bool(warnings), "-warned")
        self.set_focus(self._line)
        self._line.at_enter(self._go_on)
        self._show_keys()
        self._show_kept()

    def _last(self, opened: Opened) -> str:
        words = self.words
        if opened.last_at is None:
            return f"{words('unlock.open')} {words('unlock.never')}"
        here = opened.last_at.astimezone()
        day, time_ = f"{here:%d.%m.%Y}", f"{here:%H:%M}"
        last = words("unlock.last", day=day, time=time_, n=opened.last_n)
        return f"{words('unlock.open')} {last}"

    def _warning(self, code: str) -> str:
        key = f"errors.warning-{code}"
        return self.words(key if self.words.has(key) else "errors.warning-other")

    # -- the line ------------------------------------------------------------------------------

    def on_jot_line_typed(self) -> None:
        """Kept at each key."""
        self.take_over()
        self._show_kept()
        self._show_keys()

    @property
    def unseen(self) -> Unseen:
        """Letters are written."""
        return "writes"

    def takes_unseen(self, event: KeyPress) -> bool:
        """What writes, and what goes on from field to field."""
        return writes(event) or event.key in ("enter", "tab")

    def take_over(self) -> None:
        """What stands in the line is the jot's."""
        text = self._line.take()
        if text is not None:
            gate(self).session.jot.typed(text)
            gate(self).session.jotted()

    def on_screen_resume(self) -> None:
        """Back from «Skriv nå», where the line was ended; or from the sheet, with what it found."""
        self._show_keys()
        if self._line.text and not gate(self).session.jot.unfinished:
            self._line.put("")

    def _end_line(self) -> None:
        """Enter, while the archive is being opened: the line is done."""
        self.take_over()
        self._line.put("")
        gate(self).session.jot.ended()
        gate(self).session.jotted()
        self._show_kept()

    def _go_on(self) -> None:
        """Enter, once it is open: the line is done, and on to the conversation."""
        self._end_line()
        gate(self).go_on()

    def on_jotted(self, message: Jotted) -> None:
        """It is on disk, or could not be put there."""
        self._show_kept()

    def _show_kept(self) -> None:
        jot = gate(self).session.jot
        kept = "" if jot.empty or self.has_class("-open") else self.words(f"jot.kept-{jot.kept}")
        jotted = self.words("unlock.jotted") if kept and self.has_class("-signing") else ""
        self.query_one("#gate-kept", Static).update(Text(f"{jotted} {kept}".strip()))

    # -- keys ----------------------------------------------------------------------------------

    def action_recover(self) -> None:
        """The printed sheet instead of the passphrase."""
        if self.has_class("-signing"):
            from intake_tui.screens.recovery import RecoveryScreen

            self.app.push_screen(RecoveryScreen(), self._recovered)

    def action_restore(self) -> None:
        """A backup in the place of what cannot be opened."""
        from intake_tui.screens.restore import RestoreScreen

        self.take_over()
        if self.has_class("-open"):
            gate(self).replace()
        else:
            self.app.push_screen(RestoreScreen())

    def _recovered(self, opened: Opened | None) -> None:
        if opened is not None:
            self.opened(opened)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys go with signing in, others with an open archive."""
        if action == "contacts":
            return self.has_class("-open")
        if action == "restore":
            may = self.has_class("-signing") and gate(self).session.can_be_replaced
            return may or (self.has_class("-open") and self._may_replace)
        if action == "back_to":
            return self.has_class("-open") and gate(self).session.back_to() is not None
        return self.has_class("-signing") if action == "recover" else True

    @property
    def _may_replace(self) -> bool:
        """Whether who is signed in leads, and the archive is damaged."""
        leads = self._opened is not None and self._opened.leads
        return leads and gate(self).session.can_be_replaced

    def action_back_to(self) -> None:
        """To where one was, whatever was jotted meanwhile."""
        self.take_over()
        gate(self).go_back()

    def action_contacts(self) -> None:
        """Esc, once it is open."""
        gate(self).show_contacts()

    def _become(self, state: str) -> None:
        self.remove_class("-signing", "-opening", "-open", "-jotting")
        self.add_class(state)
        self._show_keys()

    def _show_keys(self) -> None:
        words = self.words
        cover, close = (
            Key("Esc Esc", words("unlock.key-cover"), "F12"),
            Key("^Q", words("unlock.key-close")),
        )
        keys: tuple[Key, ...]
        if self.has_class("-open"):
            another = (self._another_way(),) if self._may_replace else ()
            keys = (
                *self._ways_on(),
                *another,
                Key("Esc", words("unlock.key-contacts")),
                cover,
                close,
            )
        elif self.has_class("-opening"):
            keys = (Key("Enter", words("unlock.key-line")), cover, close)
        else:
            keys = (
                Key("Enter", words("unlock.key-open")),
                Key("^N", words("unlock.key-write")),
                self._another_way(),
                cover,
                close,
            )
        self.query_one(KeyBar).show(*keys)

    def _another_way(self) -> Key:
        if gate(self).session.can_be_replaced:
            return Key("^G", self.words("start.key-restore"))
        return Key("^R", self.words("unlock.key-recovery"))

    def _ways_on(self) -> Iterator[Key]:
        words, session = self.words, gate(self).session
        code = self._opened.back_to if self._opened else None
        back_to = words("unlock.key-back-to", code=code) if code else ""
        if session.pending is not None:
            yield Key("Enter", words("unlock.key-go-on"))
            if code:
                yield Key("^B", back_to)
        elif code:
            yield Key("Enter", back_to)
            yield Key("^N", words("unlock.key-new"))
        else:
            yield Key("Enter", words("unlock.key-new"))
