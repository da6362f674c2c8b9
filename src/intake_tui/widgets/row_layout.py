"""Rows of text laid out for a width: which words stand on which line of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from rich.cells import cell_len, chop_cells

from intake_tui.widgets.caution import Caution, unparted_by
from intake_tui.widgets.unbroken import WORD, shown

Look: TypeAlias = Literal[
    "plain", "quiet", "strong", "heading", "warn", "accent", "quoted", "found"
]
Piece: TypeAlias = tuple[str, Look]

GUTTER = 3  # the highlight's mark and a space on either side
LIST_MARK = "· "  # before a text of a list: its further lines stand under its words
MIN_TEXT = 12  # columns that a text keeps, however much stands beside it


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row: `lead` before the text, `right` at the right edge, `below` quietly under it.

    A row without a key is passed by: the highlight never stands on it.
    """

    text: str = ""
    key: str | None = None
    lead: str = ""
    right: str = ""
    below: tuple[Piece, ...] = ()
    look: Look = "plain"
    right_look: Look = "quiet"
    lead_look: Look = "quiet"
    indent: int = 0
    hang: int = 0  # how much further in `below` stands
    caution: Caution | None = None  # of the numbers in it, where they are not the screen's
    found: tuple[str, ...] = ()  # what was looked for: it is shown where it stands
    quoting: bool = False  # words between quotation marks in `text` and `below` are shown as quoted


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line of the screen: the row that it belongs to, and its pieces from the left."""

    row: int
    pieces: tuple[Piece, ...]
    first: bool


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; every character is on one of them.

    Only the blanks at which a line was broken are left out.
    """
    if "\n" not in text and cell_len(text) <= width:
        return [text]
    return [line for paragraph in text.split("\n") for line in _wrapped_paragraph(paragraph, width)]


def _wrapped_paragraph(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in WORD.findall(text):
        if line.strip() and cell_len(line + word.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += word
        if cell_len(line.rstrip()) > width:
            *full, line = chop_cells(line, width)
            yield from full
    yield line.rstrip()


def shortened(text: str, width: int) -> str:
    """The text on one line of at most `width` columns, with … where it goes on."""
    flat = " ".join(text.split())
    if cell_len(flat) <= width:
        return flat
    return chop_cells(flat, max(1, width - 1))[0].rstrip() + "…"


Laid: TypeAlias = dict[Row, tuple[Line, ...]]
"""Rows with their lines, at one width and with one caution."""


def laid_out(
    rows: tuple[Row, ...],
    width: int,
    begin: int = 0,
    caution: Caution | None = None,
    known: Laid | None = None,
) -> list[Line]:
    """The lines of the rows, the first of them counted as row `begin`.

    A row that is `known` is not broken into lines anew; those that were not are put there.
    """
    known = {} if known is None else known
    lines: list[Line] = []
    for number, row in enumerate(rows, begin):
        if row not in known:
            known[row] = tuple(_marked_lines(row, row.caution or caution, 0, width))
        lines += (Line(number, line.pieces, line.first) for line in known[row])
    return lines


def _marked_lines(row: Row, caution: Caution | None, number: int, width: int) -> Iterator[Line]:
    """The lines of a row, its numbers unparted and with what must be said of them."""
    text, right = unparted_by(caution, row.text), unparted_by(caution, row.right)
    below = tuple((unparted_by(caution, text), look) for text, look in row.below)
    if (text, right, below) != (row.text, row.right, row.below):
        row = replace(row, text=text, right=right, below=below)
    for line in _lines(row, number, width):
        pieces = _finding(line.pieces, row.found) if row.found else line.pieces
        yield Line(line.row, tuple((shown(text), look) for text, look in pieces), line.first)


def _finding(pieces: tuple[Piece, ...], found: tuple[str, ...]) -> Iterator[Piece]:
    """The pieces with what was looked for apart; what warns goes on warning as a whole."""
    from intake_tui.records.seeking import spans  # noqa: PLC0415 - not before unlocking

    for text, look in pieces:
        cuts = () if look == "warn" else spans(text, found)
        for begin, end in pairwise(sorted({0, len(text), *(cut for span in cuts for cut in span)})):
            yield text[begin:end], "found" if _lies_in(begin, cuts) else look


def _lines(row: Row, number: int, width: int) -> Iterator[Line]:
    lead = cell_len(row.lead)
    room = width - GUTTER - row.indent - lead
    beside = cell_len(row.right) + 2 if row.right else 0
    under = beside > 0 and room - beside < MIN_TEXT
    texts = wrapped(row.text, max(1, room - (0 if under else beside)))
    marked = quoting(row.text, texts, row.look) if row.quoting else []
    margin = " " * (row.indent + lead)
    for at, text in enumerate(texts):
        pieces: list[Piece] = [(margin, row.look)]
        if at == 0:
            pieces = [(" " * row.indent, row.look), (row.lead, row.lead_look)]
        pieces += marked[at] if marked else [(text, row.look)]
        if at == 0 and row.right and not under:
            pieces.append((" " * (room - cell_len(text) - beside + 2), row.look))
            pieces.append((row.right, row.right_look))
        yield Line(number, tuple(pieces), at == 0)
    below = ((row.right, row.right_look), *row.below) if under else row.below
    for text, look in below:
        texts = wrapped(text, max(1, room - row.hang))
        for pieces in quoting(text, texts, look) if row.quoting else [[(t, look)] for t in texts]:
            yield Line(number, ((margin + " " * row.hang, row.look), *pieces), False)


def quoting(text: str, lines: list[str], look: Look) -> list[list[Piece]]:
    """The lines that a text was broken into, in pieces: what is quoted in it apart."""
    from intake_tui.intake.quotes import quoted_spans  # noqa: PLC0415 - not before unlocking

    spans, found, at = quoted_spans(text), [], 0
    for line in lines:
        at = max(at, text.find(line, at))
        found.append(_pieces(line, at, spans, look))
        at += len(line)
    return found


def _pieces(line: str, at: int, spans: tuple[tuple[int, int], ...], look: Look) -> list[Piece]:
    """One line that begins at that character of its text."""
    cuts = sorted({0, len(line), *(cut - at for span in spans for cut in span)})
    return [
        (line[begin:end], "quoted" if _lies_in(at + begin, spans) else look)
        for begin, end in pairwise(cut for cut in cuts if 0 <= cut <= len(line))
    ]


def _lies_in(at: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(begin <= at < end for begin, end in spans)
