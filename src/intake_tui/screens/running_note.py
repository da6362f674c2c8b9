"""The running note: every line of the conversation, and all that can be done to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import ScreenSuspend
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from intake_tui.intake.line import KINDS, clean
from intake_tui.intake.record import Statement
from intake_tui.screens.frame import Frame
from intake_tui.screens.running_note_keys import editing_keys, keys, placing_keys
from intake_tui.textual_fixes import ClosedTextArea
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.note_rows import note_rows
from intake_tui.widgets.place_picker import PlacePicker
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

PAUSE = 0.4  # seconds within which an edit is kept, however long somebody types


class EditLine(ClosedTextArea):
    """Where the text of a line is changed; Enter and Tab are the screen's."""

    @property
    def before_cursor(self) -> str:
        """The text up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)


class RunningNoteScreen(Frame[None]):
    """All statements; what is done to them is done by the conversation's own methods."""

    help_section = "running-note"
    CSS_PATH = "running_note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "running_note.key-edit", show=False, priority=True),
        Binding("escape", "escape", "running_note.key-back", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("ctrl+d", "split", "running_note.key-split", show=False, priority=True),
        Binding("ctrl+u", "merge", "running_note.key-merge", show=False, priority=True),
        Binding("ctrl+up,shift+up", "shift(-1)", show=False, priority=True),
        Binding("ctrl+down,shift+down", "shift(1)", show=False, priority=True),
        Binding(
            "ctrl+l,f4,ctrl+f,f3", "place", "running_note.key-place", show=False, priority=True
        ),
        Binding("ctrl+t,f5", "kind", "running_note.key-kind", show=False, priority=True),
        Binding("ctrl+x", "retract", "running_note.key-retract", show=False, priority=True),
        Binding("ctrl+z", "undo", "running_note.key-undo", show=False, priority=True),
        Binding("ctrl+a,ctrl+shift+z", "redo", "running_note.key-redo", show=False, priority=True),
        Binding("ctrl+r,f2", "leave", show=False, priority=True),
        Binding("tab,shift+tab", "stay", show=False, priority=True),
    ]

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._editing: str | None = None
        self._before = ""
        self._placing = False
        self._pause: Timer | None = None
        self._field = EditLine(soft_wrap=True, compact=True, highlight_cursor_line=False)
        self._picker = PlacePicker()

    def heading(self) -> tuple[str, str]:
        """The code stands at the right."""
        return self.words("running_note.title"), self._conversation.code

    def body(self) -> Iterable[Widget]:
        """The lines, the field in which one is edited, and the places to choose from."""
        yield self.rows
        self._field.display = False
        yield self._field
        self._picker.display = False
        yield self._picker

    def keys(self) -> tuple[Key, ...]:
        """The keys for what is going on."""
        if self._placing:
            return placing_keys(self.words)
        return editing_keys(self.words) if self._editing else keys(self.words)

    def on_mount(self) -> None:
        """The newest line is the one that is most often meant."""
        statements = self._conversation.intake.statements
        self._show(statements[-1].id if statements else None)

    def _show(self, highlight: str | None = None) -> None:
        conversation = self._conversation
        rows = list(note_rows(conversation.guide, conversation.intake, self.words))
        if not conversation.intake.statements:
            rows = [Row(), Row(self.words("running_note.empty"), look="quiet"), *rows]
        self.rows.show(rows, highlight=highlight)
        self.refresh_frame()

    def _changed(self, said: str | None = "", highlight: str | None = None) -> None:
        self.desk.touch(self._conversation)
        if said is not None:
            self.say(said)
        self._show(highlight)

    @property
    def _statement(self) -> Statement | None:
        """The line that the highlight stands on."""
        key = self.rows.highlighted
        lines = self._conversation.intake.statements
        return next((line for line in lines if line.id == key), None)

    # Moving about

    def action_move(self, delta: int) -> None:
        """↑ ↓ over the lines, the rows of the field, or the places."""
        if self._placing:
            self._picker.move(delta)
        elif self._editing:
            self._move_in_field(delta)
        else:
            self.say()
            self.rows.move(delta)

    def _move_in_field(self, delta: int) -> None:
        if delta < 0:
            self._field.action_cursor_up()
        else:
            self._field.action_cursor_down()

    def action_enter(self) -> None:
        """Enter: edit the line, keep the edit, or take the place."""
        if self._placing:
            self._take_place()
        elif self._editing:
            self._keep_edit()
            self._end_edit()
        elif self._statement:
            self._begin_edit(self._statement)

    def action_escape(self) -> None:
        """Esc: leave the edit with the line as it was, the places, or the screen."""
        if self._placing:
            self._end_placing()
        elif self._editing:
            self._restore()
            self._end_edit()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Ctrl+R again: back to the conversation; an edit that was begun is kept."""
        self._keep_edit()
        self.dismiss(None)

    def action_stay(self) -> None:
        """Tab: the focus stays, so that no letter goes astray."""

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """A click went to another line: what was going on with the first one is finished."""
        if message.rows is not self.rows:
            return
        if self._editing not in (None, message.rows.highlighted):
            self._keep_edit()
            self._end_edit()
        elif self._placing and self._picker.line != message.rows.highlighted:
            self._end_placing()

    # Editing

    def _begin_edit(self, line: Statement) -> None:
        self._editing, self._before = line.id, line.text
        self._field.load_text(line.text)
        self._field.display = True
        self._field.move_cursor(self._field.document.end)
        self.set_focus(self._field)
        self.say()
        self.refresh_frame()

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """What is typed is kept before long, however long somebody goes on."""
        if self._pause is None:
            self._pause = self.set_timer(PAUSE, self._keep_edit)

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Something covers the screen."""
        self.take_over()

    def take_over(self) -> None:
        """What stands in the field is the line's text."""
        self._keep_edit()

    def _keep_edit(self) -> None:
        self._pause = None
        if self._editing is None:
            return
        text = clean(self._field.text)
        if not text or text == self._text_of(self._editing):
            return
        self._conversation.edit(self._editing, text)
        self._changed(None)

    def _text_of(self, id_: str) -> str | None:
        lines = self._conversation.intake.statements
        return next((line.text for line in lines if line.id == id_), None)

    def _restore(self) -> None:
        if self._editing and self._text_of(self._editing) != self._before:
            self._conversation.edit(self._editing, self._before)
            self._changed()

    def _end_edit(self) -> None:
        empty = self._editing is not None and not clean(self._field.text)
        if empty:
            self._restore()  # part of it may have been kept while it was being emptied
        self._editing = None
        self._field.display = False
        self.set_focus(self.rows)
        self._show()
        self.say(self.words("running_note.empty-kept") if empty else "")

    # What is done to a line

    def action_split(self) -> None:
        """Ctrl+D: two lines of one, at the cursor of the field."""
        line = self._statement
        if line is None or self._placing:
            return
        if self._editing != line.id:
            self._begin_edit(line)
            self.say(self.words("running_note.split-where"))
            return
        typed = self._field.before_cursor
        self._keep_edit()
        second = self._conversation.split(line.id, len(clean(typed)))
        if second is None:
            self.say(self.words("running_note.split-nothing"))
            return
        self._end_edit()
        self._changed(self.words("running_note.was-split"), second)

    def action_merge(self) -> None:
        """Ctrl+U: the line takes in the next one."""
        line = self._statement
        if line is None or self._busy:
            return
        if self._conversation.merge(line.id):
            self._changed(self.words("running_note.was-merged"), line.id)
        else:
            self.say(self.words("running_note.not-merged"))

    def action_shift(self, delta: int) -> None:
        """Ctrl+↑, Ctrl+↓: the line stands earlier or later."""
        line = self._statement
        if line is not None and not self._busy and self._conversation.shift(line.id, delta):
            self._changed(highlight=line.id)

    def action_kind(self) -> None:
        """Ctrl+T: told, quote, observed, assessed."""
        line = self._statement
        if line is None or self._placing:
            return
        self._keep_edit()
        kind = KINDS[(KINDS.index(line.kind) + 1) % len(KINDS)]
        self._conversation.edit(line.id, self._text_of(line.id) or line.text, kind)
        self._changed(highlight=line.id)

    def action_retract(self) -> None:
        """Ctrl+X: the line is taken back; Ctrl+Z brings it again."""
        line = self._statement
        if line is not None and not self._busy:
            self._conversation.retract(line.id)
            self._changed(self.words("running_note.was-retracted"))

    def action_undo(self) -> None:
        """Ctrl+Z: typing while a line is edited, else the last change."""
        if self._editing:
            self._field.undo()
        elif self._conversation.undo():
            self._changed(self.words("running_note.was-undone"))
        else:
            self.say(self.words("running_note.nothing-to-undo"))

    def action_redo(self) -> None:
        """Ctrl+A: what was undone counts again."""
        if self._editing:
            self._field.redo()
        elif self._conversation.redo():
            self._changed(self.words("running_note.was-redone"))
        else:
            self.say(self.words("running_note.nothing-to-redo"))

    @property
    def _busy(self) -> bool:
        return self._editing is not None or self._placing

    # Places

    def action_place(self) -> None:
        """Ctrl+L, Ctrl+F: find what the line bears on."""
        line = self._statement
        if line is None or self._editing or self._placing:
            return
        self._placing = True
        self._picker.display = True
        self._picker.begin(self._conversation, line)
        self.refresh_frame()

    def _take_place(self) -> None:
        line, place = self._statement, self._picker.highlighted
        if line is not None and place is not None:
            self._conversation.place(line.id, place)
            self._changed()
        self._end_placing()

    def _end_placing(self) -> None:
        self._placing = False
        self._picker.display = False
        self.set_focus(self.rows)
        self.refresh_frame()
