"""How long the centre keeps a case after the last contact, by what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.guide.model import Option
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.periods import period_said, period_typed
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import place_name

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive
    from intake_tui.records.retention import Period

UNDECIDED = "none"  # as `records.retention` has it, which is not imported before it is needed


class PeriodField(ClosedInput):
    """How long, as it is typed."""


class KeepingScreen(Frame[str | None]):
    """Each outcome with its time. Enter changes one, and nothing is deleted by that."""

    help_section = "keeping"
    CSS_PATH = "keeping.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "keeping.key-change", show=False, priority=True),
        Binding("escape", "back", "keeping.key-back", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._times: dict[str, Period] | None = None
        self._outcomes: tuple[str, ...] = ()
        self._changing: str | None = None  # the outcome whose time is typed
        self._was = ""  # what stood in the field at first
        self._field = PeriodField(max_length=20)

    def heading(self) -> tuple[str, str]:
        """What is settled here."""
        return self.words("keeping.title"), ""

    def body(self) -> Iterable[Widget]:
        """The outcomes, and the field while one is changed."""
        yield self.rows
        self._field.placeholder = self.words("keeping.example")
        self._field.display = False
        yield self._field

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        enter = words("keeping.key-change" if self._changing is None else "keeping.key-take")
        move = (Key("↑ ↓", words("archive.key-move")),) if self._changing is None else ()
        return (*move, Key("Enter", enter), Key("Esc", words("keeping.key-back")))

    def on_mount(self) -> None:
        """Read what is settled."""
        self._read()

    @work(group="keeping", exclusive=True)
    async def _read(self) -> None:
        def found(archive: Archive) -> tuple[dict[str, Period], set[str]]:
            return archive.keeping.times, archive.keeping.outcomes()

        try:
            self._times, others = await self.desk.vault(found)
        except VaultError as error:
            self.say(in_words(error, self.words))
            return
        known = [item.id for item in self.desk.guide.items() if isinstance(item, Option)]
        self._outcomes = (*known, *sorted(others - {*known}), UNDECIDED)
        self._show()

    def _show(self) -> None:
        changing = self._changing is not None
        self._field.display = self._field.can_focus = changing
        self.rows.can_focus = not changing
        self.set_focus(self._field if changing else self.rows)
        self.rows.show(self._rows())
        self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        words, times = self.words, self._times or {}
        yield Row(words("keeping.what"), look="quiet")
        yield Row(words("keeping.law"), look="quiet")
        yield Row()
        for outcome in self._outcomes:
            said = period_said(times.get(outcome), words)
            yield Row(self._called(outcome), key=outcome, right=said)
        if self._changing is not None:
            yield Row()
            yield Row(words("keeping.type", name=self._called(self._changing)), look="strong")

    def _called(self, outcome: str) -> str:
        if outcome == UNDECIDED:
            return self.words("due.undecided")
        return place_name(self.desk.guide, outcome, self.words)

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click changes it."""
        self.action_take()

    def action_take(self) -> None:
        """Enter: change the highlighted one, or take what was typed."""
        if self._changing is None:
            self._changing = self.rows.highlighted
            if self._changing is not None and self._times is not None:
                period = self._times.get(self._changing)
                self._was = period_said(period, self.words) if period else ""
                self._field.value = self._was
                self._field.cursor_position = len(self._field.value)
                self.say()
                self._show()
            return
        typed = self._field.value.strip()
        try:
            period = period_typed(typed) if typed else None
        except ValueError:
            self.say(self.words("keeping.no-period"))
        else:
            self._settle(self._changing, period)

    @work(group="keeping", exclusive=True)
    async def _settle(self, outcome: str, period: Period | None) -> None:
        try:
            await self.desk.vault(lambda archive: archive.keeping.settle(outcome, period))
        except VaultError as error:
            self.say(self.words("keeping.not-settled-why", why=in_words(error, self.words)))
            return
        self._changing = None
        said = period_said(period, self.words)
        self.say(self.words("keeping.settled", name=self._called(outcome), period=said))
        self._read()

    def action_back(self) -> None:
        """Esc: leave it as it was, or back to the menu."""
        if self._changing is not None:
            if self.may_drop(self._field.value != self._was and self._field.value):
                self._changing = None
                self.say()
                self._show()
        else:
            self.dismiss(None)
