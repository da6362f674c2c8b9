"""«Gjenopprett fra en kopi»: which file, who signs in as when it was made, and what came back.

Before there is an archive, or where one lies that nothing opens: that one is kept beside it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from intake_tui.desk.media import example
from intake_tui.desk.patience import Patience
from intake_tui.screens.gate_form import GateForm
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import CopyRefused, VaultError, WrongPassphrase, WrongRecovery
from intake_tui.widgets.backup_words import told
from intake_tui.widgets.gate import gate
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.orderly_input import OrderlyInput

if TYPE_CHECKING:
    from intake_tui.vault.restore import Restored

PATIENCE = Patience()
SHOWN = 5  # copies that are listed at once
STATES = ("-file", "-passphrase", "-sheet", "-done")


class RestoreScreen(GateForm[None]):
    """Three steps; the class of the screen says which is shown."""

    CSS_PATH = "restore.tcss"
    help_section = "backup"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("escape", "back", show=False),
        Binding("ctrl+r", "sheet", show=False),
        Binding("down", "turn(1)", show=False),
        Binding("up", "turn(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-file")
        self._copies: list[Path] = []  # to choose from, newest first
        self._offered = ""  # the copy that was chosen

    def compose(self) -> ComposeResult:
        """All steps."""
        words = self.words
        with Vertical(id="restore"):
            yield Static(words("backup.restore"), id="restore-title", markup=False)
            yield Static("", id="restore-about", markup=False)
            yield OrderlyInput(self.file_entered, id="file")
            yield Static("", id="copies", markup=False)
            with Vertical(id="sign-in"):
                yield Static(words("unlock.name"), classes="label", markup=False)
                yield OrderlyInput(self.name_entered, tab=True, id="name")
                yield Static(words("unlock.passphrase"), classes="label", markup=False)
                yield OrderlyInput(self.signed_in, password=True, id="passphrase")
            yield OrderlyInput(self.signed_in, id="code")
            yield Static("", id="say", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The cursor is in the file."""
        self._restoring = gate(self).restoring()
        self._become("-file", "#file")
        field = self.query_one("#file", OrderlyInput)
        field.placeholder = self.words("backup.example", path=example())
        self._offer()

    @work
    async def _offer(self) -> None:
        """The copies on sticks that are in, once they have been looked for."""
        found = await self._restoring.offered()
        if found and not self._copies and not self._value("#file"):
            self._choose_from(found)

    def _choose_from(self, copies: list[Path]) -> None:
        self._copies = copies
        self._fill(copies[0])
        self._show_keys("-file")

    def _fill(self, path: Path) -> None:
        field = self.query_one("#file", OrderlyInput)
        field.value = self._offered = str(path)
        field.select_all()
        self.query_one("#copies", Static).update(self._listed(path))

    def _listed(self, chosen: Path) -> Text:
        at = self._copies.index(chosen)
        first = max(0, min(at - SHOWN // 2, len(self._copies) - SHOWN))
        lines = Text(no_wrap=True, overflow="ellipsis")
        for path in self._copies[first : first + SHOWN]:
            mark, look = ("›", "bold") if path == chosen else (" ", "dim")
            lines.append(f"{mark} {path.name}\n", look)
        return lines

    def action_turn(self, by: int) -> None:
        """↑ ↓: another one of the copies that were found."""
        if self._copies and self.has_class("-file") and not self._busy:
            now = Path(self._value("#file"))
            at = self._copies.index(now) + by if now in self._copies else 0
            self._fill(self._copies[at % len(self._copies)])

    def on_unmount(self) -> None:
        """The medium is given back, unless something is being restored from it still."""
        if not self._busy:
            self.app.spawn(self._give_back())  # type: ignore[attr-defined]

    async def _give_back(self) -> None:
        with suppress(RuntimeError):  # the program ends, and its thread has ended before
            await self._restoring.close()

    # -- the file, and who signs in ------------------------------------------------------------

    def file_entered(self) -> None:
        """Enter in the file: it is looked at before anybody signs in."""
        path = self._value("#file")
        if not path:
            self.say(self.words("backup.empty"))
        elif not self._busy:
            self._busy = True
            self.app.spawn(self._look(Path(path)))  # type: ignore[attr-defined]

    async def _look(self, path: Path) -> None:
        try:
            listed = await self._restoring.in_folder(path)
            if listed is not None:
                self._folder(listed)
                return
            await self._restoring.look(path)
        except (CopyRefused, VaultError) as error:
            self.say(in_words(error, self.words))
        else:
            self._become("-passphrase", "#name")
        finally:
            self._busy = False

    def _folder(self, copies: list[Path]) -> None:
        """A folder was named: what lies in it is chosen from."""
        if not self.is_attached:
            return
        if copies:
            self._choose_from(copies)
        self.say(self.words("backup.choose-copy" if copies else "backup.no-copy-in"))

    def signed_in(self) -> None:
        """Enter in the passphrase or the code: from here on it takes its time."""
        by_sheet = self.has_class("-sheet")
        typed = (self._value("#code"),) if by_sheet else (self._value("#name"), self._phrase)
        if self._busy:
            return
        if not all(typed):
            self.say(self.words("unlock.missing"))
            return
        self._open_with(PATIENCE, self._restore)

    @property
    def _phrase(self) -> str:
        return self.query_one("#passphrase", OrderlyInput).value

    async def _restore(self) -> None:
        by_sheet = self.has_class("-sheet")
        name, phrase, code = self._value("#name"), self._phrase, self._value("#code")
        try:
            if by_sheet:
                await self._restoring.sign_in(code=code)
            else:
                await self._restoring.sign_in(name=name, passphrase=phrase)
            PATIENCE.succeeded()
            done = await self._restoring.run(self._further)
        except (CopyRefused, VaultError) as error:
            self._refused(error)
        else:
            await self._restoring.close()
            self._done(done)
        finally:
            self._busy = False
            if not self.is_attached:
                await self._give_back()

    def _further(self, phase: str, percent: int) -> None:
        if self.is_attached:  # left alone, the locked screen takes its place, and it goes on
            self.say(f"{self.words(f'backup.phase-{phase}')} {percent} %")

    def _refused(self, error: Exception) -> None:
        if not self.is_attached:
            return
        if isinstance(error, WrongPassphrase | WrongRecovery):
            PATIENCE.failed(time.monotonic())
            self.query_one("#passphrase", OrderlyInput).value = ""
        self.say(in_words(error, self.words))

    def _done(self, done: Restored) -> None:
        if not self.is_attached:
            gate(self).restored_behind()
            return
        for selector in ("#name", "#passphrase", "#code"):
            self.query_one(selector, OrderlyInput).value = ""
        self._become("-done")
        about = self.query_one("#restore-about", Static)
        about.update(Text("\n\n".join([*told(done, self.words), self.words("backup.sign-in-now")])))

    # -- keys ----------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Enter, when it is done: sign in."""
        if self.has_class("-done"):
            gate(self).restored()

    def action_sheet(self) -> None:
        """Ctrl+R: the recovery sheet instead of the passphrase, and back."""
        if self._busy:
            return
        if self.has_class("-passphrase"):
            self._become("-sheet", "#code")
        elif self.has_class("-sheet"):
            self._become("-passphrase", "#name")

    def action_back(self) -> None:
        """Esc: to the file, and from there to the first step. What is done is done."""
        if self._busy or self.has_class("-done"):
            return
        if self.has_class("-file"):
            if self.may_drop(self.typed != self._offered and self.typed):
                self.dismiss(None)
        else:
            self._become("-file", "#file")

    def _become(self, state: str, field: str = "") -> None:
        self.remove_class(*STATES)
        self.add_class(state)
        over = "-over" if state == "-file" and self._restoring.over else ""
        about = "" if state == "-done" else self.words(f"backup.restore{state}{over}")
        self.query_one("#restore-about", Static).update(Text(about))
        self.say()
        self.set_focus(self.query_one(field) if field else None)
        self._show_keys(state)

    def _show_keys(self, state: str) -> None:
        words = self.words
        keys = [Key("Enter", words("unlock.key-continue"))]
        if state == "-file" and len(self._copies) > 1:
            keys.append(Key("↑ ↓", words("archive.key-move")))
        if state == "-passphrase":
            keys.append(Key("^R", words("unlock.key-recovery")))
        elif state == "-sheet":
            keys.append(Key("^R", words("unlock.passphrase")))
        if state != "-done":
            keys.append(Key("Esc", words("unlock.key-back")))
        self.query_one(KeyBar).show(*keys, Key("^Q", words("start.key-close")))
