"""A list in which what is left to be done stands too, and is marked done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.events import ScreenResume, ScreenSuspend

from intake_tui.screens.contacts_rows import Entry, known_here, open_entry, row_entry
from intake_tui.screens.in_words import in_words
from intake_tui.screens.point_rows import FEW, MANY, POINT, PointRows
from intake_tui.screens.seeking import Seeking
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.records.persons import Known

Result = TypeVar("Result")


class LeftToDo(Seeking[Result]):
    """Its subclass shows the contacts; these are the points above them."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[Entry] = []  # signed contacts of which something is left to do: the first
        self._points_left = 0  # how many points all signed contacts have
        self._was_left = False  # whether another screen was in front since it was shown first
        self._marked: list[tuple[str, str]] = []  # what Ctrl+Z takes back, the last one first
        self._marking = False
        self._moved = True  # whether the highlight was moved since: a key held down marks one
        self.known: Known | None = None  # what lists say of the persons; None: not read yet
        self._few = FEW  # points of each kind that are shown

    def show_all(self) -> None:
        """Show everything anew."""
        raise NotImplementedError

    def read_again(self) -> object:
        """What may have been corrected meanwhile is read anew."""
        raise NotImplementedError

    @work(group="known", exclusive=True)
    async def read_known(self) -> None:
        """What the person's other contacts say, above all whether to call."""
        try:
            self.known = await known_here(self.desk)
        except VaultError:
            return  # what could not be read is said by the list itself
        self.show_all()

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Another screen is in front."""
        self._was_left = True

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Something may have been corrected meanwhile: above all, whether to call."""
        super().on_screen_resume(event)
        if self._was_left:
            self.read_again()
            self.read_known()
            self.read_left()

    @work(group="left", exclusive=True)
    async def read_left(self) -> None:
        """What is left to do, of all contacts whose heads were read: as much as is shown."""
        now, few = self.desk.now(), self._few
        try:
            left = await self.desk.vault(lambda archive: archive.persons.book.left(now, few))
        except VaultError:
            return  # the list itself says so
        self.left = [row_entry(row, self.desk.guide, self.words) for row in left.rows]
        self._points_left = left.points
        self.show_all()

    def show_more_points(self) -> None:
        """As many again as a list can hold at once."""
        self._few = self._few + MANY if self._few > FEW else MANY
        self.read_left()

    @property
    def point_rows(self) -> list[Row]:
        """The points, where nothing is looked for."""
        if self.query_text:
            return []
        makes = PointRows(self.desk.guide, self.words, self.desk.now(), self.known)
        opened = self.opened
        points = self._points_left + sum(len(each.outstanding) for each in opened)
        return makes.all([*opened, *self.left], few=self._few, points=points)

    @property
    def opened(self) -> list[Entry]:
        """The conversations that are not signed yet: what is left to do in them counts as well."""
        return [open_entry(talk, self.words) for talk in self.desk.conversations]

    @property
    def point(self) -> tuple[str, str] | None:
        """The record and the point that the highlight stands on."""
        kind, _, rest = (self.rows.highlighted or "").partition("/")
        record, _, point = rest.partition("/")
        return (record, point) if kind == POINT else None

    @property
    def _point_is_open(self) -> bool:
        """Whether the point is one of a conversation that is not signed: it is done in there."""
        return self.point is not None and any(
            talk.id.hex() == self.point[0] for talk in self.desk.conversations
        )

    @property
    def point_keys(self) -> tuple[Key, ...]:
        """The keys for points, where they do something."""
        marks = self.point is not None and not self._point_is_open
        done = (Key("^D", self.words("points.key-done")),) if marks else ()
        undo = (Key("^Z", self.words("points.key-undo")),) if self._marked else ()
        return (*done, *undo)

    def action_done(self) -> None:
        """Ctrl+D: what the highlight stands on was done, by whom and when."""
        if self._point_is_open:
            self.say(self.words("points.still-open"))
        elif self.point is not None and self.takes_letters and self._moved and not self._marking:
            self._marking, self._moved = True, False
            self._mark(self.point, done=True)

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """Somebody chose another one: the next Ctrl+D is no held key."""
        self._moved = True

    def unmark(self) -> None:
        """What was marked last is left to do after all."""
        if self._marked and self.takes_letters and not self._marking:
            self._marking = True
            self._mark(self._marked[-1], done=False)

    @work(group="mark")
    async def _mark(self, which: tuple[str, str], *, done: bool) -> None:
        from intake_tui.records.errors import (  # noqa: PLC0415 - not before unlocking
            NoSuchRecord,
            RecordDamaged,
        )

        record, point = which
        try:
            await self.desk.vault(lambda archive: archive.mark(record, point, done=done))
        except (VaultError, RecordDamaged, NoSuchRecord) as error:
            self._moved = True
            self.say(self.words("points.not-marked", why=in_words(error, self.words)))
            return
        finally:
            self._marking = False
        if done:
            self._marked.append(which)
        else:
            self._marked.pop()
            self._moved = True
        self.say(self.words("points.done" if done else "points.undone"))
        self.read_left()
