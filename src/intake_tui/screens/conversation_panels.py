"""What opens over the conversation, or where its list stands: imported when it is opened."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from intake_tui.screens.conversation_view import View

if TYPE_CHECKING:
    from intake_tui.widgets.journal_view import JournalView

PAGE = 8  # numbers that PgUp and PgDn pass


class Panels(View):
    """Opens and closes panels, and moves the highlight in whichever is there."""

    async def close_panel(self) -> bool:
        """Close what stands in place of the list. False where nothing does."""
        if self.finder.is_open:
            self.finder.end()
            self.set_focus(self.note)
        elif self.akutt is not None:
            akutt, self.akutt = self.akutt, None
            await akutt.remove()
        else:
            return False
        self.show_stage()
        self.show_line()
        self.show_hint()
        return True

    def action_find(self) -> None:
        """Ctrl+F: look for a place for the line."""
        self.sync()
        self.finder.begin()
        self.show_stage()
        self.show_line()
        self.show_hint()

    async def action_akutt(self) -> None:
        """Ctrl+E: the numbers beside the note line; again: away."""
        self.sync()
        if self.finder.is_open:
            await self.close_panel()
        if self.akutt is not None:
            await self.close_panel()
            return
        from intake_tui.widgets.akutt_panel import AkuttPanel  # noqa: PLC0415

        self.akutt = AkuttPanel(self.conversation)
        await self.stage(self.akutt)
        self.show_stage()
        self.show_hint()

    # The highlight

    def action_move(self, delta: int) -> None:
        """↑ ↓: the highlight, and nothing else."""
        self.taken_at = -math.inf
        if self.akutt is not None:
            self.akutt.move(delta)
        elif self.journal is not None and self.journal_is_shown:
            self._move_in_journal(self.journal, delta)
        else:
            self.questions.move(delta)

    def action_page(self, direction: int) -> None:
        """PgUp, PgDn."""
        self.taken_at = -math.inf
        if self.akutt is not None:
            self.akutt.move(direction * PAGE)
        elif self.in_journal and self.journal is not None:
            self.journal.page(direction)
            self.show_hint()
        else:
            self.questions.action_page(direction)

    def _move_in_journal(self, journal: JournalView, delta: int) -> None:
        """From the last row of the list into the note under it, and back at its first sentence."""
        rows = journal if self.in_journal else self.questions
        before = rows.highlighted
        rows.move(delta)
        stuck = rows.highlighted == before
        if stuck and (delta < 0 if self.in_journal else delta > 0 and journal.highlighted):
            self.enter_journal(not self.in_journal)
        self.show_hint()

    # Over the conversation

    def action_running_note(self) -> None:
        """Ctrl+R: all statements."""
        from intake_tui.screens.running_note import RunningNoteScreen  # noqa: PLC0415

        self._open(RunningNoteScreen(self.conversation))

    def action_overview(self) -> None:
        """Ctrl+O: what is known and what is not; what is chosen there becomes a place."""
        from intake_tui.screens.overview import OverviewScreen  # noqa: PLC0415

        self._open(OverviewScreen(self.conversation), self.pick)

    def action_safety(self) -> None:
        """Ctrl+Y: the safety strip, with the words of the line at hand, or of the last one."""
        from intake_tui.screens.safety import SafetyScreen  # noqa: PLC0415

        self.sync()
        last = self.conversation.intake.statements[-1:]
        text = self.conversation.line.text.strip() or (last[0].text if last else "")
        self._open(SafetyScreen(self.conversation, text))

    def action_line_broke(self) -> None:
        """Ctrl+B: the connection broke."""
        from intake_tui.screens.line_broke import LineBrokeScreen  # noqa: PLC0415

        self._open(LineBrokeScreen(self.conversation))

    def action_go_to_step(self) -> None:
        """Ctrl+G and a digit."""
        from intake_tui.screens.steps import GoToStepScreen  # noqa: PLC0415

        self._open(GoToStepScreen(self.conversation.step), self.go_to_step)

    def open_sign(self) -> None:
        """The last row of the last step."""
        from intake_tui.screens.sign import SignScreen  # noqa: PLC0415

        self._open(SignScreen(self.conversation))

    def _open(self, screen: Screen[Any], then: Any = None) -> None:
        self.sync()
        self.app.push_screen(screen, then)

    async def action_step(self, by: int) -> None:
        """F7, F8: the step before, the next one."""
        await self.go_to_step(self.conversation.step + by)

    async def go_to_step(self, step: int | None) -> None:
        """To that step, if there is one; the unfinished line comes along."""
        self.sync()
        if step is None or not 1 <= step <= len(self.guide.steps):
            return
        await self.close_panel()
        self.conversation.step = step
        self.taken_at = -math.inf
        self.desk.touch(self.conversation)
        await self.prepare_stage()
        self.show_all()

    def action_save(self) -> None:
        """Ctrl+S: now."""
        self.sync()
        self.desk.save_now(self.conversation)
