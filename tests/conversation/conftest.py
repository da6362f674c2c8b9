"""A conversation on a bench: the guide, an empty talk, and the time of one place."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest
from conversation_bench import NOON, Bench

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation


@pytest.fixture(scope="session")
def guide() -> Guide:
    return load()


@pytest.fixture
def talk(guide: Guide) -> Conversation:
    ticks = iter(range(10_000))
    return Conversation.new(
        guide,
        by="00" * 16,
        now=lambda: NOON + dt.timedelta(seconds=next(ticks)),
        id=bytes(16),
        case=bytes([0x4F, 0x2A]) + bytes(14),
        guide_hash="0" * 64,
    )


@pytest.fixture
def bench(talk: Conversation) -> Bench:
    return Bench(talk)


@pytest.fixture(autouse=True)
def in_oslo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The screen shows local time: here always the same."""
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
