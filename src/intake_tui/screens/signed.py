"""A signed record, to read: the journal note first, then all that it came from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.screens.amend import AmendScreen
from intake_tui.screens.erase import EraseScreen
from intake_tui.screens.export import ExportScreen
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.screens.signed_rows import SignedRows
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.caution import Caution, caution_of
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.desk.exporting import Written
    from intake_tui.guide.model import Guide
    from intake_tui.intake.unfinished import Unfinished
    from intake_tui.records.archive import Archive


class SignedScreen(Frame[None]):
    """`record` is the contact's id in hex; opening it is logged by the vault.

    Nothing of it is ever changed: what is corrected here is sealed beside it.
    """

    help_section = "signed"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "amend", "signed.key-amend", show=False),
        Binding("tab", "turn", "signed.key-turn", show=False, priority=True),
        Binding("ctrl+x", "export", "signed.key-export", show=False),
        Binding("ctrl+l", "log", "signed.key-log", show=False),
        Binding("ctrl+t", "delete", "signed.key-delete", show=False),
        Binding("escape", "leave", "signed.key-back", show=False),
    ]

    def __init__(self, record: str) -> None:
        super().__init__()
        self._record = record
        self._rows: SignedRows | None = None
        self._shown: tuple[dict[str, Any], Guide] | None = None
        self._as_signed = False
        self._leads = False  # whether who is signed in is a leader
        self._kept: dict[str, Unfinished] = {}  # corrections that were begun here, by their target

    @property
    def caution(self) -> Caution | None:
        """Which numbers must not be called, in the record."""
        rows = self._rows
        return caution_of(rows.safety, self.words, rows.said) if rows else None

    def heading(self) -> tuple[str, str]:
        """The code and alias; when and by whom it was signed."""
        if self._rows is None:
            return self.words("signed.title"), ""
        return self._rows.heading()

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        scroll, back = Key("↑ ↓", words("signed.key-scroll")), Key("Esc", words("signed.key-back"))
        if self._shown is None or not self._shown[0]["signed"]:
            return (scroll, back)
        amend = Key("Enter", words("signed.key-amend"))
        turn = Key("Tab", words("signed.key-now" if self._as_signed else "signed.key-as-signed"))
        turns = (turn,) if self._shown[0]["amendments"] else ()
        log = Key("^L", words("signed.key-log"))
        deletes = (log, Key("^T", words("signed.key-delete"))) if self._leads else ()
        return (scroll, amend, *turns, Key("^X", words("signed.key-export")), *deletes, back)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The log is the leaders': it is no key of the others, nor in their palette."""
        return self._leads if action == "log" else True

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    @work(group="signed")
    async def _read(self) -> None:
        from intake_tui.records.errors import (  # noqa: PLC0415 - records import the database
            NoSuchRecord,
            RecordDamaged,
        )

        rows = self.rows
        try:
            record, guide, self._kept = await self.desk.vault(self._from)
            self._leads = await self.desk.vault(lambda archive: archive.me.role == "leader")
        except (VaultError, RecordDamaged) as error:
            rows.show([Row(), Row(in_words(error, self.words), look="strong")])
        except NoSuchRecord:
            rows.show([Row(), Row(self.words("signed.not-there"), look="strong")])
        else:
            first = self._shown is None
            self._shown = record, guide or self.desk.guide
            self._show()
            if first:
                self._offer_unfinished()

    def _show(self) -> None:
        if self._shown is not None:
            self._rows = SignedRows(*self._shown, self.words, self.today, as_signed=self._as_signed)
            self.rows.show(self._rows.rows())
            self.refresh_frame()

    def _from(self, archive: Archive) -> tuple[dict[str, Any], Guide | None, dict[str, Unfinished]]:
        """The record, its guide where that is kept, and what was left unfinished."""
        record = archive.show(self._record)
        return record, archive.guide(record["guide"]), archive.aside.all()

    def _offer_unfinished(self) -> None:
        """The highlight stands where a correction was begun."""
        for row in self.rows.shown:
            key = row.key or ""
            target = self._rows.target(key) if self._rows else None
            if target is not None and target.concerns in self._kept:
                self.rows.highlight(key)
                self.say(self.words("amend.unfinished"))
                return

    def action_turn(self) -> None:
        """Tab: as it reads now, or as it was signed."""
        if self._shown is not None and self._shown[0]["amendments"]:
            self._as_signed = not self._as_signed
            self._show()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click is Enter."""
        self.action_amend()

    def action_amend(self) -> None:
        """Enter: correct what the highlight stands on."""
        key = self.rows.highlighted
        if key is None or self._rows is None or self._shown is None or not self._shown[0]["signed"]:
            return
        target = self._rows.target(key)
        if target is None:
            self.say(self.words("amend.not-here"))
        else:
            screen = AmendScreen(target, self._kept)
            self.app.push_screen(screen, partial(self._amended, target.concerns))

    def _amended(self, concerns: str, sealed: bool | None) -> None:
        self._kept.pop(concerns, None)
        self.say()
        if sealed:
            self._as_signed = False
            self.say(self.words("amend.sealed"))
            self._read()

    def action_export(self) -> None:
        """Ctrl+X: write it to a file, once it was said what that means."""
        if self._shown is not None and self._shown[0]["signed"]:
            self.app.push_screen(ExportScreen([self._shown]), self._exported)

    def _exported(self, written: Written | None) -> None:
        if written is not None:
            self.say(self.words("printed.written", name=written.path.name))

    def action_delete(self) -> None:
        """Ctrl+T: the case that the record belongs to, for good; once it was said what goes."""
        if self._shown is None:
            return
        if self._leads:
            self.app.push_screen(EraseScreen(self._shown[0]["case"]))
        else:
            self.say(self.words("signed.only-leaders"))

    def action_log(self) -> None:
        """Ctrl+L: a leader sees who has read, corrected or written out anything of the case."""
        if self._shown is not None and self._leads:
            from intake_tui.screens.log import LogScreen  # noqa: PLC0415 - when it is opened

            self.app.push_screen(LogScreen(self._shown[0]["code"]))

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        self.dismiss(None)
