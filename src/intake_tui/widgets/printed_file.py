"""Signed records as the bytes of one file that can be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from intake_tui.widgets.printed_blocks import Block
from intake_tui.widgets.printed_lines import as_markdown
from intake_tui.words import Words

Form: TypeAlias = Literal["pdf", "md"]


def printed_file(documents: Sequence[Sequence[Block]], form: Form, words: Words) -> bytes:
    """All of them, one after the other. Raises ExportRefused for a sign that a PDF cannot show."""
    if form == "md":
        return "\n\n".join(map(as_markdown, documents)).encode("utf-8", "replace")
    from intake_tui.widgets.printed_page import as_pdf  # noqa: PLC0415 - seldom needed, and large

    return as_pdf(documents, title=words("printed.file-title"), language=words.language)
