"""What a centre has settled for all its counsellors; sealed like the rest."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from intake_tui.guide.model import Language
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.sealed_json import from_bytes, to_bytes

KIND = "settings"
ID = hashlib.sha256(b"settings").digest()[:16]


class Settings(BaseModel):
    """The centre's name, the language of its screens, and what it has (such as "groups")."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)
    centre: str = Field(repr=False)
    language: Language = "nb"
    has: tuple[str, ...] = ()


def settings_to_bytes(settings: Settings) -> bytes:
    """The settings as they are sealed."""
    return to_bytes(settings.model_dump(mode="json"))


def settings_from_bytes(data: bytes) -> Settings:
    """The settings as they were. Raises RecordDamaged."""
    record = from_bytes(data)
    try:
        return Settings.model_validate_json(json.dumps(record))
    except ValidationError:
        raise RecordDamaged("wrong-shape") from None
