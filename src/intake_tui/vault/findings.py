"""What `verify` collects: rows read, and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from intake_tui.vault.shapes import Finding, Report


def _time(at: int | None) -> datetime | None:
    try:
        return None if at is None else datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return None


@dataclass
class Findings:
    """Grows while a check runs."""

    rows: int = 0
    _found: list[Finding] = field(default_factory=list)

    def add(self, code: str, where: str, detail: str = "", *, at: int | None = None) -> None:
        """One thing that is wrong; `at` (seconds since 1970) is when it was written."""
        self._found.append(Finding(code, where, detail, _time(at)))

    def report(self) -> Report:
        """Each finding once, in the order found."""
        unique = tuple(dict.fromkeys(self._found))
        return Report(not unique, self.rows, unique)
