"""What leaders do about colleagues, one flow each; and everybody's own passphrase.

Each says before what will happen, does it in one call of the vault after the last question, and
dismisses with a line that says what was done. Whatever ends it earlier leaves all as it was.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.events import ScreenResume

from intake_tui.desk.patience import Patience
from intake_tui.screens.flow import FlowScreen
from intake_tui.screens.flow_steps import Step
from intake_tui.screens.in_words import in_words
from intake_tui.screens.staff_steps import (
    AgainStep,
    DrawnSheetStep,
    GivenPassphraseStep,
    NewKeyStep,
    NewNameStep,
    NewSheetStep,
    NotLeadingStep,
    OldPassphraseStep,
    OwnPassphraseStep,
    ReadBackStep,
    RenewedPassphraseStep,
    RevokeBackStep,
    RevokeStep,
    RoleStep,
    RotatingStep,
    ToCounsellorStep,
    ToLeaderStep,
    WorkingStep,
)
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.desk import desk

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive
    from intake_tui.records.staff import Colleague, Role

LOOKS = 0.1  # seconds between two looks at how far the vault is
PATIENCE = Patience()  # with whoever guesses the passphrase of somebody who has left the desk


class StaffFlow(FlowScreen[str | None]):
    """A flow at whose end the vault is asked for something."""

    help_section = "staff"
    progress = "staff.progress"
    working: ClassVar[type[WorkingStep]] = WorkingStep

    def __init__(self) -> None:
        super().__init__()
        self._done: str | None = None  # said, once this screen is in front again
        self._far: tuple[int, int] | None = None

    def work(self) -> Awaitable[str]:
        """What it is for; the line that says that it was done. Raises VaultError."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Esc at the first question."""
        self.dismiss(None)

    @property
    def again(self) -> Sequence[type[Step]]:
        """A passphrase that somebody made up is typed once more."""
        return (AgainStep,) if self._answers.is_own else ()

    async def end(self) -> None:
        """The last question is answered."""
        self._busy = True
        await self._put(self.working(self._answers, self.action_next))
        self.app.spawn(self._work())  # type: ignore[attr-defined]

    async def _work(self) -> None:
        try:
            done = await self.work()
        except VaultError as error:
            if self.is_attached:
                await self._show(self._number)
                self.say(self.refusal(error))
        else:
            self._answers.forget()
            self._finish(done)
        finally:
            self._busy = False

    def refusal(self, error: VaultError) -> str:
        """What went wrong, and that nothing was changed."""
        return in_words(error, self.words)

    def _finish(self, done: str) -> None:
        self._done = done
        if self.is_attached and self.is_active:
            self._leave()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """It may have been done while a cover stood in front."""
        self._leave()

    def _leave(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            self.dismiss(done)

    # How far it is

    async def on_mount(self) -> None:
        """Look now and then how far the vault is."""
        self.set_interval(LOOKS, self._look)

    def is_at(self, done: int, total: int) -> None:
        """Called in the vault's thread."""
        self._far = (done, total)

    def _look(self) -> None:
        if self._far is not None and self._busy:
            for step in self.query(WorkingStep):
                done, total = self._far
                step.tell(self.words("staff.how-far", done=done, total=total))


class AddScreen(StaffFlow):
    """A new colleague: name, role, and a passphrase to hand over."""

    def __init__(self, centre: str, colleagues: Sequence[Colleague]) -> None:
        super().__init__()
        self._answers.centre = centre
        self._answers.names = tuple(one.name for one in colleagues)

    def steps(self) -> Sequence[type[Step]]:
        """Who it is, what they may do, and what they sign in with."""
        return (NewNameStep, RoleStep, GivenPassphraseStep, *self.again)

    async def work(self) -> str:
        """Add the colleague."""
        name, passphrase = self._answers.name, self._answers.passphrase
        role: Role = "leader" if self._answers.role == "leader" else "counsellor"
        await desk(self).vault(lambda archive: archive.staff.add(name, passphrase, role))
        return self.words("staff.added", name=name)


class OfColleague(StaffFlow):
    """A flow about one colleague."""

    def __init__(self, centre: str, colleague: Colleague) -> None:
        super().__init__()
        self._answers.centre, self._answers.name = centre, colleague.name
        self._slot = colleague.slot


class RenewScreen(OfColleague):
    """A passphrase for a colleague who forgot theirs."""

    def steps(self) -> Sequence[type[Step]]:
        """The passphrase that is handed over."""
        return (RenewedPassphraseStep, *self.again)

    async def work(self) -> str:
        """Another slot in place of the old one."""
        name, slot, passphrase = self._answers.name, self._slot, self._answers.passphrase
        await desk(self).vault(lambda archive: archive.staff.renew(slot, passphrase))
        return self.words("staff.was-renewed", name=name)


class RoleScreen(OfColleague):
    """A colleague is to lead, or not any more."""

    def __init__(self, centre: str, colleague: Colleague) -> None:
        super().__init__(centre, colleague)
        self._role: Role = "counsellor" if colleague.role == "leader" else "leader"
        self._is_me = colleague.me

    def steps(self) -> Sequence[type[Step]]:
        """What it means."""
        if self._role == "leader":
            return (ToLeaderStep,)
        return (NotLeadingStep if self._is_me else ToCounsellorStep,)

    async def work(self) -> str:
        """Another role."""
        name, slot, role = self._answers.name, self._slot, self._role
        await desk(self).vault(lambda archive: archive.staff.change_role(slot, role))
        return self.words(f"staff.is-{role}", name=name)


class Rotating(StaffFlow):
    """A flow at whose end every row gets another key."""

    working = RotatingStep

    def refusal(self, error: VaultError) -> str:
        """A sheet that was copied down is none."""
        wrong = in_words(error, self.words)
        return f"{wrong} {self.words('staff.drawn-is-none')}" if self._answers.sheet else wrong


class RevokeScreen(Rotating, OfColleague):
    """A colleague is shut out, who need not be there."""

    def steps(self) -> Sequence[type[Step]]:
        """The new sheet is copied down before anything is changed."""
        sheet = (DrawnSheetStep, RevokeBackStep) if self._answers.new_sheet else ()
        return (RevokeStep, *sheet)

    async def work(self) -> str:
        """Revoke, in one transaction with the new sheet."""
        answers, slot, name = self._answers, self._slot, self._answers.name
        drawn = answers.sheet if answers.new_sheet else None

        def revoke(archive: Archive) -> None:
            archive.staff.revoke(
                slot, new_sheet=drawn is not None, drawn=drawn, progress=self.is_at
            )

        await desk(self).vault(revoke)
        return self.words("staff.revoked-new-sheet" if drawn else "staff.revoked", name=name)


class NewSheetScreen(Rotating):
    """Another recovery sheet."""

    def steps(self) -> Sequence[type[Step]]:
        """Copied down and read back before the old one ends."""
        return (NewSheetStep, DrawnSheetStep, ReadBackStep)

    async def work(self) -> str:
        """Take it into use."""
        drawn = self._answers.sheet
        await desk(self).vault(lambda archive: archive.staff.new_sheet(self.is_at, drawn=drawn))
        return self.words("staff.has-new-sheet")


class NewKeyScreen(Rotating):
    """Another key for the archive."""

    def steps(self) -> Sequence[type[Step]]:
        """What it means."""
        return (NewKeyStep,)

    async def work(self) -> str:
        """Rotate."""
        await desk(self).vault(lambda archive: archive.staff.rotate(self.is_at))
        return self.words("staff.has-new-key")


class OwnPassphraseScreen(StaffFlow):
    """One's own passphrase: the old one first."""

    async def on_mount(self) -> None:
        """Whose name and centre it must not contain."""
        self.run_worker(self._read(), group="own")

    async def _read(self) -> None:
        def read(archive: Archive) -> tuple[str, str]:
            return archive.me.name, archive.settings.centre

        try:
            self._answers.name, self._answers.centre = await desk(self).vault(read)
        except VaultError as error:
            self.say(in_words(error, self.words))

    def steps(self) -> Sequence[type[Step]]:
        """The old one, and the next."""
        return (OldPassphraseStep, OwnPassphraseStep, *self.again)

    async def action_next(self) -> None:
        """The old passphrase is held against the vault before a new one is shown."""
        step = self.step
        if self._busy or not isinstance(step, OldPassphraseStep):
            await super().action_next()
            return
        wrong = step.check()
        if wrong is not None:
            self.say(wrong)
            return
        self._busy = True
        self.say(self.words("staff.checking"))
        self.set_timer(PATIENCE.left(time.monotonic()) or 0.001, self._ask_vault)

    def _ask_vault(self) -> None:
        self.app.spawn(self._check_old())  # type: ignore[attr-defined]

    async def _check_old(self) -> None:
        old = self._answers.old
        try:
            right = await desk(self).vault(lambda archive: archive.staff.check_passphrase(old))
        except VaultError as error:
            await self._old_again(in_words(error, self.words))
        else:
            await self._old_checked(right)

    async def _old_checked(self, right: bool) -> None:
        if not right:
            PATIENCE.failed(time.monotonic())
            await self._old_again(self.words("staff.old-wrong"))
            return
        PATIENCE.succeeded()
        if self.is_attached:
            await self._show(1)
        self._busy = False

    async def _old_again(self, why: str) -> None:
        if self.is_attached:
            await self._show(0)
            self.say(why)
        self._busy = False

    async def work(self) -> str:
        """Change it."""
        await desk(self).change_passphrase(self._answers.old, self._answers.passphrase)
        return self.words("staff.own-changed")
