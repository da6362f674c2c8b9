"""What a centre has settled for all its counsellors; sealed like the rest."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, Field, ValidationError

from intake_tui.guide.model import Language
from intake_tui.intake.closed_models import CLOSED_PART
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.items import Items
from intake_tui.records.retention import Period
from intake_tui.records.sealed_json import from_bytes, to_bytes

KIND = "settings"
ID = hashlib.sha256(b"settings").digest()[:16]


class Settings(BaseModel):
    """The centre's name, the language of its screens, what it has (such as "groups"), and how
    long it keeps cases."""

    model_config = CLOSED_PART
    centre: str = Field(repr=False)
    language: Language = "nb"
    has: tuple[str, ...] = ()
    keeping: dict[str, Period] = Field(default_factory=dict)  # see `retention.Keeping`


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


class CentreSettings:
    """Those of one open archive, read once."""

    def __init__(self, vault: Items) -> None:
        self._vault = vault
        self._known: Settings | None = None

    @property
    def now(self) -> Settings:
        """As they were read or put last."""
        return self._known or self.again()

    def again(self) -> Settings:
        """As they are, also where another desk has changed them."""
        data = self._vault.get_item(ID)
        # A power cut between making the vault and its settings must not close it for good.
        self._known = settings_from_bytes(data) if data else Settings(centre="")
        return self._known

    def put(self, settings: Settings) -> None:
        """Seals them in place of the others."""
        self._vault.put_item(ID, KIND, settings_to_bytes(settings))
        self._known = settings
