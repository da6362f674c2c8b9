"""The worksheets of the duties in a signed record, from its documented shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from intake_tui.guide.model import Duty, Guide
from intake_tui.intake.events import DutyPart
from intake_tui.widgets.duty_rows import label, part_text
from intake_tui.widgets.row_layout import Row
from intake_tui.words import Words

PARTS: dict[DutyPart, str] = {
    "grounds": "grounds",
    "supports": "statements",
    "words": "words",
    "certain": "certain",
    "possible": "possible",
    "way": "way",
    "plan": "plan",
    "told": "told",
    "not-told": "not_told",
    "conclusion": "conclusion",
    "reason": "reason",
}


def signed_duties(record: Mapping[str, Any], guide: Guide, words: Words) -> Iterator[Row]:
    """What was weighed of each; a reasoned no stands there as a yes does."""
    if not record["duties"]:
        return
    said = {line["id"]: line["text"] for line in record["statements"]}
    yield Row(words("duties.title"), look="heading")
    for sheet in record["duties"]:
        duty = guide.duty(sheet["duty"])
        if duty is not None:
            yield from _sheet(sheet, duty, said, words)
    yield Row()


def _sheet(
    sheet: Mapping[str, Any], duty: Duty, said: Mapping[str, str], words: Words
) -> Iterator[Row]:
    name = duty.name.at(words.language)
    yield Row(f"{name}: {sheet['child']}" if sheet["child"] else name, look="strong")
    for part, key in PARTS.items():
        value = sheet[key]
        values = value if isinstance(value, list) else [value] if value else []
        if part == "supports":
            text = "\n".join(said[each] for each in values)
        else:
            text = part_text(duty, part, values, words)
        if part == "conclusion" and not text:
            text = words("duties.no-conclusion")
        if text:
            yield Row(text, lead=label(duty, part, words))
    for key in ("concluded", "done"):
        if sheet[key]:
            at = dt.datetime.fromisoformat(sheet[key]).astimezone()
            yield Row(words(f"duties.{key}-at", at=f"{at:%d.%m.%Y %H:%M}"), look="quiet")
