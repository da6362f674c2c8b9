"""Words that a line's end must not part: the blanks within them are glue until they are shown."""

from __future__ import annotations

import re

GLUE = "\N{NO-BREAK SPACE}"
WORD = re.compile(rf"(?:\S|{GLUE})+[^\S{GLUE}]*|[^\S{GLUE}]+")  # with the blanks after it


def glued(text: str) -> str:
    """The text as one word."""
    return text.replace(" ", GLUE)


def shown(text: str) -> str:
    """The text as it is shown, with plain blanks."""
    return text.replace(GLUE, " ")
