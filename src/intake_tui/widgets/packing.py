"""Pieces that are never parted, packed on lines."""

from __future__ import annotations

from collections.abc import Sequence


def packed(sizes: Sequence[int], width: int, gap: int) -> list[int]:
    """The number of the line on which each of these stands, `gap` columns between two."""
    lines: list[int] = []
    line, column = 0, 0
    for size in sizes:
        if column and column + gap + size > width:
            line, column = line + 1, 0
        column += size + (gap if column else 0)
        lines.append(line)
    return lines
