"""Words within a line that stand between quotation marks: the person's own, as they were said."""

from __future__ import annotations

import re

QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each quotation begins and ends (characters), its marks included; empty ones are none.

    A mark without its other one quotes nothing.
    """
    return tuple(match.span() for match in QUOTED.finditer(text) if match[0][1:-1].strip())


def quoted(text: str) -> tuple[str, ...]:
    """The quoted words, without their marks."""
    return tuple(text[begin + 1 : end - 1].strip() for begin, end in quoted_spans(text))
