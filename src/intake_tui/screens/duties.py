"""The worksheets of the duties: the program asks and keeps, the counsellor weighs and concludes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.guide.model import Duty
from intake_tui.intake.duties import SEVERAL, TEXTS, Subject, asked, choices, subjects, worksheet
from intake_tui.intake.events import DutyPart
from intake_tui.intake.line import clean
from intake_tui.intake.record import DutyWorksheet
from intake_tui.screens.typing_frame import TypingFrame
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.widgets.ageing import source_line
from intake_tui.widgets.duty_rows import (
    ground_rows,
    label,
    line_rows,
    page_name,
    sheet_rows,
)
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.pages import Pages
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

NEW = Subject("+", "", own=True)  # the page on which a child is added


class DutyField(ClosedInput):
    """The words of the highlighted row."""


class Source(Widget):
    """Where the duty was read, and when."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def tell(self, text: str) -> None:
        """Show it."""
        self._text = text
        self.refresh(layout=True)

    def render(self) -> Text:
        """The text."""
        return Text(self._text)


class DutiesScreen(TypingFrame[None]):
    """A page a worksheet. Everything that is chosen or typed is in the conversation at once."""

    help_section = "duties"
    CSS_PATH = "duties.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "duties.key-next", show=False, priority=True),
        Binding("tab", "turn(1)", "duties.key-turn", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("ctrl+d,pagedown", "page(1)", "duties.key-page", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("escape", "leave", "duties.key-back", show=False, priority=True),
    ]

    def __init__(self, conversation: Conversation, duty: str | None = None) -> None:
        super().__init__()
        self._conversation = conversation
        first = conversation.guide.duty(duty or "") or conversation.guide.duties[0]
        self._duty: Duty = first
        self._subject = subjects(first, conversation.intake)[0]
        self._part: DutyPart = "grounds"
        self._choosing = False  # whether the grounds or the lines stand in place of the rows
        self._kept: int | None = None  # the change that typing on this row has made so far
        self._pages, self._source, self._field = Pages(), Source(), DutyField()

    # What stands on it

    def heading(self) -> tuple[str, str]:
        """Who concludes stands at the right."""
        return self.words("duties.title"), self.words("duties.aside")

    def body(self) -> Iterable[Widget]:
        """The pages, the rows of the open one, the field, the source."""
        self.rows.can_focus = False
        yield self._pages
        yield self.rows
        self._field.placeholder = self.words("duties.placeholder")
        yield self._field
        yield self._source

    def keys(self) -> tuple[Key, ...]:
        """The keys for the kind of row."""
        words = self.words
        row, back = Key("↑ ↓", words("duties.key-row")), Key("Esc", words("duties.key-back"))
        if self._choosing:
            return (Key("Enter", words("duties.key-toggle")), row, back)
        others = (row, Key("^D", words("duties.key-page")), back)
        if self._part in SEVERAL:
            return (Key("Enter", words("duties.key-choose")), *others)
        to_next = Key("Enter", words("duties.key-next"))
        if self._typing:
            return (to_next, *others)
        return (Key("Tab", words("duties.key-turn")), to_next, *others)

    def on_mount(self) -> None:
        """Begin at the first thing that nothing is written of."""
        self._open(self._duty, self._subject)

    @property
    def _sheet(self) -> DutyWorksheet:
        return worksheet(self._conversation.intake, self._duty.id, self._subject.child)

    @property
    def _parts(self) -> list[DutyPart]:
        if self._subject is NEW:
            return ["child"]
        return list(asked(self._duty, self._subject, self._sheet))

    @property
    def _typing(self) -> bool:
        """Whether the row takes words; the others are answered by Tab, or chosen from a list."""
        return self._part in TEXTS

    @property
    def _worksheets(self) -> list[tuple[Duty, Subject]]:
        """The pages in their order; after the children one on which a child is added."""
        intake = self._conversation.intake
        return [
            (duty, subject)
            for duty in self._conversation.guide.duties
            for subject in (*subjects(duty, intake), *((NEW,) if duty.per_child else ()))
        ]

    @property
    def _page(self) -> int:
        """Which of them is open."""
        pages = [(duty.id, subject.child) for duty, subject in self._worksheets]
        return pages.index((self._duty.id, self._subject.child))

    def _leave_emptied_child(self) -> None:
        """A child that was emptied again has no page any more: it is the one to be added."""
        if (self._duty, self._subject.child) not in [
            (duty, subject.child) for duty, subject in self._worksheets
        ]:
            self._subject, self._part = NEW, "child"

    def _open(self, duty: Duty, subject: Subject) -> None:
        self._duty, self._subject, self._choosing = duty, subject, False
        parts, sheet = self._parts, self._sheet
        self._part = next((part for part in parts if not sheet.values(part)), parts[0])
        self._put_in_field()
        self._show()

    def _show(self) -> None:
        words, intake = self.words, self._conversation.intake
        self._leave_emptied_child()
        names = [
            words("duties.add-child") if subject is NEW else page_name(duty, subject, words)
            for duty, subject in self._worksheets
        ]
        self._pages.tell(names, self._page)
        self._source.tell(source_line(self._duty, self.today, words))
        if self._choosing:
            self._show_choices()
        else:
            rows = sheet_rows(self._duty, self._subject, self._sheet, intake, words)
            shown = [row for row in rows if self._subject is not NEW or row.key == "child"]
            self.rows.show(shown, highlight=self._part)
        self.say(self._hint())
        self.refresh_frame()

    def _show_choices(self) -> None:
        chosen, words = self._sheet.values(self._part), self.words
        if self._part == "grounds":
            self.rows.show(ground_rows(self._duty, chosen, words))
        else:
            talk = self._conversation
            self.rows.show(line_rows(talk.guide, talk.intake, chosen, words))

    def _hint(self) -> str:
        if self._choosing:
            part = label(self._duty, self._part, self.words).strip()
            return self.words("duties.choosing", part=part)
        if self._subject is NEW:
            return self.words("duties.hint-new-child")
        if self._part == "grounds":
            return self._duty.about.at(self.words.language)
        return self.words(f"duties.hint-{self._part}")

    def _put_in_field(self) -> None:
        """The words of the row; a row without words has no field, and letters are the line's."""
        field, typing = self._field, self._typing and not self._choosing
        self._kept = None
        field.value = (self._sheet.value(self._part) or "") if typing else ""
        field.cursor_position = len(field.value)
        field.visible = field.can_focus = typing
        self.set_focus(field if typing else None)

    # What is typed is never only in the field

    def keep_typed(self) -> None:
        """What stands in the field is its row's: one change to undo, however often it was kept."""
        text = self._field.value
        if (
            not self._typing
            or self._choosing
            or clean(text) == (self._sheet.value(self._part) or "")
        ):
            return
        keep = self._begin_child if self._subject is NEW else self._weigh
        self._kept = self._conversation.instead(self._kept, lambda: keep(text))
        self.desk.touch(self._conversation)
        self._show()

    def _begin_child(self, text: str) -> None:
        key = self._conversation.add_child(self._duty.id, text)
        if key is not None:
            self._subject = Subject(key, text, own=True)

    def _weigh(self, *value: str) -> None:
        """That stands in the part from now on."""
        self._conversation.weigh(self._duty.id, self._part, *value, subject=self._subject)

    def _choose(self, *value: str) -> None:
        """That was chosen for the part."""
        self._weigh(*value)
        self.desk.touch(self._conversation)
        self._show()

    # Keys

    def action_enter(self) -> None:
        """Enter: choose in a list, or open one; else the next row. It changes no answer."""
        if self._choosing:
            self._toggle()
        elif self._part in SEVERAL:
            self._choose_from(True)
        else:
            self.action_move(1)

    def action_turn(self, by: int) -> None:
        """Tab: the next answer of the row; without answers as Enter, and Shift+Tab goes back."""
        values = (None, *choices(self._duty, self._part))
        if self._choosing or self._part in SEVERAL:
            self.action_enter()
        elif self._typing:
            self.action_move(by)
        else:
            now = self._sheet.value(self._part)
            at = values.index(now) if now in values else 0
            value = values[(at + by) % len(values)]
            self._choose(*([] if value is None else [value]))

    def action_move(self, delta: int) -> None:
        """↑ ↓: to another row; what was typed stays on the one it was typed on."""
        self.keep_typed()
        self.rows.move(delta)
        self._go_to(self.rows.highlighted)

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """A click chose another row."""
        clicked = message.rows.highlighted
        if not self._choosing and clicked != self._part:
            self.keep_typed()
            self._go_to(clicked)

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click chooses."""
        if self._choosing or self._part in SEVERAL:
            self.action_enter()

    def _go_to(self, row: str | None) -> None:
        if not self._choosing and row in self._parts:
            self._part = next(part for part in self._parts if part == row)
            self._put_in_field()
            self._show()

    def action_page(self, by: int) -> None:
        """Ctrl+D, PgDn, PgUp: the next worksheet, or the one before; in a list, its pages."""
        if self._choosing:
            self.rows.action_page(by)
            return
        self.keep_typed()
        pages = self._worksheets
        self._open(*pages[(self._page + by) % len(pages)])

    def _choose_from(self, choosing: bool) -> None:
        self._choosing = choosing
        self._put_in_field()
        self._show()
        if choosing:
            chosen = self._sheet.values(self._part)
            self.rows.action_edge(-1)
            if chosen:
                self.rows.highlight(chosen[0])

    def _toggle(self) -> None:
        row, chosen = self.rows.highlighted, self._sheet.values(self._part)
        if row is None:
            return
        kept = tuple(value for value in chosen if value != row)
        self._choose(*(kept if row in chosen else self._in_order((*chosen, row))))

    def _in_order(self, values: tuple[str, ...]) -> list[str]:
        """In the order of the list that they were chosen from."""
        return [row.key for row in self.rows.shown if row.key is not None and row.key in values]

    def action_leave(self) -> None:
        """Esc: out of the list; out of the worksheets."""
        if self._choosing:
            self._choose_from(False)
            return
        self.keep_typed()
        self.dismiss(None)
