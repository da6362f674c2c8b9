"""A conversation at one moment: what a draft keeps, and what a conversation resumes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from intake_tui.guide.model import Language
from intake_tui.intake.events import Event
from intake_tui.intake.line import Line
from intake_tui.intake.record import Intake


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that a draft needs. Cheap to take: nothing is copied, all of it is frozen."""

    id: bytes
    began_in: bytes  # the case that it began in; see `case`
    started: dt.datetime  # UTC
    by: str  # the slot of the counsellor who began it, in hex
    language: Language  # of the notes
    guide_hash: str  # of the guide that it is held with
    step: int
    changes: int
    line: Line
    intake: Intake

    @property
    def case(self) -> bytes:
        """The case that it belongs to: the one that it began in, or was put in since."""
        chosen = self.intake.case
        return bytes.fromhex(chosen.case) if chosen else self.began_in

    @property
    def events(self) -> tuple[Event, ...]:
        """The changes that made it, undone ones included."""
        return self.intake.events

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Snapshot after {self.changes} changes>"


def code(case: bytes) -> str:
    """What a case is called aloud and on the screen, from its id: «K-4F2A»."""
    return f"K-{case[:2].hex().upper()}"
