"""What stands at the right of an item: its answer in words, and how many lines bear on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from intake_tui.guide.model import AnyItem, Guide, Question
from intake_tui.widgets.row_layout import shortened
from intake_tui.widgets.saying import answer_word, not_yet
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.record import Intake

OWN_ABSENT = ("sufficiency", "worksheet", "plan", "decision", "next", "label", "registration")
LABEL_COLUMNS = 28
SUPPLEMENT = "+"  # what goes beyond the source; the hint says so in words


def lines_on(intake: Intake) -> Counter[str]:
    """How many statements bear on each item."""
    return Counter(place for line in intake.statements for place in line.places)


def absent(item: AnyItem, words: Words) -> str:
    """The word for *nothing yet*, which is neither a no nor a does-not-know."""
    if isinstance(item, Question) and item.kind in OWN_ABSENT:
        return words(f"conversation.absent-{item.kind}")
    return not_yet(item, words)


def state(
    item: AnyItem, guide: Guide, intake: Intake, lines: int, words: Words
) -> tuple[str, bool]:
    """The state in words, and whether there is anything yet."""
    value = intake.value(item.id)
    parts = []
    if value is not None:
        label = isinstance(item, Question) and not item.values
        said = value if label else answer_word(guide, item.id, value, words)
        parts.append(shortened(said, LABEL_COLUMNS))
    if lines:
        parts.append(words("conversation.lines", n=lines))
    if parts:
        return " · ".join(parts), True
    nothing = absent(item, words)
    if item.supplement and nothing:
        nothing = f"{SUPPLEMENT} {nothing}"
    return nothing, False
