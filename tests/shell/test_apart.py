"""A medium that no longer answers holds up neither the screens nor the end of the program."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from desk_bench import running

from intake_tui.desk import media
from intake_tui.desk.apart import apart
from intake_tui.screens.restore import RestoreScreen
from machine import Home


@pytest.fixture
def silent() -> Iterator[threading.Event]:
    """Set at the end: until then nothing answers."""
    answers = threading.Event()
    yield answers
    answers.set()


def test_it_gives_what_the_work_gave_or_raised() -> None:
    assert asyncio.run(apart(lambda: 7)) == 7
    with pytest.raises(ZeroDivisionError):
        asyncio.run(apart(lambda: 7 // 0))


def test_the_end_waits_for_nothing_that_does_not_answer(silent: threading.Event) -> None:
    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(apart(silent.wait), 0.01)

    asyncio.run(give_up())
    assert not silent.is_set()


async def test_a_path_can_be_typed_while_sticks_are_looked_for(
    bare_home: Home, silent: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "media", silent.wait)
    async with running(bare_home) as bench:
        await bench.shows("Hvilket språk?")
        await bench.press("ctrl+r")
        await bench.front(RestoreScreen)
        await bench.shows("for eksempel")
        await bench.type("/no/such/file")
        await bench.press("enter")
        await bench.shows("Her er det ingen fil.")
