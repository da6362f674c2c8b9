"""The one form in which records go to the vault: a JSON object that names its format."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from intake_tui.records.errors import RecordDamaged

FORMAT = 1


def to_bytes(record: Mapping[str, Any]) -> bytes:
    """The record in UTF-8, with its format; the same record always gives the same bytes."""
    return encoded({"format": FORMAT, **record})


def encoded(value: object) -> bytes:
    """A part of a record as it stands in the whole."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def from_bytes(data: bytes) -> dict[str, Any]:
    """The record without its format. Raises RecordDamaged."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        raise RecordDamaged("not-json") from None
    if not isinstance(record, dict):
        raise RecordDamaged("not-json")
    version = record.pop("format", None)
    if type(version) is not int or version < 1:
        raise RecordDamaged("wrong-shape")
    if version > FORMAT:
        raise RecordDamaged("newer-format")
    return record
