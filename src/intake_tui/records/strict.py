"""Parts of records that come back from the vault: exactly of the shape in which they went there."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    Field,
    TypeAdapter,
    ValidationError,
)

from intake_tui.intake.closed_models import CLOSED_PART
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.sealed_json import FORMAT, from_bytes


def is_time(at: dt.datetime) -> bool:
    """Whether a time has a zone, and everywhere a local time: what is far off may have none."""
    return at.tzinfo is not None and 1900 <= at.year <= 9000


def _utc(at: dt.datetime) -> dt.datetime:
    if not is_time(at):
        raise ValueError("no such time")
    return at.astimezone(dt.UTC)


Utc = Annotated[AwareDatetime, AfterValidator(_utc)]
"""A time with its zone, as the same moment in UTC."""

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Part(BaseModel):
    """No key more or less, nothing converted, and nothing of its values in an error."""

    model_config = CLOSED_PART


class Whole(Part):
    """A record from its first byte to its last, with the format that it names."""

    format: int = Field(ge=FORMAT, le=FORMAT)


P = TypeVar("P", bound=Part)
T = TypeVar("T")


def part(model: type[P], record: dict[str, Any]) -> P:
    """The record as that model has it. Raises RecordDamaged."""
    try:
        # Through JSON again, because only there a strict model takes lists and times as they
        # are written.
        return model.model_validate_json(json.dumps(record))
    except ValidationError:
        raise RecordDamaged("wrong-shape") from None


def read(model: TypeAdapter[T], data: bytes) -> T:
    """The bytes as one of those records. Raises RecordDamaged.

    In one pass: ten thousand heads are read after each unlock.
    """
    try:
        return model.validate_json(data)
    except ValidationError:
        from_bytes(data)  # says it more exactly, where it can
        raise RecordDamaged("wrong-shape") from None
