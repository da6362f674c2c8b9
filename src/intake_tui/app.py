"""The app: which screen is in front, what stands behind it, and how all of it is left."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from intake_tui.desk import surroundings

surroundings.forget()

# isort: split
from rich.text import Text
from textual.binding import Binding, BindingType

from intake_tui.desk import preferences
from intake_tui.desk.falling import Calls, Falling, where
from intake_tui.desk.idle import TICK
from intake_tui.desk.opening import Founding, Opened
from intake_tui.desk.preferences import Preferences
from intake_tui.desk.session import Session
from intake_tui.desk.surroundings import let_go
from intake_tui.desk.theme import THEME
from intake_tui.screens.stage import Stage
from intake_tui.screens.telling import TellsScreens
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.textual_fixes import mend_textual
from intake_tui.textual_fixes.memory import forget_cached_texts
from intake_tui.vault import place
from intake_tui.widgets.messages import Saved
from intake_tui.words import Words, WordsLanguage

if TYPE_CHECKING:
    from intake_tui.desk.backing import Backed
    from intake_tui.desk.checkup import Soundness
    from intake_tui.desk.restoring import Restoring
    from intake_tui.guide.model import Guide
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.unfinished import Unfinished
    from intake_tui.records.archive import Archive
    from intake_tui.vault.kdf import Kdf

T = TypeVar("T")
WARM_UP_AFTER = 0.1  # seconds: the first screen is painted by then


class IntakeApp(Stage):
    """The program beside the conversation.

    `location` is the vault, `device` the folder of this machine's own id and preferences,
    `kdf` the cost of a new vault's keys (calibrated where it is None), `clock` gives wall-clock
    seconds for idle time and `now` the time in UTC; both go on while the computer sleeps.
    """

    TITLE = "intake-tui"
    # The first screen is never pushed, and Textual reads a screen's own CSS only then; the cover
    # is to be there at once, and reading its CSS would mean reading all CSS anew.
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "desk/desk.tcss",
        "screens/unlock.tcss",
        "screens/cover.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "app.leave", show=False, priority=True),
        Binding("ctrl+k", "lock", show=False, priority=True),
    ]

    def __init__(
        self,
        location: Path | str,
        *,
        language: str | None = None,
        device: Path | None = None,
        kdf: Kdf | None = None,
        clock: Callable[[], float] = time.time,
        now: Callable[[], dt.datetime] | None = None,
    ) -> None:
        mend_textual()
        super().__init__(clock)
        self.register_theme(THEME)
        self.theme = THEME.name
        self._device = device or place.device_folder()
        chosen = preferences.read(self._device)
        self.language: WordsLanguage = _language(language) or chosen.language
        self.words = Words(self.language)
        self.function_keys = chosen.function_keys
        self.now = now or _utc_now
        self.session = Session(
            location,
            device=device,
            kdf=kdf,
            now=self.now,
            report=TellsScreens(self),
        )
        self._asked_to_leave = False
        self.begins_afresh = False  # another process is to take the place of this one
        calls = Calls(
            save=self._last_rites,
            leave=partial(self.call_later, self.leave_unasked),
            came_back=partial(self.call_later, self.came_back),
            failed=self._handle_exception,
            suspended=lambda: self.gave_terminal_back,
        )
        self._falling = Falling(calls)

    # -- what screens ask for ------------------------------------------------------------------

    @property
    def guide(self) -> Guide:
        """The guide; read while the passphrase is typed."""
        return self.session.guide

    @property
    def conversations(self) -> list[Conversation]:
        """The open ones, newest first."""
        return self.session.conversations

    @property
    def current(self) -> Conversation | None:
        """The conversation on the screen."""
        return self.session.current

    def vault(self, work: Callable[[Archive], T]) -> Awaitable[T]:
        """Runs `work(archive)` in the vault's thread; raises VaultError, RecordDamaged."""
        return self.session.vault.run(work)

    def keep_unfinished(self, words: Unfinished) -> None:
        """Seals words that belong to no conversation, to be offered again."""
        self.session.keep_unfinished(words)

    def drop_unfinished(self, concerns: str) -> None:
        """They are finished, or given up."""
        self.session.drop_unfinished(concerns)

    @property
    def soundness(self) -> Soundness:
        """How far the check of the archive has come, and what it found."""
        return self.session.checkup.soundness

    @property
    def vault_file(self) -> str:
        """The file in which the archive lies, as it is found on this machine."""
        return place.file_of(self.session.location)

    def check_again(self) -> None:
        """Read all of the archive back once more."""
        self.spawn(self.session.checkup.run())

    @property
    def backed(self) -> Backed:
        """How far a backup has come, or how the last one ended."""
        return self.session.backing.backed

    def back_up(self, target: Path) -> None:
        """Make a backup there; it goes on beside the screens."""
        self.spawn(self.session.backing.make(target))

    def check_copy(self, path: Path) -> None:
        """Read every row of a backup back."""
        self.spawn(self.session.backing.check(path))

    def touch(self, conversation: Conversation) -> None:
        """Something has changed: it is saved within half a second."""
        self.session.autosave.touch(conversation)

    def save_now(self, conversation: Conversation) -> None:
        """Saves at once."""
        self.spawn(self.session.autosave.save(conversation))

    async def save(self, conversation: Conversation) -> bool:
        """Saves at once; whether it could be."""
        return await self.session.autosave.save(conversation)

    async def sign(self, conversation: Conversation) -> None:
        """Signs it: from now on it is a record. Raises VaultError."""
        await self.session.finishing.sign(conversation)

    async def erase(self, conversation: Conversation) -> None:
        """Erases a draft with nothing in it: a silent call, a wrong number. Raises VaultError."""
        await self.session.finishing.erase(conversation)

    async def delete_cases(self, cases: Collection[str], because: str) -> None:
        """Deletes cases (hex) for good, their open conversations too. Raises VaultError."""
        await self.session.finishing.delete_cases(cases, because)

    def new_conversation(self, text: str = "", *, case: bytes | None = None) -> None:
        """Parks the present conversation and begins another; the last line is unfinished.

        In that case, where somebody calls again; nothing is copied into it.
        """
        self._park()
        conversation = self.session.begin(text, case=case)
        self.open_conversation(conversation)

    def open_conversation(self, conversation: Conversation) -> None:
        """Shows a conversation where it was left."""
        from intake_tui.screens.conversation import ConversationScreen

        self._park(conversation)
        self.session.shown(conversation)
        screen = ConversationScreen(conversation)
        self.show(screen)
        saved_at = self.session.autosave.saved_at(conversation)
        if saved_at is not None:
            screen.post_message(Saved(conversation.id, saved_at))

    def show_contacts(self) -> None:
        """Shows the contacts; an open conversation is parked."""
        from intake_tui.screens.contacts import ContactsScreen

        self._park()
        self.show(ContactsScreen())

    def _park(self, for_: Conversation | None = None) -> None:
        self.take_over()
        left, self.session.current = self.session.current, None
        if left is not None:
            goes = left.is_empty and left is not for_
            leaves = self.session.finishing.leave_empty if goes else self.session.autosave.save
            self.spawn(leaves(left))
            self.spawn(self.session.checkup.set_aside())

    def go_on(self) -> None:
        """After unlocking: to what was jotted, to where one was, or to a new conversation."""
        if self.session.pending is not None:
            self.open_conversation(self.session.pending)
        else:
            self.go_back()

    def go_back(self) -> None:
        """To the conversation that was in front at the lock, or to a new one."""
        conversation = self.session.back_to()
        if conversation is None:
            self.new_conversation()
        else:
            self.open_conversation(conversation)

    # -- opening and closing -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Starts the clock, and when the first screen is painted, everything slow."""
        self.begin()
        self.set_interval(TICK, self.look)
        self._falling.watch_signals()
        self.set_timer(WARM_UP_AFTER, self._warm_up)

    def on_unmount(self) -> None:
        """Gives the signals back, and ends the vault's thread."""
        self._falling.unwatch_signals()
        self.session.vault.close()

    def _warm_up(self) -> None:
        self.spawn(self.session.warm_up())

    async def found(self, founding: Founding) -> str:
        """Makes the vault; the text of the recovery sheet. Raises VaultError."""
        sheet = await self.session.create(founding)
        self.spawn(self.session.read_book())
        return sheet

    def founded(self) -> None:
        """The first run is done."""
        self.founding = False
        self.show_contacts()

    def restoring(self) -> Restoring:
        """A backup is to become the archive of this computer."""
        from intake_tui.desk.restoring import Restoring

        session = self.session
        over = session.can_be_replaced
        return Restoring(session.vault, session.location, self._device, over=over)

    async def unlock_with_recovery(self, recovery: str) -> None:
        """Opens the archive with the printed sheet, for `renew` only. Raises VaultError."""
        await self.session.unlock_with_recovery(recovery)

    async def renew(self, name: str, passphrase: str) -> Opened:
        """Sets a new passphrase after that, and goes on as unlocked. Raises VaultError."""
        return self._opened(await self.session.renew(name, passphrase))

    async def unlock(self, name: str, passphrase: str) -> Opened:
        """Opens the archive. Raises VaultError."""
        return self._opened(await self.session.unlock(name, passphrase))

    async def change_passphrase(self, old: str, new: str) -> None:
        """Another passphrase for who is signed in. Raises VaultError; then the old one stays."""
        await self.session.change_passphrase(old, new)

    def _opened(self, opened: Opened) -> Opened:
        self.spawn(self.session.read_book())
        return opened

    def lock(self) -> None:
        """Hides everything behind the unlock screen; then saves, and drops what was read."""
        if self.session.phase != "open":
            return
        self.show(UnlockScreen())
        self.spawn(self._lock())

    async def _lock(self) -> None:
        is_safe = await self.session.lock()
        self._looks = 0
        forget_cached_texts()
        let_go()
        if not is_safe:
            is_set_aside = self.session.checkup.is_set_aside
            key = "errors.held-set-aside" if is_set_aside else "errors.held-in-memory"
            for screen in self.screen_stack:
                if isinstance(screen, UnlockScreen):
                    screen.say(self.words(key))

    def choose_language(self, language: WordsLanguage) -> None:
        """The screens speak it from now on."""
        self.language, self.words = language, Words(language)
        self._remember()

    def choose_function_keys(self, works: bool) -> None:
        """Whether footers show function keys."""
        self.function_keys = works
        self._remember()

    def _remember(self) -> None:
        chosen = Preferences(self.language, self.function_keys)
        self.spawn(self.session.vault.plain(lambda: preferences.write(self._device, chosen)))

    async def action_quit(self) -> None:
        """The same as `leave`."""
        self.leave()

    def action_lock(self) -> None:
        """Ctrl+K on every screen; in the first run nothing is locked."""
        if not self.founding:
            self.lock()

    def action_leave(self) -> None:
        """The same as `leave`."""
        self.leave()

    def leave(self) -> None:
        """Saves everything and closes; asks once more where something cannot be saved."""
        self.spawn(self._leave())

    def leave_unasked(self) -> None:
        """Saves what can be saved and closes: the system ends the program."""
        self._asked_to_leave = True
        self.leave()

    def begin_afresh(self) -> None:
        """Ends the process, in whose memory something may be left, and begins another."""
        self.begins_afresh = True
        self.leave_unasked()

    async def _leave(self) -> None:
        self.take_over()
        await self.session.flush()
        if self.session.at_risk and not self._asked_to_leave:
            self._asked_to_leave = True
            self.notify(self.words("app.leave-unsaved"), severity="warning", markup=False)
            return
        await self.session.vault.lock()
        self.exit()

    def _last_rites(self) -> bool:
        for screen in reversed(self.holding):
            with suppress(Exception):  # it may be the one that fell over; the others go on
                screen.take_over()
        return self.session.last_rites()

    def _last_words(self) -> None:
        """Ends a program that fell over: what was typed first, then one line."""
        if self._falling.has_fallen:
            return
        saved = self._falling.fall()
        key = "errors.crash-saved" if saved else "errors.crash-unsaved"
        self._exit_renderables[:] = [Text(self.words(key, where=where(self._exception)))]
        self._return_code = 1
        self._close_messages_no_wait()

    def spawn(self, work: Awaitable[Any]) -> asyncio.Task[Any]:
        """Does something beside the screens; what goes wrong in it ends the program in order."""
        return self._falling.spawn(work)


def _language(name: str | None) -> WordsLanguage | None:
    return name if name in ("nb", "nn", "en") else None  # type: ignore[return-value]


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
