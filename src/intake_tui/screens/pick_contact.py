"""Who is it? One contact is picked from all there are, to say that it is the same person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Resize

from intake_tui.records.seeking import FIRST_FOUND
from intake_tui.screens.contacts_rows import ContactRows, Entry, known_here, open_entry, row_entry
from intake_tui.screens.in_words import in_words
from intake_tui.screens.seeking import Seeking
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import joined_text

if TYPE_CHECKING:
    from intake_tui.records.joins import Joined
    from intake_tui.records.persons import Known

Picked: TypeAlias = "Entry | Joined | None"


class PickContactScreen(Seeking["Picked"]):
    """Gives the entry that was picked, or the joining that is to be parted; None: neither.

    `without` are the cases (hex) that are the same already. `joinings` stand first, so that who
    joined two by mistake finds the way back where the way there was.
    """

    help_section = "pick"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "same_person.key-pick", show=False),
        Binding("escape", "leave", "same_person.key-back", show=False),
    ]

    def __init__(
        self, title: str, *, without: Collection[str], joinings: Sequence[Joined] = ()
    ) -> None:
        super().__init__()
        self._title, self._without, self._joinings = title, without, tuple(joinings)
        self._found: list[Entry] = []
        self._signed = 0  # of the contacts that were found
        self._known: Known | None = None  # what lists say of the persons

    def heading(self) -> tuple[str, str]:
        """The question, and what is looked for."""
        words, query = self.words, self.query_text
        if query:
            return self._title, words("contacts.query", query=query)
        return self._title, words("same_person.pick-find", where=words("contacts.find-in"))

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        pick = (Key("Enter", words("same_person.key-pick")),) if self.rows.highlighted else ()
        others = Key("↑ ↓", words("same_person.key-row")), Key("Esc", words("same_person.key-back"))
        return (*pick, *others)

    def on_mount(self) -> None:
        """The newest ones."""
        self._search()

    def on_book_read(self, message: BookRead) -> None:
        """Older ones can be found now."""
        self._search()

    def on_resize(self, event: Resize) -> None:
        """The columns follow the width."""
        self.call_after_refresh(self._show)

    def look_for(self, query: str) -> None:
        """What the query finds, once the vault has answered."""
        self.query_text, self.most = query, FIRST_FOUND
        self.refresh_frame()
        self._search()

    def on_rows_scrolled(self, message: Rows.Scrolled) -> None:
        """More of what is found."""
        self._look_on()

    def _look_on(self) -> None:
        if self.more_wanted(self._signed):
            self.call_later(self._search)

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        query, most, called = self.query_text, self.most, self.names
        try:
            rows = await self.desk.vault(
                lambda archive: archive.persons.search(query, most, called)
            )
            self._known = await known_here(self.desk)
        except VaultError as error:
            self.say(self.words("contacts.not-read", why=in_words(error, self.words)))
            return
        opened = [open_entry(one, self.words) for one in self.desk.conversations]
        signed = [row_entry(row, self.desk.guide, self.words) for row in rows]
        here = [one for one in opened if one.matches(query) and not one.is_empty]
        self._found = [one for one in (*here, *signed) if one.case not in self._without]
        self._signed = len(rows)
        self._show()
        self._look_on()

    def _show(self) -> None:
        if self.is_attached:
            self.rows.show([*self._parting(), *self._contacts()])
            self.refresh_frame()

    def _parting(self) -> Iterator[Row]:
        if self._joinings and not self.query_text:
            yield Row(self.words("same_person.part-here"), look="heading")
            for joining in self._joinings:
                yield Row(joined_text(joining.shape(), self.words), key=joining.id)
            yield Row()

    def _contacts(self) -> Iterator[Row]:
        width = self.rows.size.width
        rows = ContactRows(self.words, self.today, width, self._known, self.query_text)
        if self._found:
            yield from rows.all(self._found)
        else:
            yield Row()
            yield Row(self.words("same_person.pick-none"), look="quiet")

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click picks."""
        self.action_pick()

    def action_pick(self) -> None:
        """Enter."""
        key = self.rows.highlighted
        all_of_them: list[Entry | Joined] = [*self._joinings, *self._found]
        picked = next((one for one in all_of_them if one.id == key), None)
        if picked is not None:
            self.dismiss(picked)

    def action_leave(self) -> None:
        """Esc: neither."""
        self.dismiss(None)
