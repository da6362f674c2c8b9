"""What the screen library leaks, breaks on, keeps, or does twice: mended here and nowhere else.

Each part names its issue in Textualize/textual where there is one; `tests/shell` or `tests/guards`
holds a test for each part that fails when the workaround is no longer needed.
"""

from __future__ import annotations

from intake_tui.textual_fixes.keyboard import hear_escape, mend_parser
from intake_tui.textual_fixes.memory import make_caches_when_used
from intake_tui.textual_fixes.painting import paint_few_lines, style_once


def mend_textual() -> None:
    """All that has to be mended in Textual itself, before the first app is made."""
    mend_parser()
    hear_escape()
    paint_few_lines()
    style_once()
    make_caches_when_used()
