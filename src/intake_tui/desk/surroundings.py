"""The process that the program runs in, made quiet before the screen library is imported."""

from __future__ import annotations

import gc
import os

DUE = 10  # collections of what is young after which all is gone through: Python's own number
WITHOUT_PAUSE = 1000  # the same where nobody makes a pause
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

    Going through all that is there holds up a key by some 50 ms: that waits for a pause, see
    `collect_in_a_pause`. What is young is gone through as ever.
    """
    if not gc.isenabled():
        gc.freeze()
        young, older, _ = gc.get_threshold()
        gc.set_threshold(young, older, WITHOUT_PAUSE)
        gc.enable()


def collect_in_a_pause() -> None:
    """Looks for garbage in all that is there, as often as Python would by itself."""
    _, _, put_off = gc.get_threshold()
    if put_off == WITHOUT_PAUSE and gc.get_count()[2] >= DUE:
        gc.collect()


def let_go() -> None:
    """What was dropped at the lock is gone now, and not when garbage is looked for next.

    Screens are in circles of references, and what was said hangs on them: until then it would
    stay in memory, and each lock would add to it.
    """
    gc.collect()
