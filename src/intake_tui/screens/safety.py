"""The safety strip's rows: whether and how to call, the deadline, where the person is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from intake_tui.intake.events import SafetyKind
from intake_tui.intake.line import clean
from intake_tui.screens.typing_frame import TypingFrame
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.safety_rows import KINDS, YES_NO, days_taken, safety_rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.rows import ContactRow

TURNS: tuple[str | None, ...] = (None, "no", "yes")  # the safe answer comes first


class PinField(ClosedInput):
    """The words that Enter pins to the highlighted row."""


class SafetyScreen(TypingFrame[None]):
    """What can kill if it is forgotten. `pin` is the last line's text, offered for the row."""

    help_section = "safety"
    CSS_PATH = "safety.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+y", "pin", "safety.key-pin", show=False, priority=True),
        Binding("tab", "turn(1)", "safety.key-turn", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("escape", "leave", "safety.key-back", show=False, priority=True),
    ]

    def __init__(
        self, conversation: Conversation, pin: str = "", before: Sequence[ContactRow] = ()
    ) -> None:
        super().__init__()
        self._conversation = conversation
        self._earlier = before  # the person's other contacts, which may forbid calling
        self._offered = pin
        self._row: SafetyKind = KINDS[0]
        self._put = ""  # what stood in the field before anything was typed
        self._kept: int | None = None  # the change that typing on this row has made so far
        self._field = PinField()
        self._before = Static(id="pin-caution")

    def heading(self) -> tuple[str, str]:
        """That it is shown on every step."""
        return self.words("safety.title"), self.words("safety.aside")

    def body(self) -> Iterable[Widget]:
        """The rows, and the field under them."""
        self.rows.can_focus = False
        yield self.rows
        self._field.placeholder = self.words("safety.placeholder")
        with Horizontal(id="pin"):
            yield self._before
            yield self._field

    def keys(self) -> tuple[Key, ...]:
        """The keys for the kind of row."""
        words = self.words
        others = (Key("↑ ↓", words("safety.key-row")), Key("Esc", words("safety.key-back")))
        if not self._turns:
            return (Key("Enter", words("safety.key-pin")), *others)
        turn, to_next = words("safety.key-turn"), words("safety.key-next")
        return (Key("Tab", turn), Key("Enter", to_next), *others)

    def on_mount(self) -> None:
        """Begin at the first row where nothing is agreed yet."""
        pinned = self._conversation.intake.safety
        self._row = next((kind for kind in KINDS if kind not in pinned), KINDS[0])
        self._offer(self._offered)
        self._show()

    @property
    def _turns(self) -> bool:
        """Whether the row is answered by Tab; letters are no answer, so it has no field."""
        return self._row in YES_NO

    @property
    def _typed(self) -> bool:
        """Whether the words in the field are the counsellor's since the row was come to."""
        return self._field.value != self._put

    def _show(self) -> None:
        intake = self._conversation.intake
        taken = days_taken(intake, self.words)
        rows = safety_rows(intake.safety, self.words, taken=taken, before=self._earlier)
        self.rows.show(rows, highlight=self._row)
        self.say(self._hint())
        self._warn()
        self.refresh_frame()

    def _warn(self) -> None:
        """A number in the field that must not be called has that before it, too."""
        caution, text = self.caution, self._field.value
        has = caution is not None and not self._turns and caution.number.search(text) is not None
        self._before.update(caution.word if caution and has else "")
        self._before.display = has

    def _hint(self) -> str:
        hints = {"call": "safety.turns", "voicemail": "safety.turns-message"}
        if self._turns:
            return self.words(hints[self._row])
        if self._put and self._row not in self._conversation.intake.safety:
            return self.words("safety.offered", row=self.words(f"safety.{self._row}"))
        return ""

    def _offer(self, offered: str) -> None:
        """Put into the field what the row has, or else what is offered; typing replaces that."""
        own = self._conversation.intake.safety.get(self._row, "")
        self._put, self._kept = "" if self._turns else own or offered, None
        field = self._field
        field.value = self._put
        field.selection = Selection(len(own) if own else 0, len(self._put))
        field.display = field.can_focus = not self._turns
        self.set_focus(None if self._turns else field)

    # What is typed is never only in the field

    def on_input_changed(self, message: Input.Changed) -> None:
        """A number is warned of at once."""
        self._warn()

    def keep_typed(self) -> None:
        """What stands in the field is pinned to its row."""
        if self._typed and not self._turns:
            self._pin(self._row, self._field.value)

    def _leave_row(self) -> None:
        """The words stay on their row; they are the counsellor's, so nothing else is offered."""
        if self._typed:
            self.keep_typed()
            self._offered = ""

    def _pin(self, kind: SafetyKind, text: str | None) -> None:
        """One change to undo, however often it was kept while it was typed."""
        talk = self._conversation
        if (clean(text or "") or None) != talk.intake.safety.get(kind):
            self._kept = talk.instead(self._kept, lambda: talk.pin(kind, text))
            self.desk.touch(talk)
            self._show()

    # Keys

    def action_pin(self) -> None:
        """Enter, Ctrl+Y: the words stand on the row. A yes-or-no row stays as it is.

        The next row is offered nothing: one Enter too many must not pin a line to it.
        """
        if not self._turns:
            self._pin(self._row, self._field.value)
            if self._field.value:
                self._offered = ""
        self._go(1, "")

    def action_turn(self, by: int) -> None:
        """Tab: do not call, may be called, not agreed."""
        kind = self._row
        if self._turns:
            at = TURNS.index(self._conversation.intake.safety.get(kind))
            self._kept = None  # each answer is a change of its own
            self._pin(kind, TURNS[(at + by) % len(TURNS)])

    def action_move(self, delta: int) -> None:
        """↑ ↓: to another row; what was typed stays on the one it was typed on."""
        self._leave_row()
        self._go(delta, self._offered)

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """A click chose another row."""
        clicked = message.rows.highlighted
        if clicked is not None and clicked != self._row:
            self._leave_row()
            message.rows.highlight(clicked)
            self._go(0, self._offered)

    def _go(self, delta: int, offered: str) -> None:
        rows = self.rows
        rows.move(delta)
        self._row = next(kind for kind in KINDS if kind == rows.highlighted)
        self._offer(offered)
        self._show()

    def action_leave(self) -> None:
        """Esc: back."""
        self._leave_row()
        self.dismiss(None)
