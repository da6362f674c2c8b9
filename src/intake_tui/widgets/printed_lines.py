"""A document as Markdown that reads as well when it is printed as it stands, on a page of A4."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from intake_tui.widgets.printed_blocks import Block
from intake_tui.widgets.unbroken import shown

WIDTH = 80  # columns
_MARKS = re.compile(r"[\\`*_\[<&~]")  # what Markdown would take for something else, or hide
_BEGINS = re.compile(r"^(?:(?=[-+>#=])|(\d{1,9})(?=[.)](?:\s|$)))")  # the same, where a line begins


def as_markdown(document: Iterable[Block]) -> str:
    """The document, at most 80 columns wide."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Iterable[Block]) -> Iterator[str]:
    """An empty line between all but the points of one list."""
    before, outer = None, 0
    for block in document:
        if before and not before.kind == block.kind == "point":
            yield ""
        if block.depth == 0:
            outer = len(_lead(block))
        yield from _block(block, outer if block.depth else 0)
        before = block


def _block(block: Block, indent: int) -> Iterator[str]:
    if block.kind == "heading":
        yield f"{'#' * block.level} {_escaped(shown(block.text))}"
    elif block.kind == "strong":
        yield f"**{_escaped(shown(block.text))}**"
    elif block.kind == "paragraph":
        yield from _wrapped(block.text, WIDTH)
    else:
        yield from _point(block, indent)


def _lead(block: Block) -> str:
    return f"{block.number}. " if block.number else "- "


def _point(block: Block, indent: int) -> Iterator[str]:
    """Over as many lines as it needs; the further ones stand under its words."""
    margin, lead = " " * indent, _lead(block)
    first, *others = _wrapped(block.text, WIDTH - indent - len(lead)) or [""]
    yield f"{margin}{lead}{first}"
    yield from (f"{margin}{' ' * len(lead)}{line}" for line in others)


def _wrapped(text: str, width: int) -> list[str]:
    """Never wider with its marks escaped, and never broken between a mark and its escape."""
    narrower = width
    while True:
        lines = [
            _escaped(shown(line)) for line in textwrap.wrap(text, narrower, break_on_hyphens=False)
        ]
        if all(len(line) <= width for line in lines):
            return lines
        narrower -= 1


def _escaped(line: str) -> str:
    return _BEGINS.sub(r"\1\\", _MARKS.sub(r"\\\g<0>", line))
