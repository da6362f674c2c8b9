"""All contacts: open conversations first, then the signed ones, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Resize, ScreenResume

from intake_tui.records.seeking import FIRST_FOUND
from intake_tui.screens.contacts_leads import led_to, read_leads
from intake_tui.screens.contacts_rows import ContactRows, Entry, row_entry
from intake_tui.screens.in_words import in_words
from intake_tui.screens.point_rows import ALL_POINTS
from intake_tui.screens.silent_calls import SilentCalls
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import BookRead, CheckTold
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.unfinished import Unfinished
    from intake_tui.records.archive import Archive, ContactRow
    from intake_tui.records.index import Names
    from intake_tui.screens.pick_contact import Picked

PAGE = 50


def _searched(
    archive: Archive, query: str, most: int, called: Names
) -> tuple[list[ContactRow], bool]:
    """What the query finds, and whether all contacts were looked through."""
    return archive.persons.search(query, most, called), archive.persons.book.complete


class ContactsScreen(SilentCalls[None]):
    """The first screen after unlocking, and the one that conversations are parked in."""

    help_section = "contacts"
    without_key: ClassVar[tuple[tuple[str, str], ...]] = (
        ("contacts.erase-empty", "erase_empty"),
        ("contacts.erase-case", "open"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "contacts.key-open", show=False),
        Binding("escape", "clear", show=False),
        Binding("delete", "erase", show=False),
        Binding("ctrl+r", "again", "contacts.key-again", show=False),
        Binding("ctrl+l", "same_person", "contacts.key-same-person", show=False),
        Binding("ctrl+a", "archive", "contacts.key-archive", show=False),
        Binding("ctrl+u", "without_data", "contacts.key-without-data", show=False),
        Binding("ctrl+d", "done", "points.key-done", show=False),
        Binding("ctrl+z", "undo", "points.key-undo", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._signed: list[Entry] = []  # as far as they were read
        self._last: int | None = None  # the number of the last one read
        self._all_read = False
        self._reading = False
        self._found: list[Entry] | None = None  # what the query finds; None: not known yet
        self._complete = False  # whether the oldest contacts were looked through for it
        self._leads: tuple[Row, ...] = ()  # what leads somewhere, for whoever is signed in

    def heading(self) -> tuple[str, str]:
        """What is looked for stands at the right."""
        words, query = self.words, self.query_text
        if query:
            return words("contacts.title"), words("contacts.query", query=query)
        return words("contacts.title"), words("contacts.find", where=words("contacts.find-in"))

    def keys(self) -> tuple[Key, ...]:
        """The keys, or those of the question that is asked."""
        words = self.words
        if self._asking:
            return self._answers()
        opens = (Key("Enter", words("contacts.key-open")),) if self.rows.highlighted else ()
        writes = (Key("Enter", words("contacts.key-write")),) if self._in_vain else ()
        return (
            *opens,
            *writes,
            *self.point_keys,
            Key("^N", words("contacts.key-new")),
            *((Key("^R", words("contacts.key-again")),) if opens else ()),
            Key("^U", words("contacts.key-without-data")),
            Key("^A", words("contacts.key-archive")),
            Key("^K", words("contacts.key-lock")),
            Key("F1", words("contacts.key-help")),
            Key("^Q", words("contacts.key-close")),
        )

    def on_mount(self) -> None:
        """Show what is open at once, and read the first page."""
        self._show()
        self._read_page()
        self.read_leads()
        self.read_known()
        self.read_left()

    @work(group="again", exclusive=True)
    async def read_again(self) -> None:
        """The rows that were read, as they read now."""
        rows = await self._page(None, max(PAGE, len(self._signed)))
        if rows is not None:
            self._signed = [row_entry(row, self.desk.guide, self.words) for row in rows]
            self._last = rows[-1].n if rows else None
            self._show()

    def show_all(self) -> None:
        """All rows anew."""
        self._show()

    def on_check_told(self, message: CheckTold) -> None:
        """The check of the archive may have found something, once it has ended."""
        if self.desk.soundness.state != "going-on":
            self.read_leads()

    def on_book_read(self, message: BookRead) -> None:
        """Who is one person, and what older contacts say, is known now."""
        self.read_known()
        self.read_left()
        self.read_leads()
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

    async def _page(self, before: int | None, limit: int = PAGE) -> list[ContactRow] | None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        try:
            rows = await self.desk.vault(
                lambda archive: archive.contacts(before=before, limit=limit)
            )
        except (VaultError, RecordDamaged) as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return None
        return [row for row in rows if row.status == "signed"]

    @work(group="leads", exclusive=True)
    async def read_leads(self) -> None:
        """What stands above the contacts, as it is now."""
        try:
            self._leads = await read_leads(self.desk)
        except VaultError:
            return  # the page says so
        self._show()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Something that a line leads to may have been done meanwhile."""
        if self._was_left:
            self.read_leads()

    def _lead_rows(self) -> list[Row]:
        """Once the contacts are there, so that the highlight begins with them."""
        if not self._leads or self.query_text or not (self._signed or self._all_read):
            return []
        return [*self._leads, Row()]

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        query, most, called = self.query_text, self.most, self.names
        try:
            rows, self._complete = await self.desk.vault(
                lambda archive: _searched(archive, query, most, called)
            )
        except VaultError as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return
        self._found = [row_entry(row, self.desk.guide, self.words) for row in rows]
        self._show()
        self._look_on()

    def _look_on(self) -> None:
        if self.more_wanted(len(self._found or ())):
            self.call_later(self._search)

    def _show_more(self, page: list[Entry]) -> None:
        """The page below what stands there, where nothing above it changes."""
        if self.query_text or len(self._signed) == len(page):
            self._show()
        else:
            self.rows.append(self._rows.contact(entry) for entry in page)

    def _show(self, *, first: bool = False) -> None:
        if not self.is_attached:  # locked or left before it came to this
            return
        here = [entry for entry in (*self.opened, *self._signed) if entry.matches(self.query_text)]
        if self._found is not None:
            here = [*(entry for entry in here if entry.is_open), *self._found]
        points = self.point_rows
        rows = self._rows.all(here, points, more=self._more)
        begin = first or self.rows.highlighted is None
        keys = (row.key for row in rows if row.key)
        self.rows.show([*self._lead_rows(), *rows], highlight=next(keys, None) if begin else None)
        self.refresh_frame()

    @property
    def _more(self) -> bool:
        """Whether there may be more than what is shown."""
        if self.query_text:
            return self._found is None or not self._complete
        return not self._all_read

    @property
    def unfound(self) -> str:
        """What was typed and nothing answers to: whoever goes on is writing, not looking."""
        return self.query_text.strip() if self.rows.highlighted is None else ""

    @property
    def _in_vain(self) -> bool:
        """Whether all contacts were looked through for it."""
        return bool(self.unfound) and not self._more

    @property
    def _rows(self) -> ContactRows:
        width = self.rows.size.width
        return ContactRows(self.words, self.today, width, self.known, self.query_text)

    def on_rows_scrolled(self, message: Rows.Scrolled) -> None:
        """Near the end of what was read or found, more is."""
        if self.query_text:
            self._look_on()
        elif message.rows.near_end:
            self._read_page()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click opens."""
        self.action_open()

    def look_for(self, query: str) -> None:
        """First in what was read, then in all contacts."""
        self.query_text, self._found, self._counted = query, None, None
        self.most = FIRST_FOUND
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
        """Enter: open what the highlight stands on, or answer the question with yes.

        Words that were looked for in vain begin a conversation.
        """
        if self._asking:
            self._count(self._asked())
            return
        key = self.rows.highlighted
        if key == ALL_POINTS:
            self.show_more_points()
        elif self.point is not None:
            self._open(self.point[0])
        elif (lead := led_to(key)) is not None:
            self.app.push_screen(lead, self._tell_done)
        elif key is not None:
            self._open(key)
        elif self._in_vain:
            self.desk.new_conversation(self.unfound)

    def action_archive(self) -> None:
        """Ctrl+A: what keeps the archive running."""
        if not self._asking:
            from intake_tui.screens.archive_menu import ArchiveMenu  # noqa: PLC0415 - when opened

            self.app.push_screen(ArchiveMenu())

    def _open(self, key: str) -> None:
        for conversation in self.desk.conversations:
            if conversation.id.hex() == key:
                self.desk.open_conversation(conversation)
                return
        from intake_tui.screens.signed import SignedScreen  # noqa: PLC0415 - when it is opened

        self.app.push_screen(SignedScreen(key))

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """Something else is done: the next Ctrl+U is no held key."""
        self._counted = None
        self.refresh_frame()

    # The same person

    @property
    def _entry(self) -> Entry | None:
        """What the highlight stands on."""
        key = self.point[0] if self.point else self.rows.highlighted
        entries = (*self.opened, *self._signed, *(self._found or ()), *self.left)
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
            person, kept = await self.desk.vault(
                lambda archive: (archive.persons.of(one.case), archive.aside.all())
            )
        except VaultError as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return
        title = self.words("same_person.pick-title", code=one.code)
        screen = PickContactScreen(title, without=person.cases, joinings=person.joinings)
        self.app.push_screen(screen, lambda picked: self._ask_why(one, picked, kept))

    def _ask_why(self, one: Entry, picked: Picked, kept: Mapping[str, Unfinished]) -> None:
        from intake_tui.screens.same_person import JoinScreen, PartScreen  # noqa: PLC0415

        if isinstance(picked, Entry):
            screen = JoinScreen(one, picked, kept, known=self.known)
            self.app.push_screen(screen, self._tell_done)
        elif picked is not None:
            self.app.push_screen(PartScreen(picked, kept), self._tell_done)

    def _tell_done(self, done: str | None) -> None:
        self.say(done or "")
        self.read_known()
