"""What is in front: one screen, the dialogs over it, and the cover over everything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from intake_tui.desk.courtesy import COURTESY
from intake_tui.desk.idle import Idle
from intake_tui.desk.palette import Palette, command, commands, key_name
from intake_tui.desk.session import Session
from intake_tui.desk.surroundings import collect_in_a_pause, let_go
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.too_small import TooSmallScreen, fits
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.textual_fixes.closed import ClosedApp
from intake_tui.textual_fixes.memory import forget_cancelled_timers
from intake_tui.vault import place
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_order import dealt_with
from intake_tui.widgets.taking_over import TakesOver
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

LOOKS = 3  # after the lock in which what was dropped is let go of
PAUSE = 0.5  # seconds without a key after which the next one is not expected at once
ESCAPES_WITHIN = 0.5  # seconds between the two of Esc Esc


class Stage(ClosedApp):
    """Shows screens, covers them, and sees every key first. `IntakeApp` gives it what to show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "app.new", show=False, priority=True),
        Binding("f12", "cover", "app.cover", show=False, priority=True),
        Binding("f1", "help", "app.help", show=False, priority=True),
    ]

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self.founding = False  # in the first run nothing is locked: the sheet is shown only once
        self._idle = Idle(clock)
        self._escaped = -1.0
        self._looks = LOOKS  # since the lock, of which there was none yet

    words: Words
    session: Session

    def lock(self) -> None:
        """Hides everything behind the unlock screen; then saves, and drops what was read."""
        raise NotImplementedError

    def begin_afresh(self) -> None:
        """Ends the process, in whose memory something may be left, and begins another."""
        raise NotImplementedError

    def new_conversation(self, text: str = "", *, case: bytes | None = None) -> None:
        """Parks the present conversation and begins another, in that case if there is one."""
        raise NotImplementedError

    def open_conversation(self, conversation: Conversation) -> None:
        """Shows a conversation where it was left."""
        raise NotImplementedError

    def show_contacts(self) -> None:
        """Shows the contacts."""
        raise NotImplementedError

    def spawn(self, work: Awaitable[Any]) -> Any:
        """Does something beside the screens."""
        raise NotImplementedError

    # -- one screen, and what is over it -------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The unlock screen; an empty one where there is no vault yet."""
        return self.can_be_switched(UnlockScreen() if self._has_vault else Screen())

    def begin(self) -> None:
        """Shows the first run where there is no vault yet."""
        if not self._has_vault:
            from intake_tui.screens.first_run import FirstRunScreen

            self.founding = True
            self.show(FirstRunScreen())

    @cached_property
    def _has_vault(self) -> bool:
        try:
            return place.exists(self.session.location)
        except VaultError:
            return True

    @property
    def holding(self) -> list[TakesOver]:
        """The screens in whose fields something may stand that is nowhere else yet."""
        return [screen for screen in self.screen_stack if isinstance(screen, TakesOver)]

    def take_over(self) -> None:
        """What was typed up to now is in the conversations and the jot, to be saved with them."""
        for screen in reversed(self.holding):
            screen.take_over()
        if isinstance(self.screen, CoverScreen):
            self._onto_line(self.screen.take())
        if self.session.jots_into is not None:
            self.session.put_jot_away()

    def show(self, screen: Screen[Any]) -> None:
        """Makes `screen` the only one; a cover stays in front of it."""
        self.take_over()
        covered = self.covered
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.switch_screen(screen)
        if covered:
            self.push_screen(CoverScreen())
        self._fit()

    @property
    def covered(self) -> bool:
        """Whether the cover is up."""
        return any(isinstance(screen, CoverScreen) for screen in self.screen_stack)

    def cover(self) -> None:
        """Hides the screen at once; saving follows when it is hidden."""
        self.take_over()
        if not self.covered:
            self.push_screen(CoverScreen())
        self.call_after_refresh(self._save_covered)

    def uncover(self) -> None:
        """Shows what was there, or what was written on the cover meanwhile.

        Somebody is there who wants to see it: the time without a key begins anew.
        """
        self._idle.touched()
        if isinstance(self.screen, CoverScreen):
            held = self.screen.take()
            self.pop_screen()
            self._onto_line(held)
        if self.session.phase == "open" and self.session.pending is not None:
            self.open_conversation(self.session.pending)
        self._fit()

    def _onto_line(self, held: str) -> None:
        """What was typed at the cover is seen on the line before it can be kept.

        Where there is no line it was for the passphrase field, or for nothing.
        """
        talk, words = self.session.jots_into, self.session.withhold(held).strip()
        if talk is not None and words:
            from intake_tui.intake.line import joined, typed

            talk.line = typed(talk.line, joined(talk.line.text, words))
            self.session.autosave.touch(talk)

    def _save_covered(self) -> None:
        self.session.put_jot_away()
        self.spawn(self.session.autosave.flush())

    def jot(self, text: str = "") -> None:
        """«Skriv nå»: the write-only line, over whatever is in front, beginning with `text`."""
        from intake_tui.screens.jot import JotScreen

        if not isinstance(self.screen, JotScreen):
            self.session.jot.typed(self.session.jot.unfinished + text)
            self.session.jotted()
            self.push_screen(JotScreen())

    def on_resize(self) -> None:
        """The terminal got another size."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        small = isinstance(self.screen, TooSmallScreen)
        if fits(self.size) and small:
            self.pop_screen()
        elif not fits(self.size) and not small and not self.covered:
            self.push_screen(TooSmallScreen())

    def replace(self) -> None:
        """A leader puts a backup in the place of an archive that is damaged: it is locked first."""
        self.take_over()
        self.lock()
        self.spawn(self._replace())

    async def _replace(self) -> None:
        from intake_tui.screens.restore import RestoreScreen

        await self.session.lock()
        self.push_screen(RestoreScreen())

    def restored(self) -> None:
        """A backup is the archive now: whoever is there signs in."""
        self.founding = False
        self.session.replaced()
        self.show(UnlockScreen())

    def restored_behind(self) -> None:
        """The same, where the locked screen has taken the place of the screen that did it."""
        self.session.replaced()
        for screen in self.screen_stack:
            if isinstance(screen, UnlockScreen):
                screen.replaced()

    # -- actions that work everywhere ----------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that has a key on that screen, in the language of the screen."""
        yield from commands(self, self.words, screen)
        for name, action in getattr(screen, "without_key", ()):
            yield command(self.words(name), "", partial(screen.run_action, action))
        if self.session.phase == "open" and not self.founding:
            yield command(self.words("app.lock"), key_name("ctrl+k"), self.lock)
            if not isinstance(screen, UnlockScreen):  # that has a key for it
                yield command(self.words("app.contacts"), "", self.show_contacts)

    def action_command_palette(self) -> None:
        """All actions by name; not over the cover."""
        if not self.covered and not isinstance(self.screen, Palette | TooSmallScreen):
            self.push_screen(Palette(self.words))

    def action_new(self) -> None:
        """A new conversation, with the words that a list was searched for in vain.

        Where none can be opened, the write-only line.
        """
        if self.session.phase == "open" and not self.covered and not self.founding:
            self.new_conversation(getattr(self.screen, "unfound", ""))
        elif not self.founding:
            self.jot(self.screen.take() if isinstance(self.screen, CoverScreen) else "")

    def action_cover(self) -> None:
        """The cover."""
        self.cover()

    def action_help(self) -> None:
        """Help for what is in front, or no longer; not over the cover."""
        from intake_tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        elif not isinstance(self.screen, CoverScreen | TooSmallScreen):
            self.push_screen(HelpScreen(getattr(self.screen, "help_section", "app")))

    # -- keys and time -------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Sees every key first, and each before the next: Esc Esc covers wherever it is pressed."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            self._idle.touched()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if isinstance(event, events.Key) and self._second_escape(event):
                self.cover()
            else:
                await dealt_with(self, event)
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

    def look(self) -> None:
        """Covers or locks what nobody has touched for long; in the end, begins afresh."""
        if COURTESY.since >= PAUSE:
            collect_in_a_pause()
        session = self.session
        self._let_go()
        due = self._idle.look(in_talk=session.current is not None, locked=session.phase == "locked")
        if due == "end" and not self.founding and not session.at_risk:
            self.begin_afresh()
        elif due in ("lock", "end") and not self.founding:
            self._lock_unattended()
        elif due is not None and self._idle.hides_now():
            self.cover()

    def _let_go(self) -> None:
        """After the lock nothing holds what was shown; its last messages come a moment later.

        Never before anything was shown, and in a pause, as it takes as long as many keys: after
        the next unlock where whoever signs in makes none.
        """
        if self.session.phase == "locked":
            forget_cancelled_timers()
        if self._looks < LOOKS and COURTESY.since >= PAUSE:
            self._looks += 1
            let_go()

    def _lock_unattended(self) -> None:
        if self.session.phase == "open":
            self.cover()
            self.lock()
            return
        resting = UnlockScreen, CoverScreen, TooSmallScreen
        if all(isinstance(screen, resting) for screen in self.screen_stack):
            for screen in self.screen_stack:
                if isinstance(screen, UnlockScreen):
                    screen.put_away()
        else:
            self._looks = 0
            self.session.put_jot_away()
            self.show(UnlockScreen())
            self.spawn(self.session.vault.lock())

    def came_back(self) -> None:
        """The program was stopped and goes on: whoever is there signs in again."""
        if self.founding:
            self.cover()
        else:
            self.lock()
