"""Imports behind the unlock screen step aside for keys, and for nothing else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from intake_tui.desk import courtesy
from intake_tui.desk.courtesy import ASIDE, Courtesy


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time, as its only item; sleeping moves it on."""
    now = [100.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(courtesy.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(courtesy.time, "sleep", sleep)
    return iter([now])


def test_after_a_key_the_next_module_waits(clock: Iterator[list[float]]) -> None:
    now = next(clock)
    polite = Courtesy()
    with polite.stepping_aside():
        assert polite.find_spec("anything") is None
        assert now == [100.0]
        polite.key()
        polite.find_spec("anything")
        assert now == [100.0 + ASIDE]
        polite.find_spec("anything")
        assert now == [100.0 + ASIDE]


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
