"""The one thread in which the archive is opened, used and closed."""

from __future__ import annotations

import asyncio
import errno
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from intake_tui.vault.errors import (
    DiskFull,
    IsACopy,
    NotAVault,
    VaultDamaged,
    VaultError,
    VaultLocked,
    VaultReadOnly,
    VaultUntrusted,
)

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive

T = TypeVar("T")
NOT_TO_BE_OPENED = VaultDamaged, VaultUntrusted, NotAVault, IsACopy  # whoever signs in
YIELDS_AFTER = 0.0005  # seconds that a thread runs on while a key waits; Python's own 5 ms are felt


class VaultThread:
    """Runs one piece of work at a time, in the order in which it was asked for.

    The archive never leaves the thread; what it returns does.
    """

    def __init__(self) -> None:
        sys.setswitchinterval(YIELDS_AFTER)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")
        self._archive: Archive | None = None
        self._is_closed = False
        self.unopenable = ""  # why what lies there could not be opened: the code of the error

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queues work that needs no archive. The future raises `VaultLocked` after the end."""
        return _refused() if self._is_closed else self._pool.submit(work)

    def submit_with(self, work: Callable[[Archive], T]) -> Future[T]:
        """Queues work with the archive. The future raises `VaultLocked` where it is not open."""
        return self.submit(lambda: self._with_archive(work))

    async def plain(self, work: Callable[[], T]) -> T:
        """Does work that needs no archive."""
        return await asyncio.wrap_future(self.submit(work))

    async def run(self, work: Callable[[Archive], T]) -> T:
        """Does work with the archive; raises what it raises, and `VaultLocked`."""
        return await asyncio.wrap_future(self.submit_with(work))

    async def open(self, opener: Callable[[], Archive]) -> None:
        """Takes the archive that `opener` makes into use; raises VaultError."""

        def take() -> None:
            try:
                self._archive = opener()
            except NOT_TO_BE_OPENED as error:
                self.unopenable = error.code
                raise
            except OSError as error:
                raise _in_the_vaults_words(error) from None
            self.unopenable = ""

        await self.plain(take)

    def submit_lock(self) -> Future[None]:
        """Queues the lock: all that was asked for before it is done first."""
        return self.submit(self._lock)

    async def lock(self) -> None:
        """Closes the archive after all that was asked for before; its keys are dropped."""
        await asyncio.wrap_future(self.submit_lock())

    def close(self) -> None:
        """Ends the thread when all that was asked for is done; an archive still open is locked."""
        self.submit_lock()
        self._is_closed = True  # what reads on behind the screens may ask once more
        self._pool.shutdown(wait=False)

    def _with_archive(self, work: Callable[[Archive], T]) -> T:
        if self._archive is None:
            raise VaultLocked
        return work(self._archive)

    def _lock(self) -> None:
        archive, self._archive = self._archive, None
        if archive is not None:
            archive.lock()


def _refused() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(VaultLocked())
    return future


def _in_the_vaults_words(error: OSError) -> VaultError:
    return DiskFull() if error.errno == errno.ENOSPC else VaultReadOnly()
