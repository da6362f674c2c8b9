"""What is still open when a conversation is to be signed. None of it is needed for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from intake_tui.guide.model import Guide
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.decision import decision
from intake_tui.intake.duties import worksheets
from intake_tui.intake.journal import draft
from intake_tui.intake.record import Intake

CHANNEL, NEXT, UNIT = "INV-1", "next", "unit"
OpenPoint: TypeAlias = Literal[
    "channel", "choice", "reason", "next", "call", "unit", "sheet", "new"
]


def open_points(guide: Guide, intake: Intake) -> Iterator[OpenPoint]:
    """How the contact came, what was chosen and why, what is next, calling back, what to count,
    worksheets of duties without a conclusion, and what the changed note is not asked about yet.
    """
    if intake.value(CHANNEL) is None:
        yield "channel"
    if decision(guide, intake).chosen is None:
        yield "choice"
    elif not intake.placed(DECISION):
        yield "reason"
    if not intake.placed(NEXT):
        yield "next"
    if intake.safety.get("call") is None:
        yield "call"
    if intake.value(UNIT) is None:
        yield "unit"
    yield from _unfinished(guide, intake)


def _unfinished(guide: Guide, intake: Intake) -> Iterator[OpenPoint]:
    if any(not sheet.values("conclusion") for _, _, sheet in worksheets(guide, intake)):
        yield "sheet"
    if any(sentence.new for sentence in draft(guide, intake, "nb").left_out):
        yield "new"
