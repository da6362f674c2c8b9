"""A signed record, to read: the journal note first, then all that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.screens.signed_rows import SignedRows
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.caution import Caution, caution_of
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive


class SignedScreen(Frame[None]):
    """Read-only. `record` is the contact's id in hex; opening it is logged by the vault."""

    reading = True
    help_section = "signed"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "signed.key-back", show=False),
    ]

    def __init__(self, record: str) -> None:
        super().__init__()
        self._record = record
        self._rows: SignedRows | None = None

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
        return (
            Key("↑ ↓ PgUp PgDn", self.words("signed.key-scroll")),
            Key("Esc", self.words("signed.key-back")),
        )

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
            record, guide = await self.desk.vault(self._from)
        except (VaultError, RecordDamaged) as error:
            rows.show([Row(), Row(in_words(error, self.words), look="strong")])
        except NoSuchRecord:
            rows.show([Row(), Row(self.words("signed.not-there"), look="strong")])
        else:
            self._rows = SignedRows(
                record, guide or self.desk.guide, self.words, self.desk.now().astimezone().date()
            )
            rows.show(self._rows.rows())
            self.refresh_frame()

    def _from(self, archive: Archive) -> tuple[dict[str, Any], Guide | None]:
        """The record, and the guide that it was held with, where that is kept."""
        record = archive.show(self._record)
        return record, archive.guide(record["guide"])

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        self.dismiss(None)
