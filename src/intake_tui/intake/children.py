"""The children, from the rows «age, where now» on OPEN-8. No names, and nothing inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake_tui.intake.record import Intake, Statement

PLACE = "OPEN-8"
_ROW = re.compile(
    r"(?P<age>\d{1,2}(?:\s*(?:år|mnd\.?|md\.?|uker|veker|years?|months?|weeks?))?)"
    r"\s*[,·;]\s*(?P<where>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Child:
    """A child's age as it was written, where it is now, and the statement that says so."""

    age: str
    where: str
    statement: str

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Child in {self.statement}>"


def children(intake: Intake) -> tuple[Child, ...]:
    """The rows on OPEN-8 that begin with an age and go on with a place; one or more a line."""
    return tuple(child for line in intake.placed(PLACE) for child in _rows(line))


def is_children(line: Statement) -> bool:
    """Whether the whole line is such rows: without a word more nobody sees that it is a child."""
    rows = line.text.strip().splitlines()
    return PLACE in line.places and bool(rows) and all(_ROW.fullmatch(row.strip()) for row in rows)


def _rows(line: Statement) -> Iterator[Child]:
    for row in line.text.splitlines():
        match = _ROW.fullmatch(row.strip())
        if match:
            yield Child(match["age"], match["where"], line.id)
