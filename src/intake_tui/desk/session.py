"""What is open behind the screens: the archive, the guide, the conversations."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Collection
from concurrent.futures import Future, wait
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from intake_tui.desk import opening, surroundings
from intake_tui.desk.aside import Aside
from intake_tui.desk.autosave import Autosave, Unsaved
from intake_tui.desk.backing import Backing
from intake_tui.desk.carrying import Carrying
from intake_tui.desk.checkup import Checkup
from intake_tui.desk.courtesy import COURTESY
from intake_tui.desk.finishing import Finishing
from intake_tui.desk.jot import Jot, Kept, read_letters, remove_letters
from intake_tui.desk.jotting import Jotting
from intake_tui.desk.opening import BrokenGuideError, Founding, Location, Opened
from intake_tui.desk.report import Report
from intake_tui.desk.vault_thread import NOT_TO_BE_OPENED, VaultThread
from intake_tui.desk.writing import Writing
from intake_tui.vault.errors import VaultError
from intake_tui.vault.place import is_server

if TYPE_CHECKING:
    from intake_tui.desk.withheld import Withheld
    from intake_tui.guide.model import Guide, Language
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.unfinished import Unfinished
    from intake_tui.records.archive import Archive
    from intake_tui.vault.kdf import Kdf

Phase: TypeAlias = Literal["locked", "open"]
LAST_RITES = 5.0  # seconds that a falling program waits for the disk


class Session:
    """Opens, holds and drops. Lives on the UI thread; the archive is never touched there."""

    def __init__(
        self,
        location: Location,
        *,
        device: Path | None,
        kdf: Kdf | None,
        now: Callable[[], dt.datetime],
        report: Report,
    ) -> None:
        self.location = location
        self.vault = VaultThread()
        self._writing = Writing(self.vault, self._part, report.room_is_short)
        self.autosave = Autosave(self._writing.write, report)
        self.jotting = Jotting(self.vault, report.jotted)
        self.checkup = Checkup(self.vault, now, report.checked, self)
        self.backing = Backing(self.vault, now, report.backed)
        self.finishing = Finishing(self.vault, self.autosave, self)
        self._aside = Aside(self.vault)
        self.phase: Phase = "locked"
        self._report = report
        self.conversations: list[Conversation] = []
        self.current: Conversation | None = None
        self.pending: Conversation | None = None  # holds what was jotted, until it is shown
        self._carrying: Carrying | None = None
        self._device, self._kdf, self._now = device, kdf, now
        self._guide: tuple[Guide, str] | None = None
        self._by = ""
        self._withheld: Withheld | None = None
        self._language: Language = "nb"
        self._held: list[Unsaved] = []  # what a full disk did not take before a lock
        self._back_to: bytes | None = None
        self._door = asyncio.Lock()  # opening waits for a lock under way, and a lock for opening

    @property
    def guide(self) -> Guide:
        """The guide; LookupError before it has been read."""
        if self._guide is None:
            raise LookupError("the guide is not read yet")
        return self._guide[0]

    # -- opening -------------------------------------------------------------------------------

    async def warm_up(self) -> None:
        """Imports what the rest needs and reads the guide, in the vault's thread."""
        with suppress(BrokenGuideError):  # said at the unlock
            await self._load_guide()
        surroundings.collect_again()

    @property
    def can_be_replaced(self) -> bool:
        """Whether what lies there is a file that nothing opens, or damaged: for a backup."""
        is_bad = bool(self.vault.unopenable) or self.checkup.is_damaged
        return is_bad and not is_server(self.location)

    def replaced(self) -> None:
        """A backup lies there now."""
        self.vault.unopenable = ""
        self.checkup.replaced()

    def withhold(self, text: str) -> str:
        """The text without the passphrase of whoever is signed in."""
        return self._withheld.without(text) if self._withheld else text

    def _withholds(self, passphrase: str) -> None:
        from intake_tui.desk.withheld import Withheld  # not before the first screen: it hashes

        self._withheld = Withheld(passphrase)

    async def create(self, founding: Founding) -> str:
        """Makes the vault and opens it; the text of the recovery sheet. Raises VaultError."""
        sheets: list[str] = []

        def opener() -> Archive:
            archive, sheet = opening.create(
                self.location, founding, kdf=self._kdf, device=self._device
            )
            sheets.append(sheet)
            return archive

        await self._open(opener, founding.passphrase)
        return sheets[0]

    async def unlock(self, name: str, passphrase: str) -> Opened:
        """Opens the archive; raises VaultError."""
        return await self._open(
            lambda: opening.unlock(self.location, name, passphrase, self._device), passphrase
        )

    async def unlock_with_recovery(self, recovery: str) -> None:
        """Opens the archive with the printed sheet, for `renew` only; raises VaultError."""
        COURTESY.hurry()
        await self.vault.open(
            lambda: opening.unlock_with_recovery(self.location, recovery, self._device)
        )

    async def renew(self, name: str, passphrase: str) -> Opened:
        """Sets a new passphrase after `unlock_with_recovery`, and goes on as unlocked."""
        await self.vault.run(lambda archive: archive.set_passphrase(passphrase, name=name))
        async with self._door:
            self._withholds(passphrase)
            return await self._read()

    async def change_passphrase(self, old: str, new: str) -> None:
        """Another passphrase for who is signed in. Raises VaultError; then the old one stays."""
        await self.vault.run(lambda archive: archive.staff.change_passphrase(old, new))
        self._withholds(new)

    async def _open(self, opener: Callable[[], Archive], passphrase: str) -> Opened:
        COURTESY.hurry()
        only_read = self.checkup.is_set_aside

        def opened() -> Archive:
            archive = opener()
            if only_read:  # before what a lock could not save is written into it
                archive.set_aside()
            return archive

        async with self._door:
            await self.vault.open(opened)
            self._withholds(passphrase)
            return await self._read()

    async def _read(self) -> Opened:
        try:
            guide = await self._load_guide()
            held, letters = self._held, self._writing.letters
            found = await self.vault.run(
                lambda archive: opening.read(archive, guide, held, letters)
            )
        except VaultError as error:
            if isinstance(error, NOT_TO_BE_OPENED):
                self.vault.unopenable = error.code
            await self.vault.lock()
            raise
        self._held = []
        self.checkup.is_damaged |= "damaged" in found.warnings
        self._writing.opened(found.warnings, {one.snapshot.id for one in found.held})
        self._aside.again()
        self._by, self._language, self.conversations = (
            found.by,
            found.language,
            found.conversations,
        )
        self.jotting.letterbox = None if self.checkup.is_set_aside else found.letterbox
        for conversation in self.conversations:
            conversation.withholds = self.withhold
            self.autosave.watch(conversation, **found.saved(conversation.id))
            self.autosave.touch(conversation)
        self.phase = "open"
        await self._take_letters(found.letters)
        waiting, back_to = self.pending is not None, self.back_to()
        code = back_to.code if back_to else None
        return Opened(found.last.at, found.last.n, found.warnings, waiting, code, found.leads)

    async def read_book(self) -> None:
        """Reads the heads of all contacts, between everything else that the vault is asked for.

        A page at a time, none when a key is being painted or expected. Ends early where the
        archive is locked or cannot be read on; the next unlock begins anew.
        """
        with suppress(VaultError):
            while await self.vault.run(lambda archive: archive.persons.read_on()):
                await COURTESY.turn()
            self._report.book_read()
            await self.checkup.after_unlock()
            await self.backing.after_unlock()

    async def _load_guide(self) -> Guide:
        if self._guide is None:
            loaded = await self.vault.plain(opening.guide)
            self._guide = self._guide or loaded
        return self._guide[0]

    def back_to(self) -> Conversation | None:
        """The conversation that was in front when the archive was locked, if it is still open."""
        return next((one for one in self.conversations if one.id == self._back_to), None)

    # -- jotting -------------------------------------------------------------------------------

    @property
    def jot(self) -> Jot:
        """What is being jotted down."""
        return self.jotting.jot

    @property
    def jot_kept(self) -> Kept:
        """Where the jot is; once the archive is open, that is where its conversation is."""
        if self.phase == "locked":
            return self.jotting.kept
        if self._carrying is None:
            return "nothing"
        return "sealed" if self.autosave.is_saved(self._carrying.conversation) else "writing"

    def jotted(self) -> None:
        """The jot has changed: it goes to a conversation, the letterbox, or stays in memory."""
        if self.phase == "open":
            self._carry()
        else:
            self.jotting.changed()

    @property
    def jots_into(self) -> Conversation | None:
        """The conversation that is covered, where what is jotted belongs to it."""
        return self.current if self.phase == "open" else None

    def put_jot_away(self) -> None:
        """The line being jotted counts as ended: it is not left on the screen."""
        if self.jot.unfinished:
            self.jot.ended()
            self.jotted()
        if self.jots_into is not None:
            self._carrying = None  # its line may be another when the next words come

    async def _take_letters(self, letters: list[tuple[bytes, str]]) -> None:
        self.jotting.posting.stop()
        jots = read_letters(text for _, text in letters)
        jots.pop(self.jot.id, None)  # memory has it, and later
        lines = [line for jot in jots.values() for line in (*jot.lines, jot.unfinished)]
        self.jot.lines[:0] = [line for line in lines if line.strip()]
        self._carry()
        read = [id_ for id_, _ in letters]
        if self.pending is None:
            await self.vault.run(lambda archive: remove_letters(archive, read))
        else:
            self._writing.letters[self.pending.id] = read
            await self.autosave.save(self.pending)

    def _carry(self) -> None:
        """Moves what was jotted into the conversation that is covered, or into a new one."""
        if self._carrying is None:
            if self.jot.empty:
                return
            conversation = self.jots_into or self.pending or self.begin()
            self.pending = None if conversation is self.current else conversation
            self._carrying = Carrying(conversation)
        self._carrying.take(self.jot)
        self.autosave.touch(self._carrying.conversation)

    def _next_jot(self) -> None:
        self.pending = self._carrying = None
        self.jotting.begin()

    # -- conversations -------------------------------------------------------------------------

    def begin(self, text: str = "", *, case: bytes | None = None) -> Conversation:
        """A new conversation, among the open ones; the last line of `text` is unfinished."""
        from intake_tui.intake.conversation import Conversation

        guide_hash = self._guide[1] if self._guide else None
        conversation = Conversation.new(
            self.guide,
            by=self._by,
            now=self._now,
            language=self._language,
            case=case,
            guide_hash=guide_hash,
        )
        conversation.withholds = self.withhold
        Carrying(conversation).take(Jot.of(text))
        self.conversations.insert(0, conversation)
        self.autosave.watch(conversation)
        self.autosave.touch(conversation)
        return conversation

    def shown(self, conversation: Conversation) -> None:
        """A conversation is in front; if it is the jot's, the next jot is another."""
        self.current, id_ = conversation, conversation.id
        self.vault.submit_with(lambda archive: archive.shown(id_))  # in order, before any lock
        if conversation is self.pending:
            self._next_jot()

    def ended(self, ended: Collection[Conversation]) -> None:
        """They are no drafts any more."""
        if self.pending in ended:
            self._next_jot()
        self.conversations[:] = [one for one in self.conversations if one not in ended]
        if self.current in ended:
            self.current = None

    # -- beside the conversations --------------------------------------------------------------

    def keep_unfinished(self, words: Unfinished) -> None:
        """Words that belong to no conversation are sealed, to be offered again."""
        self._aside.keep(words, self._by)

    def drop_unfinished(self, concerns: str) -> None:
        """They are finished, or given up."""
        self._aside.drop(concerns, self._by)

    # -- closing -------------------------------------------------------------------------------

    async def lock(self) -> bool:
        """Saves, then drops everything that was read; False where something is in memory only.

        From the call on it is locked: what is written next is jotted. A call that comes while
        it is being locked waits.
        """
        was_open = self.phase == "open"
        if was_open:
            self.phase = "locked"
            self._back_to = self.current.id if self.current else None
            self.conversations = []
            self.current = self._withheld = None
            self.checkup.forget()
            self.backing.forget()
            if self.checkup.is_set_aside:
                self.jotting.letterbox = None
            self._next_jot()
        async with self._door:
            if was_open:
                await self.autosave.flush()
                self._held += self.autosave.unsaved()
                self.autosave.forget()
                await self.vault.lock()
                self._aside.forget()
        return not (self._held or self._aside.at_risk)

    async def flush(self) -> None:
        """Saves and posts all that is not on disk yet."""
        COURTESY.hurry()  # somebody leaves, and what is imported stands before it in the queue
        await self.autosave.flush()
        await self._aside.settled()
        if self.phase == "locked":
            await self.jotting.posting.now()

    @property
    def at_risk(self) -> bool:
        """Whether something is in memory only, as far as is known."""
        jotted = self.phase == "locked" and self.jotting.at_risk
        return bool(self._held or self.autosave.unsaved()) or self._aside.at_risk or jotted

    def last_rites(self) -> bool:
        """Saves what it can while the program falls; True where nothing is lost. Blocks."""
        waiting: list[Future[Any]] = [*self._aside.futures]
        for unsaved in self.autosave.unsaved():
            waiting.append(self.vault.submit_with(self._writing.saving(unsaved.snapshot)))
        lost = bool(self._held)
        if self.phase == "locked" and self.jotting.at_risk:
            letterbox, letter = self.jotting.letterbox, self.jot.letter()
            if letterbox is None:
                lost = True
            else:
                waiting.append(self.vault.submit(lambda: letterbox.post(letter)))
        waiting.append(self.vault.submit_lock())
        done, pending = wait(waiting, LAST_RITES)
        return not lost and not pending and not any(one.exception() for one in done)

    def _part(self, before: bytes, after: bytes) -> None:
        self.autosave.rename(before, after)
        self._report.parted()
