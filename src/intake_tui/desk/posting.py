"""What is jotted down while the archive is locked, sealed into the letterbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

POST_AFTER = 0.8  # seconds from the first change that is not posted
RETRY_AFTER = 2.0


class Posting:
    """Calls `post` soon, never twice at once, and again while it says that there is more."""

    def __init__(self, post: Callable[[], Awaitable[bool]]) -> None:
        self._post = post
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[bool] | None = None

    def soon(self, after: float = POST_AFTER) -> None:
        """Something is to be posted."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(after, self._start)

    async def now(self) -> bool:
        """Posts at once; True where everything is posted."""
        if self._task is not None:
            await self._task
        self.stop()
        return await self._post()

    def stop(self) -> None:
        """Posts nothing any more, unless asked anew."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        self._timer = None
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._post_once())

    async def _post_once(self) -> bool:
        try:
            done = await self._post()
        finally:
            self._task = None
        if not done:
            self.soon(RETRY_AFTER)
        return done
