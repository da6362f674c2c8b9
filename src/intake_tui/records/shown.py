"""A conversation in the documented shape (docs/json.md), with the counsellor by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.shape import shape


def shown(held: Conversation, name: str, *, signed: dt.datetime | None) -> dict[str, Any]:
    """Without its format."""
    whole = shape(held, status="signed" if signed else "open", signed=signed)
    whole.pop("format", None)
    return {**whole, "by": name}
