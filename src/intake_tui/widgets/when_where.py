"""When and where what a line tells of happened: two fields, and how the first is understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Label
from textual.widgets.input import Selection

from intake_tui.intake.line import clean
from intake_tui.intake.occurred import offered, said_on, worked_out
from intake_tui.intake.record import Occurred
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.widgets.desk import desk
from intake_tui.widgets.happened import understood
from intake_tui.widgets.pause import Pause

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.record import Statement


class WhenWhere(Widget):
    """Shown only while it is filled in. Keeps what is typed, and calls `kept` when it has.

    A time that stands in the line itself is offered, and holds only once Enter has taken it.
    """

    DEFAULT_CSS = """
    WhenWhere { height: auto; }
    WhenWhere Horizontal { height: 1; }
    WhenWhere Label { width: 7; padding: 0 0 0 1; color: $text-muted; }
    WhenWhere #understood { width: 1fr; padding: 0 0 0 8; }
    """

    def __init__(self, conversation: Conversation, kept: Callable[[], None]) -> None:
        super().__init__()
        self._conversation, self._kept = conversation, kept
        self._line: Statement | None = None
        self._before = Occurred()
        self._offered = ""  # what stands in the first field and was not taken yet
        self._change: int | None = None  # what this filling in has changed so far
        self._pause = Pause(self, self.keep)
        self._when, self._where = ClosedInput(), ClosedInput()
        self._says = Label(id="understood", markup=False)

    def compose(self) -> ComposeResult:
        """The fields under each other, and what the first one means."""
        words = desk(self).words
        self._when.placeholder = words("running_note.when-placeholder")
        self._where.placeholder = words("running_note.where-placeholder")
        with Horizontal():
            yield Label(words("running_note.when"))
            yield self._when
        with Horizontal():
            yield Label(words("running_note.where"))
            yield self._where
        yield self._says

    @property
    def line(self) -> str | None:
        """The id of the line that it is filled in for; None while it is closed."""
        return self._line.id if self._line else None

    def begin(self, line: Statement) -> None:
        """Fill it in for that line, beginning with when."""
        self._line, self._before, self._change = line, line.of or Occurred(), None
        own = line.of.when if line.of else ""
        self._offered = "" if line.of else offered(line.text, said_on(line)) or ""
        self._when.value, self._where.value = own or self._offered, self._before.where
        end = len(self._when.value)
        self._when.selection = Selection(0 if self._offered else end, end)
        self.display = True
        self.screen.set_focus(self._when)
        self._say()

    def enter(self) -> bool:
        """Enter: on to where, or all of it is kept. Whether it is done."""
        self._offered = ""
        if self.screen.focused is self._when:
            self.keep()
            self.switch()
            return False
        self.end()
        return True

    def switch(self) -> None:
        """Tab: the other field."""
        other = self._where if self.screen.focused is self._when else self._when
        self.screen.set_focus(other)
        other.cursor_position = len(other.value)
        self._say()

    def end(self) -> None:
        """What stands there is kept, and it is closed."""
        self.keep()
        self._close()

    @property
    def typed(self) -> Occurred | None:
        """When and where as typed, where that is not what the line had before."""
        when = self._before.when if self._is_offered else self._when.value
        typed = Occurred(clean(when), clean(self._where.value))
        return typed if self._line is not None and typed != self._before else None

    def leave(self) -> None:
        """Esc: it is closed, with the line as it was."""
        if self._line is not None:
            self._date(self._before.when, self._before.where)
        self._close()

    def keep(self) -> None:
        """What was typed is the line's; what is only offered is not."""
        if self._line is None:
            return
        when = self._before.when if self._is_offered else self._when.value
        self._date(when, self._where.value)

    @property
    def _is_offered(self) -> bool:
        return bool(self._offered) and self._when.value == self._offered

    def _date(self, when: str, where: str) -> None:
        """One change to undo, however often it was kept."""
        talk, line = self._conversation, self._line
        now = talk.intake.statement(line.id) if line else None
        if now is None or (now.of or Occurred()) == Occurred(clean(when), clean(where)):
            return
        self._change = talk.instead(self._change, lambda: talk.date(now.id, when, where))
        self._kept()

    def _close(self) -> None:
        self._line = None
        self.display = False

    def on_input_changed(self, message: Input.Changed) -> None:
        """It is kept before long, and what it means stands there at once."""
        message.stop()
        self._say()
        if self._line is not None:
            self._pause.typed()

    def _say(self) -> None:
        words, when = desk(self).words, clean(self._when.value)
        if self._line is None or not when:
            self._says.update("")
            return
        day = said_on(self._line)
        span = worked_out(when, day)
        key = "offered" if self._is_offered else "understood"
        self._says.update(
            words(f"running_note.{key}", date=understood(span, day, words))
            if span
            else words("running_note.not-understood")
        )
