"""A terminal that goes away, at any moment: what was typed is saved, and the program ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from intake_tui.desk.falling import HUNG_UP

PROGRAM = """
import asyncio, os, signal, sys, threading
from intake_tui.desk.falling import Calls, Falling

held = threading.Lock()  # as the queue of the vault's thread has one

def save():
    with held:
        print("saved", flush=True)
    return True

def nothing(*_):
    return False

async def main():
    Falling(Calls(save, nothing, nothing, nothing, nothing)).watch_signals()
    with held:
        os.kill(os.getpid(), signal.SIGHUP)
    if sys.argv[1] == "stuck":
        threading.Event().wait()
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("loop", ["free", "stuck"])
def test_it_saves_though_it_came_at_a_bad_moment(loop: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, loop],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (HUNG_UP, "saved\n", "")
