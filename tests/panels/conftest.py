"""The real guide, conversations and a small app for each panel; local time is always Oslo's."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from panels_bench import Bench, begun, replayed

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.sign import SignScreen


@pytest.fixture(scope="session")
def guide() -> Guide:
    return load()


@pytest.fixture
def talk(guide: Guide) -> Conversation:
    """An empty conversation."""
    return begun(guide)


@pytest.fixture
def whole(guide: Guide) -> Conversation:
    """The first invented conversation, whole."""
    return replayed(guide, "01-telephone-weapons.toml")


@pytest.fixture
def bench(guide: Guide) -> Bench:
    return Bench(guide)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing takes Enter at once, where a test does not look at just that."""
    monkeypatch.setattr(SignScreen, "settles_after", 0.0)


@pytest.fixture(autouse=True)
def in_oslo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The screen shows local time: here always the same."""
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
