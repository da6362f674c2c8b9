"""After unlocking, all heads are read in the background: between other work, and gone at lock."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading

import pytest
from desk_bench import running

from intake_tui.demo.fill import fill
from intake_tui.desk.courtesy import Courtesy
from intake_tui.guide.load import load
from intake_tui.records import persons
from intake_tui.records.archive import Archive
from intake_tui.records.persons import Persons
from machine import COUNSELLOR, PASSPHRASE, Home

CONTACTS = 30


@pytest.fixture
def filled(home: Home) -> Home:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    fill(archive, load(), contacts=CONTACTS, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


async def test_it_is_complete_soon_after_unlocking(filled: Home) -> None:
    async with running(filled) as bench:
        await bench.unlock()

        async def read() -> bool:
            return await bench.app.vault(lambda archive: archive.persons.book.complete)

        while not await read():
            await bench.pilot.pause()
        rows = await bench.app.vault(lambda archive: list(archive.all_contacts()))
        held = await bench.app.vault(lambda archive: list(archive.persons.book.all()))
        assert held == [row for row in rows if row.status == "signed"]
        assert held


async def test_a_save_goes_between_two_pages(filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is a piece of work of its own: what is asked for meanwhile comes first."""
    monkeypatch.setattr(persons, "PAGE", 2)
    order: list[str] = []
    read_on = Persons.read_on

    def watched(self: Persons) -> bool:
        order.append("page")
        if len(order) == 3:
            vault.submit_with(lambda archive: order.append("save"))
        return read_on(self)

    monkeypatch.setattr(Persons, "read_on", watched)
    async with running(filled) as bench:
        vault = bench.app.session.vault
        await bench.unlock()
        await bench.until(lambda: "save" in order, "saved")
        assert order[:4] == ["page", "page", "page", "save"]


async def test_between_two_pages_it_waits_for_keys(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert persons.PAGE <= 50  # heads: what a key would have to wait for, if it came meanwhile
    monkeypatch.setattr(persons, "PAGE", 2)
    order: list[str] = []
    read_on = Persons.read_on

    def watched(self: Persons) -> bool:
        order.append("page")
        return read_on(self)

    async def turn(self: Courtesy, least: float = 0.0) -> None:
        order.append("turn")

    monkeypatch.setattr(Persons, "read_on", watched)
    monkeypatch.setattr(Courtesy, "turn", turn)
    async with running(filled) as bench:
        await bench.unlock()
        await bench.until(lambda: len(order) >= 10, "five pages")
        assert order[:10] == ["page", "turn"] * 5


async def test_locking_in_the_middle_ends_the_reading(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(persons, "PAGE", 1)
    goes_on = threading.Event()
    pages: list[Persons] = []
    read_on = Persons.read_on

    def held_up(self: Persons) -> bool:
        pages.append(self)
        if len(pages) == 3:
            goes_on.wait()
        return read_on(self)

    monkeypatch.setattr(Persons, "read_on", held_up)
    async with running(filled) as bench:
        await bench.unlock()
        await bench.until(lambda: len(pages) == 3, "the third page")
        locking = asyncio.create_task(bench.app.session.lock())
        waiting = bench.app.session.vault._pool._work_queue.qsize
        await bench.until(waiting, "the lock is asked for")
        goes_on.set()
        await locking
        await bench.app.session.vault.plain(lambda: None)
        assert len(pages) == len(pages[0].book) == 3
        assert not pages[0].book.complete
