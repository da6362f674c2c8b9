"""What a PDF says, read back by another library."""

from __future__ import annotations

import io

from pypdf import PdfReader

PARTED = str.maketrans("", "", "\N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE} \n\t")


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def said(data: bytes) -> str:
    """All its letters in their order, without blanks: where lines end is the page's affair."""
    return together("\n".join(page.extract_text() for page in reader(data).pages))


def together(text: str) -> str:
    """A text as `said` gives it."""
    return text.translate(PARTED)
