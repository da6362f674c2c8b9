"""Signing: nothing is compulsory, nothing typed is lost, and the record is shown after it."""

from __future__ import annotations

from time import monotonic

import pytest
from panels_bench import Bench, told

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.records.errors import RecordDamaged
from intake_tui.screens.sign import SignScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.vault.errors import DiskFull
from screen_text import screen_text


async def test_it_says_what_is_open_and_who_signs(bench: Bench, talk: Conversation) -> None:
    told(talk, "noe")
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        await pilot.pause()
        text = screen_text(bench)
        for wanted in ("Hvilken hjelp som er valgt", "Videre:", "Ingenting av dette er nødvendig"):
            assert wanted in text
        assert "Ragnhild Prøvestad" in text


async def test_it_says_nothing_of_what_is_there(bench: Bench, whole: Conversation) -> None:
    whole.pin("call", "no")
    whole.answer("unit", "telephone")
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(whole))
        await pilot.pause()
        text = screen_text(bench)
        assert "Ikke fylt ut" not in text
        assert "Bo her, med vern" in text


async def test_enter_signs_once_and_shows_the_record(bench: Bench, talk: Conversation) -> None:
    talk.line = Line(text="en siste ting")
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        assert "Den blir med slik den står" in screen_text(bench)
        bench.archive.fails = DiskFull()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert bench.signed == [talk]
        assert [line.text for line in talk.intake.statements] == ["en siste ting"]
        assert "contacts" in bench.did
        assert isinstance(bench.screen, SignedScreen)


async def test_the_enter_that_opened_it_never_signs_however_long_it_is_held(
    bench: Bench, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignScreen, "settles_after", 60)
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        for _ in range(10):
            await pilot.press("enter")
        assert bench.signed == []
        assert "Enter Signer" not in screen_text(bench)
        monkeypatch.setattr(SignScreen, "settles_after", 0.05)
        await pilot.press("enter")  # the last one of those held: the wait begins anew with it
        end = monotonic() + 10
        while "Enter Signer" not in screen_text(bench):
            assert monotonic() < end
            await pilot.pause(0.01)
        bench.archive.fails = DiskFull()
        await pilot.press("enter")
        await pilot.pause()
        assert bench.signed == [talk]


async def test_what_is_typed_on_it_is_in_what_is_signed(bench: Bench, talk: Conversation) -> None:
    bench.current = talk
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        bench.archive.fails = DiskFull()
        await pilot.press(*"ja", "enter")
        await pilot.pause()
        assert [line.text for line in talk.intake.statements] == ["ja"]


async def test_a_record_is_never_shown_over_a_cover(bench: Bench, talk: Conversation) -> None:
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        bench.covered = True
        await pilot.press("enter")
        await pilot.pause()
        assert bench.signed == [talk]
        assert not isinstance(bench.screen, SignedScreen)


@pytest.mark.parametrize("why", [DiskFull(), RecordDamaged("wrong-shape")])
async def test_why_it_is_not_signed_is_said_and_it_can_be_tried_again(
    bench: Bench, talk: Conversation, why: Exception
) -> None:
    bench.sign_fails = [why]
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        await pilot.press("enter")
        await pilot.pause()
        assert "Ikke signert ennå." in screen_text(bench)
        assert bench.signed == []
        bench.archive.fails = DiskFull()
        await pilot.press("enter")
        await pilot.pause()
        assert bench.signed == [talk]


async def test_escape_goes_back_unsigned(bench: Bench, talk: Conversation) -> None:
    talk.line = Line(text="uferdig")
    async with bench.run_test() as pilot:
        await bench.open(SignScreen(talk))
        await pilot.press("escape")
        assert bench.signed == []
        assert talk.line.text == "uferdig"
        assert bench.answer is None
