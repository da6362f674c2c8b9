"""What the screen library would keep in memory."""

from __future__ import annotations

import asyncio
import functools
import sys


def forget_cached_texts() -> None:
    """What was shown is let go of by the caches of Rich and Textual: thousands of pieces of text.

    They hold widths of texts, parts of lines and what a line was painted as, for as long as the
    program runs.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _CACHING:
            for holder in (module, *filter(_is_class, list(vars(module).values()))):
                _clear_caches(holder)


_CACHING = ("rich", "textual")


def _is_class(value: object) -> bool:
    return isinstance(value, type)


def _clear_caches(holder: object) -> None:
    for value in list(vars(holder).values()):
        cached = getattr(value, "__func__", value)  # a static or class method holds the function
        if isinstance(cached, functools._lru_cache_wrapper):
            cached.cache_clear()


def forget_cancelled_timers() -> None:
    """What a cancelled timer of the running loop was made in is let go of now.

    asyncio keeps it until its time would have come, and with it the screen that it was for and
    all that the screen shows.
    """
    for timer in getattr(asyncio.get_running_loop(), "_scheduled", ()):
        if timer.cancelled():
            timer._context = None
