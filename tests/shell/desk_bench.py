"""The app on a vault of its own, as the tests of the shell use it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from intake_tui.app import IntakeApp
from intake_tui.vault.kdf import Kdf
from machine import COUNSELLOR, PASSPHRASE, Home
from screen_text import screen_text

PATIENCE = 20.0


class Clock:
    """Wall-clock seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Bench:
    """A running app, its keys and its clock."""

    def __init__(self, app: IntakeApp, pilot: Pilot[None], clock: Clock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    async def until(self, seen: Callable[[], Any], what: str = "") -> Any:
        """Waits for a condition, and gives what it gave."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if result := seen():
                return result
            await self.pilot.pause(0.01)
        raise AssertionError(f"never: {what or seen}\n{self.text}")

    async def shows(self, *texts: str) -> None:
        """Waits until the screen shows all of them (line ends do not count)."""
        await self.until(lambda: all(text in self.flat for text in texts), f"shows {texts}")

    async def front(self, kind: type[Screen[Any]]) -> Any:
        """Waits until a screen of that kind is in front."""
        await self.until(lambda: isinstance(self.app.screen, kind), f"{kind.__name__} in front")
        await self.pilot.pause()
        return self.app.screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        for sign in text:
            name = {"\r": "enter", "\t": "tab"}.get(sign) or _character_to_key(sign)
            self.app.post_message(Key(name, sign))
        await self.pilot.pause()

    async def passes(self, seconds: float, step: float = 10.0) -> None:
        """Time passes without a key; the app looks at the clock meanwhile."""
        while seconds > 0:
            self.clock.now += min(step, seconds)
            seconds -= step
            self.app.look()
        await self.pilot.pause()

    async def sign_in(self, passphrase: str = PASSPHRASE) -> None:
        """Name and passphrase, to the open archive."""
        await self.until(lambda: self.app.focused and self.app.focused.id == "name")
        await self.type(COUNSELLOR)
        await self.press("enter")
        await self.type(passphrase)
        await self.press("enter")

    async def unlock(self) -> None:
        """Signs in and waits until the archive is open."""
        await self.sign_in()
        await self.until(lambda: self.app.screen.has_class("-open"), "the archive is open")

    async def talk(self) -> Any:
        """Unlocks and begins a conversation."""
        await self.unlock()
        await self.press("enter")
        await self.until(lambda: self.app.current is not None, "a conversation")
        await self.until(lambda: self.app.focused is not None, "the note line")
        return self.app.current

    async def saved(self) -> None:
        """Waits until every open conversation is on disk."""
        autosave = self.app.session.autosave
        await self.until(
            lambda: all(autosave.is_saved(one) for one in self.app.conversations), "saved"
        )

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def flat(self) -> str:
        return " ".join(self.text.replace("▌", " ").split())


@asynccontextmanager
async def running(
    home: Home, *, size: tuple[int, int] = (80, 24), language: str | None = None
) -> AsyncIterator[Bench]:
    """The app on that machine, in front of somebody."""
    clock = Clock()
    app = IntakeApp(home.vault, device=home.device, kdf=Kdf.FLOOR, language=language, clock=clock)
    async with app.run_test(size=size, notifications=True) as pilot:
        bench = Bench(app, pilot, clock)
        await bench.until(lambda: app.screen_stack, "the first screen")
        yield bench
        await app.session.flush()
        await app.session.vault.lock()


def records(home: Home) -> Iterable[dict[str, Any]]:
    """Every contact in that vault, as the command line would show it."""
    from intake_tui.guide.load import load
    from intake_tui.records.archive import Archive

    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        return [archive.show(row.id, load()) for row in archive.contacts()]
    finally:
        archive.lock()
