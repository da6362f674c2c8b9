"""What the keys of the conversation do. Each changes the conversation, then shows it."""

from __future__ import annotations

from intake_tui.guide.model import Option
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.line import Line, next_kind, taken_off, turned
from intake_tui.screens.conversation_panels import Panels
from intake_tui.screens.conversation_view import SENTENCE
from intake_tui.screens.undo_words import turned_back
from intake_tui.widgets.question_list import SIGN, duty_of
from intake_tui.widgets.saying import place_name

REST_SECONDS = 1.0  # an Enter so soon after one that kept something is the same press, made twice


class Actions(Panels):
    """The keys that write, place, answer and undo."""

    def changed(self) -> None:
        """The conversation has changed: it is saved, and shown."""
        self.desk.touch(self.conversation)
        self.show_all()

    def _set_line(self, line: Line) -> None:
        self.conversation.line = line
        self.desk.touch(self.conversation)
        self.show_line()

    @property
    def _empty(self) -> bool:
        """Whether the line has nothing at all: no words, no place, no answer."""
        line = self.conversation.line
        return not (line.text or line.places or line.answers or line.editing)

    # Enter

    def action_keep(self) -> None:
        """Enter: keep the line; with nothing to keep, take the highlighted row."""
        self.sync()
        if self.sentence is not None:
            self._keep_sentence(self.sentence)
            return
        line = self.conversation.line
        if not (line.text.strip() or line.answers or line.editing):
            if self.note.clock() - self.taken_at >= REST_SECONDS:
                self._take_highlighted()
            return
        kept = self.conversation.keep()
        if kept is None and self.conversation.line != line:
            self._tell_withheld()
            return
        if kept is not None:
            self.put_line()
            self.taken_at = self.note.clock()
        self.changed()
        if kept is not None and self._is_gone(line.editing):
            self.tell_place("became", line.places[-1])
        elif DECISION in line.answers:
            self._ask_why(line.answers[DECISION])

    def keep_half_line(self) -> None:
        """Kept as Enter keeps it; a sentence of the note likewise."""
        if self.sentence is not None:
            self._keep_sentence(self.sentence)
        elif self.conversation.line.text.strip():
            self.conversation.keep()
            self.put_line()
            self.changed()

    def _tell_withheld(self) -> None:
        self.put_line()
        self.changed()
        self.tell(self.words("conversation.passphrase"))

    def _ask_why(self, option: str) -> None:
        """An option that is the counsellor's own choice asks for its reason; it can wait."""
        item = self.guide.by_id.get(option)
        reason = self.conversation.intake.placed(DECISION)
        if isinstance(item, Option) and item.own_choice and not reason:
            self.tell_place("write-why", option)

    def _is_gone(self, statement: str | None) -> bool:
        """Whether that line is no statement any more, as its words are the answer to a label."""
        return statement is not None and self.conversation.intake.statement(statement) is None

    def tell_place(self, key: str, place: str) -> None:
        """A quiet word on a place."""
        name = place_name(self.guide, place, self.words)
        self.tell(self.words(f"conversation.{key}", place=name))

    def _take_highlighted(self) -> None:
        row = self.questions.highlighted
        if self.panel is not None:
            if self.panel.on_case:
                self.action_find_case()
            elif self.panel.enter():
                self.changed()
        elif self.in_journal:
            self.edit_sentence()
        elif row == SIGN:
            self.open_sign()
        elif (duty := duty_of(self.guide, row)) is not None:
            self.open_duty(duty.id)
        elif row is not None:
            self.pick(row)

    # Answers, places, kind

    def action_turn(self, by: int) -> None:
        """Tab, Shift+Tab: the answer of the line's last place, or of what is being read aloud."""
        self.sync()
        if self.panel is not None and not self.conversation.line.places:
            self.pick(self.panel.place)
        line = turned(self.conversation.line, self.guide, by)
        if line is not self.conversation.line:
            self._set_line(line)
            return
        self.tell(self.words(f"conversation.{self._why_no_answer}"))

    @property
    def _why_no_answer(self) -> str:
        """Why Tab gives none; the key to go on with is one that leaves the last line alone."""
        if self.conversation.line.places:
            return "no-answers"
        return "pick-first-empty" if self._empty else "pick-first"

    def action_place(self) -> None:
        """Ctrl+L: the highlighted item becomes a place, or stops being one.

        In the journal note, with nothing on the line, the sentence goes in or out.
        """
        self.sync()
        if self.sentence is not None:
            self.tell(self.words("conversation.finish-line"))
            return
        if self.in_journal and self._empty and not self.finder.is_open:
            self.toggle_sentence()
            return
        item = self.highlighted_item
        if item is None:
            return
        line, last = self.conversation.line, self.conversation.intake.statements[-1:]
        if self._empty and last:
            self._place_last(item.id)
        elif item.id in line.places:
            self._set_line(taken_off(line, self.guide, item.id))
        else:
            self.pick(item.id)

    def _place_last(self, place: str) -> None:
        last = self.conversation.intake.statements[-1]
        self.conversation.place(last.id, place)
        self.changed()
        now = self.conversation.intake.statement(last.id)
        if now is None:
            self.tell_place("became", place)
        elif now.places == last.places:
            self.tell_place("words-are", place)
        else:
            self.tell_place("unplaced-from" if place in last.places else "placed", place)

    def action_kind(self) -> None:
        """Ctrl+T: the next kind."""
        self.sync()
        self._set_line(next_kind(self.conversation.line))

    # Taking back

    def emptied(self) -> None:
        """Backspace in an empty line: its last place goes; without one, the last line is back."""
        self.sync()
        line = self.conversation.line
        if line.places:
            self._set_line(taken_off(line, self.guide, line.places[-1]))
        elif not line.editing:
            self._recall()

    def _recall(self) -> None:
        if self.conversation.recall():
            self.put_line()
            self.changed()
        else:
            self.tell(self.words("conversation.nothing-kept"))

    async def action_leave_it(self) -> None:
        """Esc: whatever is open closes; a line that was brought back stays as it was."""
        self.sync()
        if await self.close_panel() or not self.may_drop(self._changed_line):
            return
        if self.sentence is not None:
            self._end_sentence()
        elif self.conversation.cancel():
            self.put_line()
            self.changed()
            self.tell(self.words("conversation.left-as-it-was"))

    @property
    def _changed_line(self) -> str:
        """What was brought back into the line, where it reads otherwise by now."""
        line = self.conversation.line
        if self.sentence is not None and self.journal is not None:
            was = self.journal.text_of(self.sentence)
        else:
            known = self.conversation.intake.statement(line.editing or "")
            was = known.text if known else line.text
        return line.text if line.text != was else ""

    def action_undo(self) -> None:
        """Ctrl+Z: the place just picked; the typing; in an empty line the last change."""
        line = self.conversation.line
        if line.places and self.picked_with == self.note.text:
            self._set_line(taken_off(line, self.guide, line.places[-1]))
            self.tell_place("place-off", line.places[-1])
            return
        if self.note.text or self.note.can_undo:
            self.note.undo()
            return
        self.sync()
        if self.conversation.undo():
            self.changed()
            self.tell(self._what("undone"))
        else:
            self.tell(self.words("conversation.nothing-to-undo"))

    def action_redo(self) -> None:
        """The change undone last counts again."""
        if self.note.can_redo:
            self.note.redo()
            return
        self.sync()
        if self.conversation.redo():
            self.changed()
            self.tell(self._what("redone"))
        else:
            self.tell(self.words("conversation.nothing-to-redo"))

    def _what(self, key: str) -> str:
        return self.words(f"conversation.{key}", what=turned_back(self.conversation, self.words))

    # The journal's sentences

    def edit_sentence(self) -> None:
        """The highlighted sentence comes into the note line."""
        journal = self.journal
        if journal is None or journal.highlighted is None:
            return
        if journal.leads_on():
            self.show_hint()
            return
        if journal.on_new:
            self.toggle_sentence()
            return
        if not self._empty:
            self.tell(self.words("conversation.finish-line"))
            return
        self._set_line(Line(journal.edit(), editing=SENTENCE + journal.highlighted))
        self.put_line()

    def toggle_sentence(self) -> None:
        """The highlighted sentence goes into the note, or out of it."""
        if self.journal is not None and self.journal.leads_on():
            self.show_hint()
        elif self.journal is not None and (done := self.journal.toggle()) is not None:
            self.changed()
            self.tell(self.words(f"conversation.{done}"))

    def _keep_sentence(self, key: str) -> None:
        self.taken_at = self.note.clock()
        self.conversation.edit_sentence(key, self.conversation.line.text)
        self._end_sentence()

    def _end_sentence(self) -> None:
        self.conversation.line = Line()
        self.put_line()
        self.changed()
