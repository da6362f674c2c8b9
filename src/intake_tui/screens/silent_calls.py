"""A list in which a silent call or a wrong number is counted with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import work

from intake_tui.screens.in_words import in_words
from intake_tui.screens.left_to_do import LeftToDo
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive

SILENT = "silent"  # a silent call or a wrong number: nobody can tell them apart later

Result = TypeVar("Result")


def _done(*, counts: bool, erased: bool) -> str:
    """The key of the words for what was done."""
    if not counts:
        return "contacts.erased"
    return "contacts.counted-and-erased" if erased else "contacts.counted"


def _counted_one(archive: Archive) -> str:
    """The month in which a silent call was counted."""
    return archive.registrations.count_one(SILENT)


class SilentCalls(LeftToDo[Result]):
    """Nothing is kept of such a call but that it was."""

    def __init__(self) -> None:
        super().__init__()
        self._asking = False  # whether to count a silent call
        self._counted: str | None = None  # the month of the one counted just now
        self._empty: Conversation | None = None  # the empty draft that goes with it

    def _answers(self) -> tuple[Key, ...]:
        """The keys of the question."""
        words = self.words
        leave = Key("Esc", words("contacts.key-leave"))
        if self._empty is None:
            return (Key("Enter", words("contacts.key-count")), leave)
        erase = Key("Delete", words("contacts.key-erase"))
        return (Key("Enter", words("contacts.key-count-and-erase")), erase, leave)

    @property
    def takes_letters(self) -> bool:
        """Not while it asks something."""
        return not self._asking

    def action_without_data(self) -> None:
        """Ctrl+U: a silent call or a wrong number is counted, and nothing else is kept.

        One key, which Ctrl+Z takes back. It asks first where the highlight stands on an empty
        draft, which goes for good; and right after it counted, so that a key that is held down
        counts one. Where something is looked for it clears that, as in every field.
        """
        if self.query_text:
            self.look_for("")
            return
        self._empty = self._empty_draft
        if self._empty is None and self._counted is None:
            self._counted = ""
            self._count()
            return
        self._asking = True
        if self._empty:
            self.say(self.words("contacts.ask-erase", code=self._empty.code))
        else:
            self.say(self.words("contacts.ask-count"))
        self.refresh_frame()

    @property
    def _empty_draft(self) -> Conversation | None:
        """The one that the highlight stands on."""
        key = self.rows.highlighted
        drafts = (talk for talk in self.desk.conversations if talk.id.hex() == key)
        return next((draft for draft in drafts if draft.is_empty), None)

    def action_erase_empty(self) -> None:
        """The same question, where the highlight stands on an empty draft."""
        if self._empty_draft is None:
            self.say(self.words("contacts.no-empty"))
        elif not self.query_text:
            self.action_without_data()

    def _asked(self) -> Conversation | None:
        """The question is answered; the empty draft that it was about."""
        empty, self._empty, self._asking = self._empty, None, False
        self.say()
        self.refresh_frame()
        return empty

    def action_erase(self) -> None:
        """Delete, where it was asked: the empty draft goes, and nothing is counted."""
        if self._empty is not None:
            self._count(self._asked(), counts=False)

    @work(group="count")
    async def _count(self, empty: Conversation | None = None, *, counts: bool = True) -> None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        try:
            if empty is not None:  # first: what failed half-way is tried again, and counted once
                await self.desk.erase(empty)
            if counts:
                self._counted = await self.desk.vault(_counted_one)
        except (VaultError, RecordDamaged) as error:
            self._counted = None
            said = self.words("contacts.not-counted", why=in_words(error, self.words))
        else:
            self.show_all()
            self.say(self.words(_done(counts=counts, erased=empty is not None)), passing=True)
            return
        self.show_all()
        self.say(said)

    def action_undo(self) -> None:
        """Ctrl+Z: the one counted just now was none; else what was marked is left to do."""
        if self._counted:
            self._uncount(self._counted)
        else:
            self.unmark()

    @work(group="count")
    async def _uncount(self, month: str) -> None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        try:
            await self.desk.vault(lambda archive: archive.registrations.uncount_one(SILENT, month))
        except (VaultError, RecordDamaged) as error:
            self.say(self.words("contacts.not-uncounted", why=in_words(error, self.words)))
        else:
            self._counted = None
            self.say(self.words("contacts.uncounted"), passing=True)
