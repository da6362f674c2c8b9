"""All contacts: open conversations first, then the signed ones, newest first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Key as KeyPress
from textual.events import Resize

from intake_tui.guide.ageing import due
from intake_tui.screens.contacts_rows import (
    MORE,
    ContactRows,
    Entry,
    is_empty,
    open_entry,
    signed_entry,
)
from intake_tui.screens.due import DueScreen
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import ContactRow

PAGE = 50
LEADER = "leader"  # the role of whoever is responsible for the guide
DUE = "due"
SILENT = "silent"  # a silent call or a wrong number: nobody can tell them apart later


def _done(*, counts: bool, erased: bool) -> str:
    """The key of the words for what was done."""
    if not counts:
        return "contacts.erased"
    return "contacts.counted-and-erased" if erased else "contacts.counted"


class ContactsScreen(Frame[None]):
    """The first screen after unlocking, and the one that conversations are parked in."""

    help_section = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "contacts.key-open", show=False),
        Binding("escape", "clear", show=False),
        Binding("backspace", "shorten", show=False),
        Binding("delete", "erase", show=False),
        Binding("ctrl+u", "without_data", "contacts.key-without-data", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._signed: list[Entry] = []  # as far as they were read
        self._last: int | None = None  # the number of the last one read
        self._all_read = False
        self._reading = False
        self._query = ""
        self._asking = False  # whether to count a silent call
        self._empty: Conversation | None = None  # the empty draft that goes with it
        self._due = 0  # texts of the guide that whoever is signed in is to check again

    def heading(self) -> tuple[str, str]:
        """What is looked for stands at the right."""
        words = self.words
        query = (
            words("contacts.query", query=self._query) if self._query else words("contacts.find")
        )
        return words("contacts.title"), query

    def keys(self) -> tuple[Key, ...]:
        """The keys, or those of the question that is asked."""
        words = self.words
        if self._asking:
            return self._answers()
        opens = (Key("Enter", words("contacts.key-open")),) if self.rows.highlighted else ()
        return (
            *opens,
            Key("^N", words("contacts.key-new")),
            Key("^U", words("contacts.key-without-data")),
            Key("^K", words("contacts.key-lock")),
            Key("F1", words("contacts.key-help")),
            Key("^Q", words("contacts.key-close")),
        )

    def _answers(self) -> tuple[Key, ...]:
        """The keys of the question."""
        words = self.words
        leave = Key("Esc", words("contacts.key-leave"))
        if self._empty is None:
            return (Key("Enter", words("contacts.key-count")), leave)
        erase = Key("Delete", words("contacts.key-erase"))
        return (Key("Enter", words("contacts.key-count-and-erase")), erase, leave)

    def on_mount(self) -> None:
        """Show what is open at once, and read the first page."""
        self._show()
        self._read_page()
        self._read_due()

    def on_resize(self, event: Resize) -> None:
        """The columns follow the width."""
        self.call_after_refresh(self._show)

    # What is read and shown

    @work(group="contacts")
    async def _read_page(self) -> None:
        if self._reading or self._all_read:
            return
        self._reading = True
        try:
            page = await self._page(self._last)
        finally:
            self._reading = False
        if page is not None:
            self._all_read = len(page) < PAGE
            self._last = page[-1].n if page else self._last
            entries = [signed_entry(row, self.desk.guide, self.words) for row in page]
            self._signed += entries
            self._show_more(entries)

    async def _page(self, before: int | None) -> list[ContactRow] | None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        try:
            rows = await self.desk.vault(
                lambda archive: archive.contacts(before=before, limit=PAGE)
            )
        except (VaultError, RecordDamaged) as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return None
        return [row for row in rows if row.status == "signed"]

    @work(group="due")
    async def _read_due(self) -> None:
        """Whoever leads the centre is told which texts are past their date."""
        try:
            role = await self.desk.vault(lambda archive: str(archive.me.role))
        except VaultError:
            return  # the page says so
        if role == LEADER:
            self._due = len(due(self.desk.guide, self._today))
            self._show()

    def _due_rows(self) -> list[Row]:
        """One quiet line, once the contacts are there, so that the highlight begins with them."""
        if not self._due or self._query or not (self._signed or self._all_read):
            return []
        return [Row(self.words("due.line", n=self._due), key=DUE, look="quiet"), Row()]

    def _show_more(self, page: list[Entry]) -> None:
        """The page below what stands there, where nothing above it changes."""
        if self._query or len(self._signed) == len(page):
            self._show()
        else:
            self.rows.append(self._rows.contact(entry) for entry in page)

    def _show(self, *, first: bool = False) -> None:
        if not self.is_attached:  # locked or left before it came to this
            return
        opened = [open_entry(conversation, self.words) for conversation in self.desk.conversations]
        found = [entry for entry in (*opened, *self._signed) if entry.matches(self._query)]
        rows = self._rows.all(found, query=self._query, more=not self._all_read)
        begin = first or self.rows.highlighted is None
        keys = (row.key for row in rows if row.key)
        self.rows.show([*self._due_rows(), *rows], highlight=next(keys, None) if begin else None)
        self.refresh_frame()

    @property
    def _rows(self) -> ContactRows:
        return ContactRows(self.words, self._today, self.rows.size.width)

    @property
    def _today(self) -> dt.date:
        return self.desk.now().astimezone().date()

    def on_rows_scrolled(self, message: Rows.Scrolled) -> None:
        """Near the end of what was read, the next page is read."""
        if not self._query and message.rows.near_end:
            self._read_page()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click opens."""
        self.action_open()

    def on_key(self, event: KeyPress) -> None:
        """Letters look for a contact."""
        if event.is_printable and event.character and not self._asking:
            event.stop()
            self._look_for(self._query + event.character)

    def _look_for(self, query: str) -> None:
        self._query = query
        self.say()
        self._show(first=True)  # never on another one than the nearest hit

    def action_shorten(self) -> None:
        """Backspace: a letter less."""
        self._look_for(self._query[:-1])

    def action_clear(self) -> None:
        """Esc: out of a question, else nothing is looked for any more."""
        if self._asking:
            self._asked()
        elif self._query:
            self._look_for("")

    def action_open(self) -> None:
        """Enter: open what the highlight stands on, or answer the question with yes."""
        if self._asking:
            self._count(self._asked())
            return
        key = self.rows.highlighted
        if key == MORE:
            self._read_page()
        elif key == DUE:
            self.app.push_screen(DueScreen())
        elif key is not None:
            self._open(key)

    def _open(self, key: str) -> None:
        for conversation in self.desk.conversations:
            if conversation.id.hex() == key:
                self.desk.open_conversation(conversation)
                return
        from intake_tui.screens.signed import SignedScreen  # noqa: PLC0415 - when it is opened

        self.app.push_screen(SignedScreen(key))

    def action_without_data(self) -> None:
        """Ctrl+U: a silent call or a wrong number is counted, and nothing else is kept.

        It asks first: in every field the same key clears what was typed, and so it does here.
        """
        if self._query:
            self._look_for("")
            return
        key = self.rows.highlighted
        drafts = (talk for talk in self.desk.conversations if talk.id.hex() == key)
        self._asking = True
        self._empty = next((draft for draft in drafts if is_empty(draft)), None)
        if self._empty:
            self.say(self.words("contacts.ask-erase", code=self._empty.code))
        else:
            self.say(self.words("contacts.ask-count"))
        self.refresh_frame()

    def _asked(self) -> Conversation | None:
        """The question is answered; the empty draft that it was about."""
        empty, self._empty, self._asking = self._empty, None, False
        self.say()
        self.refresh_frame()
        return empty

    def action_erase(self) -> None:
        """Delete, where it was asked: the empty draft goes, and nothing is counted."""
        if self._empty is not None:
            self._count(self._asked(), counts=False)

    @work(group="count")
    async def _count(self, empty: Conversation | None = None, *, counts: bool = True) -> None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        try:
            if empty is not None:  # first: what failed half-way is tried again, and counted once
                await self.desk.erase(empty)
            if counts:
                await self.desk.vault(lambda archive: archive.registrations.count_one(SILENT))
        except (VaultError, RecordDamaged) as error:
            said = self.words("contacts.not-counted", why=in_words(error, self.words))
        else:
            said = self.words(_done(counts=counts, erased=empty is not None))
        self._show()
        self.say(said)
