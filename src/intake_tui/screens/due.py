"""The cases that have reached the time for which the centre keeps them, to be read and to go."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual import work
from textual.binding import Binding, BindingType
from textual.events import ScreenResume

from intake_tui.screens.confirm import ConfirmScreen
from intake_tui.screens.contacts_rows import known_here, row_entry
from intake_tui.screens.erase import after_deleting, what_goes
from intake_tui.screens.in_words import in_words
from intake_tui.screens.marking import MarksDone
from intake_tui.screens.point_rows import PointRows
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import place_name

if TYPE_CHECKING:
    from intake_tui.records.persons import Known
    from intake_tui.records.retention import Due

TICKED, UNTICKED = "[x] ", "[ ] "
EARLIER = 12  # columns before a case's other contacts


class DueScreen(MarksDone["str | None"]):
    """Nothing goes by itself: each is ticked, or all of them, and asked for once more.

    What is left to do of one stands below it, and is marked as done here.
    """

    help_section = "due"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "tick", "due.key-tick", show=False, priority=True),
        Binding("ctrl+a", "tick_all", "due.key-all", show=False),
        Binding("enter", "open", "due.key-open", show=False),
        Binding("ctrl+d", "done", "points.key-done", show=False),
        Binding("ctrl+z", "undo", "points.key-undo", show=False),
        Binding("ctrl+t", "delete", "due.key-delete", show=False),
        Binding("escape", "leave", "erase.key-leave", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._due: tuple[Due, ...] | None = None
        self._complete = False
        self._known: Known | None = None  # what lists say of the persons
        self._ticked: set[str] = set()

    def heading(self) -> tuple[str, str]:
        """How many were ticked."""
        n = len(self._ticked)
        return self.words("due.title"), self.words("due.ticked", n=n) if n else ""

    def keys(self) -> tuple[Key, ...]:
        """The keys; Ctrl+T where something was ticked."""
        words = self.words
        move, read = Key("↑ ↓", words("archive.key-move")), Key("Enter", words("due.key-open"))
        if not self._may_go:
            back = Key("Esc", words("archive.key-back"))
            return (*((move, read) if self._due else ()), *self.point_keys, back)
        deletes = (Key("^T", words("due.key-delete")),) if self._ticked else ()
        ticks = Key("Tab", words("due.key-tick")), Key("^A", words("due.key-all"))
        return (
            move,
            read,
            *self.point_keys,
            *ticks,
            *deletes,
            Key("Esc", words("erase.key-leave")),
        )

    @property
    def _may_go(self) -> tuple[Due, ...]:
        return tuple(one for one in self._due or () if one.held is None)

    def on_mount(self) -> None:
        """Read what is due."""
        self._read()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Something may have been corrected or done in what was read meanwhile."""
        super().on_screen_resume(event)
        if self._due is not None:
            self._read()

    def on_book_read(self, message: BookRead) -> None:
        """The oldest contacts are known now."""
        self._read()

    @work(group="due", exclusive=True)
    async def _read(self) -> None:
        today = self.today
        try:
            self._known = await known_here(self.desk)
            self._due, self._complete = await self.desk.vault(
                lambda archive: (archive.keeping.due(today), archive.persons.book.complete)
            )
        except VaultError as error:
            self.rows.show([Row(in_words(error, self.words), look="strong")])
            return
        self._show()

    def _show(self) -> None:
        if self.is_attached:
            self.rows.show(self._rows())
            self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        words, held = self.words, [one for one in self._due or () if one.held is not None]
        if not self._complete:
            yield Row(words("due.reading"), look="quiet")
        yield Row(words("due.what" if self._due else "due.none"), look="quiet")
        yield Row()
        for one in self._may_go:
            mark = TICKED if one.case in self._ticked else UNTICKED
            yield Row(self._text(one), key=one.case, lead=mark, right=f"{one.due:%d.%m.%Y}")
            yield from self._earlier(one)
        if held:
            yield Row()
            yield Row(words("due.waiting"), look="heading")
        shown: set[str | None] = set()  # two cases of one person may wait for the same
        for one in held:
            left = [row for row in self._left(one) if row.key not in shown]
            shown.update(row.key for row in left)
            why = words("due.left" if left else f"due.held-{one.held}")
            right = f"{one.due:%d.%m.%Y}"
            yield Row(self._text(one), key=one.case, below=((why, "quiet"),), right=right)
            yield from left
            yield from self._earlier(one)

    def _left(self, one: Due) -> Iterator[Row]:
        """What is left to do, of any contact of the person."""
        guide, words = self.desk.guide, self.words
        makes = PointRows(guide, words, self.desk.now(), self._known)
        for row in one.left if one.held == "to-do" else ():
            yield from makes.of(row_entry(row, guide, words))

    def _earlier(self, one: Due) -> Iterator[Row]:
        """Its other contacts, each to be read too: the case goes with all of them."""
        for contact, day in one.signed[1:]:
            said = self.words("due.earlier", date=f"{day:%d.%m.%Y}")
            yield Row(said, key=f"{one.case}/{contact}", lead=" " * EARLIER, look="quiet")

    def _text(self, one: Due) -> str:
        words, guide = self.words, self.desk.guide
        outcome = place_name(guide, one.outcome, words) if one.outcome else words("due.undecided")
        last = words("due.last", date=f"{one.last:%d.%m.%Y}")
        code, alias = set_cell_size(one.code, 7), set_cell_size(one.alias or "", 12)
        return f"{code} {alias} {last} · {outcome}"

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Enter: read it; that is logged. Esc leads back to the same row."""
        one, contact = self._highlighted, (self.rows.highlighted or "").partition("/")[2]
        if self.point is not None:
            contact = self.point[0]
        if one is not None:
            from intake_tui.screens.signed import SignedScreen  # noqa: PLC0415 - when it is opened

            self.app.push_screen(SignedScreen(contact or one.signed[0][0]))

    @property
    def _highlighted(self) -> Due | None:
        """The case that the highlight stands on: its own row, or one below it."""
        key = self.rows.highlighted
        found = None
        for row in self.rows.shown:
            found = next((one for one in self._due or () if one.case == row.key), found)
            if row.key is not None and row.key == key:
                return found
        return None

    def action_tick(self) -> None:
        """Tab: the highlighted one, or not any more; one that is not finished says why not."""
        one = self._highlighted
        self.say(self.words(f"due.held-{one.held}") if one and one.held else "")
        if one is not None and one.held is None:
            self._ticked ^= {one.case}
            self._show()

    def read_marked(self) -> None:
        """What is done holds nothing any more."""
        self._read()

    def action_undo(self) -> None:
        """Ctrl+Z: what was marked as done last is left to do after all."""
        self.unmark()

    def action_tick_all(self) -> None:
        """Ctrl+A: all of them; once more: none."""
        every = {one.case for one in self._may_go}
        self._ticked = set() if self._ticked == every else every
        self._show()

    def action_delete(self) -> None:
        """Ctrl+T: the question about those that were ticked."""
        if not self._ticked:
            self.say(self.words("due.tick-first") if self._may_go else "")
            return
        words, n = self.words, len(self._ticked)
        lines = [Row(words("due.goes", n=n)), Row(), *what_goes(self)]
        delete = partial(self._delete, frozenset(self._ticked))
        screen = ConfirmScreen(lines, str(n), delete)
        self.app.push_screen(screen, partial(after_deleting, self))

    async def _delete(self, cases: frozenset[str]) -> None:
        await self.desk.delete_cases(cases, self.words("erase.because"))

    def action_leave(self) -> None:
        """Esc: back."""
        self.dismiss(None)
