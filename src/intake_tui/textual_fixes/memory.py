"""What the screen library would keep in memory."""

from __future__ import annotations

import asyncio
import functools
import sys
from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip


def make_caches_when_used() -> None:
    """A line of the screen has the caches that something was kept in, and no others.

    Textual makes seven for every `Strip`, of which hardly one is used: a kilobyte a line, of some
    thousand lines that a program keeps and many thousand that it makes.
    """
    Strip.__init__ = _without_caches  # type: ignore[method-assign]
    Strip.__getattr__ = _cache_of  # type: ignore[attr-defined]


WITH_ALL_CACHES = Strip.__init__
CACHES = {  # and how much each of them holds
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}


def _without_caches(
    self: Strip, segments: Iterable[Segment], cell_length: int | None = None
) -> None:
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = self._link_ids = self._cell_count = None


def _cache_of(self: Strip, name: str) -> FIFOCache[Any, Any]:
    """The cache that is asked for the first time. Raises AttributeError where it is none."""
    if name not in CACHES:
        raise AttributeError(f"a strip has no {name}, or failed in it", name=name, obj=self)
    cache: FIFOCache[Any, Any] = FIFOCache(CACHES[name])
    setattr(self, name, cache)
    return cache


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
