"""What the palette and the write-only line say is so, and is said once."""

from __future__ import annotations

import re

from desk_bench import Bench, running

from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.jot import JotScreen
from machine import Home


def palette(bench: Bench) -> list[tuple[str, ...]]:
    """Each command, and its keys where it has some."""
    named = bench.app.get_system_commands(bench.app.screen)
    return [tuple(re.split(r" {2,}", one.title.strip())) for one in named]


async def test_each_command_stands_once_with_the_keys_that_the_bars_name(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        named = [name for name, *_ in palette(bench)]
        assert sorted(named) == sorted(set(named))
        assert "Samtaler" in named
        assert ("Dekk skjermen", "Esc Esc, F12") in palette(bench)
        await bench.press("escape")
        await bench.front(ContactsScreen)
        assert ("Slett et tomt utkast",) in palette(bench)
        await bench.press("ctrl+k")
        await bench.until(lambda: bench.app.session.phase == "locked", "locked")
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        assert "Lagre" not in bench.text
        await bench.type("hun gråter")
        await bench.shows("Lagret og forseglet.")
