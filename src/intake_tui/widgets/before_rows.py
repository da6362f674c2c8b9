"""Earlier contacts as rows: what may be taken over first, then the note, then what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rich.cells import set_cell_size

from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import reading
from intake_tui.intake.duties import APPLIES
from intake_tui.intake.record import Intake
from intake_tui.intake.taken_over import PINS, taken_over
from intake_tui.widgets.caution import caution_of
from intake_tui.widgets.duty_record import sheet_name
from intake_tui.widgets.row_layout import LIST_MARK, Row
from intake_tui.widgets.safety_rows import KINDS, LABEL_WIDTH, safety_text
from intake_tui.widgets.said_rows import said_row
from intake_tui.widgets.saying import answer_word, joined_text, place_name
from intake_tui.words import Words

ALIAS = "alias"
ANSWERS = ("caller", "INV-3", "interpreter-language")  # what stays the same from call to call


@dataclass(frozen=True, slots=True, repr=False)
class Take:
    """What one key takes over: an answer, or a safety item."""

    item: str
    pinned: bool
    value: str
    contact: str  # the id of the earlier contact, in hex
    held: dt.datetime  # when that was, UTC


class BeforeRows:
    """Makes the rows of one earlier contact, in its documented shape. All have keys.

    It is read as it reads now: what was corrected since, such as whether to call, counts.
    """

    def __init__(self, record: dict[str, Any], guide: Guide, words: Words) -> None:
        record = reading(record)
        self._record, self._guide, self._words = record, guide, words
        self._held = dt.datetime.fromisoformat(record["started"])
        self._contact = str(record["id"])
        self.takes: dict[str, Take] = {}  # by the key of their row
        marks = {each["point"]: each["done"] for each in record["done"]}  # the newest of each
        self._done = {point for point, done in marks.items() if done}
        said = (line["text"] for line in record["statements"])
        self.caution = caution_of(record["safety"], words, said)

    def rows(self, intake: Intake) -> Iterator[Row]:
        """From the heading to the last statement; `intake` says what stands here already."""
        rows = (self._heading(), *self._joined(), *self._outcome(), *self._takeable(intake))
        further = (*self._outstanding(), *self._journal(), *self._statements())
        for number, row in enumerate((*rows, *further)):
            yield row if row.key else replace(row, key=f"{self._contact}.{number}")
        yield Row()

    def _heading(self) -> Row:
        record = self._record
        title = " · ".join(
            part
            for part in (f"{self._held.astimezone():%d.%m.%Y %H:%M}", record["code"], record["by"])
            if part
        )
        standing = "" if record["signed"] else self._words("before.open")
        return Row(title, look="heading", right=standing)

    def _joined(self) -> Iterator[Row]:
        for joining in self._record["joined"]:
            yield Row(joined_text(joining, self._words), look="quiet")

    def _outcome(self) -> Iterator[Row]:
        decision = self._record["decision"]
        if decision["chosen"]:
            chosen = place_name(self._guide, decision["chosen"], self._words)
            yield Row(chosen, lead=self._label(self._words("signed.decision")))

    # What may be taken over, one at a time

    def _takeable(self, intake: Intake) -> Iterator[Row]:
        safety = self._record["safety"]
        for kind in KINDS:
            text, look = safety_text(kind, safety, self._words)
            label = self._label(self._words(f"safety.{kind}"))
            if kind in safety and kind not in PINS:
                yield Row(text, lead=label, look=look)
            elif kind in safety:
                take = self._take(kind, safety[kind], pinned=True)
                yield self._offered(take, Row(text, lead=label, look=look), intake)
            elif kind == "call":
                yield Row(text, lead=label, look=look)
        for item, value in self._answers():
            word = answer_word(self._guide, item, value, self._words)
            label = self._label(place_name(self._guide, item, self._words))
            take = self._take(item, value, pinned=False)
            yield self._offered(take, Row(word, lead=label), intake)

    def _answers(self) -> Iterator[tuple[str, str]]:
        if self._record["alias"]:
            yield ALIAS, self._record["alias"]
        for item in ANSWERS:
            answer = self._record["answers"].get(item)
            if answer:
                yield item, answer["value"]

    def _take(self, item: str, value: str, *, pinned: bool) -> Take:
        return Take(item, pinned, value, self._contact, self._held)

    def _offered(self, take: Take, row: Row, intake: Intake) -> Row:
        key = f"{self._contact}.take.{take.item}"
        self.takes[key] = take
        return replace(row, key=key, right=self._words(f"before.{standing(take, intake)}"))

    def _label(self, text: str) -> str:
        return set_cell_size(text, LABEL_WIDTH)

    # What is only read

    def _outstanding(self) -> Iterator[Row]:
        left = (*self._duties(), *self._put_off(), *self._next())
        if left:
            yield Row(self._words("before.outstanding"), look="strong")
            yield from (Row(text, lead=LIST_MARK) for text in left)

    def _duties(self) -> Iterator[str]:
        """Those that were begun and not concluded, and those that apply and were not done."""
        for sheet in self._record["duties"]:
            duty = self._guide.duty(sheet["duty"])
            state = _duty_state(sheet, self._done)
            if duty is not None and state is not None:
                name = sheet_name(sheet, duty, self._words)
                said = [self._words(f"duties.state-{state}"), sheet["plan"]]
                yield f"{name}: {' · '.join(part for part in said if part)}"

    def _put_off(self) -> Iterator[str]:
        for place, each in self._record["told"].items():
            if each["value"] == "later" and f"told:{place}" not in self._done:
                name = place_name(self._guide, place, self._words)
                yield self._words("before.later", item=name)

    def _next(self) -> Iterator[str]:
        for each in self._record["next"]:
            if f"next:{each['statement']}" not in self._done:
                yield self._words("contacts.next", text=each["text"])

    def _journal(self) -> Iterator[Row]:
        for part in self._record["journal"]["parts"]:
            yield Row(part["heading"], look="strong")
            yield from (Row(each["text"], lead=LIST_MARK) for each in part["sentences"])

    def _statements(self) -> Iterator[Row]:
        if self._record["statements"]:
            yield Row(self._words("running_note.title"), look="strong")
        for line in self._record["statements"]:
            yield said_row(line, self._record["answers"], self._guide, self._words)


def _duty_state(sheet: dict[str, Any], done: Collection[str]) -> str | None:
    """How far a duty's worksheet is, where something of it is left; see `intake.duties.state`."""
    if sheet["conclusion"] is None:
        return "begun"
    if sheet["conclusion"] == APPLIES:
        return None if sheet["done"] or sheet["id"] in done else "applies"
    return "unsettled" if sheet["conclusion"] == "unsettled" else None


def standing(take: Take, intake: Intake) -> str:
    """Whether it was taken over, stands here anyway, or may be taken."""
    known = [(each.item, each.pinned, each.contact) for each in taken_over(intake)]
    if (take.item, take.pinned, take.contact) in known:
        return "taken"
    if take.pinned:
        stands = (take.item, take.value) in list(intake.safety.items())
    else:
        stands = intake.value(take.item) == take.value
    return "stands" if stands else "take"
