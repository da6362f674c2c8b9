"""The worksheets of the duties in a signed record, from its documented shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intake_tui.guide.model import Duty, Guide
from intake_tui.widgets.duty_record import dates, sheet_name, written
from intake_tui.widgets.duty_rows import label
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.saying import as_said
from intake_tui.words import Words


def signed_duties(record: Mapping[str, Any], guide: Guide, words: Words) -> Iterator[Row]:
    """What was weighed of each; a reasoned no stands there as a yes does."""
    if not record["duties"]:
        return
    said = {line["id"]: as_said(line["kind"], line["text"]) for line in record["statements"]}
    yield Row(words("duties.title"), look="heading")
    for sheet in record["duties"]:
        duty = guide.duty(sheet["duty"])
        if duty is not None:
            yield from _sheet(sheet, duty, said, words)
    yield Row()


def _sheet(
    sheet: Mapping[str, Any], duty: Duty, said: Mapping[str, str], words: Words
) -> Iterator[Row]:
    yield Row(sheet_name(sheet, duty, words), look="strong")
    for part, text in written(sheet, duty, said, words):
        yield Row(text, lead=label(duty, part, words))
    yield from (Row(text, look="quiet") for text in dates(sheet, words))
