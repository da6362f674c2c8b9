"""After unlocking, the whole archive is read back: between keys and saves, and gone at lock."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import threading

import pytest
from desk_bench import Bench, running

from intake_tui.demo.fill import fill
from intake_tui.desk import checkup
from intake_tui.desk.courtesy import Courtesy
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.records.checking import Checking
from intake_tui.screens.archive_check import ArchiveCheckScreen
from intake_tui.screens.archive_menu import ArchiveMenu
from intake_tui.screens.contacts import ContactsScreen
from machine import COUNSELLOR, PASSPHRASE, Home


@pytest.fixture
def filled(home: Home) -> Home:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    fill(archive, load(), contacts=12, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


def damage(home: Home) -> str:
    """One contact's long part is overwritten; its code."""
    connection = sqlite3.connect(home.vault)
    connection.execute("UPDATE revision SET body = zeroblob(4000) WHERE n = 3")
    (case,) = connection.execute("SELECT series FROM revision WHERE n = 3").fetchone()
    connection.commit()
    connection.close()
    return f"K-{case[:2].hex().upper()}"


async def checked(bench: Bench) -> None:
    await bench.until(lambda: bench.app.soundness.state == "done", "the check is done")


async def test_a_sound_archive_is_said_to_be_sound(filled: Home) -> None:
    async with running(filled) as bench:
        await bench.unlock()
        await checked(bench)
        assert bench.app.soundness.checked.all == ()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        assert "skade" not in bench.text
        await bench.press("ctrl+a")
        menu = await bench.front(ArchiveMenu)
        await bench.shows("Kontroll av arkivet", "i orden")
        menu.rows.highlight("check.matter")
        await bench.press("enter")
        await bench.front(ArchiveCheckScreen)
        await bench.shows("Alt er lest tilbake og er i orden.")


async def test_damage_is_said_above_the_contacts_and_named(filled: Home) -> None:
    code = damage(filled)
    async with running(filled) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.shows("Kontrollen fant skade i arkivet")
        await bench.press("up", "up", "up", "up", "up", "home")
        rows = bench.app.screen.rows
        rows.highlight("lead/check")
        await bench.press("enter")
        await bench.front(ArchiveCheckScreen)
        await bench.shows(f"Samtalen {code} fra", "kan ikke leses")
        await bench.shows("Ctrl+G: gjenopprett fra siste", "med datoen i navnet")
        await bench.press("ctrl+r")
        await checked(bench)
        await bench.shows(f"Samtalen {code} fra", "kan ikke leses")


async def test_a_save_waits_for_one_step_only(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is a piece of work of its own: what is asked for meanwhile comes next."""
    order: list[str] = []
    step = Checking.step

    def watched(self: Checking) -> tuple[int, int] | None:
        order.append("step")
        if len(order) == 3:
            vault.submit_with(lambda archive: order.append("save"))
        return step(self)

    monkeypatch.setattr(Checking, "step", watched)
    async with running(filled) as bench:
        vault = bench.app.session.vault
        await bench.unlock()
        await bench.until(lambda: "save" in order, "saved")
        assert order[:4] == ["step", "step", "step", "save"]


async def test_between_two_steps_it_waits_for_keys(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def watched(self: Courtesy, least: float = 0.0) -> None:
        waits.append(least)

    monkeypatch.setattr(Courtesy, "turn", watched)
    async with running(filled) as bench:
        await bench.unlock()
        await checked(bench)
        assert waits.count(checkup.PAUSE) > 5


async def test_locking_in_the_middle_ends_it_and_nothing_of_it_is_left(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    steps: list[Checking] = []
    step = Checking.step

    def held_up(self: Checking) -> tuple[int, int] | None:
        steps.append(self)
        if len(steps) == 3:
            goes_on.wait()
        return step(self)

    monkeypatch.setattr(Checking, "step", held_up)
    async with running(filled) as bench:
        await bench.unlock()
        await bench.until(lambda: len(steps) == 3, "the third step")
        locking = asyncio.create_task(bench.app.session.lock())
        waiting = bench.app.session.vault._pool._work_queue.qsize
        await bench.until(waiting, "the lock is asked for")
        goes_on.set()
        await locking
        await bench.app.session.vault.plain(lambda: None)
        await bench.pilot.pause()
        assert len(steps) == 3
        assert bench.app.soundness.state == "waiting"


async def test_what_was_found_is_forgotten_at_the_lock_and_looked_for_anew(filled: Home) -> None:
    damage(filled)
    async with running(filled) as bench:
        await bench.unlock()
        await checked(bench)
        assert bench.app.soundness.checked.findings
        bench.app.lock()
        await bench.until(lambda: bench.app.session.phase == "locked")
        assert bench.app.soundness.checked is None
        await bench.unlock()
        await checked(bench)
        assert bench.app.soundness.checked.findings


async def test_a_sound_archive_is_not_read_through_at_each_unlock_of_a_day(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(filled) as bench:
        await bench.unlock()
        await checked(bench)
        first = bench.app.soundness.at
        for waits, again in ((dt.timedelta(hours=3), False), (dt.timedelta(hours=5), True)):
            await bench.app.session.lock()
            bench.app.lock()
            later = first + waits
            monkeypatch.setattr(bench.app.session.checkup, "_now", lambda later=later: later)
            await bench.app.session.unlock(COUNSELLOR, PASSPHRASE)
            await bench.app.session.read_book()
            assert (bench.app.soundness.at == later) == again
