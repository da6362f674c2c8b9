"""The parts of the running note: its lines in either order, and what opens under them for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from intake_tui.intake.date_line import date_line
from intake_tui.intake.line import clean
from intake_tui.intake.occurred import span_of
from intake_tui.intake.record import Statement
from intake_tui.screens.typing_frame import TypingFrame
from intake_tui.textual_fixes.closed import ClosedTextArea
from intake_tui.widgets.date_rows import date_rows
from intake_tui.widgets.note_rows import note_rows
from intake_tui.widgets.place_picker import PlacePicker
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.when_where import WhenWhere

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


class EditLine(ClosedTextArea):
    """Where the text of a line is changed; Enter and Tab are the screen's."""

    @property
    def before_cursor(self) -> str:
        """The text up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)


class NoteFields(TypingFrame[None]):
    """The lines; and for one of them at a time its text, its places, or when and where it was."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self.conversation = conversation
        self.by_date = False  # the lines in the order of events, not of the talk
        self._came_from: tuple[Statement | None, Statement | None] = None, None  # and led to
        self.editing: str | None = None
        self.placing = False
        self.field = EditLine(soft_wrap=True, compact=True, highlight_cursor_line=False)
        self.picker = PlacePicker()
        self.when = WhenWhere(conversation, lambda: self.changed(None))
        self._before = ""
        self._kept: int | None = None  # the change that the present edit has made so far

    def body(self) -> Iterable[Widget]:
        """The lines, and what is shown only while it is used."""
        yield self.rows
        for part in (self.field, self.picker, self.when):
            part.display = False
            yield part

    def show(self, highlight: str | None = None) -> None:
        """The lines as they are now, the highlight on that one."""
        intake = self.conversation.intake
        rows = list(note_rows(self.conversation.guide, intake, self.words))
        if not intake.statements:
            rows = [Row(), Row(self.words("running_note.empty"), look="quiet"), *rows]
        elif self.by_date:
            rows = list(date_rows(intake, self.words))
        self.rows.show(rows, highlight=highlight)
        self.refresh_frame()

    def changed(self, said: str | None = "", highlight: str | None = None) -> None:
        """Something was done to a line: it is saved, and said if there is something to say."""
        self.desk.touch(self.conversation)
        if said is not None:
            self.say(said)
        self.show(highlight)

    def turn(self) -> None:
        """The other order: the events from their first one on, and back to where one was."""
        here = self.statement
        self.by_date = not self.by_date
        if self.by_date:
            dated = date_line(self.conversation.intake).dated
            first = dated[0].statement if dated and here and span_of(here) is None else here
            self._came_from = here, first
            self.show(first.id if first else None)
        else:
            before, led_to = self._came_from
            self.show(before.id if before and here is led_to else None)

    @property
    def statement(self) -> Statement | None:
        """The line that the highlight stands on."""
        return self.conversation.intake.statement(self.rows.highlighted or "")

    @property
    def dating(self) -> bool:
        """Whether it is filled in when and where something happened."""
        return self.when.line is not None

    @property
    def busy(self) -> bool:
        """Whether something is open under the lines."""
        return self.editing is not None or self.placing or self.dating

    def keep_typed(self) -> None:
        """What stands in the fields is the line's."""
        self.keep_edit()
        self.when.keep()

    # The text of a line

    def begin_edit(self, line: Statement) -> None:
        """Its text stands in the field, the cursor at its end."""
        self.editing, self._before, self._kept = line.id, line.text, None
        self.field.load_text(line.text)
        self.field.display = True
        self.field.move_cursor(self.field.document.end)
        self.set_focus(self.field)
        self.say()
        self.refresh_frame()

    def move_in_field(self, delta: int) -> None:
        """↑ ↓ over the rows of the field."""
        if delta < 0:
            self.field.action_cursor_up()
        else:
            self.field.action_cursor_down()

    def keep_edit(self) -> None:
        """The field's text is the line's: one change to undo, however often it was kept."""
        text = clean(self.field.text)
        if text and self._edit(text):
            self.changed(None)

    def _edit(self, text: str) -> bool:
        talk, id_ = self.conversation, self.editing
        if id_ is None or text == self.text_of(id_):
            return False
        self._kept = talk.instead(self._kept, lambda: talk.edit(id_, text))
        return True

    def text_of(self, id_: str) -> str | None:
        """The text of a line."""
        line = self.conversation.intake.statement(id_)
        return line.text if line else None

    @property
    def typed(self) -> object:
        """What stands in the fields and was not the line's before; falsy where nothing."""
        if self.editing:
            return clean(self.field.text) != self._before and (self.field.text,)
        return self.when.typed

    def restore_edit(self) -> None:
        """The line is as it was before."""
        if self._edit(self._before):
            self.changed()

    def end_edit(self) -> None:
        """The field is closed. A line is never emptied; that is what retracting is for."""
        empty = self.editing is not None and not clean(self.field.text)
        if empty:
            self.restore_edit()  # part of it may have been kept while it was being emptied
        self.editing = None
        self.field.display = False
        self.set_focus(self.rows)
        self.show()
        self.say(self.words("running_note.empty-kept") if empty else "")

    # When and where it happened

    def begin_dating(self, line: Statement) -> None:
        """The fields for it open."""
        self.when.begin(line)
        self.say()
        self.refresh_frame()

    def end_dating(self) -> None:
        """They are closed."""
        self.set_focus(self.rows)
        self.show()

    # Places

    def begin_placing(self, line: Statement) -> None:
        """Look for what it bears on."""
        self.placing = True
        self.picker.display = True
        self.picker.begin(self.conversation, line)
        self.refresh_frame()

    def take_place(self) -> None:
        """The line bears on what was found, or no longer does."""
        line, place = self.statement, self.picker.highlighted
        if line is not None and place is not None:
            self.conversation.place(line.id, place)
            self.changed()
        self.end_placing()

    def end_placing(self) -> None:
        """It is closed."""
        self.placing = False
        self.picker.display = False
        self.set_focus(self.rows)
        self.refresh_frame()
