"""A list in which what is left to be done stands too, and is marked done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.events import ScreenResume, ScreenSuspend

from intake_tui.screens.contacts_rows import Entry, known_here, open_entry, row_entry
from intake_tui.screens.marking import MarksDone
from intake_tui.screens.point_rows import FEW, MANY, PointRows
from intake_tui.screens.seeking import Seeking
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.row_layout import Row

if TYPE_CHECKING:
    from intake_tui.records.persons import Known

Result = TypeVar("Result")


class LeftToDo(MarksDone[Result], Seeking[Result]):
    """Its subclass shows the contacts; these are the points above them."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[Entry] = []  # signed contacts of which something is left to do: the first
        self._points_left = 0  # how many points all signed contacts have
        self._was_left = False  # whether another screen was in front since it was shown first
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
    def may_mark(self) -> bool:
        """Not while something is asked."""
        return self.takes_letters

    def read_marked(self) -> None:
        """What is left is read anew."""
        self.read_left()
