"""Lines of Markdown that read as well when they are printed as they stand, on a page of A4."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from intake_tui.widgets.unbroken import GLUE, shown

WIDTH = 80  # columns
_MARKS = re.compile(r"[\\`*_\[<&~]")  # what Markdown would take for something else, or hide
_BEGINS = re.compile(r"^(?:(?=[-+>#=])|(\d{1,9})(?=[.)](?:\s|$)))")  # the same, where a line begins


def heading(text: str, level: int) -> Iterator[str]:
    """A heading between empty lines; it is one line, so its text has to be short."""
    yield from ("", f"{'#' * level} {_escaped(plain(text))}", "")


def paragraph(text: str) -> Iterator[str]:
    """A text of its own."""
    yield from _wrapped(text, WIDTH)


def strong(text: str) -> Iterator[str]:
    """A line that must not be missed."""
    yield f"**{_escaped(plain(text))}**"


def item(text: str, lead: str = "- ", indent: int = 0) -> Iterator[str]:
    """A point of a list, over as many lines as it needs; the further ones stand under its words."""
    margin = " " * indent
    first, *others = _wrapped(text, WIDTH - indent - len(lead)) or [""]
    yield f"{margin}{lead}{first}"
    yield from (f"{margin}{' ' * len(lead)}{line}" for line in others)


def plain(text: str) -> str:
    """The text in one line, without anything that a terminal or a printer would obey."""
    known = "".join(sign if sign.isprintable() or sign == GLUE else " " for sign in text)
    return re.sub(" +", " ", known).strip()


def _wrapped(text: str, width: int) -> list[str]:
    """Never wider with its marks escaped, and never broken between a mark and its escape."""
    narrower = width
    while True:
        lines = [
            _escaped(shown(line))
            for line in textwrap.wrap(plain(text), narrower, break_on_hyphens=False)
        ]
        if all(len(line) <= width for line in lines):
            return lines
        narrower -= 1


def _escaped(line: str) -> str:
    return _BEGINS.sub(r"\1\\", _MARKS.sub(r"\\\g<0>", line))
