"""A terminal that is too small says so, and loses nothing."""

from __future__ import annotations

import pytest
from desk_bench import Bench, running
from textual.events import Paste

from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.first_run import FirstRunScreen
from intake_tui.screens.sign import SignScreen
from intake_tui.screens.too_small import TooSmallScreen
from intake_tui.screens.unlock import UnlockScreen
from machine import COUNSELLOR, PASSPHRASE, Home


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


async def shrunk(bench: Bench) -> None:
    await bench.pilot.resize_terminal(60, 15)
    await bench.front(TooSmallScreen)


async def grown(bench: Bench) -> None:
    await bench.pilot.resize_terminal(80, 24)
    await bench.until(lambda: not isinstance(bench.app.screen, TooSmallScreen), "shown again")


@pytest.mark.parametrize("to_passphrase", ["\t", "\r"])
async def test_signing_in_unseen_keeps_the_passphrase_out_of_the_name(
    home: Home, to_passphrase: str
) -> None:
    async with running(home) as bench:
        await bench.until(lambda: bench.app.focused, "a focus")
        unlock = bench.app.screen
        await shrunk(bench)
        await bench.type(f"{COUNSELLOR}{to_passphrase}{PASSPHRASE}")
        await grown(bench)
        assert unlock.query_one("#name").value == COUNSELLOR
        assert PASSPHRASE not in bench.flat
        await shrunk(bench)
        await bench.type("\r")
        await bench.until(lambda: unlock.has_class("-open"), "open")


async def test_a_sentence_typed_into_the_list_is_said_to_search_and_begins_a_conversation(
    home: Home,
) -> None:
    async with running(home) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.type("hun gråter")
        await shrunk(bench)
        await bench.shows("Det du skriver nå, søker i lista.")
        await bench.type(" nå")
        await grown(bench)
        await bench.shows("Fant ikke «hun gråter nå»")
        await bench.press("ctrl+n")
        await bench.front(ConversationScreen)
        assert bench.app.current.line.text == "hun gråter nå"


async def test_lines_written_unseen_are_the_same_as_lines_seen(home: Home) -> None:
    async with running(home) as bench:
        talk = await bench.talk()
        await bench.type("ei linje")
        await shrunk(bench)
        await bench.type(" meir\r")
        await bench.type("ny lonje")
        await bench.press("backspace", "backspace", "backspace", "backspace")
        await bench.type("inje")
        bench.app.post_message(Paste(" frå ein annan stad"))
        await bench.pilot.pause()
        await bench.press("enter", "enter", "enter")
        await grown(bench)
        said = [line.text for line in talk.intake.statements]
        assert said == ["ei linje meir", "ny linje frå ein annan stad"]
        assert talk.line.places == (), "Enter in an empty line picks nothing that is not seen"


async def test_nothing_is_signed_unseen(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SignScreen, "settles_after", 0.0)
    async with running(home) as bench:
        talk = await bench.talk()
        await bench.type("ei linje\r")
        await bench.press("ctrl+g", "8")
        await bench.front(ConversationScreen)
        bench.app.screen.open_sign()
        await bench.front(SignScreen)
        await shrunk(bench)
        await bench.type("\r\r\r")
        await grown(bench)
        assert bench.app.conversations == [talk]


async def test_no_step_of_the_first_run_is_passed_unseen(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        await bench.front(FirstRunScreen)
        before = bench.flat
        await shrunk(bench)
        assert "skrive videre" not in bench.flat
        await bench.type("abc\r\t\r")
        await grown(bench)
        assert bench.flat == before
