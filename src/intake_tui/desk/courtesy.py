"""Work that steps aside for keys: what is imported or read behind the screen is not felt there."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, SourceFileLoader
from threading import get_ident
from types import ModuleType

ASIDE = 0.02  # seconds after a key in which nothing more is imported; it is painted by then
NEXT = 0.07  # seconds after a key at which the next may come: hands are hardly faster
RESTS = 0.35  # seconds after a key from which on nobody is typing
LOOK = 0.01  # seconds between two looks whether it is time


class InTurn(SourceFileLoader):
    """Runs a module's code when it is time for it.

    Not where modules are found: all threads share one lock there, and a key that needs any module
    at all (the first letter outside of Latin-1 needs one of Rich's) would wait for it.
    """

    def __init__(self, found: SourceFileLoader, wait: Callable[[], None]) -> None:
        super().__init__(found.name, found.path)
        self._wait = wait

    def exec_module(self, module: ModuleType) -> None:
        """Waits, and runs it."""
        self._wait()
        super().exec_module(module)


class Courtesy:
    """Stands before the finders of modules, and lets what they find wait after a key.

    Two threads that both run Python take turns of half a millisecond, and some pieces of an
    import are not interrupted at all: a key took three times as long without this.
    """

    def __init__(self) -> None:
        self._key_at = -RESTS
        self._thread: int | None = None
        self._hurried = False

    def key(self) -> None:
        """A key has come, in whatever thread."""
        self._key_at = time.monotonic()

    @property
    def since(self) -> float:
        """Seconds since the last key."""
        return time.monotonic() - self._key_at

    @property
    def left(self) -> float:
        """Seconds that work of any thread had better wait: a key is being painted. May be 0."""
        return max(0.0, ASIDE - self.since)

    async def turn(self, least: float = 0.0) -> None:
        """Waits until a piece of work would meet no key: shortly after one, or in a pause.

        `least` seconds in any case.
        """
        await asyncio.sleep(max(least, self.left))
        while self._meets_a_key:
            await asyncio.sleep(LOOK)

    @property
    def _meets_a_key(self) -> bool:
        return self.since < ASIDE or NEXT <= self.since < RESTS

    def hurry(self) -> None:
        """Somebody waits for what is being imported: it steps aside no more."""
        self._hurried = True

    @contextmanager
    def stepping_aside(self) -> Iterator[None]:
        """What this thread imports inside waits for keys."""
        self._thread = get_ident()
        self._hurried = False
        # A new list each time: a thread that is between two finders goes on with the old one.
        sys.meta_path = [self, *sys.meta_path]
        try:
            yield
        finally:
            sys.meta_path = [one for one in sys.meta_path if one is not self]
            self._thread = None

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the finders behind this one find, to be run in turn; called for each new module."""
        if get_ident() != self._thread:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        found = next(filter(None, (one.find_spec(name, path, target) for one in others)), None)
        if found is not None and type(found.loader) is SourceFileLoader:
            found.loader = InTurn(found.loader, self._wait)
        return found

    def _wait(self) -> None:
        while self._meets_a_key and not self._hurried:
            time.sleep(LOOK)


COURTESY = Courtesy()  # of the process, as imports are
