"""The running note: every line of the conversation, and all that can be done to one."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from textual.binding import Binding, BindingType

from intake_tui.intake.answers import date_is_lost
from intake_tui.intake.line import KINDS, clean
from intake_tui.intake.record import Statement
from intake_tui.screens.running_note_fields import NoteFields
from intake_tui.screens.running_note_keys import (
    dating_keys,
    editing_keys,
    keys,
    placing_keys,
)
from intake_tui.screens.undo_words import turned_event
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.rows import Rows


class RunningNoteScreen(NoteFields):
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
        Binding("ctrl+up,shift+up", "shift(-1)", "running_note.key-up", show=False, priority=True),
        Binding(
            "ctrl+down,shift+down", "shift(1)", "running_note.key-down", show=False, priority=True
        ),
        Binding(
            "ctrl+l,f4,ctrl+f,f3", "place", "running_note.key-place", show=False, priority=True
        ),
        Binding("ctrl+t,f5", "kind", "running_note.key-kind", show=False, priority=True),
        Binding("ctrl+w", "when", "running_note.key-when", show=False, priority=True),
        Binding("ctrl+x", "retract", "running_note.key-retract", show=False, priority=True),
        Binding("ctrl+z", "undo", "running_note.key-undo", show=False, priority=True),
        Binding("ctrl+a,ctrl+shift+z", "redo", "running_note.key-redo", show=False, priority=True),
        Binding("ctrl+r,f2", "leave", show=False, priority=True),
        Binding("tab,shift+tab", "turn", "running_note.key-turn", show=False, priority=True),
    ]

    def heading(self) -> tuple[str, str]:
        """The code stands at the right."""
        title = "running_note.date-line" if self.by_date else "running_note.title"
        return self.words(title), self.conversation.code

    def keys(self) -> tuple[Key, ...]:
        """The keys for what is going on."""
        if self.placing:
            return placing_keys(self.words)
        if self.dating:
            return dating_keys(self.words)
        return editing_keys(self.words) if self.editing else keys(self.words, self.by_date)

    def on_mount(self) -> None:
        """The newest line is the one that is most often meant."""
        statements = self.conversation.intake.statements
        self.show(statements[-1].id if statements else None)

    # Moving about

    def action_move(self, delta: int) -> None:
        """↑ ↓ over the lines, the rows of the field, or the places."""
        if self.placing:
            self.picker.move(delta)
        elif self.editing:
            self.move_in_field(delta)
        elif self.dating:
            self.when.switch()
        else:
            self.say()
            self.rows.move(delta)

    def action_enter(self) -> None:
        """Enter: edit the line, keep the edit, or take the place."""
        if self.placing:
            self.take_place()
        elif self.editing:
            self.keep_edit()
            self.end_edit()
        elif self.dating:
            if self.when.enter():
                self.end_dating()
        elif self.statement:
            self.begin_edit(self.statement)

    def action_escape(self) -> None:
        """Esc: leave the edit with the line as it was, the places, or the screen."""
        if self.placing:
            self.end_placing()
        elif not self.may_drop(self.typed):
            return
        elif self.editing:
            self.restore_edit()
            self.end_edit()
        elif self.dating:
            self.when.leave()
            self.end_dating()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Ctrl+R again: back to the conversation; what was begun is kept."""
        self.take_over()
        self.dismiss(None)

    def action_turn(self) -> None:
        """Tab: the order of events, or of the talk; in a field the focus stays, or goes on."""
        if self.dating:
            self.when.switch()
        elif not self.busy:
            self.say()
            self.turn()

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """A click went to another line: what was going on with the first one is finished."""
        if message.rows is not self.rows:
            return
        if self.editing not in (None, message.rows.highlighted):
            self.keep_edit()
            self.end_edit()
        elif self.placing and self.picker.line != message.rows.highlighted:
            self.end_placing()
        elif self.dating and self.when.line != message.rows.highlighted:
            self.when.end()
            self.end_dating()

    # What is done to a line

    def action_when(self) -> None:
        """Ctrl+W: when and where what it tells of happened."""
        line = self.statement
        if line is not None and not self.busy:
            self.begin_dating(line)

    def action_place(self) -> None:
        """Ctrl+L, Ctrl+F: find what it bears on."""
        line = self.statement
        if line is not None and not self.busy:
            self.begin_placing(line)

    def action_split(self) -> None:
        """Ctrl+D: two lines of one, at the cursor of the field."""
        line = self.statement
        if line is None or self.placing or self.dating:
            return
        if self.editing != line.id:
            self.begin_edit(line)
            self.say(self.words("running_note.split-where"))
            return
        typed = self.field.before_cursor
        self.keep_edit()
        second = self.conversation.split(line.id, len(clean(typed)))
        if second is None:
            self.say(self.words("running_note.split-nothing"))
            return
        self.end_edit()
        self.changed(self.words("running_note.was-split"), second)

    def action_merge(self) -> None:
        """Ctrl+U: the line takes in the next one of the talk."""
        line = self.statement
        if line is None or self.busy or self._says_order_is_of_events():
            return
        lost = self._date_that_goes(line)
        if self.conversation.merge(line.id):
            said = "running_note.merged-date" if lost else "running_note.was-merged"
            self.changed(self.words(said), line.id)
        else:
            self.say(self.words("running_note.not-merged"))

    def action_shift(self, delta: int) -> None:
        """Ctrl+↑, Ctrl+↓: the line stands earlier or later."""
        line = self.statement
        if line is None or self.busy or self._says_order_is_of_events():
            return
        if self.conversation.shift(line.id, delta):
            self.changed(highlight=line.id)

    def _says_order_is_of_events(self) -> bool:
        """Whether the lines stand as they happened, where none is next to another of the talk."""
        if self.by_date:
            self.say(self.words("running_note.order-of-events"))
        return self.by_date

    def _date_that_goes(self, line: Statement) -> bool:
        """Whether both the line and the next say when or where, and not the same."""
        lines = self.conversation.intake.statements
        after = next((other for one, other in pairwise(lines) if one is line), None)
        return after is not None and date_is_lost(line, after)

    def action_kind(self) -> None:
        """Ctrl+T: told, quote, observed, assessed."""
        line = self.statement
        if line is None or self.placing or self.dating:
            return
        self.keep_edit()
        kind = KINDS[(KINDS.index(line.kind) + 1) % len(KINDS)]
        self.conversation.edit(line.id, self.text_of(line.id) or line.text, kind)
        self.changed(highlight=line.id)

    def action_retract(self) -> None:
        """Ctrl+X: the line is taken back; Ctrl+Z brings it again."""
        line = self.statement
        if line is not None and not self.busy:
            self.conversation.retract(line.id)
            self.changed(self.words("running_note.was-retracted"))

    def action_undo(self) -> None:
        """Ctrl+Z: typing while a line is edited, else the last change."""
        if self.editing:
            self.field.undo()
        elif self.placing or self.dating:
            return
        elif self.conversation.undo():
            self.changed(self.words("running_note.was-undone"), self._turned)
        else:
            self.say(self.words("running_note.nothing-to-undo"))

    def action_redo(self) -> None:
        """Ctrl+A: what was undone counts again."""
        if self.editing:
            self.field.redo()
        elif self.placing or self.dating:
            return
        elif self.conversation.redo():
            self.changed(self.words("running_note.was-redone"), self._turned)
        else:
            self.say(self.words("running_note.nothing-to-redo"))

    @property
    def _turned(self) -> str | None:
        """The line that was just undone or redone: it is to be seen."""
        return getattr(turned_event(self.conversation), "statement", None)
