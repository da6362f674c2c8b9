"""What is wrong with a guide, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake: the file, the line (from 1) where the id stands, the id, and what is wrong."""

    file: str
    line: int
    id: str
    text: str

    def __str__(self) -> str:
        """One line, as the command line prints it."""
        name = f" {self.id}" if self.id else ""
        return f"{self.file}:{self.line}{name}: {self.text}"


class GuideError(Exception):
    """The guide cannot be used as it is; `findings` says where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
