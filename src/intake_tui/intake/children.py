"""The children, from the rows «age, where now» on OPEN-8 and THREAT-8.

No names, and nothing inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake_tui.intake.record import Intake, Statement

PLACES = ("OPEN-8", "THREAT-8")
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
    row: int = 0  # which of its rows it is

    @property
    def key(self) -> str:
        """What it is weighed under, whatever becomes of the words."""
        return f"{self.statement}.{self.row}"

    @property
    def text(self) -> str:
        """Age and where, as a row."""
        return f"{self.age}, {self.where}"

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Child in {self.statement}>"


def children(intake: Intake) -> tuple[Child, ...]:
    """The rows that begin with an age and go on with a place; one or more a line."""
    return tuple(
        child for line in intake.statements if _is_placed(line) for child in children_in(line)
    )


def is_children(line: Statement) -> bool:
    """Whether the whole line is such rows: without a word more nobody sees that it is a child."""
    rows = line.text.strip().splitlines()
    return _is_placed(line) and bool(rows) and all(_ROW.fullmatch(row.strip()) for row in rows)


def children_in(line: Statement) -> Iterator[Child]:
    """The children that a line's rows tell of, wherever it is placed."""
    matches = (_ROW.fullmatch(row.strip()) for row in line.text.splitlines())
    for row, match in enumerate(match for match in matches if match):
        yield Child(match["age"], match["where"], line.id, row)


def _is_placed(line: Statement) -> bool:
    return any(place in line.places for place in PLACES)
