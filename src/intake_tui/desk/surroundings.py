"""The process that the program runs in, made quiet before the screen library is imported."""

from __future__ import annotations

import gc
import os


def forget() -> None:
    """Takes out of the environment what makes Textual log, take pictures or replay keys."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]


def collect_again() -> None:
    """Looks for garbage again, where the start put that off, and not among what was imported.

    Going through all of that would hold up a key by some 50 ms now and then.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
