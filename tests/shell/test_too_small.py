"""A terminal that is too small says so, and loses nothing."""

from __future__ import annotations

from desk_bench import running

from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.too_small import TooSmallScreen
from intake_tui.screens.unlock import UnlockScreen
from machine import COUNSELLOR, Home


async def test_it_says_the_size_that_is_needed_and_goes_away(home: Home) -> None:
    async with running(home, size=(40, 10)) as bench:
        await bench.front(TooSmallScreen)
        await bench.shows("for lite: 40 × 10", "minst 80 × 24")
        await bench.pilot.resize_terminal(79, 24)
        await bench.shows("for lite: 79 × 24")
        await bench.pilot.resize_terminal(80, 24)
        await bench.front(UnlockScreen)
        await bench.type(COUNSELLOR)
        await bench.until(lambda: bench.app.screen.query_one("#name").value == COUNSELLOR)


async def test_what_is_typed_meanwhile_goes_where_it_would_have_gone(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type("hun ")
        await bench.pilot.resize_terminal(60, 20)
        await bench.front(TooSmallScreen)
        await bench.type("gråter")
        await bench.until(lambda: bench.app.current.line.text == "hun gråter", "kept")
        assert "gråter" not in bench.flat
        await bench.pilot.resize_terminal(100, 30)
        await bench.front(ConversationScreen)
        assert "hun gråter" in bench.flat


async def test_the_cover_stays_in_front(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.pilot.resize_terminal(60, 20)
        await bench.front(TooSmallScreen)
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.pilot.resize_terminal(90, 30)
        assert isinstance(bench.app.screen, CoverScreen)
        bench.app.uncover()
        await bench.front(ConversationScreen)


async def test_unlocking_is_not_undone_by_it(home: Home) -> None:
    async with running(home, size=(60, 20)) as bench:
        await bench.front(TooSmallScreen)
        await bench.pilot.resize_terminal(80, 24)
        await bench.front(UnlockScreen)
        await bench.unlock()
