"""Whatever stands in a field is saved, however the screen is left and however fast."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from desk_bench import Bench, running

from intake_tui.intake.conversation import Conversation
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.duties import DutiesScreen
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.safety import SafetyScreen
from machine import COUNSELLOR, PASSPHRASE, Home

WORDS = "ser døra"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)


async def note_line(bench: Bench) -> None:
    await bench.talk()


async def running_note(bench: Bench) -> None:
    await bench.talk()
    await bench.type("x\r")
    await bench.press("ctrl+r", "enter")
    await bench.front(RunningNoteScreen)


async def safety(bench: Bench) -> None:
    await bench.talk()
    await bench.press("ctrl+y", "down", "down")
    await bench.front(SafetyScreen)


async def duties(bench: Bench) -> None:
    await bench.talk()
    await bench.press("ctrl+d", "down", "down")
    await bench.front(DutiesScreen)


async def jot(bench: Bench) -> None:
    await bench.talk()
    await bench.saved()
    await bench.press("f12")
    await bench.front(CoverScreen)
    await bench.press("ctrl+n")
    await bench.type("-")
    await bench.front(JotScreen)


async def opening_line(bench: Bench) -> None:
    await bench.unlock()


FIELDS = [note_line, running_note, safety, duties, jot, opening_line]
WAYS: dict[str, Callable[[Any], Any]] = {
    "leave": lambda app: app.leave(),
    "lock": lambda app: app.lock(),
    "fall": lambda app: app._falling.fall(),
}


def on_disk(home: Home) -> str:
    """Everything that the open conversations hold, as one text."""
    from intake_tui.guide.load import load
    from intake_tui.records.archive import Archive

    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        talks = archive.conversations(load())
    finally:
        archive.lock()
    return "\n".join(text for talk in talks for text in _texts(talk))


def _texts(talk: Conversation) -> list[str]:
    said = [statement.text for statement in talk.intake.statements]
    weighed = [part.value for sheet in talk.intake.duties for part in sheet.parts.values()]
    duties = [text for value in weighed for text in value]
    return [talk.line.text, *said, *talk.intake.safety.values(), *duties]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
async def test_the_last_key_is_on_disk(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    field: Callable[[Bench], Awaitable[None]],
    way: str,
) -> None:
    async with running(home) as bench:
        app = bench.app
        await field(bench)
        for sign in WORDS:
            await bench.press(sign)
        focused: Any = app.focused
        put = getattr(focused, "insert_text_at_cursor", None) or focused.insert
        put("Z")  # the message that says so is still in a queue
        WAYS[way](app)
        if way == "leave":
            await bench.until(lambda: app._exit, "left")
    assert on_disk(home).count(WORDS + "Z") == 1
