"""The screens before and around a conversation as text, in two languages and two sizes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest
from desk_bench import Bench, running
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from intake_tui.desk.opening import Opened
from intake_tui.desk.palette import Palette
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.first_run import FirstRunScreen
from intake_tui.screens.first_run_steps import STEPS
from intake_tui.screens.flow_steps import Answers
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.recovery import RecoveryScreen
from intake_tui.screens.too_small import TooSmallScreen
from intake_tui.screens.unlock import UnlockScreen
from machine import CENTRE, COUNSELLOR, Home

SIZES = {"narrow": (80, 24), "wide": (140, 40)}
OFFERED = "bølgete-fagskole-glitter-kvister-lommebok-vannvei"
SHEET = "4JAKG-PHBT3-N2PAM-MTDEE-Q78GN-7T13W-DQ13T-CCGCQ"
LAST = dt.datetime(2026, 11, 20, 21, 14, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def always_the_same(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone and the passphrase that is made."""
    monkeypatch.setattr("intake_tui.vault.passphrases.generated", lambda: OFFERED)
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


async def picture(bench: Bench) -> str:
    """The screen when nothing more is painted."""
    await bench.pilot.pause()
    await bench.pilot.pause(0.05)
    return bench.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_the_first_run(
    bare_home: Home, language: str, size: str, snapshot: SnapshotAssertion
) -> None:
    async with running(bare_home, size=SIZES[size], language=language) as bench:
        screen = await bench.front(FirstRunScreen)
        screen._answers = Answers(CENTRE, COUNSELLOR, offered=OFFERED, sheet=SHEET)
        for number, step in enumerate(STEPS):
            await screen._show(number)
            assert await picture(bench) == snapshot(name=f"{number + 1}-{step.title}")
        await bench.type(SHEET.replace("N2PAM", "N2PAN"))
        await bench.press("enter")
        assert await picture(bench) == snapshot(name="7-wrong-group")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_unlocking(home: Home, language: str, size: str, snapshot: SnapshotAssertion) -> None:
    async with running(home, size=SIZES[size], language=language) as bench:
        screen = await bench.front(UnlockScreen)
        assert await picture(bench) == snapshot(name="signing")
        await bench.type(f"{COUNSELLOR}\rsomething wrong\r")
        await bench.until(lambda: screen.has_class("-signing"), "refused")
        assert await picture(bench) == snapshot(name="refused")
        screen._become("-opening")
        screen.say(screen.words("unlock.opening"))
        assert await picture(bench) == snapshot(name="opening")
        screen.opened(Opened(LAST, 512, (), waiting=False, back_to="K-4F2A"))
        assert await picture(bench) == snapshot(name="open")
        screen.opened(Opened(LAST, 512, ("put-back", "damaged"), waiting=True, back_to=None))
        assert await picture(bench) == snapshot(name="warned")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_what_stands_over_it(
    home: Home, language: str, size: str, snapshot: SnapshotAssertion
) -> None:
    async with running(home, size=SIZES[size], language=language) as bench:
        await bench.front(UnlockScreen)
        over: tuple[tuple[str, type[Screen[None]]], ...] = (
            ("ctrl+p", Palette),
            ("ctrl+r", RecoveryScreen),
            ("ctrl+n", JotScreen),
            ("f12", CoverScreen),
        )
        for key, kind in over:
            await bench.press(key)
            screen = await bench.front(kind)
            if kind is JotScreen:
                await bench.type("ringer fra bilen\rbarna sitter bak\rhun hvisker")
                await bench.until(lambda: bench.app.session.jot.unfinished == "hun hvisker")
            if kind is RecoveryScreen:
                assert await picture(bench) == snapshot(name="recovery-code")
                screen._ask_for_new()
            assert await picture(bench) == snapshot(name=kind.__name__)
            if kind is not CoverScreen:
                bench.app.pop_screen()
                await bench.front(UnlockScreen)


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_too_small(home: Home, language: str, snapshot: SnapshotAssertion) -> None:
    async with running(home, size=(60, 12), language=language) as bench:
        await bench.front(TooSmallScreen)
        assert await picture(bench) == snapshot
