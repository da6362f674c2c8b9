"""«Arkivet»: what keeps the vault running, one row a matter. Ctrl+A on the contacts screen.

To hang a screen of your own in, add one `Matter` to `MATTERS`:

- `words` is a key of the words, such as "staff.matter". Its text is the row's name, and the text
  of the same key with "-about" after it says below the name, in one line, what it is for.
- `screen` makes the screen (`archive_screens`), which dismisses with None, or with a line that the
  menu says.
- `roles` are those that see it. The vault holds what somebody may do; this only spares them a row.
- `state`, if there is one, is what stands quietly at the right. It is read through `desk.vault`,
  when the menu opens and when somebody comes back to it. Where it raises
  VaultError, nothing stands there; the text "" is no state either.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.screen import Screen

from intake_tui.screens import archive_screens as screens
from intake_tui.screens.archive_screens import EVERYBODY, LEADERS
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.me import Me


@dataclass(frozen=True)
class Matter:
    """One row of the menu; the module says how to add one."""

    words: str
    screen: Callable[[], Screen[str | None]]
    roles: frozenset[str] = EVERYBODY
    state: Callable[[Desk], Awaitable[str]] | None = None


async def _soundness(desk: Desk) -> str:
    from intake_tui.screens.archive_check import state  # noqa: PLC0415 - when the menu opens

    return await state(desk)


async def _age(desk: Desk) -> str:
    from intake_tui.screens.backup import state  # noqa: PLC0415 - when the menu opens

    return await state(desk)


async def _how_many(desk: Desk) -> str:
    return desk.words("staff.state", n=await desk.vault(lambda a: len(a.staff.colleagues())))


MATTERS: tuple[Matter, ...] = (
    Matter("staff.matter", screens.staff, state=_how_many),
    Matter("staff.own-matter", screens.own_passphrase),
    Matter("log.matter", screens.log, LEADERS),
    Matter("backup.matter", screens.backup, state=_age),
    Matter("check.matter", screens.archive_check, state=_soundness),
    Matter("due.matter", screens.due, LEADERS),
    Matter("keeping.matter", screens.keeping, LEADERS),
    Matter("staff.sheet-matter", screens.new_sheet, LEADERS),
    Matter("staff.key-matter", screens.new_key, LEADERS),
    Matter("to_check.matter", screens.to_check, LEADERS),
)


class ArchiveMenu(Frame[None]):
    """What whoever is signed in may see to. Enter opens it, Esc goes back to the contacts."""

    help_section = "archive"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "archive.key-open", show=False),
        Binding("escape,ctrl+a", "leave", "archive.key-back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._me: Me | None = None  # not read yet
        self._states: dict[str, str] = {}

    @property
    def writes_to(self) -> Conversation | None:
        """Letters do nothing here."""
        return None

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Those to be seen: before it is known who is signed in, those that everybody sees."""
        role = str(self._me.role) if self._me else "counsellor"
        return tuple(each for each in MATTERS if role in each.roles)

    def heading(self) -> tuple[str, str]:
        """Who is signed in stands at the right."""
        words, me = self.words, self._me
        aside = f"{me.name} · {words(f'archive.role-{me.role}')}" if me else ""
        return words("archive.title"), aside

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        return (
            Key("↑ ↓", words("archive.key-move")),
            Key("Enter", words("archive.key-open")),
            Key("Esc", words("archive.key-back")),
            Key("F1", words("contacts.key-help")),
        )

    def on_mount(self) -> None:
        """Show it at once; what stands at the right follows, when it is in front."""
        self._show()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Opened, or come back to: something may have been done meanwhile."""
        self._read()

    @work(group="archive", exclusive=True)
    async def _read(self) -> None:
        try:
            self._me = await self.desk.vault(lambda archive: archive.me)
        except VaultError as error:
            self.say(in_words(error, self.words))
            return
        self._show()
        for matter in self.matters:
            if matter.state is not None:
                with suppress(VaultError):  # its own screen says what is wrong
                    self._states[matter.words] = await matter.state(self.desk)
                    self._show()

    def _show(self) -> None:
        if self.is_attached:
            self.rows.show(self._row(matter) for matter in self.matters)
            self.refresh_frame()

    def _row(self, matter: Matter) -> Row:
        words, state = self.words, self._states.get(matter.words, "")
        about = words(f"{matter.words}-about")
        return Row(
            words(matter.words), key=matter.words, right=state, below=((about, "quiet"),), hang=2
        )

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click opens."""
        self.action_open()

    def action_open(self) -> None:
        """Enter: the screen for what the highlight stands on."""
        key = self.rows.highlighted
        chosen = next((each for each in MATTERS if each.words == key), None)
        if chosen is not None:
            self.app.push_screen(chosen.screen(), self._told)

    def _told(self, done: str | None) -> None:
        self.say(done or "")

    def action_leave(self) -> None:
        """Esc: back to the contacts."""
        self.dismiss(None)
