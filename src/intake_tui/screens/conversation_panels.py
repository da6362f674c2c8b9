"""What opens over the conversation, or where its list stands: imported when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from intake_tui.screens.conversation_view import JOURNAL_STEP, View

if TYPE_CHECKING:
    from intake_tui.widgets.journal_view import JournalView

PAGE = 8  # sentences that PgUp and PgDn pass in the journal note


class Panels(View):
    """Opens and closes panels, and moves the highlight in whichever is there."""

    def close_panel(self) -> bool:
        """Close what stands in place of the list. False where nothing does."""
        if self.finder.is_open:
            self.finder.end()
            self.note.focus()
        elif self.akutt is not None:
            self._close_akutt()
        else:
            return False
        self.show_stage()
        self.show_line()
        self.show_hint()
        return True

    def _close_akutt(self) -> None:
        if self.akutt is not None:
            self.akutt.remove()
            self.akutt = None

    def action_find(self) -> None:
        """Ctrl+F: look for a place for the line."""
        self.sync()
        self.finder.begin()
        self.show_stage()
        self.show_line()
        self.show_hint()

    def action_akutt(self) -> None:
        """Ctrl+E: the numbers beside the note line; again: away."""
        self.sync()
        if self.finder.is_open:
            self.close_panel()
        if self.akutt is not None:
            self.close_panel()
            return
        from intake_tui.widgets.akutt_panel import AkuttPanel  # noqa: PLC0415

        self.akutt = AkuttPanel(self.conversation)
        self.stage(self.akutt)
        self.show_stage()

    # The highlight

    def action_move(self, delta: int) -> None:
        """↑ ↓: the highlight, and nothing else."""
        if self.akutt is not None:
            self.akutt.move(delta)
        elif self.journal is not None and self.conversation.step == JOURNAL_STEP:
            self._move_in_journal(self.journal, delta)
        else:
            self.questions.move(delta)

    def action_page(self, direction: int) -> None:
        """PgUp, PgDn."""
        if self.akutt is None and self.conversation.step != JOURNAL_STEP:
            self.questions.action_page(direction)
        else:
            self.action_move(direction * PAGE)

    def _move_in_journal(self, journal: JournalView, delta: int) -> None:
        """From the last row of the list into the note under it, and back at its first sentence."""
        if self.in_journal:
            before = journal.highlighted
            journal.move(delta)
            if delta < 0 and journal.highlighted == before:
                self.in_journal = False
        else:
            row = self.questions.highlighted
            self.questions.move(delta)
            if delta > 0 and self.questions.highlighted == row and journal.highlighted:
                self.in_journal = True
        self.questions.set_class(self.in_journal, "-left")
        journal.set_class(not self.in_journal, "-left")
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

    def action_step(self, by: int) -> None:
        """F7, F8: the step before, the next one."""
        self.go_to_step(self.conversation.step + by)

    def go_to_step(self, step: int | None) -> None:
        """To that step, if there is one; the unfinished line comes along."""
        self.sync()
        if step is None or not 1 <= step <= len(self.guide.steps):
            return
        if self.finder.is_open or self.akutt is not None:
            self.close_panel()
        self.conversation.step = step
        self.desk.touch(self.conversation)
        self.show_all()

    def action_save(self) -> None:
        """Ctrl+S: now."""
        self.sync()
        self.desk.save_now(self.conversation)
