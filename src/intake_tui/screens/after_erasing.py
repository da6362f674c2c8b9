"""What older copies still hold after a deletion, said plainly, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.screens.archive_menu import MATTERS
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

BACKUP = "backup.matter"
KEY, COPY, DONE = "key", "copy", "done"


class AfterErasing(Frame[None]):
    """Over the contacts. Nothing here has to be done."""

    help_section = "erase"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "erase.key-do", show=False),
        Binding("escape", "leave", "erase.key-done", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rotating = False
        self._rotated = False

    def heading(self) -> tuple[str, str]:
        """That it is done."""
        return self.words("erase.done"), ""

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        return Key("Enter", words("erase.key-do")), Key("Esc", words("erase.key-done"))

    def on_mount(self) -> None:
        """The offer; the highlight stands on leaving it."""
        self.rows.show(self._rows(), highlight=DONE)

    def _rows(self) -> Iterator[Row]:
        words, today = self.words, f"{self.today:%d.%m.%Y}"
        yield Row(words("erase.older-copies", date=today), look="strong")
        yield Row(words("erase.older-copies-do"))
        yield Row()
        key = words("erase.new-key-done" if self._rotated else "erase.new-key")
        yield Row(
            key,
            key=None if self._rotated else KEY,
            below=((words("erase.new-key-about"), "quiet"),),
        )
        if any(matter.words == BACKUP for matter in MATTERS):
            yield Row(
                words("erase.new-copy"), key=COPY, below=((words("erase.new-copy-about"), "quiet"),)
            )
        yield Row(words("erase.leave-copies"), key=DONE)

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click does it."""
        self.action_do()

    def action_do(self) -> None:
        """Enter: what the highlight stands on."""
        key = self.rows.highlighted
        if key == KEY and not self._rotating:
            self._rotating = True
            self._rotate()
        elif key == COPY:
            chosen = next(matter for matter in MATTERS if matter.words == BACKUP)
            self.app.push_screen(chosen.screen(), lambda said: self.say(said or ""))
        elif key == DONE:
            self.action_leave()

    @work(group="erase")
    async def _rotate(self) -> None:
        self.say(self.words("erase.new-key-making"))
        try:
            await self.desk.vault(lambda archive: archive.staff.rotate())
        except VaultError as error:
            self.say(in_words(error, self.words))
        else:
            self._rotated = True
            self.rows.show(self._rows(), highlight=COPY)
            self.say(self.words("erase.new-key-done"))
        finally:
            self._rotating = False

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        if not self._rotating:
            self.dismiss(None)
