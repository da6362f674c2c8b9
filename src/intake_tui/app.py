"""The app: which screen is in front, what stands behind it, and how all of it is left."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from intake_tui.desk import surroundings

surroundings.forget()

# isort: split
from rich.text import Text
from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from intake_tui.desk import preferences
from intake_tui.desk.falling import Calls, Falling, where
from intake_tui.desk.idle import TICK, Idle
from intake_tui.desk.opening import Founding, Opened
from intake_tui.desk.palette import Palette, commands
from intake_tui.desk.preferences import Preferences
from intake_tui.desk.session import Session
from intake_tui.desk.theme import THEME
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.too_small import TooSmallScreen, fits
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.textual_fixes import ClosedApp, survive_key_events
from intake_tui.vault import place
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.messages import Jotted, NotSaved, Saved
from intake_tui.words import Words, WordsLanguage

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive
    from intake_tui.vault.kdf import Kdf

T = TypeVar("T")
ESCAPES_WITHIN = 0.5  # seconds between the two of Esc Esc


class IntakeApp(ClosedApp):
    """The program beside the conversation.

    `location` is the vault, `device` the folder of this machine's own id and preferences,
    `kdf` the cost of a new vault's keys (calibrated where it is None), `clock` gives wall-clock
    seconds for idle time and `now` the time in UTC; both go on while the computer sleeps.
    """

    TITLE = "intake-tui"
    CSS_PATH = "desk/desk.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "app.new", show=False, priority=True),
        Binding("f12", "cover", "app.cover", show=False, priority=True),
        Binding("ctrl+q", "leave", "app.leave", show=False, priority=True),
        Binding("f1", "help", "app.help", show=False, priority=True),
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
        survive_key_events()
        super().__init__()
        self.register_theme(THEME)
        self.theme = THEME.name
        self._device = device or place.device_folder()
        chosen = preferences.read(self._device)
        self.language: WordsLanguage = _language(language) or chosen.language
        self.words = Words(self.language)
        self.function_keys = chosen.function_keys
        self.now = now or _utc_now
        self.session = Session(location, device=device, kdf=kdf, now=self.now, report=_Report(self))
        self.founding = False  # in the first run nothing is locked: the sheet is shown only once
        self._idle = Idle(clock)
        self._held: list[events.Event] | None = None  # keys for a screen that is on its way
        self._escaped = -1.0
        self._asked_to_leave = False
        calls = Calls(
            save=self.session.last_rites,
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

    def touch(self, conversation: Conversation) -> None:
        """Something has changed: it is saved within half a second."""
        self.session.autosave.touch(conversation)

    def save_now(self, conversation: Conversation) -> None:
        """Saves at once."""
        self.spawn(self.session.autosave.save(conversation))

    async def sign(self, conversation: Conversation) -> None:
        """Signs it: from now on it is a record. Raises VaultError."""
        await self.session.sign(conversation)

    async def erase(self, conversation: Conversation) -> None:
        """Erases a draft with nothing in it: a silent call, a wrong number. Raises VaultError."""
        await self.session.erase(conversation)

    def new_conversation(self, text: str = "") -> None:
        """Parks the present conversation and begins another; the last line is unfinished."""
        self._park()
        conversation = self.session.begin(text)
        self.open_conversation(conversation)

    def open_conversation(self, conversation: Conversation) -> None:
        """Shows a conversation where it was left."""
        from intake_tui.screens.conversation import ConversationScreen

        self._park()
        self.session.shown(conversation)
        screen = ConversationScreen(conversation)
        self.show(screen)
        saved_at = self.session.autosave.saved_at(conversation)
        if saved_at is not None:
            screen.post_message(Saved(conversation.id, saved_at))

    def park(self) -> None:
        """Puts the present conversation aside, saved, and shows the contacts."""
        self.show_contacts()

    def show_contacts(self) -> None:
        """Shows the contacts; an open conversation is parked."""
        from intake_tui.screens.contacts import ContactsScreen

        self._park()
        self.show(ContactsScreen())

    def _park(self) -> None:
        if self.session.current is not None:
            self.save_now(self.session.current)
            self.session.current = None

    # -- the screen in front -------------------------------------------------------------------

    def _first_screen(self) -> Screen[None]:
        """The unlock screen, or the first run where there is no vault yet."""
        try:
            found = place.exists(self.session.location)
        except VaultError:
            found = True
        if found:
            return UnlockScreen()
        from intake_tui.screens.first_run import FirstRunScreen

        self.founding = True
        return FirstRunScreen()

    def show(self, screen: Screen[Any]) -> None:
        """Makes `screen` the only one over the empty first; a cover stays in front of it."""
        covered = self.covered
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(screen)
        if covered:
            self.push_screen(CoverScreen())
        self._fit()
        self._hold()

    def _push(self, screen: Screen[Any]) -> None:
        """Puts `screen` in front."""
        self.push_screen(screen)
        self._hold()

    def _hold(self) -> None:
        self.keep_keys()
        self.screen.call_after_refresh(self.give_keys)

    def keep_keys(self) -> None:
        """Keys wait from now on, until `give_keys`."""
        self._held = self._held or []

    def hold(self, event: events.Event) -> None:
        """A key for the screen that is on its way: it comes after those before it."""
        if self._held is not None:
            self._held.append(event)
        else:
            self.post_message(event)

    async def give_keys(self) -> None:
        """The screen is there, and so is the cursor: it gets the keys that came too early."""
        while self._held:
            await super().on_event(self._held.pop(0))
        self._held = None

    @property
    def covered(self) -> bool:
        """Whether the cover is up."""
        return any(isinstance(screen, CoverScreen) for screen in self.screen_stack)

    def cover(self) -> None:
        """Hides the screen at once; saving follows when it is hidden."""
        if not self.covered:
            self.push_screen(CoverScreen())
        self.call_after_refresh(self._save_covered)

    def uncover(self) -> None:
        """Shows what was there, or what was written on the cover meanwhile."""
        if isinstance(self.screen, CoverScreen):
            self.pop_screen()
        if self.session.phase == "open" and self.session.pending is not None:
            self.open_conversation(self.session.pending)
        self._fit()

    def _save_covered(self) -> None:
        self.session.put_jot_away()
        self.spawn(self.session.autosave.flush())

    def jot(self, text: str = "") -> None:
        """«Skriv nå»: the write-only line, over whatever is in front, beginning with `text`."""
        from intake_tui.screens.jot import JotScreen

        if not isinstance(self.screen, JotScreen):
            self.session.jot.typed(self.session.jot.unfinished + text)
            self.session.jotted()
            self._push(JotScreen())

    def go_on(self) -> None:
        """After unlocking: to what was jotted, to where one was, or to a new conversation."""
        session = self.session
        conversation = session.pending or session.back_to()
        if conversation is None:
            self.new_conversation()
        else:
            self.open_conversation(conversation)

    def _fit(self) -> None:
        small = isinstance(self.screen, TooSmallScreen)
        if fits(self.size) and small:
            self.pop_screen()
        elif not fits(self.size) and not small and not self.covered:
            self._push(TooSmallScreen())

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that has a key on that screen, in the language of the screen."""
        yield from commands(self, self.words, screen)
        if self.session.phase == "open" and not self.founding:
            yield SystemCommand(self.words("app.lock"), self.words("app.lock-help"), self.lock)
            contacts = self.words("app.contacts")
            yield SystemCommand(contacts, self.words("app.contacts-help"), self.show_contacts)

    def action_command_palette(self) -> None:
        """All actions by name; not over the cover."""
        if not self.covered and not isinstance(self.screen, Palette | TooSmallScreen):
            self._push(Palette(self.words))

    def action_new(self) -> None:
        """A new conversation; where none can be opened, the write-only line."""
        if self.session.phase == "open" and not self.covered and not self.founding:
            self.new_conversation()
        elif not self.founding:
            self.jot()

    def action_cover(self) -> None:
        """The cover."""
        self.cover()

    def action_help(self) -> None:
        """Help for what is in front, or no longer; not over the cover."""
        from intake_tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        elif not self.covered and not isinstance(self.screen, TooSmallScreen):
            self._push(HelpScreen(getattr(self.screen, "help_section", "app")))

    # -- keys and time -------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Sees every key first: Esc Esc covers from wherever it is pressed."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            self._idle.touched()
            if isinstance(event, events.Key) and self._second_escape(event):
                self.cover()
                return
            if self._held is not None and not isinstance(event, events.MouseEvent):
                self._held.append(event)
                return
        await super().on_event(event)

    def _second_escape(self, event: events.Key) -> bool:
        if event.key != "escape":
            self._escaped = -1.0
            return False
        before, self._escaped = self._escaped, event.time
        return event.time - before <= ESCAPES_WITHIN

    def on_app_blur(self) -> None:
        """Somebody looks at another window: so may others at this one."""
        self.cover()

    def on_resize(self) -> None:
        """The terminal got another size."""
        self.call_after_refresh(self._fit)

    def look(self) -> None:
        """Covers or locks what nobody has touched for long."""
        due = self._idle.look(in_talk=self.session.current is not None)
        if due == "lock" and not self.founding:
            self._lock_unattended()
        elif due is not None:
            self.cover()

    def _lock_unattended(self) -> None:
        if self.session.phase == "open":
            self.cover()
            self.lock()
            return
        resting = UnlockScreen, CoverScreen, TooSmallScreen
        if all(isinstance(screen, resting) for screen in self.screen_stack[1:]):
            for screen in self.screen_stack:
                if isinstance(screen, UnlockScreen):
                    screen.put_away()
        else:
            self.session.put_jot_away()
            self.show(UnlockScreen())
            self.spawn(self.session.vault.lock())

    def came_back(self) -> None:
        """The program was stopped and goes on: whoever is there signs in again."""
        if self.founding:
            self.cover()
        else:
            self.lock()

    # -- opening and closing -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Starts the clock, and when the first screen is painted, everything slow."""
        self.show(self._first_screen())
        self.set_interval(TICK, self.look)
        self._falling.watch_signals()
        self.call_after_refresh(self._warm_up)

    def on_unmount(self) -> None:
        """Gives the signals back, and ends the vault's thread."""
        self._falling.unwatch_signals()
        self.session.vault.close()

    def _warm_up(self) -> None:
        self.spawn(self.session.warm_up())

    async def found(self, founding: Founding) -> str:
        """Makes the vault; the text of the recovery sheet. Raises VaultError."""
        return await self.session.create(founding)

    def founded(self) -> None:
        """The first run is done."""
        self.founding = False
        self.show_contacts()

    async def unlock_with_recovery(self, recovery: str) -> None:
        """Opens the archive with the printed sheet, for `renew` only. Raises VaultError."""
        await self.session.unlock_with_recovery(recovery)

    async def renew(self, name: str, passphrase: str) -> Opened:
        """Sets a new passphrase after that, and goes on as unlocked. Raises VaultError."""
        return await self.session.renew(name, passphrase)

    async def unlock(self, name: str, passphrase: str) -> Opened:
        """Opens the archive. Raises VaultError."""
        return await self.session.unlock(name, passphrase)

    def lock(self) -> None:
        """Hides everything behind the unlock screen; then saves, and drops what was read."""
        if self.session.phase != "open":
            return
        self.show(UnlockScreen())
        self.spawn(self._lock())

    async def _lock(self) -> None:
        if not await self.session.lock():
            for screen in self.screen_stack:
                if isinstance(screen, UnlockScreen):
                    screen.say(self.words("errors.held-in-memory"))

    def choose_language(self, language: WordsLanguage) -> None:
        """The screens speak it from now on."""
        self.language, self.words = language, Words(language)
        self._remember()

    def choose_function_keys(self, works: bool) -> None:
        """Whether footers show function keys."""
        self.function_keys = works
        self._remember()

    def _remember(self) -> None:
        preferences.write(self._device, Preferences(self.language, self.function_keys))

    async def action_quit(self) -> None:
        """The same as `leave`."""
        self.leave()

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

    async def _leave(self) -> None:
        await self.session.flush()
        if self.session.at_risk and not self._asked_to_leave:
            self._asked_to_leave = True
            self.notify(self.words("app.leave-unsaved"), severity="warning", markup=False)
            return
        await self.session.vault.lock()
        self.exit()

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


class _Report:
    """Tells the screens how saving went."""

    def __init__(self, app: IntakeApp) -> None:
        self._app = app

    def saved(self, conversation_id: bytes, at: dt.datetime) -> None:
        """The draft is on disk."""
        for screen in self._app.screen_stack:
            screen.post_message(Saved(conversation_id, at))

    def not_saved(self, conversation_id: bytes, code: str) -> None:
        """It is not."""
        for screen in self._app.screen_stack:
            screen.post_message(NotSaved(conversation_id, code))

    def jotted(self) -> None:
        """What was jotted is on disk, or could not be put there."""
        for screen in self._app.screen_stack:
            screen.post_message(Jotted())


def _language(name: str | None) -> WordsLanguage | None:
    return name if name in ("nb", "nn", "en") else None  # type: ignore[return-value]


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
