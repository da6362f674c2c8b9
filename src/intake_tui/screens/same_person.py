"""Two cases are one person, or two after all: shown, asked, and why in the counsellor's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.intake.unfinished import Unfinished
from intake_tui.records.joins import LONGEST_REASON
from intake_tui.screens.contacts_rows import ContactRows, Entry
from intake_tui.screens.in_words import in_words
from intake_tui.screens.unfinished import UnfinishedFrame
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.saying import joined_text

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive
    from intake_tui.records.joins import Joined
    from intake_tui.records.persons import Known


class ReasonField(ClosedInput):
    """Why, in the counsellor's own words."""


class ReasonScreen(UnfinishedFrame["str | None"]):
    """What it is about, a question, and the reason. Gives what was done, in words, or None."""

    help_section = "same-person"
    CSS_PATH = "same_person.tcss"
    about: ClassVar[str]  # begins the keys of its words: «join» or «part»
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "same_person.key-do", show=False, priority=True),
        Binding("escape", "leave", "same_person.key-back", show=False, priority=True),
    ]

    def __init__(self, concerns: str, kept: Mapping[str, Unfinished]) -> None:
        super().__init__(concerns, kept)
        reason = self.kept.reason if self.kept else ""
        self._field = ReasonField(reason, max_length=LONGEST_REASON)
        self._doing = False

    @property
    def unfinished(self) -> Unfinished | None:
        """The reason as it is now."""
        reason = self._field.value
        return Unfinished(self.concerns, self.about, reason=reason) if reason.strip() else None

    def heading(self) -> tuple[str, str]:
        """The question."""
        return self.words(f"same_person.{self.about}-title"), ""

    def body(self) -> Iterable[Widget]:
        """The rows, and the field under them."""
        self.rows.can_focus = False
        yield self.rows
        self._field.placeholder = self.words("same_person.reason")
        yield self._field

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        does = Key("Enter", words(f"same_person.key-{self.about}"))
        return does, Key("Esc", words("same_person.key-back"))

    def on_mount(self) -> None:
        """The reason is all that is typed here."""
        self.rows.show([*self.shown(), Row(), Row(self.words(f"same_person.{self.about}-what"))])
        self.set_focus(self._field)
        self.refresh_frame()

    def shown(self) -> Iterator[Row]:
        """What the question is about."""
        raise NotImplementedError

    def work_on(self, archive: Archive, reason: str) -> str:
        """Does it, in the vault's thread; what was done, in words."""
        raise NotImplementedError

    def action_do(self) -> None:
        """Enter: once a reason stands there."""
        reason = self._field.value.strip()
        if not reason:
            self.say(self.words("same_person.reason-needed"))
        elif not self._doing:
            self._doing = True
            self.take_over()  # a lock may come first
            self._do(reason)

    @work(group="same-person")
    async def _do(self, reason: str) -> None:
        from intake_tui.records.errors import NoSuchRecord, RecordDamaged  # noqa: PLC0415

        try:
            done = await self.sealing(lambda archive: self.work_on(archive, reason))
        except (VaultError, RecordDamaged) as error:
            self._doing = False
            self.say(self.words("same_person.not-done", why=in_words(error, self.words)))
        except (NoSuchRecord, ValueError):  # another desk was faster
            self.end(self.words("same_person.done-already"))
        else:
            self.end(done)

    def action_leave(self) -> None:
        """Esc: nothing was done."""
        if not self._doing and self.may_drop(self.unfinished):
            self.end(None)


class JoinScreen(ReasonScreen):
    """Two contacts whose cases are to be one person's."""

    about = "join"

    def __init__(
        self, one: Entry, other: Entry, kept: Mapping[str, Unfinished], *, known: Known | None
    ) -> None:
        super().__init__(":".join(["join", *sorted((one.case, other.case))]), kept)
        self._one, self._other, self._known = one, other, known

    def shown(self) -> Iterator[Row]:
        """Both, as the list shows them."""
        rows = ContactRows(self.words, self.today, self.size.width - 2, self._known)
        for entry in (self._one, self._other):
            yield replace(rows.contact(entry), key=None)  # nothing to choose here

    def work_on(self, archive: Archive, reason: str) -> str:
        """Joins them."""
        archive.persons.join(self._one.case, self._other.case, reason)
        one, other = self._one.code, self._other.code
        return self.words("same_person.done-joined", one=one, other=other)


class PartScreen(ReasonScreen):
    """A joining that is not to hold any more."""

    about = "part"

    def __init__(self, joining: Joined, kept: Mapping[str, Unfinished]) -> None:
        super().__init__(f"part:{joining.id}", kept)
        self._joining = joining

    def shown(self) -> Iterator[Row]:
        """Which cases, since when, by whom and why."""
        yield Row(joined_text(self._joining.shape(), self.words))

    def work_on(self, archive: Archive, reason: str) -> str:
        """Parts them."""
        archive.persons.part(self._joining.id, reason)
        one, other = self._joining.codes
        return self.words("same_person.done-parted", one=one, other=other)
