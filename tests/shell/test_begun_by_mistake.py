"""A conversation that was begun by mistake, with nothing in it, leaves nothing when it is left."""

from __future__ import annotations

import pytest
from desk_bench import Bench, running

from intake_tui.screens.contacts import ContactsScreen
from intake_tui.vault.errors import DiskFull
from machine import Home


async def left(bench: Bench) -> None:
    """To the list, until what was left is saved or gone."""
    await bench.press("ctrl+g", "0")
    await bench.front(ContactsScreen)
    await bench.saved()


async def drafts(bench: Bench) -> int:
    rows = await bench.app.vault(lambda archive: archive.contacts())
    return sum(row.status == "open" for row in rows)


async def test_it_goes_with_its_draft_and_nobody_is_asked(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as bench:
        empty = await bench.talk()
        await bench.saved()
        assert await drafts(bench) == 1
        await bench.press("ctrl+n")
        await bench.until(lambda: bench.app.current not in (None, empty), "another one")
        await left(bench)
        assert bench.app.conversations == []
        await bench.until(lambda: bench.app.session.autosave._desks == {}, "both are gone")
        assert await drafts(bench) == 0
        assert "ingenting skrevet" not in bench.text

        # What was jotted, answered or half written stays; so does one that cannot be erased.
        for keys in (["h"], ["enter", "tab", "enter"], ["enter"]):
            await bench.press("ctrl+n")
            await bench.until(lambda: bench.app.current is not None, "a conversation")
            await bench.press(*keys)
            await left(bench)
        assert len(bench.app.conversations) == await drafts(bench) == 3

        async def full(*_: object) -> None:
            raise DiskFull

        monkeypatch.setattr(bench.app.session.finishing, "erase", full)
        await bench.press("ctrl+n")
        await bench.until(lambda: bench.app.current is not None, "a conversation")
        await left(bench)
        await bench.until(lambda: len(bench.app.conversations) == 4, "the one that is not erased")
