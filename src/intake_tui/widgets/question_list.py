"""The items of a step, in the order of the guide: one widget, however many they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from intake_tui.guide.model import AnyItem, Duty, Guide, Information, Question, Step
from intake_tui.guide.wording import spoken
from intake_tui.intake.informing import Applies, applies, is_listed
from intake_tui.widgets.ageing import marked
from intake_tui.widgets.place_state import lines_on, state
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import places_line
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.record import Intake

DUTY = "duty:"  # before a duty's id: the key of the row on which it is weighed
SIGN = "sign"  # the key of the row that opens signing: no item of a guide has it


def shown_items(guide: Guide, step: Step, intake: Intake) -> tuple[AnyItem, ...]:
    """The items that the step's list has."""
    return tuple(item for item in step.items if _is_shown(item, guide, intake))


def _is_shown(item: AnyItem, guide: Guide, intake: Intake) -> bool:
    """Not the hidden ones, nor what does not apply, nor the note, which stands there itself."""
    if isinstance(item, Information):
        return is_listed(item, guide, intake)
    document = isinstance(item, Question) and item.kind == "document"
    return not (item.hidden or document)


def wording(item: AnyItem, guide: Guide, intake: Intake, words: Words) -> str:
    """The item as the list has it: a question as it is asked, anything else by its name."""
    if isinstance(item, Question):
        return spoken(item.ask.at(words.language), guide, intake.value("pronoun"), words.language)
    return item.short.at(words.language)


def step_rows(
    guide: Guide, step: Step, intake: Intake, words: Words, today: dt.date
) -> Iterator[Row]:
    """The rows of a step, each with its state; the last step ends with signing."""
    lines = lines_on(intake)
    for item in shown_items(guide, step, intake):
        said, there = state(item, guide, intake, lines[item.id], words)
        duty = duty_of(guide, item.id)
        if duty is not None:
            said, there = _weighing(duty, guide, intake, lines[item.id], words)
        yield Row(
            text=wording(item, guide, intake, words),
            key=item.id,
            right=marked(said, item, today, words),
            right_look="plain" if there else "quiet",
            below=(*_children(item, intake), *_applies(item, guide, intake, words)),
        )
        yield from _duty_row(item, guide, intake, words)
    if step.number == len(guide.steps):
        yield Row()
        yield Row(text=words("conversation.sign"), key=SIGN, look="accent")


def duty_of(guide: Guide, row: str | None) -> Duty | None:
    """The duty that a row of the list weighs: one of its own, or a worksheet among the items."""
    if row is not None and row.startswith(DUTY):
        return guide.duty(row.removeprefix(DUTY))
    item = guide.by_id.get(row or "")
    if not isinstance(item, Question) or item.kind != "worksheet":
        return None
    return next((duty for duty in guide.duties if duty.places[0] == item.id), None)


def _weighing(
    duty: Duty, guide: Guide, intake: Intake, lines: int, words: Words
) -> tuple[str, bool]:
    """How far a duty is weighed, and how many lines are written on the item where it stands."""
    from intake_tui.widgets.duty_rows import duty_state  # noqa: PLC0415 - only where it is shown

    said, there = duty_state(guide, duty, intake, words)
    if not lines:
        return said, there
    counted = words("conversation.lines", n=lines)
    return (f"{said} · {counted}" if there else counted), True


def _duty_row(item: AnyItem, guide: Guide, intake: Intake, words: Words) -> Iterator[Row]:
    """After the item at which a duty stands, where it is at hand or was begun."""
    for duty in guide.duties:
        if duty.places[0] == item.id and duty_of(guide, item.id) is None:
            said, there = _weighing(duty, guide, intake, 0, words)
            text = words("duties.row", name=duty.name.at(words.language))
            if there:
                yield Row(text, key=DUTY + duty.id, right=said, right_look="plain")


def _children(item: AnyItem, intake: Intake) -> tuple[Piece, ...]:
    if not (isinstance(item, Question) and item.kind == "children"):
        return ()
    from intake_tui.intake.children import children  # noqa: PLC0415 - only where it is shown

    found = children(intake)
    if not found:
        return ()
    return ((" · ".join(f"{child.age}: {child.where}" for child in found), "quiet"),)


def _applies(item: AnyItem, guide: Guide, intake: Intake, words: Words) -> tuple[Piece, ...]:
    """Why a piece of information stands there that does not always: «gjelder fordi: Våpen: ja»."""
    reason = applies(item, guide, intake) if isinstance(item, Information) else None
    if reason is None or reason == Applies():
        return ()
    if reason.centre:
        return ((words("conversation.centre-has-it"), "quiet"),)
    said = {each.place: each.value for each in reason.because if each.value is not None}
    because = places_line(guide, (each.place for each in reason.because), said, words)
    return ((words("conversation.applies-because", what=because), "quiet"),)


class QuestionList(Rows, can_focus=False):
    """The step's items with a highlight; the letters stay with the note line.

    An arrow at the left edge of its first and last line says that the list goes on there.
    """

    DEFAULT_CSS = "QuestionList { height: 1fr; padding: 0 0 0 0; }"

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = super().render_line(y)
        arrow = self._goes_on(y)
        if arrow is None:
            return line
        style = self.rich_style + self.get_component_rich_style("rows--accent", partial=True)
        return Strip.join([Strip([Segment(arrow, style)]), line.crop(1)])

    def _goes_on(self, y: int) -> str | None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if y == 0 and top > 0:
            return "↑"
        return "↓" if y == height - 1 and top + height < self.virtual_size.height else None
