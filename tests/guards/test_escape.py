"""A lone Esc is a key as soon as nothing follows it, so that Esc Esc covers at once."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable

import pytest
from textual import _parser
from textual._xterm_parser import XTermParser
from textual.events import Key

from intake_tui.desk import surroundings
from intake_tui.textual_fixes import keyboard
from intake_tui.textual_fixes.keyboard import hear_escape

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows reads keys otherwise")

Waiting = Callable[[bool], None]


@pytest.fixture
def comes(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """Says whether more comes while it is waited for; waiting moves the clock on."""
    now = [100.0]

    def more(waiting: bool) -> None:
        def select(fds: list[object], *rest: object) -> tuple[list[object], ...]:
            now[0] += 0 if waiting else 1.0
            return (fds if waiting else [], [], [])

        monkeypatch.setattr(keyboard.select, "select", select)

    hear_escape()
    monkeypatch.setattr(_parser, "get_time", lambda: now[0])
    return more


def keys(parser: XTermParser, data: str) -> list[str]:
    return [event.key for event in parser.feed(data) if isinstance(event, Key)]


def test_esc_alone_is_a_key_at_once(comes: Waiting) -> None:
    comes(False)
    parser = XTermParser()
    assert keys(parser, "\x1b") == ["escape"]
    assert keys(parser, "\x1b") == ["escape"]
    assert keys(parser, "a") == ["a"]


def test_a_sequence_cut_after_its_esc_stays_one_key(comes: Waiting) -> None:
    comes(True)
    parser = XTermParser()
    assert keys(parser, "\x1b") == []
    assert keys(parser, "[A") == ["up"]


@pytest.mark.parametrize(("set_by_hand", "milliseconds"), [({}, 20), ({"ESCDELAY": "70"}, 70)])
def test_it_is_waited_for_a_fiftieth_of_a_second(
    set_by_hand: dict[str, str], milliseconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read by Textual when it is imported, in milliseconds."""
    monkeypatch.setattr(surroundings.os, "environ", set_by_hand)
    surroundings.forget()
    assert int(set_by_hand["ESCDELAY"]) == milliseconds


def test_textual_itself_still_looks_up_ten_times_a_second_only() -> None:
    """When this fails, look whether `hear_escape` is still needed."""
    from textual.drivers.linux_driver import LinuxDriver

    assert "selector.select(0.1)" in inspect.getsource(LinuxDriver.run_input_thread)
