"""After a key, the tests go on when all is done that it asked for, and not before."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from textual import events, work
from textual.app import App, ComposeResult
from textual.widgets import Static

from screen_text import screen_text


class Asking(App[None]):
    """A key has a thread work something out, which is shown after the next frame."""

    def __init__(self, worked_out: Any) -> None:
        super().__init__()
        self.worked_out = worked_out
        self.pool = ThreadPoolExecutor(max_workers=1)

    def compose(self) -> ComposeResult:
        yield Static("nothing yet")

    def on_key(self, event: events.Key) -> None:
        self.call_after_refresh(self.ask)

    @work
    async def ask(self) -> None:
        answer = await asyncio.wrap_future(self.pool.submit(self.worked_out))
        self.call_later(self.show, answer)

    def show(self, answer: str) -> None:
        self.query_one(Static).update(answer)


async def test_a_frame_a_thread_and_what_follows_from_them_are_waited_for() -> None:
    app = Asking(lambda: str(sum(range(3_000_000))))
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert "4499998500000" in screen_text(app)


async def test_a_thread_that_waits_itself_holds_nothing_up() -> None:
    may_go_on = Event()
    app = Asking(lambda: "gone on" if may_go_on.wait(10) else "left alone")
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert "nothing yet" in screen_text(app)
        may_go_on.set()
        await pilot.pause()
        assert "gone on" in screen_text(app)
