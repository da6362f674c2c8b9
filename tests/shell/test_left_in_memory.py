"""What is still referred to after the lock: public keys and costs, and nothing that was read."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import gc
import sys
import weakref

import pytest
from desk_bench import Bench, running

from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.textual_fixes.memory import forget_cancelled_timers
from machine import Home

LAYERS = (
    "intake_tui.vault.",
    "intake_tui.records.",
    "intake_tui.intake.",
    "sqlalchemy.engine.base.",
)
STAYS = {  # for «Skriv nå» while it is locked: to whom it is sealed, and how dear a key is
    "intake_tui.vault.letters.Letterbox",
    "intake_tui.vault.roster.Member",
    "intake_tui.vault.roster.Roster",
    "intake_tui.vault.kdf.Kdf",
    "intake_tui.records.damage.Checked",  # that all was sound, of so many rows: no Damage
}
CONSTANTS = {"intake_tui.intake.journal_sentence.Rank", "intake_tui.vault.prepared.Prepared"}


def held() -> list[object]:
    """The objects that hold what was said or what opens it."""
    gc.collect()
    return [one for one in gc.get_objects() if name_of(one).startswith(LAYERS)]


def name_of(one: object) -> str:
    kind = type(one)
    return f"{kind.__module__}.{kind.__qualname__}"


def left(before: list[object]) -> set[str]:
    """The kinds of those that were not there before: other tests' are none of ours."""
    known = set(map(id, before))
    return {name_of(one) for one in held() if id(one) not in known} - CONSTANTS


async def contacts(bench: Bench) -> None:
    await bench.press("ctrl+g", "0")
    await bench.front(ContactsScreen)


async def search(bench: Bench) -> None:
    await contacts(bench)
    await bench.type("melkerom")


async def panel(bench: Bench) -> None:
    await bench.press("ctrl+r")


async def nothing_more(bench: Bench) -> None:
    """The conversation itself."""


@pytest.mark.parametrize("place", [nothing_more, contacts, search, panel])
async def test_the_lock_drops_whatever_was_read(home: Home, place) -> None:  # type: ignore[no-untyped-def]
    before = held()  # kept, so that no number of an object is used again
    async with running(home) as bench:
        await bench.talk()
        await bench.type("barna er på melkerommet\r")
        screen = bench.app.screen
        with screen._context():
            timer = screen.set_timer(3600, print)
        await bench.pilot.pause()
        timer.stop()
        del screen, timer
        await place(bench)
        assert {"intake_tui.vault.keys.Keys", "intake_tui.intake.record.Intake"} <= left(before)
        await bench.press("ctrl+k")

        def gone() -> bool:
            bench.app.look()
            return left(before) <= STAYS

        await bench.until(gone, "dropped")


def cached(text: str) -> set[str]:
    """The caches of Rich and Textual that hold the text."""
    found = set()
    for name, module in list(sys.modules.items()):
        if name.startswith(("rich.", "textual.")):
            classes = [each for each in vars(module).values() if isinstance(each, type)]
            for holder in (module, *classes):
                for key, value in list(vars(holder).items()):
                    cache = getattr(value, "__func__", value)
                    if isinstance(cache, functools._lru_cache_wrapper) and text in contents(cache):
                        found.add(f"{name}.{key}")
    return found


def contents(cache: object) -> str:
    """All that a cache holds, as text."""
    return str([each for each in gc.get_referents(cache) if isinstance(each, dict)]) + str(
        [one for each in gc.get_referents(cache) for one in gc.get_referents(each)]
    )


async def test_what_was_shown_is_in_no_cache_after_the_lock(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type("barna er på melkerommet\r")
        await bench.press("ctrl+r")
        await bench.shows("melkerommet")
        assert cached("melkerommet")
        await bench.press("ctrl+k")
        await bench.front(UnlockScreen)
        await bench.until(lambda: not cached("melkerommet"), "dropped")


class Screen:
    """Something that a timer is made in."""


async def test_asyncio_itself_would_keep_what_a_cancelled_timer_was_made_in() -> None:
    made_in: contextvars.ContextVar[object] = contextvars.ContextVar("made_in")

    def cancelled() -> weakref.ref[Screen]:
        screen = Screen()
        context = contextvars.copy_context()
        context.run(made_in.set, screen)
        asyncio.get_running_loop().call_later(3600, print, context=context).cancel()
        return weakref.ref(screen)

    screen = cancelled()
    gc.collect()
    assert screen() is not None
    forget_cancelled_timers()
    gc.collect()
    assert screen() is None
