"""What is jotted down while the archive is open always has a conversation that is saved."""

from __future__ import annotations

import pytest
from desk_bench import running

from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.jot import JotScreen
from machine import Home


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)


@pytest.mark.parametrize("end", ["erase", "sign"])
async def test_what_is_jotted_after_its_conversation_was_ended_is_in_another(
    home: Home, end: str
) -> None:
    async with running(home) as bench:
        await bench.unlock()
        await bench.type("a")
        await bench.press("backspace", "escape")
        await bench.front(ContactsScreen)
        first = bench.app.session.pending
        assert first is not None
        await getattr(bench.app, end)(first)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.press("ctrl+n")
        await bench.type("hun ringer")
        await bench.front(JotScreen)
        await bench.shows("Lagret og forseglet.")
        (second,) = bench.app.conversations
        assert second.line.text == "hun ringer"
        drafts = await bench.app.vault(lambda archive: archive.conversations(bench.app.guide))
        assert [draft.snapshot() for draft in drafts] == [second.snapshot()]
