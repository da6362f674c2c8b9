"""What `verify` collects: rows read, and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_tui.vault.shapes import Finding, Report


@dataclass
class Findings:
    """Grows while a check runs."""

    rows: int = 0
    _found: list[Finding] = field(default_factory=list)

    def add(self, code: str, where: str, detail: str = "") -> None:
        """One thing that is wrong."""
        self._found.append(Finding(code, where, detail))

    def report(self) -> Report:
        """Each finding once, in the order found."""
        unique = tuple(dict.fromkeys(self._found))
        return Report(not unique, self.rows, unique)
