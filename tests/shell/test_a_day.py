"""Hours of conversations and locks: what is held at the next lock is what was held at the last.

Counted, not weighed: of a whole day, `tests/benchmarks --day` tells the memory.
"""

from __future__ import annotations

import gc
import time
import weakref
from collections import Counter

import pytest
from desk_bench import Bench, running
from textual.cache import FIFOCache, LRUCache
from textual.dom import DOMNode

from intake_tui.desk.courtesy import COURTESY
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.record import Intake
from intake_tui.records.book import Book
from intake_tui.screens import stage
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.unlock import UnlockScreen
from machine import Home

ROUNDS = 3
USED_TO_IT = 2  # rounds after which what is made once is there
OF_AN_ENGINE = 300  # objects of SQLAlchemy: it has twice as many, and a statement kept some
OF_A_SCREEN = 1000  # objects: the smallest of a conversation's parts has more


def held() -> Counter[str]:
    """What is there after the lock: objects, those of screens and of talks, what caches have."""
    gc.collect()
    found: Counter[str] = Counter()
    for one in gc.get_objects():
        found["objects"] += 1
        if isinstance(one, FIFOCache | LRUCache):
            found["cached"] += len(one)
        elif isinstance(one, DOMNode | Conversation | Intake | Book):
            found[type(one).__name__] += 1
        elif str(type(one).__module__).startswith("sqlalchemy."):
            found["of the database"] += 1
    return found


def nodes() -> list[DOMNode]:
    """Of screens, whoever holds on to them."""
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, DOMNode)]


async def a_conversation(bench: Bench, others: list[DOMNode]) -> None:
    """A line, the running note, the contacts, a query, and the lock."""
    await bench.talk()
    await bench.type("barna er på skolen og mor ringer igjen i morgen\r")
    await bench.press("ctrl+r")
    await bench.shows("barna er på skolen")
    await bench.press("ctrl+r", "ctrl+g", "0")
    await bench.front(ContactsScreen)
    await bench.type("barna")
    await bench.saved()
    await bench.press("ctrl+k")
    await bench.front(UnlockScreen)
    await bench.until(lambda: bench.app.session.phase == "locked", "locked")
    await bench.until(lambda: not of_conversations(bench, others), "dropped")


def of_conversations(bench: Bench, others: list[DOMNode]) -> list[str]:
    """The screens that the lock has not dropped yet; other tests' are none of ours."""
    bench.app.look()
    known = set(map(id, others))
    kinds = [type(one).__name__ for one in nodes() if id(one) not in known]
    return [kind for kind in kinds if kind in ("ConversationScreen", "ContactsScreen")]


async def test_the_lock_waits_for_no_collection_of_garbage(home: Home) -> None:
    """Screens are in circles of references: what was said would stay with them."""
    async with running(home) as bench:
        await bench.talk()
        screen = weakref.ref(bench.app.screen)
        await bench.type("barna er på skolen\r")
        await bench.saved()
        gc.disable()
        try:
            await bench.press("ctrl+k")
            await bench.front(UnlockScreen)
            await bench.until(lambda: screen() is None, "let go")
        finally:
            gc.enable()


async def test_what_was_dropped_is_let_go_of_in_a_pause(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going through all memory takes as long as many keys, and somebody signs in again."""
    looked: list[None] = []
    async with running(home) as bench:
        await bench.talk()
        await bench.press("ctrl+k")
        await bench.until(lambda: bench.app.session.phase == "locked", "locked")
        monkeypatch.setattr(bench.app, "_looks", 0)
        monkeypatch.setattr(stage, "let_go", lambda: looked.append(None))
        monkeypatch.setattr(COURTESY, "_key_at", time.monotonic() + 3600.0)  # typing all the time
        bench.app.look()
        assert not looked
        monkeypatch.setattr(COURTESY, "_key_at", time.monotonic() - 3600.0)
        for _ in range(stage.LOOKS + 2):
            bench.app.look()
        assert len(looked) == stage.LOOKS


async def test_no_conversation_and_no_lock_leaves_anything_behind(home: Home) -> None:
    others = nodes()  # kept, so that none goes meanwhile and no number is used again
    async with running(home) as bench:
        rounds = []
        for _ in range(ROUNDS):
            await a_conversation(bench, others)
            rounds.append(held())
    before, after = rounds[USED_TO_IT - 1], rounds[-1]
    assert after["objects"] - before["objects"] < OF_A_SCREEN
    assert after["cached"] <= before["cached"]
    assert after["of the database"] - before["of the database"] < OF_AN_ENGINE
    parts = [
        {key: number for key, number in one.items() if key[0].isupper()} for one in (before, after)
    ]
    assert parts[0] == parts[1]
