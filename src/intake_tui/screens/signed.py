"""A signed record, to read: the journal note first, then all that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.screens.signed_rows import SignedRows
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows


class SignedScreen(Frame[None]):
    """Read-only. `record` is the contact's id in hex; opening it is logged by the vault."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", "signed.key-back", show=False),
    ]

    def __init__(self, record: str) -> None:
        super().__init__()
        self._record = record
        self._shown: dict[str, Any] | None = None

    def heading(self) -> tuple[str, str]:
        """The code and alias; when and by whom it was signed."""
        shown = self._shown
        if shown is None:
            return self.words("signed.title"), ""
        return SignedRows(shown, self.desk.guide, self.words).heading()

    def body(self) -> Iterable[Widget]:
        """A text to scroll."""
        yield Rows(reading=True)

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

        rows = self.query_one(Rows)
        try:
            self._shown = await self.desk.vault(lambda archive: archive.show(self._record))
        except (VaultError, RecordDamaged) as error:
            rows.show([Row(), Row(in_words(error.code, self.words), look="strong")])
        except NoSuchRecord:
            rows.show([Row(), Row(self.words("signed.not-there"), look="strong")])
        else:
            rows.show(SignedRows(self._shown or {}, self.desk.guide, self.words).rows())
            self.refresh_frame()

    def action_leave(self) -> None:
        """Esc, Enter: back to the contacts."""
        self.dismiss(None)
