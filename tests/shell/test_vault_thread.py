"""The one thread that opens, reads, seals and writes: others do none of it, and do not wait for it.

After its end, whoever asks is told that it is locked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from inspect import CO_GENERATOR
from types import FrameType
from typing import Any

import pytest
from desk_bench import Bench, running

from intake_tui.desk.vault_thread import VaultThread
from intake_tui.records import archive, persons
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault.errors import VaultLocked
from machine import Home

assert archive.Archive  # all that it needs is imported: a module's own lines are not counted below

BEHIND = ("guide.load", "records.archive", "records.codec", "records.heads", "vault.")
SAID_IN_FRONT = ("vault.errors", "vault.place")  # what went wrong; which file it is


@contextmanager
def done_here() -> Iterator[set[str]]:
    """The functions called in this thread that are another one's to call.

    Not generators: one that was broken off is closed wherever it is let go of, which looks like a
    call. What one does is seen by what it calls.
    """
    found: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_globals.get("__name__", "").removeprefix("intake_tui.")
        if event != "call" or frame.f_code.co_flags & CO_GENERATOR:
            return
        if name.startswith(BEHIND) and not name.startswith(SAID_IN_FRONT):
            found.add(f"{name}.{frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


async def a_conversation(bench: Bench) -> None:
    """Signed in, a line kept and saved, looked for, signed, locked, and jotted down after that."""
    talk = await bench.talk()
    await bench.type("barna er på skolen\rog mor ringer")
    await bench.press("ctrl+s")
    await bench.saved()
    await bench.press("ctrl+g", "0")
    await bench.front(ContactsScreen)
    await bench.type("barna")
    await bench.app.sign(talk)
    await bench.until(lambda: bench.app.soundness.state == "done", "the check is done")
    await bench.press("ctrl+k")
    await bench.front(UnlockScreen)
    await bench.until(lambda: bench.app.session.phase == "locked", "locked")
    await bench.press("ctrl+n")
    await bench.type("hun ringer igjen")
    await bench.app.session.flush()


async def test_the_screens_do_nothing_of_the_vaults_and_wait_for_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[str] = []
    result = Future.result

    def watched(self: Future[Any], timeout: float | None = None) -> Any:
        if not self.done():
            waited.append("for a piece of work")
        return result(self, timeout)

    monkeypatch.setattr(Future, "result", watched)
    with done_here() as found:
        async with running(home) as bench:
            await a_conversation(bench)
    assert not found
    assert not waited


async def test_the_guard_sees_what_is_done_here(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        with done_here() as found:
            persons.Persons(bench.app.session.vault._archive._vault).heads.page(None, 1)
    assert "vault.store.heads" in found


async def test_what_is_asked_for_after_the_end_is_locked() -> None:
    thread = VaultThread()
    thread.close()
    with pytest.raises(VaultLocked):
        await thread.run(lambda archive: archive)
    with pytest.raises(VaultLocked):
        await thread.plain(object)
    thread.close()  # ended twice is ended


async def test_what_reads_on_while_the_program_leaves_is_no_crash(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        session = bench.app.session
    await session.read_book()
    await session.checkup.run()
    assert bench.app.return_code in (None, 0)
