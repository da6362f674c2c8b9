"""Work that may wait for a medium for ever: in a thread that keeps nothing from going on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def apart(work: Callable[[], T]) -> T:
    """What `work` gives, or raises. Nobody waits for it when the program ends.

    A network drive or a memory stick that no longer answers holds up whoever asks for it, and a
    pool's threads are waited for at the end.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(call: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(lambda: None if answer.done() else call())

    def run() -> None:
        try:
            found = work()
        except Exception as error:
            raised = error
            tell(lambda: answer.set_exception(raised))
        else:
            tell(lambda: answer.set_result(found))

    threading.Thread(target=run, name="apart", daemon=True).start()
    return await answer
