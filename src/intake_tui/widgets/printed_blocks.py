"""The pieces of a document that is printed: what it says, before it is Markdown or a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from intake_tui.widgets.unbroken import GLUE

Kind: TypeAlias = Literal["heading", "paragraph", "strong", "point"]


@dataclass(frozen=True)
class Block:
    """One piece. Its text is one line, with nothing in it that a printer would obey."""

    kind: Kind
    text: str = field(repr=False)
    level: int = 0  # of a heading; 1 is the document's own
    number: int = 0  # of a point; 0 where it has none
    depth: int = 0  # of a point: 1 where it belongs to the last one of depth 0


def heading(text: str, level: int) -> Block:
    """What stands above; short, as it is one line of Markdown."""
    return Block("heading", plain(text), level=level)


def paragraph(text: str) -> Block:
    """A text of its own."""
    return Block("paragraph", plain(text))


def strong(text: str) -> Block:
    """A line that must not be missed."""
    return Block("strong", plain(text))


def point(text: str, *, number: int = 0, depth: int = 0) -> Block:
    """A point of a list."""
    return Block("point", plain(text), number=number, depth=depth)


def plain(text: str) -> str:
    """The text in one line, without anything that a terminal or a printer would obey."""
    known = "".join(sign if sign.isprintable() or sign == GLUE else " " for sign in text)
    return re.sub(" +", " ", known).strip()
