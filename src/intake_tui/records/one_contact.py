"""Which contact somebody means who gives an id or a code."""

from __future__ import annotations

from collections.abc import Iterable

from intake_tui.records.errors import NoSuchRecord
from intake_tui.records.rows import ContactRow


def resolved(rows: Iterable[ContactRow], wanted: str) -> str:
    """The id (hex) of the one contact whose id or code begins so. Raises NoSuchRecord."""
    sought = wanted.strip().casefold()
    found = [
        row.id
        for row in rows
        if sought and (row.id.startswith(sought) or row.code.casefold() == sought)
    ]
    if len(found) != 1:
        raise NoSuchRecord(len(found))
    return found[0]
