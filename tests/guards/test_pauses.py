"""Going through all memory for garbage waits until nobody is typing."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from intake_tui import app as app_module
from intake_tui.app import IntakeApp
from intake_tui.command_line import start
from intake_tui.command_line.chosen import Chosen
from intake_tui.desk.courtesy import COURTESY
from intake_tui.desk.surroundings import DUE, collect_again, collect_in_a_pause
from intake_tui.screens import stage
from machine import Home


@pytest.fixture
def collections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The generations that were gone through; the garbage collector is as at the start."""
    seen: list[int] = []
    before = gc.get_threshold()

    def watch(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    gc.disable()
    gc.callbacks.append(watch)
    yield seen
    gc.callbacks.remove(watch)
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.enable()


def older_collections(count: int) -> None:
    """So many of the middle generation since the last of all."""
    gc.collect()
    for _ in range(count):
        gc.collect(1)


def test_all_is_gone_through_in_a_pause_only(collections: list[int]) -> None:
    collect_again()
    older_collections(DUE + 1)
    collections.clear()
    rubbish = [[number] for number in range(gc.get_threshold()[0] * 30)]
    assert collections
    assert 2 not in collections
    collections.clear()
    collect_in_a_pause()
    assert collections == [2]
    assert rubbish


def test_nothing_is_gone_through_in_a_pause_where_nothing_is_due(collections: list[int]) -> None:
    collect_again()
    older_collections(DUE - 1)
    collections.clear()
    collect_in_a_pause()
    assert collections == []


def test_nothing_is_gone_through_while_the_program_starts(
    collections: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for: list[bool] = []

    def show(chosen: Chosen) -> int:
        looked_for.append(gc.isenabled())
        return 0

    monkeypatch.setattr(start, "has_terminal", lambda: True)
    monkeypatch.setattr(start, "show", show)
    gc.enable()
    assert start.program_alone([]) == 0
    assert looked_for == [False]


async def test_garbage_is_looked_for_once_all_is_imported_and_not_among_that(
    collections: list[int], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "WARM_UP_AFTER", 3600.0)  # seconds: not by itself
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test():
        assert not gc.isenabled()
        await app.session.warm_up()
        assert gc.isenabled()
        assert gc.get_freeze_count()


async def test_a_pause_is_when_no_key_came_for_a_while(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[None] = []
    monkeypatch.setattr(stage, "collect_in_a_pause", lambda: made.append(None))
    monkeypatch.setattr(stage, "PAUSE", 3600.0)  # seconds: longer than the slowest machine takes
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(COURTESY, "_key_at", -1e9)
        await pilot.press("a")
        made.clear()
        app.look()
        assert not made
        monkeypatch.setattr(stage, "PAUSE", 0.0)
        app.look()
        assert made


async def test_the_unlock_screen_goes_through_nothing_before_the_first_lock(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[None] = []
    monkeypatch.setattr(stage, "let_go", lambda: made.append(None))
    monkeypatch.setattr(stage, "PAUSE", 0.0)
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(80, 24)):
        app.look()
        assert not made
