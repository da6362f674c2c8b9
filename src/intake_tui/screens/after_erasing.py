"""What older copies still hold after a deletion, said plainly, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import ScreenResume

from intake_tui.screens import archive_screens as screens
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

KEY, COPY, OLD, DONE = "key", "copy", "old", "done"


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
        self._since: dt.datetime | None = None
        self._outdated = 0  # copies from before, once there is one from after it

    def heading(self) -> tuple[str, str]:
        """That it is done."""
        return self.words("erase.done"), ""

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        return Key("Enter", words("erase.key-do")), Key("Esc", words("erase.key-done"))

    def on_mount(self) -> None:
        """The offer; the highlight stands on leaving it."""
        self._since = self.desk.now().replace(microsecond=0)
        self.rows.show(self._rows(), highlight=DONE)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """A new copy may have been made meanwhile."""
        if self._since is not None:
            self._look()

    @work(group="copies", exclusive=True)
    async def _look(self) -> None:
        since = self._since
        with suppress(VaultError):
            found = await self.desk.vault(lambda archive: archive.backups.outdated(since))
            self._outdated = len(found)
            self.rows.show(self._rows())

    def _rows(self) -> Iterator[Row]:
        words, today = self.words, f"{self.today:%d.%m.%Y}"
        yield Row(words("erase.older-copies", date=today), look="strong")
        yield Row(words("erase.older-copies-do"))
        yield Row()
        if self._rotated:
            yield Row(words("erase.new-key-done"), look="quiet")
        else:
            yield self._offer(KEY, "erase.new-key")
        yield self._offer(COPY, "erase.new-copy")
        if self._outdated:
            yield Row(words("erase.old-copies", n=self._outdated), key=OLD)
        yield Row(words("erase.leave-copies"), key=DONE)

    def _offer(self, key: str, offer: str) -> Row:
        about = self.words(f"{offer}-about")
        return Row(self.words(offer), key=key, below=((about, "quiet"),), hang=2)

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
            self.app.push_screen(screens.backup(), lambda said: self.say(said or ""))
        elif key == OLD:
            self._remove()
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

    @work(group="copies", exclusive=True)
    async def _remove(self) -> None:
        since = self._since
        try:
            removed, others = await self.desk.vault(
                lambda archive: archive.backups.remove_outdated(since)
            )
        except VaultError as error:
            self.say(in_words(error, self.words))
            return
        self._outdated = 0
        self.rows.show(self._rows(), highlight=DONE)
        said = self.words("erase.old-copies-gone", n=len(removed))
        if others:
            said += " " + self.words("erase.old-copies-elsewhere", n=len(others))
        self.say(said)

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        if not self._rotating:
            self.dismiss(None)
