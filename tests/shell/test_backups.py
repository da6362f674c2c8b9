"""Backups in the running program: by keys, by itself, given up at the lock, and restored."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path

import pytest
from backup_bench import archive_of, copied
from desk_bench import Bench, running
from syrupy.assertion import SnapshotAssertion

from intake_tui.demo.fill import fill
from intake_tui.desk import media
from intake_tui.desk.courtesy import Courtesy
from intake_tui.guide.load import load
from intake_tui.screens.archive_menu import ArchiveMenu
from intake_tui.screens.backup import BackupScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.first_run import FirstRunScreen
from intake_tui.screens.restore import RestoreScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault import place, stepwise
from machine import COUNSELLOR, PASSPHRASE, Home


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A memory stick that is in, and no other."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(media, "media", lambda: [folder])
    monkeypatch.setattr(place, "on_same_disk", lambda path, location: folder not in path.parents)
    return folder


@pytest.fixture(scope="module")
def filled_once(first_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Not to be written: copy it."""
    home = first_home.copy(tmp_path_factory.mktemp("filled") / "machine")
    archive = archive_of(home)
    fill(archive, load(), contacts=6, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


@pytest.fixture
def filled(filled_once: Home, tmp_path: Path) -> Home:
    return filled_once.copy(tmp_path / "machine")


async def to_backups(bench: Bench) -> BackupScreen:
    await bench.unlock()
    await bench.press("escape")
    await bench.front(ContactsScreen)
    return await from_the_contacts(bench)


async def from_the_contacts(bench: Bench) -> BackupScreen:
    """By Ctrl+A and its row in the menu."""
    await bench.press("ctrl+a")
    menu = await bench.front(ArchiveMenu)
    await bench.shows("Sikkerhetskopi")
    while menu.rows.highlighted != "backup.matter":
        await bench.press("down")
    await bench.press("enter")
    screen: BackupScreen = await bench.front(BackupScreen)
    return screen


async def test_made_and_read_back_by_keys(
    filled: Home, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def turn(self: Courtesy, least: float = 0.0) -> None:
        waits.append(least)

    async with running(filled) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.shows("Ingen kontrollert sikkerhetskopi ennå.")  # above the contacts
        await from_the_contacts(bench)
        await bench.shows("Ta en kopi nå")
        await bench.press("enter")
        await bench.shows("Hvor skal kopien ligge?", stick.name)  # the stick is offered
        await bench.until(lambda: bench.app.soundness.state == "done", "the check is done")
        monkeypatch.setattr(Courtesy, "turn", turn)
        await bench.press("enter")
        await bench.shows("Kontrollert ", " rader: kopi-")
        made = len(waits)
        assert made > 3  # between two steps it waits for keys
        await bench.shows("Siste kontrollerte sikkerhetskopi: i dag.")
        (copy,) = stick.iterdir()
        await bench.press("down", "down", "down", "down", "enter")
        await bench.shows("Hvilken kopi skal leses tilbake?", copy.name)
        await bench.press("enter")
        await bench.shows("er hel:")
        assert len(waits) > made + 3
        await bench.press("escape")
        await bench.shows("i dag", "Kontroll av arkivet")
        await bench.press("ctrl+a")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "kontrollert sikkerhetskopi" not in bench.text)


async def test_what_is_wrong_is_said_and_the_rest_goes_on(filled: Home, stick: Path) -> None:
    async with running(filled) as bench:
        await to_backups(bench)
        for typed, said in (
            (str(filled.vault), "Det er arkivet selv."),
            (str(stick / "nowhere" / "k.db"), "Mappen er ikke her."),
            ("~nobody-here/k", "Mappen er ikke her."),
        ):
            await bench.press("ctrl+b")
            await bench.shows("Hvor skal kopien ligge?")
            await bench.type(typed)  # in the place of what was offered
            await bench.press("enter")
            await bench.shows(said, "Ta en kopi nå")
        await bench.press("down", "enter")
        await bench.shows("Hvilken kopi")
        await bench.press("enter")
        await bench.shows("Skriv en mappe eller en fil.")
        (stick / "text").write_text("no copy")
        await bench.type(str(stick / "text"))
        await bench.press("enter")
        await bench.shows("ikke en sikkerhetskopi fra dette programmet")
        await bench.press("down", "down", "down", "enter")
        await bench.shows("14 dager")
        assert [one.name for one in stick.iterdir()] == ["text"]


async def test_the_lock_gives_it_up_and_leaves_nothing(
    filled: Home, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepwise, "PAGES", 1)
    async with running(filled) as bench:
        await to_backups(bench)
        bench.app.back_up(stick)
        await bench.until(lambda: bench.app.backed.percent > 10)
        await bench.press("ctrl+k")
        await bench.front(UnlockScreen)
        await bench.until(lambda: not list(stick.iterdir()))
        await bench.unlock()
        assert bench.app.backed.state == "nothing"
    assert not list(stick.iterdir())


async def test_one_a_day_by_itself(filled: Home, stick: Path) -> None:
    async with running(filled) as bench:
        await to_backups(bench)
        await bench.press("down", "down", "enter")
        await bench.shows("I hvilken mappe")
        await bench.press("enter")
        await bench.shows("Ta en kopi nå", stick.name)
        assert not list(stick.iterdir())
    for _ in range(2):
        async with running(filled) as bench:
            await bench.unlock()
            await bench.until(lambda: len(list(stick.glob("kopi-*.db"))) == 1)
            await bench.until(lambda: bench.app.soundness.state == "done")
            await bench.until(lambda: not bench.app.session.backing.is_going_on)
    async with running(filled) as bench:
        stick.rename(stick.with_name("out"))  # it is not in: nothing is said, nothing is done
        await bench.unlock()
        await bench.until(lambda: bench.app.soundness.state == "done")
        await bench.pilot.pause(0.1)
        assert bench.app.backed.state == "nothing"


async def test_a_folder_that_does_not_answer_keeps_nobody_from_saving(
    filled: Home, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(filled)
    archive.backups.set_folder(stick)
    archive.lock()
    asked, answers, is_dir = threading.Event(), threading.Event(), Path.is_dir

    def silent(path: Path) -> bool:
        if path == stick:
            asked.set()
            answers.wait()
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", silent)
    async with running(filled) as bench:
        await bench.talk()
        await bench.until(asked.is_set, "asked whether it is there")
        await bench.type("hun hvisker")
        await bench.press("enter")
        await bench.saved()
        answers.set()
        await bench.until(lambda: list(stick.glob("kopi-*.db")), "a copy once it answers")
        await bench.until(lambda: not bench.app.session.backing.is_going_on)


async def test_restored_in_the_first_run(
    filled: Home, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)  # the burst that covered is over
    bare_home = Home.made(tmp_path / "other")
    path = copied(filled, stick / "kopi-2026-01-05.db")
    async with running(bare_home) as bench:
        await bench.front(FirstRunScreen)
        await bench.shows("gjenopprett fra en kopi")
        await bench.press("ctrl+r")
        await bench.front(RestoreScreen)
        await bench.shows(path.name)  # what is on the stick is offered
        await bench.press("f12")
        await bench.front(CoverScreen)
        await bench.press("enter")
        await bench.front(RestoreScreen)
        await bench.type("/no/such/file")
        await bench.press("enter")
        await bench.shows("Her er det ingen fil.")
        for _ in "/no/such/file":
            await bench.press("backspace")
        await bench.type(str(path))
        await bench.press("enter")
        await bench.shows("Logg inn som da kopien ble laget.")
        await bench.type(COUNSELLOR)
        await bench.press("enter")
        await bench.type("ikke riktig")
        await bench.press("enter")
        await bench.shows("hører ikke sammen")
        await bench.type(PASSPHRASE)
        await bench.press("enter")
        await bench.shows("Gjenopprettet fra kopien av", "husker ikke arkivet", "Ingen liste")
        await bench.press("enter")
        await bench.front(UnlockScreen)
        await bench.unlock()
        assert "eldre enn sist" not in bench.flat
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.shows("K-")
    archive = archive_of(bare_home)
    assert archive.warnings == ()
    assert archive.verify().findings == ()
    archive.lock()
    assert PASSPHRASE.encode() not in b"".join(
        one.read_bytes() for one in bare_home.root.rglob("*") if one.is_file()
    )


async def test_a_folder_lists_its_copies_to_be_restored(
    filled: Home, tmp_path: Path, stick: Path
) -> None:
    stick.rename(tmp_path / "other-stick")  # nothing is offered by itself
    folder = tmp_path / "folder"
    folder.mkdir()
    newer = copied(filled, folder / "minnepinnen")  # a copy, whatever it is called
    older = folder / "kopi-2026-01-05.db"
    older.write_bytes(newer.read_bytes())
    os.utime(older, (1, 1))
    (folder / "vault.db").write_bytes(filled.vault.read_bytes())  # an archive is no copy
    (folder / "brev.txt").write_text("no copy")
    async with running(Home.made(tmp_path / "bare")) as bench:
        await bench.front(FirstRunScreen)
        await bench.press("ctrl+r")
        await bench.front(RestoreScreen)
        await bench.type(str(tmp_path))
        await bench.press("enter")
        await bench.shows("I mappen er det ingen sikkerhetskopi.")
        await bench.type("/folder")
        await bench.press("enter")
        await bench.shows("› minnepinnen", "kopi-2026-01-05.db", "Velg kopien med ↑ ↓")
        assert "brev" not in bench.text
        assert "vault.db" not in bench.text
        await bench.press("down")
        await bench.shows("› kopi-2026-01-05.db")
        await bench.press("enter")
        await bench.shows("Logg inn som da kopien ble laget.")


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
async def test_restoring_in_pictures(
    bare_home: Home,
    language: str,
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("intake_tui.screens.restore.example", lambda: "/media/…/kopi-….db")
    async with running(bare_home, size=size, language=language) as bench:
        await bench.front(FirstRunScreen)
        await bench.press("ctrl+r")
        screen = await bench.front(RestoreScreen)
        for state in ("-file", "-passphrase", "-sheet"):
            screen._become(state)
            await bench.pilot.pause(0.05)
            assert bench.text == snapshot(name=state)
