"""A worksheet of a duty from a record in its documented shape: its parts, and what stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from intake_tui.guide.model import Duty
from intake_tui.intake.events import DutyPart
from intake_tui.widgets.duty_rows import part_text
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


def sheet_name(sheet: Mapping[str, Any], duty: Duty, words: Words) -> str:
    """The duty, and the child that it is about."""
    name = duty.name.at(words.language)
    return f"{name}: {sheet['child']}" if sheet["child"] else name


def written(
    sheet: Mapping[str, Any], duty: Duty, said: Mapping[str, str], words: Words
) -> Iterator[tuple[DutyPart, str]]:
    """The parts in which something stands; a conclusion that was not written says so.

    `said`: the texts of the record's statements, by id.
    """
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
            yield part, text


def dates(sheet: Mapping[str, Any], words: Words) -> Iterator[str]:
    """When it was concluded, and when it was marked as done."""
    for key in ("concluded", "done"):
        if sheet[key]:
            at = dt.datetime.fromisoformat(sheet[key]).astimezone()
            yield words(f"duties.{key}-at", at=f"{at:%d.%m.%Y %H:%M}")
