"""The process that the program runs in, made quiet before the screen library is imported."""

from __future__ import annotations

import gc
import os

ESCAPE_DELAY = "20"  # milliseconds; a keyboard's sequences come whole, and a cover is waited for


def forget() -> None:
    """Takes out of the environment what makes Textual log, take pictures or replay keys.

    Esc counts as pressed after 20 ms instead of 100, where `ESCDELAY` says nothing else.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ.setdefault("ESCDELAY", ESCAPE_DELAY)


def collect_again() -> None:
    """Looks for garbage again, where the start put that off, and not among what was imported.

    Going through all of that would hold up a key by some 50 ms now and then.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
