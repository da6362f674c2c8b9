"""No bytes make a parser do anything but give a value or the error that it is documented to raise.

The inputs are tried in a process of its own, with an alarm for each and a limit to its memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import parsers
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits and alarms")

PROGRAM = Path(parsers.__file__)


def tried(count: int, seed: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, PROGRAM, str(count), str(seed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_changed_inputs_give_a_value_or_the_documented_error(
    times: Callable[[int, int], int], figure: Callable[[str, str], None]
) -> None:
    count = times(4_000, 1_000_000)
    found = tried(count, seed=count)
    assert "wrong" not in found, found
    assert found["peak_mib"] < 1024
    accepted = sum(found["accepted"].values())
    figure(
        "inputs to parsers",
        f"{found['inputs']} to {found['parsers']} parsers in {found['seconds']} s, "
        f"{accepted} accepted, longest {found['longest_ms']} ms, peak {found['peak_mib']} MiB",
    )


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[parsers.Parser]:
    return parsers.everything(tmp_path_factory.mktemp("device"))


def test_valid_inputs_are_read(every: list[parsers.Parser]) -> None:
    for parser in every:
        for data in parser.valid:
            parser.read(data)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_arbitrary_and_edited_bytes(every: list[parsers.Parser], data: st.DataObject) -> None:
    parser = data.draw(st.sampled_from(every), label="parser")
    valid = data.draw(st.sampled_from(parser.valid))
    at = data.draw(st.integers(0, len(valid)))
    until = data.draw(st.integers(at, len(valid)))
    edited = valid[:at] + data.draw(st.binary(max_size=80)) + valid[until:]
    with suppress(*parser.raises):
        parser.read(edited)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_no_record(every: list[parsers.Parser], value: object) -> None:
    data = json.dumps(value).encode()
    for parser in every:
        with suppress(*parser.raises):
            parser.read(data)


def test_a_wrong_parser_would_be_found(tmp_path: Path) -> None:
    """The control: one that leaks, one that hangs, one that takes memory."""

    def leaks(data: bytes) -> None:
        raise KeyError(data)

    def hangs(data: bytes) -> None:
        while True:
            data += b""

    for read in (leaks, hangs):
        wrong = parsers.Parser("wrong", [b"x"], read)
        parsers.HANGS_AFTER, before = 0.2, parsers.HANGS_AFTER
        try:
            found = parsers.tried([wrong], 1, seed=1)
        finally:
            parsers.HANGS_AFTER = before
        assert "wrong" in found
    greedy = PROGRAM.read_text("utf-8").replace(
        "def typed(data: bytes) -> object:", "def typed(data: bytes) -> object:\n    bytes(1 << 31)"
    )
    (tmp_path / "greedy.py").write_text(greedy)
    done = subprocess.run(
        [sys.executable, tmp_path / "greedy.py", "100", "1"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PROGRAM.parents[1])},
    )
    assert "MemoryError" in done.stdout, done.stderr[-2000:]
