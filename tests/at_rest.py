"""When an app has done all it was asked for: what the tests wait for after each key.

Textual's own pilot sleeps two fiftieths of a second for each key and looks whether the process was
idle meanwhile. Here the loop itself is asked, which costs nothing and depends on no clock.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import textual.app
import textual.pilot
from textual._context import active_app
from textual.pilot import Pilot
from textual.screen import Screen

LOOKS = 10  # as often this thread was given the processor: others that want it were so, too
NEXT_TO_NOTHING = 0.0005  # seconds of the processor
AT_ONCE = 0.002  # a timer that is due by then belongs to what is being done

_asked: set[Future[Any]] = set()
_submit = ThreadPoolExecutor.submit


def _noted(pool: ThreadPoolExecutor, /, *args: Any, **named: Any) -> Future[Any]:
    asked = _submit(pool, *args, **named)
    _asked.add(asked)
    asked.add_done_callback(_asked.discard)
    return asked


def _is_quiet(loop: Any) -> bool:
    """Nothing is to be called now, but for whoever asks."""
    due = loop.time() + AT_ONCE
    return not loop._ready and not any(
        handle._when <= due for handle in loop._scheduled if not handle._cancelled
    )


def _painted() -> bool:
    """Does what waits for the next frame; False where nothing does."""
    app = active_app.get()
    resized = app._resize_timer is not None
    if resized:
        app._check_resize()
    waiting = [one for one in app.screen_stack if one._update_timer._active.is_set()]
    for screen in waiting:
        copy_context().run(_paint, screen)  # the test's own context would keep the screen
    return resized or bool(waiting)


def _paint(screen: Screen[Any]) -> None:
    with screen._context():
        screen._on_timer_update()


async def _heard() -> bool:
    """One of the threads has answered or works on; False where each waits for something itself."""
    asked, spent = set(_asked), _spent_by_others()
    for _ in range(LOOKS):
        await asyncio.sleep(0.002)
        if not asked <= _asked:
            return True
    return _spent_by_others() - spent > NEXT_TO_NOTHING


def _spent_by_others() -> float:
    return time.process_time() - time.thread_time()


async def at_rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Waits until nothing is left to do for the loop, for the next frame, and for a thread."""
    loop = asyncio.get_running_loop()
    end = time.monotonic() + max_sleep
    while time.monotonic() < end:
        await asyncio.sleep(0)
        if _is_quiet(loop) and not _painted() and not (_asked and await _heard()):
            return


async def _all_read(pilot: Pilot[Any], timeout: float = 30) -> bool:
    """Waits until what was posted so far is dealt with."""
    loop = asyncio.get_running_loop()
    end = time.monotonic() + timeout
    while not pilot.app._exception_event.is_set() and time.monotonic() < end:
        await asyncio.sleep(0)
        if _is_quiet(loop):
            return True
    return False


def install() -> None:
    """From now on, each pilot of Textual waits like that."""
    ThreadPoolExecutor.submit = _noted  # type: ignore[method-assign,assignment]
    textual.app.wait_for_idle = at_rest  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = at_rest  # type: ignore[attr-defined]
    Pilot._wait_for_screen = _all_read  # type: ignore[method-assign]
