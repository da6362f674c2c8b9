"""SQLite's own way of copying an open database, a few pages at a time.

`sqlite3` copies in one call, between whose steps it only calls back. Here that call waits in
a thread of its own until it is asked for the next step: the two threads never run at once, so
that a save can come in between. What such a save changes, SQLite writes to the copy as well.
"""

from __future__ import annotations

import sqlite3
from threading import Semaphore, Thread

PAGES = 64
"""Pages of 4 KiB a step: a quarter of a mebibyte, about a millisecond to a disk."""


class Stepwise:
    """One copy under way. It is ended by the step that returns False, by a fault, or by `stop`."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        self._source, self._target = source, target
        self._go, self._came = Semaphore(0), Semaphore(0)
        self._stopped = self._is_over = False
        self._fault: BaseException | None = None
        self._thread: Thread | None = None
        self.done = self.total = 0

    def step(self) -> bool:
        """Copy some pages; False when all are copied. Raises sqlite3.Error."""
        if self._thread is None:
            self._thread = Thread(target=self._copy, name="copy", daemon=True)
            self._thread.start()
        else:
            self._go.release()
        self._came.acquire()
        if self._fault is not None:
            raise self._fault
        return not self._is_over

    def stop(self) -> None:
        """Give it up, if it is still under way; the connections are free afterwards."""
        self._stopped = True
        if self._thread is not None:
            self._go.release()
            self._thread.join()
            self._thread = None
            self._is_over = True

    def _copy(self) -> None:
        try:
            self._source.backup(self._target, pages=PAGES, progress=self._between, sleep=0.001)
        except _Stopped:
            pass
        except BaseException as fault:  # it is raised where the step was asked for
            self._fault = fault
        self._is_over = True
        self._came.release()

    def _between(self, status: int, remaining: int, total: int) -> None:
        self.done, self.total = total - remaining, total
        if status == sqlite3.SQLITE_DONE:
            return
        self._came.release()
        self._go.acquire()
        if self._stopped:
            raise _Stopped


class _Stopped(Exception):  # noqa: N818 - no error
    """Nobody wants the copy any more."""
