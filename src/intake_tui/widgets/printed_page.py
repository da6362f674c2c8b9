"""Documents as a PDF: pages of A4 that any computer shows and prints, and screen readers read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Any

from intake_tui.desk.exporting import ExportRefused
from intake_tui.widgets.printed_blocks import Block

LONGEST = 40  # letters after which a word may be broken, so that none runs off the page
BREAK = "\N{ZERO WIDTH SPACE}"
_LONG = re.compile(rf"\S{{{LONGEST}}}(?=\S)")


def as_pdf(documents: Iterable[Sequence[Block]], *, title: str, language: str) -> bytes:
    """All the documents in one file, each from a new page on (PDF/UA-1).

    Nothing touches the disk or the network. The file holds no date of its own making, and the
    title, which viewers show above the window, is the one given. Raises ExportRefused for a sign
    that no typeface of this computer has.
    """
    import typst  # noqa: PLC0415 - only where something is printed: 30 MB

    records = [list(_record(document)) for document in documents]
    data = json.dumps({"title": title, "language": language, "records": records})
    source = resources.files(__package__).joinpath("printed_page.typ").read_bytes()
    try:
        return bytes(typst.compile(source, sys_inputs={"document": data}, pdf_standards="ua-1"))
    except typst.TypstError:  # it quotes what it could not set
        raise ExportRefused("no-glyph") from None


def _record(document: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """Blocks, with the points of a list together and each with those that belong to it."""
    found: list[dict[str, Any]] = []
    for block in document:
        if block.kind != "point":
            if found:
                yield {"kind": "points", "points": found}
            found = []
            yield {"kind": block.kind, "text": _breakable(block.text), "level": block.level}
        else:
            within = found[-1]["points"] if block.depth and found else found
            within.append({"text": _breakable(block.text), "number": block.number, "points": []})
    if found:
        yield {"kind": "points", "points": found}


def _breakable(text: str) -> str:
    return _LONG.sub(rf"\g<0>{BREAK}", text)
