"""What goes to statistics: one sealed item a month, its rows sorted, with no way back to a case.

Neither the order of the rows nor their number of writes tells whose they are: a row holds
answers of registration questions only, no time, no id, no counsellor.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from pydantic import BaseModel, Field, ValidationError

from intake_tui.guide.model import Guide, Question
from intake_tui.intake.closed_models import CLOSED_PART
from intake_tui.intake.record import Intake
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.items import Items
from intake_tui.records.sealed_json import from_bytes, to_bytes

KIND = "registration"
ASKED = "REG-1"  # whether it is to be registered at all
Row: TypeAlias = dict[str, str]


class _Month(BaseModel):
    model_config = CLOSED_PART
    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    rows: list[Row]


def registered(guide: Guide, intake: Intake) -> Row:
    """The answers of the registration questions; empty where none was answered.

    Of somebody who does not want to be registered, only the contact itself is counted.
    """
    if intake.value(ASKED) == "not-wanted":
        return without_data("not-wanted")
    return {
        id_: answer.value
        for id_, answer in sorted(intake.answers.items())
        if id_ != ASKED and _is_registration(guide, id_)
    }


def without_data(reason: str) -> Row:
    """A contact of which nothing is kept but that it was: a silent call, a wrong number."""
    return {"reason": reason, "unit": "no-data"}


def month_of(at: dt.datetime) -> str:
    """The month in which a conversation counts, by this machine's calendar: «2026-11»."""
    return at.astimezone().strftime("%Y-%m")


def item_id(month: str) -> bytes:
    """The id of a month's item."""
    return hashlib.sha256(f"registrations {month}".encode()).digest()[:16]


def month_to_bytes(month: str, rows: Iterable[Row]) -> bytes:
    """A month's rows, sorted by what they say."""
    ordered = sorted(({key: row[key] for key in sorted(row)} for row in rows), key=json.dumps)
    return to_bytes({"month": month, "rows": ordered})


def month_from_bytes(data: bytes | None) -> list[Row]:
    """A month's rows; none where nothing was registered yet. Raises RecordDamaged."""
    if data is None:
        return []
    record = from_bytes(data)
    try:
        return _Month.model_validate(record).rows
    except ValidationError:
        raise RecordDamaged("wrong-shape") from None


class Registrations:
    """The months' items of one vault."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def sealable(self, months: Mapping[str, Sequence[Row]]) -> dict[bytes, tuple[str, bytes]]:
        """The items with these rows more, to be put where a transaction needs them."""
        found = {}
        for month, rows in months.items():
            new = [row for row in rows if row]
            if new:
                old = month_from_bytes(self._items.get_item(item_id(month)))
                found[item_id(month)] = (KIND, month_to_bytes(month, [*old, *new]))
        return found

    def add(self, months: Mapping[str, Sequence[Row]]) -> None:
        """Puts these rows to those of their months."""
        for id_, (kind, blob) in self.sealable(months).items():
            self._items.put_item(id_, kind, blob)

    def count_one(self, reason: str) -> str:
        """Counts a contact of which nothing is kept; the month that it counts in."""
        month = month_of(dt.datetime.now(dt.UTC))
        self.add({month: [without_data(reason)]})
        return month

    def uncount_one(self, reason: str, month: str) -> None:
        """Takes back one that was counted by mistake; nothing happens where there is none."""
        rows, row = month_from_bytes(self._items.get_item(item_id(month))), without_data(reason)
        if row in rows:
            rows.remove(row)
            self._items.put_item(item_id(month), KIND, month_to_bytes(month, rows))


def _is_registration(guide: Guide, id_: str) -> bool:
    item = guide.by_id.get(id_)
    return isinstance(item, Question) and item.kind == "registration"
