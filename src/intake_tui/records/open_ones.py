"""The open conversations of an archive, for what looks across all its contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake_tui.intake.snapshot import Snapshot
from intake_tui.records.rows import ContactRow


@dataclass(frozen=True)
class OpenOnes:
    """Reads them, makes the list's row of one, and lets go of one that is no draft any more."""

    drafts: Callable[[], Sequence[Snapshot]]
    row: Callable[[Snapshot], ContactRow]
    let_go: Callable[[bytes], None]

    def of(self, case: str) -> list[Snapshot]:
        """Those of a case (hex)."""
        return [draft for draft in self.drafts() if draft.case.hex() == case]
