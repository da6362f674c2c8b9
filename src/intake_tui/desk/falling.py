"""How the program ends when it has to: what was typed first, then a word on why."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

TURN_WITHIN = 2  # seconds that a hang-up waits for its turn
END_WITHIN = 10  # seconds that a hang-up takes at most after that, whatever it waits for
HUNG_UP = 129  # the usual exit status after a hang-up: 128 and the signal's number


@dataclass(frozen=True)
class Calls:
    """What is done at each way of ending or stopping."""

    save: Callable[[], bool]  # all that can be saved, blocking; True where nothing is lost
    leave: Callable[[], object]
    came_back: Callable[[], object]
    failed: Callable[[Exception], None]
    suspended: Callable[[], bool]  # whether the driver gave the terminal back before the stop


class Falling:
    """Watches for signals, and for what goes wrong beside the screens."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._before: dict[int, Any] = {}
        self.has_fallen = False

    def fall(self) -> bool:
        """Saves, once; True where nothing is lost."""
        self.has_fallen = True
        return self._calls.save()

    def spawn(self, work: Awaitable[Any]) -> asyncio.Task[Any]:
        """Runs `work` beside the screens; an error in it is the program's."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._calls.failed(error)

    def watch_signals(self) -> None:
        """Closes in order on termination, saves on hang-up, locks after having been stopped."""
        if os.name != "posix" or threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        handlers = {
            signal.SIGTERM: self._terminate,
            signal.SIGHUP: self._hang_up,
            signal.SIGCONT: self._go_on,
        }
        for number, handler in handlers.items():
            self._before[number] = signal.signal(number, handler)

    def unwatch_signals(self) -> None:
        """Puts the handlers back that were there before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}

    def _terminate(self, number: int, frame: FrameType | None) -> None:
        self._later(self._calls.leave)

    def _hang_up(self, number: int, frame: FrameType | None) -> None:
        """The terminal is gone, and nothing can be painted any more.

        It may come in the middle of anything, a lock that saving needs held: so it is dealt with
        in its turn, or soon where nothing has its turn any more.
        """
        signal.signal(signal.SIGALRM, lambda *_: self._end())
        signal.alarm(TURN_WITHIN)
        self._later(self._end)

    def _end(self) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the system's own: ends the program
        signal.alarm(END_WITHIN)
        if not self.has_fallen:
            self.fall()
        os._exit(HUNG_UP)

    def _go_on(self, number: int, frame: FrameType | None) -> None:
        self._later(self._calls.came_back)
        before = self._before.get(number)
        if callable(before) and self._calls.suspended():
            before(number, frame)

    def _later(self, call: Callable[[], object]) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(call)


def where(error: BaseException | None) -> str:
    """The kind of error and the line of our own code it came from: no values, no message."""
    if error is None:
        return "?"
    ours = Path(__file__).parent.parent
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ours)
    ]
    place = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
