"""«Kontroll av arkivet»: how far the check has come, what it found, and what to do about it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.records.damage import serious, tampered
from intake_tui.screens.frame import Frame
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.damage_words import sentence
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.messages import CheckTold
from intake_tui.widgets.row_layout import LIST_MARK, Piece, Row
from intake_tui.widgets.saying import clock
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.desk.checkup import Soundness
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.damage import Damage

SHOWN = 40  # sentences; the command line prints all that was found, with codes and places


def standing(soundness: Soundness, words: Words) -> str:
    """In one sentence, how far the check has come and what it said."""
    checked, at = soundness.checked, _clock(soundness.at)
    if soundness.state == "going-on":
        return words("check.going-on", done=soundness.done, total=soundness.total)
    if soundness.state == "broken-off":
        return words("check.broken-off", why=words(f"errors.{soundness.code}"))
    if checked is None:
        return words("check.waiting")
    if not checked.all:
        return words("check.sound", at=at, n=checked.rows)
    key = "check.found" if serious(checked.all) else "check.noticed"
    return words(key, at=at, n=len(checked.all))


def _clock(at: dt.datetime | None) -> str:
    return clock(at) if at else ""


async def state(desk: Desk) -> str:
    """For the menu, at the right."""
    soundness, words = desk.soundness, desk.words
    if soundness.state == "going-on":
        return words("check.state-going-on")
    if soundness.checked is None:
        return ""
    if serious(soundness.checked.all):
        return words("check.state-found")
    return words("check.state-sound", at=_clock(soundness.at))


class ArchiveCheckScreen(Frame[str | None]):
    """A text to scroll; Ctrl+R runs the check again."""

    reading = True
    help_section = "check"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "again", "check.key-again", show=False),
        Binding("ctrl+g", "replace", "start.key-restore", show=False),
        Binding("escape", "leave", "check.key-back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._leads = False  # whether who is signed in is a leader

    @property
    def writes_to(self) -> Conversation | None:
        """Letters do nothing here."""
        return None

    def heading(self) -> tuple[str, str]:
        """Whether it is going on stands at the right."""
        going_on = self.desk.soundness.state == "going-on"
        aside = self.words("check.state-going-on") if going_on else ""
        return self.words("check.title"), aside

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        again = (Key("^R", words("check.key-again")),) if self._may_run else ()
        return (
            Key("↑ ↓ PgUp PgDn", words("check.key-scroll")),
            *again,
            *((Key("^G", words("start.key-restore")),) if self._may_replace else ()),
            Key("Esc", words("check.key-back")),
            Key("F1", words("contacts.key-help")),
        )

    @property
    def _may_run(self) -> bool:
        return self.desk.soundness.state != "going-on"

    @property
    def _may_replace(self) -> bool:
        checked = self.desk.soundness.checked
        damaged = checked is not None and serious(checked.findings)
        return damaged and self._leads and bool(self.desk.vault_file)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A backup takes the place of what is damaged only, and by a leader's hand."""
        return self._may_replace if action == "replace" else True

    def on_mount(self) -> None:
        """Show it as it stands."""
        self._show()
        self._read()

    @work(group="check-role", exclusive=True)
    async def _read(self) -> None:
        with suppress(VaultError):
            self._leads = await self.desk.vault(lambda archive: archive.me.role == "leader")
            self._show()

    def on_check_told(self, message: CheckTold) -> None:
        """It has come further."""
        self._show()

    def _show(self) -> None:
        if self.is_attached:
            self.rows.show(self._rows())
            self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        soundness = self.desk.soundness
        checked = soundness.checked
        found = checked.all if checked is not None else ()
        yield Row(standing(soundness, self.words), look="warn" if serious(found) else "strong")
        yield Row()
        if not found:
            yield Row(self.words("check.what-it-is"), look="quiet")
            return
        yield from self._found(found)
        yield from self._to_do(found)

    def _found(self, found: Sequence[Damage]) -> Iterator[Row]:
        told = Counter(sentence(damage, self.words) for damage in found)
        for said, times in islice(told.items(), SHOWN):
            more = self.words("check.times", n=times) if times > 1 else ""
            below: tuple[Piece, ...] = ((more, "quiet"),) if more else ()
            yield Row(said, lead=LIST_MARK, below=below)
        if len(told) > SHOWN:
            yield Row(self.words("check.more", n=len(told) - SHOWN), look="quiet")

    def _to_do(self, found: Sequence[Damage]) -> Iterator[Row]:
        words = self.words
        if serious(found):
            yield Row()
            yield Row(words("check.what-to-do"), look="heading")
            on_file = "check.do-damaged-leads" if self._may_replace else "check.do-damaged"
            todo = words(on_file if self.desk.vault_file else "check.do-damaged-server")
            yield from (Row(paragraph, lead=LIST_MARK) for paragraph in todo.split("\n"))
        if tampered(found):
            yield Row()
            yield Row(words("check.do-changed"))
        if any(damage.code == "read-only" for damage in found):
            yield from self._only_read(of_the_place=not serious(found))

    def _only_read(self, *, of_the_place: bool) -> Iterator[Row]:
        """What that means; and what to do, where it is the place that cannot be written."""
        heading, *paragraphs, place = self.words("check.do-read-only").split("\n")
        yield Row()
        yield Row(heading, look="heading")
        for paragraph in (*paragraphs, place) if of_the_place else paragraphs:
            yield Row(paragraph, lead=LIST_MARK)

    def action_again(self) -> None:
        """Ctrl+R: once more, where none is going on."""
        if self._may_run:
            self.desk.check_again()

    def action_replace(self) -> None:
        """Ctrl+G: a backup in its place."""
        self.desk.replace()

    def action_leave(self) -> None:
        """Esc: back."""
        self.dismiss(None)
