"""All contacts: open conversations first, then the signed ones, newest first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Resize

from intake_tui.guide.ageing import due
from intake_tui.screens.contacts_rows import ContactRows, Entry, is_empty, open_entry, row_entry
from intake_tui.screens.due import DueScreen
from intake_tui.screens.in_words import in_words
from intake_tui.screens.seeking import Seeking
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive, ContactRow
    from intake_tui.records.persons import Known
    from intake_tui.screens.pick_contact import Picked

PAGE = 50
LEADER = "leader"  # the role of whoever is responsible for the guide
DUE = "due"
SILENT = "silent"  # a silent call or a wrong number: nobody can tell them apart later


def _searched(archive: Archive, query: str) -> tuple[list[ContactRow], bool]:
    """What the query finds, and whether all contacts were looked through."""
    return archive.persons.search(query), archive.persons.book.complete


def _counted_one(archive: Archive) -> str:
    """The month in which a silent call was counted."""
    return archive.registrations.count_one(SILENT)


def _done(*, counts: bool, erased: bool) -> str:
    """The key of the words for what was done."""
    if not counts:
        return "contacts.erased"
    return "contacts.counted-and-erased" if erased else "contacts.counted"


class ContactsScreen(Seeking[None]):
    """The first screen after unlocking, and the one that conversations are parked in."""

    help_section = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "contacts.key-open", show=False),
        Binding("escape", "clear", show=False),
        Binding("delete", "erase", show=False),
        Binding("ctrl+r", "again", "contacts.key-again", show=False),
        Binding("ctrl+l", "same_person", "contacts.key-same-person", show=False),
        Binding("ctrl+u", "without_data", "contacts.key-without-data", show=False),
        Binding("ctrl+z", "uncount", "contacts.key-uncount", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._signed: list[Entry] = []  # as far as they were read
        self._last: int | None = None  # the number of the last one read
        self._all_read = False
        self._reading = False
        self._found: list[Entry] | None = None  # what the query finds; None: not known yet
        self._complete = False  # whether the oldest contacts were looked through for it
        self._known: Known | None = None  # what lists say of the persons; None: not read yet
        self._asking = False  # whether to count a silent call
        self._counted: str | None = None  # the month of the one counted just now
        self._empty: Conversation | None = None  # the empty draft that goes with it
        self._due = 0  # texts of the guide that whoever is signed in is to check again

    def heading(self) -> tuple[str, str]:
        """What is looked for stands at the right."""
        words, query = self.words, self.query_text
        aside = words("contacts.query", query=query) if query else words("contacts.find")
        return words("contacts.title"), aside

    def keys(self) -> tuple[Key, ...]:
        """The keys, or those of the question that is asked."""
        words = self.words
        if self._asking:
            return self._answers()
        opens = (Key("Enter", words("contacts.key-open")),) if self.rows.highlighted else ()
        return (
            *opens,
            Key("^N", words("contacts.key-new")),
            *((Key("^R", words("contacts.key-again")),) if opens else ()),
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
        self._read_known()

    def on_book_read(self, message: BookRead) -> None:
        """Who is one person, and what older contacts say, is known now."""
        self._read_known()
        if self.query_text:
            self._search()

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
            entries = [row_entry(row, self.desk.guide, self.words) for row in page]
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
        if not self._due or self.query_text or not (self._signed or self._all_read):
            return []
        return [Row(self.words("due.line", n=self._due), key=DUE, look="quiet"), Row()]

    @work(group="known", exclusive=True)
    async def _read_known(self) -> None:
        try:
            self._known = await self.desk.vault(lambda archive: archive.persons.known())
        except VaultError:
            return  # what could not be read is said by the list itself
        self._show()

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        query = self.query_text
        try:
            rows, self._complete = await self.desk.vault(lambda archive: _searched(archive, query))
        except VaultError as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return
        self._found = [row_entry(row, self.desk.guide, self.words) for row in rows]
        self._show()

    def _show_more(self, page: list[Entry]) -> None:
        """The page below what stands there, where nothing above it changes."""
        if self.query_text or len(self._signed) == len(page):
            self._show()
        else:
            self.rows.append(self._rows.contact(entry) for entry in page)

    def _show(self, *, first: bool = False) -> None:
        if not self.is_attached:  # locked or left before it came to this
            return
        opened = [open_entry(conversation, self.words) for conversation in self.desk.conversations]
        here = [entry for entry in (*opened, *self._signed) if entry.matches(self.query_text)]
        if self._found is not None:
            here = [*(entry for entry in here if entry.is_open), *self._found]
        rows = self._rows.all(here, query=self.query_text, more=self._more)
        begin = first or self.rows.highlighted is None
        keys = (row.key for row in rows if row.key)
        self.rows.show([*self._due_rows(), *rows], highlight=next(keys, None) if begin else None)
        self.refresh_frame()

    @property
    def _more(self) -> bool:
        """Whether there may be more than what is shown."""
        if self.query_text:
            return self._found is None or not self._complete
        return not self._all_read

    @property
    def _rows(self) -> ContactRows:
        return ContactRows(self.words, self._today, self.rows.size.width, self._known)

    @property
    def _today(self) -> dt.date:
        return self.desk.now().astimezone().date()

    def on_rows_scrolled(self, message: Rows.Scrolled) -> None:
        """Near the end of what was read, the next page is read."""
        if not self.query_text and message.rows.near_end:
            self._read_page()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click opens."""
        self.action_open()

    @property
    def takes_letters(self) -> bool:
        """Not while it asks something."""
        return not self._asking

    def look_for(self, query: str) -> None:
        """First in what was read, then in all contacts."""
        self.query_text, self._found, self._counted = query, None, None
        self.say()
        self._show(first=True)  # never on another one than the nearest hit
        if query:
            self._search()

    def action_clear(self) -> None:
        """Esc: out of a question, else nothing is looked for any more."""
        if self._asking:
            self._asked()
        elif self.query_text:
            self.look_for("")

    def action_open(self) -> None:
        """Enter: open what the highlight stands on, or answer the question with yes."""
        if self._asking:
            self._count(self._asked())
            return
        key = self.rows.highlighted
        if key == DUE:
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

        One key, which Ctrl+Z takes back. It asks first where the highlight stands on an empty
        draft, which goes for good; and right after it counted, so that a key that is held down
        counts one. Where something is looked for it clears that, as in every field.
        """
        if self.query_text:
            self.look_for("")
            return
        key = self.rows.highlighted
        drafts = (talk for talk in self.desk.conversations if talk.id.hex() == key)
        self._empty = next((draft for draft in drafts if is_empty(draft)), None)
        if self._empty is None and self._counted is None:
            self._counted = ""
            self._count()
            return
        self._asking = True
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
                self._counted = await self.desk.vault(_counted_one)
        except (VaultError, RecordDamaged) as error:
            self._counted = None
            said = self.words("contacts.not-counted", why=in_words(error, self.words))
        else:
            said = self.words(_done(counts=counts, erased=empty is not None))
        self._show()
        self.say(said)

    def action_uncount(self) -> None:
        """Ctrl+Z: the one counted just now was none."""
        if self._counted:
            self._uncount(self._counted)

    @work(group="count")
    async def _uncount(self, month: str) -> None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        try:
            await self.desk.vault(lambda archive: archive.registrations.uncount_one(SILENT, month))
        except (VaultError, RecordDamaged) as error:
            self.say(self.words("contacts.not-uncounted", why=in_words(error, self.words)))
        else:
            self._counted = None
            self.say(self.words("contacts.uncounted"))

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """Something else is done: the next Ctrl+U is no held key."""
        self._counted = None

    # The same person

    @property
    def _entry(self) -> Entry | None:
        """What the highlight stands on."""
        key = self.rows.highlighted
        opened = (open_entry(conversation, self.words) for conversation in self.desk.conversations)
        entries = (*opened, *self._signed, *(self._found or ()))
        return next((entry for entry in entries if entry.id == key), None)

    def action_again(self) -> None:
        """Ctrl+R: the same person calls again: a new, empty conversation in the same case."""
        entry = self._entry
        if entry is not None and not self._asking:
            self.desk.new_conversation(case=bytes.fromhex(entry.case))

    def action_same_person(self) -> None:
        """Ctrl+L: the highlighted contact's case is one person's with another, or not any more."""
        entry = self._entry
        if entry is not None and not self._asking:
            self._pick_other(entry)

    @work(group="same-person", exclusive=True)
    async def _pick_other(self, one: Entry) -> None:
        from intake_tui.screens.pick_contact import PickContactScreen  # noqa: PLC0415

        try:
            person = await self.desk.vault(lambda archive: archive.persons.of(one.case))
        except VaultError as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return
        title = self.words("same_person.pick-title", code=one.code)
        screen = PickContactScreen(title, without=person.cases, joinings=person.joinings)
        self.app.push_screen(screen, lambda picked: self._ask_why(one, picked))

    def _ask_why(self, one: Entry, picked: Picked) -> None:
        from intake_tui.screens.same_person import JoinScreen, PartScreen  # noqa: PLC0415

        if isinstance(picked, Entry):
            self.app.push_screen(JoinScreen(one, picked), self._tell_done)
        elif picked is not None:
            self.app.push_screen(PartScreen(picked), self._tell_done)

    def _tell_done(self, done: str | None) -> None:
        self.say(done or "")
        self._read_known()
