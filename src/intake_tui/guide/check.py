"""What is wrong with a guide's files, each mistake in one line for the person who edits them."""

from __future__ import annotations

from pathlib import Path

from intake_tui.guide.build import build
from intake_tui.guide.check_covers import check_covers
from intake_tui.guide.check_ids import check_ids
from intake_tui.guide.check_texts import check_texts
from intake_tui.guide.files import read
from intake_tui.guide.findings import Finding

__all__ = ["Finding", "check"]


def check(folder: Path) -> list[Finding]:
    """All mistakes of the guide in a folder, by file and line; none: an empty list.

    While a file cannot be read or a part does not fit, only that is told: what hangs on it would
    look wrong as well.
    """
    files, findings = read(folder)
    built = build(files)
    findings += built.findings
    if not findings and built.guide is not None:
        findings += check_ids(built, built.guide)
        findings += check_texts(built, built.guide)
        findings += check_covers(built)
    return sorted(findings)
