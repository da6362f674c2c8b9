"""Work behind the screens steps aside for keys, and for nothing else."""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from intake_tui.app import IntakeApp
from intake_tui.desk import courtesy, opening, session
from intake_tui.desk.courtesy import ASIDE, COURTESY, LOOK, NEXT, RESTS, Courtesy
from machine import COUNSELLOR, PASSPHRASE, Home
from terminal import PATIENCE


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time, as its only item; sleeping moves it on."""
    now = [100.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(courtesy.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(courtesy.time, "sleep", sleep)

    async def sleep_beside(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(courtesy.asyncio, "sleep", sleep_beside)
    return iter([now])


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], ModuleType]]:
    """Imports a small module that nobody has imported yet; each time another one."""
    monkeypatch.syspath_prepend(tmp_path)
    names = [f"small_{number}" for number in range(9)]
    for name in names:
        (tmp_path / f"{name}.py").write_text("here = True")
    left = iter(names)
    yield lambda: import_module(next(left))
    for name in names:
        sys.modules.pop(name, None)


def test_after_a_key_the_next_module_waits(
    clock: Iterator[list[float]], module: Callable[[], ModuleType]
) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        assert module().here
        assert now == [100.0]
        polite.key()
        assert module().here
        waited = now[0] - 100.0
        assert ASIDE <= waited < ASIDE + 2 * LOOK
        assert module().here
        assert now == [100.0 + waited]


def test_a_module_waits_where_the_next_key_may_come(
    clock: Iterator[list[float]], module: Callable[[], ModuleType]
) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        polite.key()
        now[0] += NEXT + 0.01
        module()
        assert now[0] >= 100.0 + RESTS


def test_no_module_waits_where_somebody_waits_for_it(
    clock: Iterator[list[float]], module: Callable[[], ModuleType]
) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        polite.key()
        polite.hurry()
        module()
    assert now == [100.0]


def test_another_thread_does_not_wait(
    clock: Iterator[list[float]], module: Callable[[], ModuleType]
) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        polite.key()
        other = threading.Thread(target=module)
        other.start()
        other.join()
    assert now == [100.0]


def test_a_key_that_needs_a_module_does_not_wait_for_one_that_waits(
    module: Callable[[], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, goes_on = threading.Event(), threading.Event()
    polite = Courtesy()

    def wait(_: Courtesy) -> None:
        waits.set()
        assert goes_on.wait(PATIENCE)

    monkeypatch.setattr(Courtesy, "_wait", wait)

    def politely() -> None:
        with polite.stepping_aside():
            module()

    behind = threading.Thread(target=politely)
    behind.start()
    assert waits.wait(PATIENCE)
    key = threading.Thread(target=module)
    key.start()
    key.join(PATIENCE)
    was_held_up = key.is_alive()
    goes_on.set()
    behind.join()
    key.join()
    assert not was_held_up


def test_it_finds_nothing_that_the_others_do_not_find() -> None:
    with Courtesy().stepping_aside(), pytest.raises(ModuleNotFoundError):
        import_module("nobody_has_written_this")


def test_it_stands_before_the_finders_only_inside() -> None:
    polite = Courtesy()
    before = sys.meta_path
    with polite.stepping_aside():
        inside = sys.meta_path
        assert inside == [polite, *before]
    assert sys.meta_path == before
    # A thread that is between two finders of a list must not pass one by.
    assert inside == [polite, *before]


@pytest.mark.parametrize(
    ("pressed", "waits"),
    [
        (0.0, ASIDE),  # it is being painted
        (ASIDE, 0.0),  # it is painted, and no hand is as fast as that
        (NEXT, RESTS - NEXT),  # the next one may come
        (RESTS, 0.0),  # nobody is typing
    ],
)
async def test_a_piece_of_work_waits_until_it_would_meet_no_key(
    clock: Iterator[list[float]], pressed: float, waits: float
) -> None:
    now = next(clock)
    polite = Courtesy()
    polite.key()
    now[0] += pressed + 0.001
    begun = now[0]
    await polite.turn()
    assert waits - 0.002 <= now[0] - begun <= waits + LOOK


async def test_a_piece_of_work_waits_a_least_time_in_any_case(clock: Iterator[list[float]]) -> None:
    now = next(clock)
    await Courtesy().turn(0.004)
    assert now == [100.004]


def test_what_the_program_imports_behind_the_first_screen_steps_aside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[str, bool] = {}
    original = builtins.__import__

    def watched(name: str, around: Any = None, *rest: Any) -> ModuleType:
        if around is not None and around.get("__name__") == opening.__name__:
            asked[name] = COURTESY in sys.meta_path
        return original(name, around, *rest)

    monkeypatch.setattr(builtins, "__import__", watched)
    opening.guide()
    assert asked.keys() >= {"intake_tui.guide.load", "intake_tui.intake", "intake_tui.records"}
    assert all(asked.values())


@pytest.mark.parametrize("asks", ["to open", "to leave"])
async def test_nothing_steps_aside_any_more_where_somebody_waits(
    home: Home, monkeypatch: pytest.MonkeyPatch, asks: str
) -> None:
    polite = Courtesy()
    monkeypatch.setattr(session, "COURTESY", polite)
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test():
        assert not polite._hurried
        if asks == "to open":
            await app.unlock(COUNSELLOR, PASSPHRASE)
        else:
            await app.session.flush()
        assert polite._hurried
