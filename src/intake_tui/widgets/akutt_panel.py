"""Akutt: the numbers, where the person is, and what to say, beside the note line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size

from intake_tui.guide.model import Number
from intake_tui.intake.line import Line
from intake_tui.widgets.ageing import mark
from intake_tui.widgets.desk import desk, today
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.safety_rows import days_taken
from intake_tui.widgets.saying import clock
from intake_tui.widgets.stage_panel import StagePanel

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

NUMBER_WIDTH = 11
PAGE = 8  # numbers that PgUp and PgDn pass
CALLED = "called"  # the guide's place for it; a centre may have taken it out


class AkuttPanel(StagePanel):
    """Stands where the questions stand; the note line keeps the focus and the letters."""

    section: ClassVar[str] = "akutt"

    def __init__(self, conversation: Conversation, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._conversation = conversation
        self._kept = ""

    def refresh_panel(self) -> None:
        """Show the numbers, and the place as it is pinned now."""
        self.rows.show(self._rows())

    def move(self, delta: int) -> None:
        """The highlight to another number."""
        self.rows.move(delta)

    def page(self, direction: int) -> None:
        """The highlight further up or down."""
        self.move(direction * PAGE)

    def enter(self) -> bool:
        """The highlighted number was called."""
        return bool(self.keep_called())

    @property
    def highlighted(self) -> str | None:
        """The number that Enter would say was called."""
        return self.rows.highlighted

    def called(self) -> str:
        """The words of the statement: «Ringte 112 14:05». Empty without a number."""
        number = next((one for one in self._numbers if one.id == self.highlighted), None)
        if number is None:
            return ""
        app = desk(self)
        return app.words("akutt.called", number=number.number, at=clock(app.now()))

    def keep_called(self) -> str:
        """The highlighted number was called: that becomes a statement, which is returned.

        The line that is being written stays as it is.
        """
        text = self.called()
        if text:
            conversation = self._conversation
            unfinished = conversation.line
            places = (CALLED,) if CALLED in conversation.guide.by_id else ()
            conversation.line = Line(text=text, kind="observed", places=places)
            conversation.keep()
            conversation.line = unfinished
            self._kept = text
            self.refresh_panel()
            desk(self).touch(conversation)
        return text

    @property
    def _numbers(self) -> tuple[Number, ...]:
        return tuple(one for one in self._conversation.guide.numbers if one.akutt)

    def _rows(self) -> Iterator[Row]:
        words = desk(self).words
        for number in self._numbers:
            yield Row(
                number.name.at(words.language),
                key=number.id,
                lead=set_cell_size(number.number, NUMBER_WIDTH),
                lead_look="strong",
                right=self._checked(number),
            )
        yield Row()
        yield Row(words("akutt.say"), look="heading")
        intake = self._conversation.intake
        where, day = intake.safety.get("where-now"), days_taken(intake, words).get("where-now", "")
        yield Row(
            f"{where}{day}" if where else words("akutt.where-unknown"),
            lead=words("akutt.where") + " ",
            look="strong" if where else "plain",
        )
        for line in ("akutt.say-what", "akutt.say-who", "akutt.say-stay"):
            yield Row(words(line))
        yield Row()
        if self._kept:
            yield Row(words("akutt.kept", text=self._kept), look="strong")
        yield Row(words("akutt.keep"), look="quiet")

    def _checked(self, number: Number) -> str:
        words = desk(self).words
        checked = words("akutt.checked", date=f"{number.checked:%d.%m.%Y}")
        return mark(number, today(self), words) or checked
