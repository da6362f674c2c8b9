"""The date line: what was told of in the order in which it happened, then what has no date."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.intake.occurred import Span, span_of
from intake_tui.intake.record import Intake, Statement


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement whose words on when could be worked out."""

    statement: Statement
    span: Span

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Dated {self.statement.id}>"


@dataclass(frozen=True, slots=True)
class DateLine:
    """Every statement once."""

    dated: tuple[Dated, ...]  # in the order of events; at the same time, of the talk
    undated: tuple[Statement, ...]  # in the order of the talk


def date_line(intake: Intake) -> DateLine:
    """The statements of an intake in the order of the events that they tell of."""
    spans = [(line, span_of(line)) for line in intake.statements]
    dated = [Dated(line, span) for line, span in spans if span is not None]
    dated.sort(key=lambda each: each.span.order)
    return DateLine(tuple(dated), tuple(line for line, span in spans if span is None))
