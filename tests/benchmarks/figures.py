"""Medians, percentiles and ratios, and the row of the table that they end in."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Unit = Literal["ms", "s", "MiB"]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `most` bounds the ratio where there is a baseline, otherwise the figure itself; a row without
    it is there to be looked at. `ratio` is the median of the pairs' ratios, which is not the ratio
    of the medians.
    """

    what: str
    at: str  # the screen's size, or how much there was
    ours: float
    unit: Unit = "ms"
    baseline: float | None = None
    ratio: float | None = None
    most: float | None = None
    of: str = ""  # what the baseline is

    @property
    def bounded(self) -> float:
        """What is held against the budget."""
        return self.ours if self.ratio is None else self.ratio

    @property
    def verdict(self) -> str:
        """`ok`, `OVER`, or nothing where there is no budget."""
        if self.most is None:
            return ""
        return "ok" if self.bounded <= self.most else "OVER"

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "verdict": self.verdict}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return percentile(values, 0.95)


median = statistics.median


@dataclass(frozen=True)
class Pair:
    """What was measured one right after the other; in milliseconds."""

    ours: Sequence[float]
    baseline: Sequence[float]


def paired(
    what: str,
    at: str,
    pairs: Sequence[Pair],
    *,
    most: float | None,
    of: str,
    by: Callable[[Sequence[float]], float] = median,
) -> Row:
    """A row of the ratio: `by` of each side of each pair, and the median over the pairs."""
    ours = [by(pair.ours) for pair in pairs]
    baseline = [by(pair.baseline) for pair in pairs]
    ratio = median([mine / its for mine, its in zip(ours, baseline, strict=True)])
    return Row(what, at, median(ours), baseline=median(baseline), ratio=ratio, most=most, of=of)


def within(what: str, at: str, values: Sequence[float], most: float | None, *, of: str = "") -> Row:
    """A row of a figure that is bounded by itself: its median."""
    return Row(what, at, median(values), most=most, of=of)
