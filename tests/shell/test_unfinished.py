"""A correction that is begun outlives a lock, the end and a fall, sealed, and nothing else does."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_bench import Bench, records, running

from intake_tui.desk.idle import LOCK_AFTER
from intake_tui.guide.load import load
from intake_tui.intake.unfinished import Unfinished
from intake_tui.records.archive import Archive
from intake_tui.records.kept_aside import KeptAside
from intake_tui.screens.amend import AmendScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault.errors import DiskFull
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import whole_talk

NEW, WHY = "ett våpen i jordkjelleren", "hørte feil på melkerommet"
ROW = "statement:s7"


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AmendScreen, "settles_after", 0.0)


def opened(home: Home) -> Archive:
    return Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)


@pytest.fixture
def signed(home: Home) -> Home:
    """A machine with one signed conversation."""
    archive = opened(home)
    talk = whole_talk(load(), by=archive.me.slot)
    archive.sign(talk.snapshot(), load(), at=dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC))
    archive.lock()
    return home


def in_the_clear(folder: Path, *secrets: str) -> list[str]:
    data = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return [one for one in secrets if any(one.encode() in each for each in data)]


def aside(home: Home) -> list[Unfinished]:
    archive = opened(home)
    try:
        return list(archive.aside.all().values())
    finally:
        archive.lock()


async def open_record(bench: Bench) -> SignedScreen:
    await bench.press("escape")
    contacts: Any = await bench.front(ContactsScreen)
    await bench.until(lambda: "K-4F2A" in bench.text, "the contact")
    key = next(row.key for row in contacts.rows.shown if row.key and "/" not in row.key)
    contacts.rows.highlight(key)
    await bench.press("enter")
    screen: SignedScreen = await bench.front(SignedScreen)
    await bench.until(lambda: screen.rows.shown, "the record")
    return screen


async def correct(bench: Bench) -> AmendScreen:
    """The new words are taken; why is being typed."""
    await bench.unlock()
    (await open_record(bench)).rows.highlight(ROW)
    await bench.press("enter")
    screen: AmendScreen = await bench.front(AmendScreen)
    await bench.press("ctrl+u")
    await bench.type(NEW + "\r" + WHY)
    return screen


async def lock(bench: Bench) -> None:
    bench.app.lock()


async def nobody_there(bench: Bench) -> None:
    await bench.passes(LOCK_AFTER)


async def leave(bench: Bench) -> None:
    await bench.app._leave()


async def fall(bench: Bench) -> None:
    bench.app._falling.fall()


@pytest.mark.parametrize("way", [lock, nobody_there, leave, fall], ids=lambda way: way.__name__)
async def test_what_is_typed_is_sealed_aside_however_it_ends(
    signed: Home, way: Callable[[Bench], Any]
) -> None:
    async with running(signed) as bench:
        await correct(bench)
        await way(bench)
    (words,) = aside(signed)
    assert (words.stage, words.now, words.reason) == ("reason", NEW, WHY)
    assert ROW in words.concerns
    assert in_the_clear(signed.root, "jordkjelleren", "melkerommet") == []
    assert NEW not in repr(words)


async def test_it_is_offered_after_the_lock_and_sealed_with_one_key_more(signed: Home) -> None:
    async with running(signed, size=(100, 40)) as bench:
        await correct(bench)
        await bench.press("ctrl+k")
        await bench.front(UnlockScreen)
        await bench.unlock()
        await bench.press("escape")
        contacts: Any = await bench.front(ContactsScreen)
        await bench.shows("Du begynte på en retting som ikke er forseglet.")
        keys = (row.key for row in contacts.rows.shown if row.key)
        contacts.rows.highlight(next(key for key in keys if key.startswith("lead/unfinished")))
        await bench.press("enter")
        screen: Any = await bench.front(SignedScreen)
        await bench.shows("Her begynte du på en retting.")
        assert screen.rows.highlighted == ROW
        await bench.press("enter")
        await bench.front(AmendScreen)
        await bench.shows(NEW, WHY)
        await bench.press("enter", "enter")
        await bench.front(SignedScreen)
        await bench.shows("Rettingen er forseglet.")
    assert aside(signed) == []
    (shown,) = records(signed)
    assert [(each["now"], each["reason"]) for each in shown["amendments"]] == [(NEW, WHY)]


async def test_what_is_given_up_is_not_offered_again(signed: Home) -> None:
    async with running(signed) as bench:
        screen = await correct(bench)
        screen.take_over()
        await bench.press("escape", "end", "escape", "end", "escape")
        record: SignedScreen = await bench.front(SignedScreen)
        await bench.press("enter")
        await bench.until(lambda: record is not bench.app.screen, "the correction")
        assert NEW not in bench.flat
    assert aside(signed) == []


async def test_after_the_lock_nothing_of_it_is_in_memory(signed: Home) -> None:
    async with running(signed) as bench:
        await correct(bench)
        bench.app.lock()
        await bench.until(lambda: bench.app.session.vault._archive is None, "locked")

        def gone() -> bool:
            gc.collect()
            return not any(isinstance(one, Unfinished | AmendScreen) for one in gc.get_objects())

        await bench.until(gone, "dropped")


async def test_what_a_full_disk_does_not_take_is_held_until_it_does(
    signed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise DiskFull

    async with running(signed) as bench:
        await correct(bench)
        with monkeypatch.context() as disk:
            disk.setattr(KeptAside, "keep", full)
            bench.app.lock()
            await bench.until(lambda: bench.app.session.vault._archive is None, "locked")
            await bench.until(lambda: bench.app.session.at_risk, "held")
        await bench.unlock()
        await bench.until(lambda: not bench.app.session.at_risk, "sealed")
    (words,) = aside(signed)
    assert words.reason == WHY


def test_it_is_for_who_typed_it_and_once(signed: Home) -> None:
    archive = opened(signed)
    me, other = archive.me.slot, "ab" * 16
    archive.aside.keep(Unfinished("x", "words", "en"), by=me)
    archive.aside.keep(Unfinished("x", "reason", "to", "fordi"), by=me)
    archive.aside.keep(Unfinished("x", "words", "tre"), by=other)
    assert archive.aside.all() == {"x": Unfinished("x", "reason", "to", "fordi")}
    archive.aside.drop("x", by=other)
    assert list(archive.aside.all()) == ["x"]
    archive.aside.drop("x", by=me)
    assert archive.aside.all() == {}
    archive.lock()
