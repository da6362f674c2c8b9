"""What opens over the conversation, or where its list stands: imported when it is opened."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from intake_tui.intake.line import joined, typed
from intake_tui.intake.taken_over import taken_over
from intake_tui.screens.conversation_before import LookingBack
from intake_tui.screens.undo_words import turned_back

if TYPE_CHECKING:
    from intake_tui.guide.model import Topic
    from intake_tui.screens.pick_contact import Picked
    from intake_tui.widgets.journal_view import JournalView
    from intake_tui.widgets.stage_panel import StagePanel


class Panels(LookingBack):
    """Opens and closes panels, and moves the highlight in whichever is there."""

    async def close_panel(self) -> bool:
        """Close what stands in place of the list. False where nothing does."""
        if self.finder.is_open:
            self.end_find()
        elif self.panel is not None:
            panel, self.panel = self.panel, None
            await panel.remove()
            self.measure_hints()
        else:
            return False
        self.show_stage()
        self.show_line()
        self.show_hint()
        return True

    def end_find(self) -> None:
        """Look no more; words that nothing answered to were meant for the line, and go there."""
        words = self.finder.without_hit
        self.finder.end()
        self.set_focus(self.note)
        if words:
            self.sync()
            line = self.conversation.line
            self.conversation.line = typed(line, joined(line.text, words))
            self.put_line()
            self.desk.touch(self.conversation)
            self.show_line()
            self.tell(self.words("conversation.find-onto-line"))

    def end_fruitless_find(self) -> None:
        """Something else comes: what was typed in vain is not left behind."""
        if self.finder.without_hit:
            self.end_find()
            self.show_stage()

    def action_find(self) -> None:
        """Ctrl+F: look for a place for the line."""
        self.sync()
        self.finder.begin()
        self.show_stage()
        self.show_line()
        self.show_hint()

    async def action_akutt(self) -> None:
        """Ctrl+E: the numbers beside the note line; again: away."""
        from intake_tui.widgets.akutt_panel import AkuttPanel  # noqa: PLC0415

        await self._turn_to(AkuttPanel(self.conversation))

    async def action_read(self) -> None:
        """Ctrl+A: what there is to read where the counsellor stands; again: away."""
        from intake_tui.widgets.reading import Where, pages  # noqa: PLC0415
        from intake_tui.widgets.reading_panel import ReadingPanel  # noqa: PLC0415

        where = Where(self.conversation, self.hinted_item, self.words, self.today)
        if pages(where) or self._shows(ReadingPanel.section):
            await self._turn_to(ReadingPanel(lambda: pages(where)))
        else:
            self.tell(self.words("reading.none"))

    async def read(self, topic: Topic) -> None:
        """A topic that was found, alone."""
        from intake_tui.widgets.reading import topic_page  # noqa: PLC0415
        from intake_tui.widgets.reading_panel import ReadingPanel  # noqa: PLC0415

        page = topic_page(topic, self.words, self.today)
        await self.close_panel()
        await self._turn_to(ReadingPanel(lambda: (page,)))

    async def action_before(self) -> None:
        """Ctrl+W: what was said before; again: away."""
        from intake_tui.widgets.before_panel import BeforePanel  # noqa: PLC0415

        await self._turn_to(BeforePanel(self.conversation))

    def action_find_case(self) -> None:
        """The person has a case: find it, and put this conversation in it."""
        from intake_tui.screens.pick_contact import PickContactScreen  # noqa: PLC0415

        talk = self.conversation
        title = self.words("same_person.put-title", code=talk.code)
        self._open(PickContactScreen(title, without=(talk.case.hex(),)), self._put_in_case)

    def _put_in_case(self, picked: Picked) -> None:
        from intake_tui.screens.contacts_rows import Entry  # noqa: PLC0415

        talk = self.conversation
        said = "before.put-without" if taken_over(talk.intake) else "before.put"
        if isinstance(picked, Entry) and talk.choose_case(bytes.fromhex(picked.case)):
            self.desk.touch(talk)
            self.show_all()
            self.tell(self.words(said, code=picked.code))

    def _shows(self, section: str) -> bool:
        return self.panel is not None and self.panel.section == section

    async def _turn_to(self, panel: StagePanel) -> None:
        """That panel stands where the list stands; one of its kind that stands there goes."""
        self.sync()
        again = self._shows(panel.section) and not self.finder.is_open
        with self.app.batch_update():  # painted once, when all of it is there
            while await self.close_panel():
                pass
            if again:
                return
            self.panel = panel
            self.measure_hints()
            await self.stage(panel)
            self.show_stage()
            self.show_hint()

    # The highlight

    def action_move(self, delta: int) -> None:
        """↑ ↓: the highlight, and nothing else."""
        self.taken_at = -math.inf
        if self.panel is not None:
            self.panel.move(delta)
            self.show_hint()
        elif self.journal is not None and self.journal_is_shown:
            self._move_in_journal(self.journal, delta)
        else:
            before = self.questions.highlighted
            self.questions.move(delta)
            self.moved_by_key = self.questions.highlighted != before

    def action_page(self, direction: int) -> None:
        """PgUp, PgDn."""
        self.taken_at = -math.inf
        if self.panel is not None:
            self.panel.page(direction)
            self.show_hint()
        elif self.in_journal and self.journal is not None:
            self.journal.page(direction)
            self.show_hint()
        else:
            before = self.questions.highlighted
            self.questions.action_page(direction)
            self.moved_by_key = self.questions.highlighted != before

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
        self._open(SafetyScreen(self.conversation, text, self.before))

    def action_duties(self) -> None:
        """Ctrl+D: the worksheets of the duties, at the one that the highlight is about."""
        duty = self.highlighted_duty
        self.open_duty(duty.id if duty else None)

    def open_duty(self, duty: str | None) -> None:
        """The worksheets, at that duty's."""
        from intake_tui.screens.duties import DutiesScreen  # noqa: PLC0415

        if self.guide.duties:
            self._open(DutiesScreen(self.conversation, duty))
        else:
            self.tell(self.words("duties.none"))

    def action_line_broke(self) -> None:
        """Ctrl+B: the connection broke."""
        from intake_tui.screens.line_broke import LineBrokeScreen  # noqa: PLC0415

        self.sync()
        self.keep_half_line()
        self._open(LineBrokeScreen(self.conversation), self._not_broken)

    def keep_half_line(self) -> None:
        """What was half written when it broke is a line of its own; the next words are another."""
        raise NotImplementedError

    def _not_broken(self, taken_back: bool | None) -> None:
        if taken_back:
            self.desk.touch(self.conversation)
            self.show_all()
            self.tell(
                self.words("conversation.undone", what=turned_back(self.conversation, self.words))
            )

    def action_go_to_step(self) -> None:
        """Ctrl+G and a digit."""
        from intake_tui.screens.steps import GoToStepScreen  # noqa: PLC0415

        self._open(GoToStepScreen(self.conversation.step), self.go_to_step)

    def open_sign(self) -> None:
        """The last row of the last step."""
        from intake_tui.screens.sign import SignScreen  # noqa: PLC0415

        self._open(SignScreen(self.conversation))

    def _open(self, screen: Screen[Any], then: Any = None) -> None:
        self.end_fruitless_find()
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
        with self.app.batch_update():  # painted once, when all of it is there
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
