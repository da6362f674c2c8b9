"""The thread of the archive after its end: whoever asks then is told that it is locked."""

from __future__ import annotations

import pytest
from desk_bench import running

from intake_tui.desk.vault_thread import VaultThread
from intake_tui.vault.errors import VaultLocked
from machine import Home


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
