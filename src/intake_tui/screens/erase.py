"""A case, or all of a person's, deleted for good: handed out first, or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.desk.apart import apart
from intake_tui.screens.after_erasing import AfterErasing
from intake_tui.screens.confirm import ConfirmScreen
from intake_tui.screens.export import ExportScreen
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultDamaged, VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.desk.exporting import Written
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive
    from intake_tui.records.erasing import CaseHeld

HAND_OUT, ONLY = "hand-out", "only"


class EraseScreen(Frame[None]):
    """`case` in hex. What belongs together is shown; nothing goes before a second question."""

    help_section = "erase"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "erase.key-choose", show=False),
        Binding("escape", "leave", "erase.key-leave", show=False),
    ]

    def __init__(self, case: str) -> None:
        super().__init__()
        self._case = case
        self._person: tuple[CaseHeld, ...] = ()

    def heading(self) -> tuple[str, str]:
        """Which case."""
        return self.words("erase.title"), self._person[0].code if self._person else ""

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        leave = Key("Esc", words("erase.key-leave"))
        if not self._person:
            return (leave,)
        return leave, Key("↑ ↓", words("archive.key-move")), Key("Enter", words("erase.key-choose"))

    def on_mount(self) -> None:
        """Read what there is."""
        self._read()

    @work(group="erase", exclusive=True)
    async def _read(self) -> None:
        try:
            self._person = await self.desk.vault(lambda archive: archive.erasing.person(self._case))
        except VaultError as error:
            self.rows.show([Row(in_words(error, self.words), look="strong")])
        else:
            self.rows.show(self._rows())
        self.refresh_frame()

    # What is shown

    def _rows(self) -> Iterator[Row]:
        yield from what_goes(self)
        one, *others = self._person
        yield Row()
        yield from self._choices("one", [one])
        if others:
            yield Row()
            yield from self._choices("all", self._person)

    def _choices(self, which: str, cases: Sequence[CaseHeld]) -> Iterator[Row]:
        words, codes = self.words, ", ".join(held.code for held in cases)
        yield Row(words(f"erase.{which}", codes=codes), look="heading", right=self._extent(cases))
        if any(row.status == "open" for held in cases for row in held.rows):
            yield Row(words("erase.open"), look="quiet")
        if any(held.signed for held in cases):
            yield Row(words("erase.hand-out"), key=f"{which}/{HAND_OUT}")
        yield Row(words("erase.only"), key=f"{which}/{ONLY}")

    def _extent(self, cases: Sequence[CaseHeld]) -> str:
        """How many contacts, and when the newest was."""
        rows = [row for held in cases for row in held.rows]
        if not rows:
            return ""
        newest = max(row.started for row in rows).astimezone()
        return self.words("erase.extent", n=len(rows), date=f"{newest:%d.%m.%Y}")

    # What is done

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Enter: on to the file, or to the question."""
        which, _, how = (self.rows.highlighted or "").partition("/")
        if not how:
            return
        cases = self._person if which == "all" else self._person[:1]
        if how == HAND_OUT:
            self._hand_out(cases)
        else:
            self._ask(cases, None)

    @work(group="erase", exclusive=True)
    async def _hand_out(self, cases: Sequence[CaseHeld]) -> None:
        from intake_tui.records.errors import NoSuchRecord, RecordDamaged  # noqa: PLC0415

        try:
            records = await self.desk.vault(partial(_records, cases, self.desk.guide))
        except (RecordDamaged, VaultDamaged):
            self.say(self.words("erase.not-whole"))
        except (VaultError, NoSuchRecord) as error:
            self.say(in_words(error, self.words))
        else:
            screen = ExportScreen(records, deleted_after=True)
            self.app.push_screen(screen, partial(self._handed_out, cases))

    def _handed_out(self, cases: Sequence[CaseHeld], written: Written | None) -> None:
        if written is not None:
            self._ask(cases, written)

    def _ask(self, cases: Sequence[CaseHeld], written: Written | None) -> None:
        words, codes = self.words, ", ".join(held.code for held in cases)
        lines = [Row(words("erase.goes", codes=codes), right=self._extent(cases)), Row()]
        if written is not None:
            lines += [Row(words("erase.handed-out", name=written.path.name)), Row()]
        lines += what_goes(self)
        delete = partial(self._delete, frozenset(held.case for held in cases), written)
        screen = ConfirmScreen(lines, cases[0].code, delete)
        self.app.push_screen(screen, partial(after_deleting, self))

    async def _delete(self, cases: frozenset[str], written: Written | None) -> None:
        if written is not None and not await apart(lambda: written.is_there):
            raise FileGone
        await self.desk.delete_cases(cases, self.words("erase.because"))

    def action_leave(self) -> None:
        """Esc: nothing was deleted."""
        self.dismiss(None)


class FileGone(VaultError):  # noqa: N818 - the name says what has happened
    """What was handed out lies there no more as it was written: nothing is deleted."""

    code = "handed-out-gone"


def what_goes(screen: Frame[Any]) -> Iterator[Row]:
    """What is deleted with a case, what stays, and that older copies still have it."""
    words, today = screen.words, f"{screen.today:%d.%m.%Y}"
    yield Row(words("erase.what"), look="strong")
    yield Row(words("erase.what-stays"), look="quiet")
    yield Row(words("erase.older-copies", date=today), look="quiet")


def after_deleting(screen: Frame[Any], done: bool | None) -> None:
    """Where it was done: the contacts as they are now, and over them what to do about copies."""
    if not done:
        return
    app, covered = screen.app, screen.desk.covered
    screen.desk.show_contacts()
    if not covered:
        app.push_screen(AfterErasing())


def _records(
    cases: Sequence[CaseHeld], guide: Guide, archive: Archive
) -> list[tuple[dict[str, Any], Guide]]:
    """All that was signed in them, the oldest first. Reading it is logged."""
    rows = sorted((row for held in cases for row in held.signed), key=lambda row: row.started)
    shown = [archive.show(row.id) for row in rows]
    if any(held.damaged for held in cases):
        raise VaultDamaged
    return [(record, archive.guide(record["guide"]) or guide) for record in shown]
