"""A conversation that cannot be saved, in the shape in which records are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intake_tui.intake.shape import shape
from intake_tui.records.additions import NOTHING_ADDED

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


def unsaved_record(conversation: Conversation, by: str) -> dict[str, Any]:
    """As it stands, with the counsellor by name; the line that is not ended yet stands last."""
    record = {**shape(conversation), "by": by, "joined": [], **NOTHING_ADDED}
    text = conversation.line.text.strip()
    if text:
        line = {"id": "", "at": record["started"], "kind": "told", "text": text, "places": []}
        record["statements"] = [*record["statements"], {**line, "quotes": [], "occurred": None}]
    return record
