"""«Sikkerhetskopi»: how old the last one is, making one, reading one back, and by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.desk import media
from intake_tui.desk.apart import apart
from intake_tui.desk.backing import is_full, refusal
from intake_tui.desk.media import example
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import code_in_words, in_words
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.backup_words import moment
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import BackupTold
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import clock
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.desk.backing import Backed
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive
    from intake_tui.records.backups import Copied

Asking: TypeAlias = Literal["make", "check", "auto"]
COPY = "copy/"  # before a copy's id: its row
PLACE = "place/"  # before the number of a place that is offered


class _Known:
    """What the screen shows, as it was read last."""

    def __init__(self, archive: Archive) -> None:
        backups = archive.backups
        self.copies: tuple[Copied, ...] = backups.all()
        self.last: Copied | None = backups.last_verified
        self.folder: Path | None = backups.folder
        self.days: int = backups.days


def ago(at: dt.datetime, now: dt.datetime, words: Words) -> str:
    """«i dag», «i går», «for 12 dager siden»."""
    days = (now.astimezone().date() - at.astimezone().date()).days
    if days < -1:
        return f"{at.astimezone():%d.%m.%Y}"  # a clock was wrong, then or now
    if days <= 0:
        return words("backup.today")
    return words("backup.days-ago", n=days)


def last_in_words(last: Copied | None, now: dt.datetime, words: Words) -> str:
    """In one sentence, how old the last verified one is."""
    if last is None:
        return words("backup.none-yet")
    key = "backup.last-here" if last.here else "backup.last"
    return words(key, ago=ago(last.at, now, words))


def standing(backed: Backed, words: Words) -> str:
    """What is being done, or how the last one ended."""
    if backed.state == "going-on":
        phase = words(f"backup.phase-{backed.phase}")
        return words("backup.going-on", phase=phase, percent=backed.percent)
    if backed.state == "failed":
        section, _, code = backed.code.rpartition(":")
        return code_in_words(code, words, section="backup" if section else "errors")
    if backed.state == "nothing" or backed.at is None:
        return ""
    key = f"backup.{backed.state}" if backed.sound else f"backup.{backed.state}-unsound"
    at, name = backed.at, Path(backed.place).name
    return words(f"{key}-here", at=moment(at), time=clock(at), n=backed.rows, name=name)


async def state(desk: Desk) -> str:
    """For the menu, at the right."""
    if desk.backed.state == "going-on":
        return desk.words("backup.state-going-on")
    last = await desk.vault(lambda archive: archive.backups.last_verified)
    if last is None:
        return desk.words("backup.state-none")
    said = ago(last.at, desk.now(), desk.words)
    return desk.words("backup.state-here", ago=said) if last.here else said


async def lead(desk: Desk) -> str | None:
    """For the contacts: how old the last verified one is, once it is older than was settled.

    One that would be lost together with the archive keeps nobody from being told.
    """

    def read(archive: Archive) -> tuple[Copied | None, Copied | None, int, bool]:
        backups = archive.backups
        return backups.last_verified, backups.last_elsewhere, backups.days, backups.is_needed

    last, elsewhere, days, is_needed = await desk.vault(read)
    if last is None:
        return desk.words("backup.none-yet") if is_needed else None
    from intake_tui.records.backups import is_older  # noqa: PLC0415 - after the unlock

    is_old = elsewhere is None or is_older(elsewhere.at, desk.now(), days=days)
    return last_in_words(last, desk.now(), desk.words) if is_old else None


class BackupField(ClosedInput):
    """A folder or a file."""


class BackupScreen(Frame[str | None]):
    """A list of what can be done; where a place is asked for, a field under it."""

    help_section = "backup"
    CSS_PATH = "backup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "backup.key-go-on", show=False, priority=True),
        Binding("escape", "back", "backup.key-back", show=False, priority=True),
        Binding("tab,down", "next_place(1)", "backup.key-place", show=False),
        Binding("up", "next_place(-1)", show=False),
        Binding("ctrl+b", "now", "backup.key-now", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known: _Known | None = None
        self._asking: Asking | None = None
        self._places: list[Path] = []  # to choose from with Tab
        self._tried: tuple[Asking, Path] | None = None  # what was typed last
        self._offered = ""  # what stands in the field until somebody types
        self._field = BackupField()

    @property
    def writes_to(self) -> Conversation | None:
        """Letters go to the field, or nowhere."""
        return None

    def heading(self) -> tuple[str, str]:
        """Whether one is going on stands at the right."""
        going_on = self.desk.backed.state == "going-on"
        aside = self.words("backup.state-going-on") if going_on else ""
        return self.words("backup.title"), aside

    def body(self) -> Iterable[Widget]:
        """The rows, and the field."""
        yield self.rows
        yield self._field

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        back = Key("Esc", words("backup.key-back"))
        if self._asking:
            place = (Key("↑ ↓", words("backup.key-place")),) if len(self._places) > 1 else ()
            return (Key("Enter", words(f"backup.key-{self._asking}")), *place, back)
        return (
            Key("↑ ↓", words("archive.key-move")),
            Key("Enter", words("backup.key-go-on")),
            Key("^B", words("backup.key-now")),
            back,
            Key("F1", words("contacts.key-help")),
        )

    def on_mount(self) -> None:
        """Show it at once; what is known of the copies follows."""
        self._show()
        self._read()

    def on_backup_told(self, message: BackupTold) -> None:
        """It has come further."""
        if self.desk.backed.state == "going-on":
            self._show()
        else:
            self._read()

    @work(group="backup-known", exclusive=True)
    async def _read(self) -> None:
        try:
            self._known = await self.desk.vault(_Known)
        except VaultError as error:
            self.say(in_words(error, self.words))
        self._show()

    # What is shown

    def _show(self) -> None:
        if not self.is_attached:
            return
        self._field.display = self._field.can_focus = self._asking is not None
        self.rows.can_focus = self._asking is None
        self.set_focus(self._field if self._asking else self.rows)
        if self._asking:
            self.rows.show(self._asked(), highlight=self._place_in_field)
        else:
            was_asked = (self.rows.highlighted or "").startswith(PLACE)
            self.rows.show(self._rows(), highlight="make" if was_asked else None)
        self.refresh_frame()

    def _asked(self) -> Iterator[Row]:
        yield Row(self.words(f"backup.ask-{self._asking}"), look="strong")
        yield Row()
        yield Row(self.words(f"backup.ask-{self._asking}-about"), look="quiet")
        if self._places:
            yield Row()
            yield Row(self.words("backup.places"), look="quiet")
            for number, place in enumerate(self._places):
                yield Row(str(place), key=f"{PLACE}{number}")

    @property
    def _place_in_field(self) -> str | None:
        now = Path(self._field.value)
        return f"{PLACE}{self._places.index(now)}" if self._asking and now in self._places else None

    def _rows(self) -> Iterator[Row]:
        words, known, backed = self.words, self._known, self.desk.backed
        told = standing(backed, words)
        if told:
            yield Row(told, look="warn" if backed.state == "failed" else "strong")
            if backed.here:
                yield Row(words("backup.here"), look="warn")
            if backed.pruned:
                yield Row(words("backup.pruned-here", n=backed.pruned), look="quiet")
            yield Row()
        if known is None:
            return
        yield Row(
            last_in_words(known.last, self.desk.now(), words), look="quiet" if told else "strong"
        )
        yield Row()
        yield Row(words("backup.make"), key="make")
        yield Row(words("backup.check"), key="check")
        folder = str(known.folder) if known.folder else words("backup.auto-off")
        yield Row(
            words("backup.auto"),
            key="auto",
            right=folder if len(folder) < 40 else "…" + folder[-38:],
        )
        yield Row(words("backup.days"), key="days", right=words("backup.days-n", n=known.days))
        yield Row()
        yield from self._copies(known)
        yield Row(words("backup.rule"), look="quiet")

    def _copies(self, known: _Known) -> Iterator[Row]:
        if not known.copies:
            return
        yield Row(self.words("backup.copies"), look="heading")
        here: Piece = (self.words("backup.copy-here"), "warn")
        for one in known.copies:
            yield Row(
                self.words("backup.copy", at=moment(one.at), n=one.rows),
                key=f"{COPY}{one.id}",
                right=self.words("backup.verified" if one.verified else "backup.not-verified"),
                below=((one.place, "quiet"), here) if one.here else ((one.place, "quiet"),),
                hang=2,
            )
        yield Row()

    # What is done

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click."""
        if message.key is not None and message.key.startswith(PLACE):
            self._fill(str(self._places[int(message.key.removeprefix(PLACE))]))
        self.action_go_on()

    def action_now(self) -> None:
        """Ctrl+B: a copy, where a place is asked for first."""
        if self._asking is None:
            self._ask("make")

    def action_go_on(self) -> None:
        """Enter: what the highlight stands on; in the field, do it."""
        if self._asking is not None:
            self._take(self._asking, self._field.value.strip())
            return
        key = self.rows.highlighted or ""
        if key == "make":
            self._ask("make")
        elif key == "check":
            self._ask("check")
        elif key == "auto":
            self._turn_auto()
        elif key == "days":
            self._turn_days()
        elif self._known is not None and key.startswith(COPY):
            chosen = (one for one in self._known.copies if one.id == key.removeprefix(COPY))
            self._ask("check", *(one.path for one in chosen))

    def _ask(self, asking: Asking, *places: Path) -> None:
        if self.desk.backed.state == "going-on":
            self.say(self.words("backup.wait"))
            return
        self._asking = asking
        copies = self._known.copies if self._known else ()
        used = [one.path if asking == "check" else one.path.parent for one in copies]
        failed = self._tried if self.desk.backed.state == "failed" else None
        again = [failed[1]] if failed and failed[0] == asking else []  # to be put right
        self._places = list(dict.fromkeys([*places, *again, *used[:5]]))
        self._fill(str(self._places[0]) if self._places else "")
        self._field.placeholder = self.words("backup.example", path=example(file=asking == "check"))
        self.say()
        self._show()
        if asking != "check":
            self._look_for_sticks()

    @work(group="backup-sticks", exclusive=True)
    async def _look_for_sticks(self) -> None:
        """What is put in follows what was used before."""
        sticks = await apart(media.media)
        self._places = list(dict.fromkeys([*self._places, *sticks]))
        if self._asking is not None and self._places and not self._field.value:
            self._fill(str(self._places[0]))
        self._show()

    def action_next_place(self, by: int) -> None:
        """↑ ↓: another place that was used or that a stick is in."""
        if self._asking is None or not self._places:
            return
        now = Path(self._field.value)
        at = self._places.index(now) + by if now in self._places else 0
        self._fill(str(self._places[at % len(self._places)]))
        self._show()

    def _fill(self, place: str) -> None:
        """Offered: what is typed next takes its place."""
        self._field.value = self._offered = place
        self._field.select_all()

    def _take(self, asking: Asking, typed: str) -> None:
        if not typed:
            self.say(self.words("backup.empty"))
            return
        if not is_full(typed):
            self.say(self.words("backup.not-full", path=example(file=asking == "check")))
            return
        if asking == "auto":
            self._take_folder(Path(typed))
        else:
            self._take_place(asking, Path(typed))

    @work(group="backup-set", exclusive=True)
    async def _take_folder(self, folder: Path) -> None:
        refused = await apart(lambda: refusal(folder))
        if refused:
            self.say(self.words(f"backup.{refused}"))
        elif self._asking == "auto":
            self._take_place("auto", folder)

    def _take_place(self, asking: Asking, path: Path) -> None:
        self._asking, self._tried = None, (asking, path)
        self.say()
        if asking == "make":
            self.desk.back_up(path)
        elif asking == "check":
            self.desk.check_copy(path)
        else:
            self._set_folder(path)
        self._show()

    def _turn_auto(self) -> None:
        if self._known is not None and self._known.folder is not None:
            self._set_folder(None)
        else:
            self._ask("auto")

    @work(group="backup-set", exclusive=True)
    async def _set_folder(self, folder: Path | None) -> None:
        await self._set(lambda archive: archive.backups.set_folder(folder))

    @work(group="backup-set", exclusive=True)
    async def _turn_days(self) -> None:
        await self._set(lambda archive: archive.backups.turn_days())

    async def _set(self, change: Callable[[Archive], None]) -> None:
        try:
            await self.desk.vault(change)
        except VaultError as error:
            self.say(in_words(error, self.words))
        self._read()

    def action_back(self) -> None:
        """Esc: out of the field, or back; what is going on goes on."""
        if self._asking is not None:
            if self.may_drop(self._field.value != self._offered and self._field.value):
                self._asking = None
                self.say()
                self._show()
        else:
            self.dismiss(None)
