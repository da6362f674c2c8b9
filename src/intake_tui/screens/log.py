"""The log: who did what, when, to which case by its code. For leaders; nothing said is in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.desk.courtesy import COURTESY
from intake_tui.screens.in_words import in_words
from intake_tui.screens.log_rows import LogRows, wanted
from intake_tui.screens.seeking import Seeking
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.records.log_lines import LogLine, LogReading

PAGE = 60  # lines that are read ahead of what is on the screen


class LogScreen(Seeking["str | None"]):
    """Newest first, read as it is gone through; `query` is what is looked for at first.

    What is typed looks for a case by its code, for a colleague by name, for a day, or for what
    was done.
    """

    reading = True
    help_section = "log"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "whole", "log.key-whole", show=False, priority=True),
        Binding("escape", "back", "log.key-back", show=False),
    ]

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.query_text = query
        self._whole = False  # whether what is seldom of interest is shown too
        self._found: list[LogLine] = []
        self._reading: LogReading | None = None
        self._busy = False

    def heading(self) -> tuple[str, str]:
        """What is looked for stands at the right."""
        words, query = self.words, self.query_text
        aside = words("contacts.query", query=query) if query else words("log.find")
        return words("log.matter"), aside

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        return (
            Key("↑ ↓ PgUp PgDn", words("log.key-scroll")),
            Key("Tab", words("log.key-less" if self._whole else "log.key-whole")),
            Key("Esc", words("log.key-all" if self.query_text else "log.key-back")),
            Key("F1", words("contacts.key-help")),
        )

    def on_mount(self) -> None:
        """Read the newest page."""
        self._afresh()

    def on_book_read(self, message: BookRead) -> None:
        """Which record is of which case is known now."""
        self._afresh()

    def _afresh(self) -> None:
        self._found, self._reading, self._busy = [], None, False
        self.say()
        self.rows.show(())
        self.refresh_frame()
        self._read(PAGE)

    @work(group="log", exclusive=True)
    async def _read(self, most: int) -> None:
        """Reads until so many lines more are there that are wanted, a piece at a time."""
        self._busy = True
        try:
            await self._read_pieces(len(self._found) + most)
        except VaultError as error:
            self.say(in_words(error, self.words))
        finally:
            self._busy = False

    async def _read_pieces(self, until: int) -> None:
        keep = wanted(self.words, self.query_text, self.today, whole=self._whole)
        reading = self._reading or await self._begun()
        while not reading.ended and len(self._found) < until:
            lines: list[LogLine] = await self.desk.vault(lambda _: reading.read(keep))
            if not self.is_attached:
                return
            self._show(lines)
            self._tell(reading, until)
            await asyncio.sleep(COURTESY.left)

    async def _begun(self) -> LogReading:
        opened = {talk.id.hex(): talk.case.hex() for talk in self.desk.conversations}
        reading: LogReading = await self.desk.vault(lambda archive: archive.log.reading(opened))
        self._reading = reading
        return reading

    def _show(self, lines: list[LogLine]) -> None:
        last = self._found[-1].at if self._found else None
        self._found += lines
        self.rows.append(self._rows.rows(lines, after=last))

    def _tell(self, reading: LogReading, until: int) -> None:
        """How far back it has looked, while that takes long; and where nothing was found."""
        words = self.words
        if reading.ended:
            self.say("" if self._found else words("log.none"))
            if self._found:
                self.rows.append([Row(), Row(words("log.end"), look="quiet")])
        elif len(self._found) < until and reading.down_to is not None:
            self.say(words("log.looking", date=f"{reading.down_to.astimezone():%d.%m.%Y}"))
        else:
            self.say()

    @property
    def _rows(self) -> LogRows:
        return LogRows(self.words, self.today)

    def on_rows_scrolled(self, message: Rows.Scrolled) -> None:
        """Near the end of what was read, the next page is read."""
        ended = self._reading is None or self._reading.ended
        if message.rows.near_end and not self._busy and not ended:
            self._read(PAGE)

    def look_for(self, query: str) -> None:
        """Look through the log again, from its newest entry back."""
        self.query_text = query
        self._afresh()

    def action_whole(self) -> None:
        """Tab: everything, or what is mostly of interest."""
        self._whole = not self._whole
        self._afresh()

    def action_back(self) -> None:
        """Esc: nothing is looked for any more, else back."""
        if self.query_text:
            self.look_for("")
        else:
            self.dismiss(None)
