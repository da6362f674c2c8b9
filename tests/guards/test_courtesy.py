"""Work behind the screens steps aside for keys, and for nothing else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from intake_tui.desk import courtesy
from intake_tui.desk.courtesy import ASIDE, LOOK, NEXT, RESTS, Courtesy


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


def test_after_a_key_the_next_module_waits(clock: Iterator[list[float]]) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        assert polite.find_spec("anything") is None
        assert now == [100.0]
        polite.key()
        polite.find_spec("anything")
        waited = now[0] - 100.0
        assert ASIDE <= waited < ASIDE + 2 * LOOK
        polite.find_spec("anything")
        assert now == [100.0 + waited]


def test_a_module_waits_where_the_next_key_may_come(clock: Iterator[list[float]]) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        polite.key()
        now[0] += NEXT + 0.01
        polite.find_spec("anything")
        assert now[0] >= 100.0 + RESTS


def test_no_module_waits_where_somebody_waits_for_it(clock: Iterator[list[float]]) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        polite.key()
        polite.hurry()
        polite.find_spec("anything")
    assert now == [100.0]


def test_another_thread_does_not_wait(clock: Iterator[list[float]]) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        polite.key()
        other = threading.Thread(target=polite.find_spec, args=("anything",))
        other.start()
        other.join()
    assert now == [100.0]


def test_it_stands_before_the_finders_only_inside() -> None:
    polite = Courtesy()
    before = list(sys.meta_path)
    with polite.stepping_aside():
        assert sys.meta_path == [polite, *before]
    assert sys.meta_path == before


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
