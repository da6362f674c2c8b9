"""An archive that nothing opens is replaced by a backup, by keys, and is kept beside it."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from backup_bench import archive_of, copied
from desk_bench import Bench, records, running
from syrupy.assertion import SnapshotAssertion

from intake_tui.desk import media, restoring
from intake_tui.desk.idle import LOCK_AFTER
from intake_tui.desk.patience import Patience
from intake_tui.screens import unlock
from intake_tui.screens.archive_check import ArchiveCheckScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.restore import RestoreScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault import durable
from intake_tui.vault.restore import Restored
from machine import COUNSELLOR, PASSPHRASE, Home

JOTTED = "han står i gangen"
OFFER = "Ctrl+G: gjenopprett fra en kopi."


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A memory stick that is in, with a copy of the archive on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(media, "media", lambda: [folder])
    monkeypatch.setattr(unlock, "PATIENCE", Patience())
    return folder


@pytest.fixture
def copy(home: Home, stick: Path) -> Path:
    return copied(home, stick / "kopi-2026-01-05.db")


def cut(vault: Path) -> bytes:
    """The end of the file is gone, as after a failed move; what is left of it."""
    data = vault.read_bytes()[:20_000]
    vault.write_bytes(data)
    vault.with_name(f"{vault.name}-wal").write_bytes(b"")
    return data


async def refused(bench: Bench) -> None:
    """Somebody has tried to sign in."""
    await bench.front(UnlockScreen)
    await bench.sign_in()
    await bench.shows(OFFER, "Filen som ligger her, blir tatt vare på.")


async def to_the_sign_in(bench: Bench, copy: Path) -> RestoreScreen:
    await bench.press("ctrl+g")
    screen: RestoreScreen = await bench.front(RestoreScreen)
    await bench.shows("med datoen i navnet", copy.name)
    await bench.press("enter")
    await bench.shows("Logg inn som da kopien ble laget.")
    return screen


async def restored(bench: Bench) -> None:
    await bench.type(COUNSELLOR)
    await bench.press("enter")
    await bench.type(PASSPHRASE)
    await bench.press("enter")


async def test_it_is_replaced_by_keys_and_kept(home: Home, copy: Path) -> None:
    left = cut(home.vault)
    async with running(home) as bench:
        await refused(bench)
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.type(JOTTED)
        await bench.press("enter", "escape")
        await to_the_sign_in(bench, copy)
        await bench.press("ctrl+n")  # the telephone rings in the middle of it
        await bench.front(JotScreen)
        await bench.type("på vei ut")
        await bench.press("escape")
        await bench.front(RestoreScreen)
        await restored(bench)
        await bench.shows("Gjenopprettet fra kopien av", "heter nå vault-skadet-", "Ingen liste")
        await bench.press("enter")
        await bench.front(UnlockScreen)
        await bench.shows("glemt passordfrasen")
        await bench.unlock()
        await bench.shows("Det du skrev, ligger klart i en ny samtale.")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        await bench.saved()
    (kept,) = home.vault.parent.glob("vault-skadet-????-??-??.db")
    assert kept.read_bytes() == left
    (record,) = records(home)
    assert JOTTED in str(record)
    assert "på vei ut" in str(record)
    archive = archive_of(home)
    assert archive.warnings == ()
    assert archive.verify().findings == ()
    archive.lock()


async def test_what_goes_wrong_leaves_it_and_it_can_be_tried_again(
    home: Home, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = cut(home.vault)
    async with running(home) as bench:
        await refused(bench)
        await to_the_sign_in(bench, copy)
        with monkeypatch.context() as full:

            def no_room(*_: object, **__: object) -> None:
                raise OSError(errno.ENOSPC, "as the system says")

            full.setattr(durable, "give_name", no_room)
            await restored(bench)
            await bench.shows("Det er ikke plass")
        assert home.vault.read_bytes() == left
        assert not list(home.vault.parent.glob(".*.new"))
        assert not list(home.vault.parent.glob("vault-skadet-*"))
        await bench.press("enter")
        await bench.shows("Gjenopprettet fra kopien av", "heter nå vault-skadet-")


def log_broken(vault: Path) -> bytes:
    """Damage at which it opens still; what lies there then."""
    connection = sqlite3.connect(vault)
    connection.execute("DELETE FROM log WHERE n = 1")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return vault.read_bytes()


async def test_what_opens_but_is_damaged_is_replaced_by_a_leader(
    home: Home, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_broken(home.vault)
    async with running(home) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.shows("Kontrollen fant skade", "bare for lesing")
        bench.app.screen.rows.highlight("lead/check")
        await bench.press("enter")
        await bench.front(ArchiveCheckScreen)
        await bench.shows("Ctrl+G: gjenopprett fra siste sikkerhetskopi")
        await bench.press("ctrl+g")
        await bench.front(RestoreScreen)
        await bench.press("escape")
        await bench.front(UnlockScreen)
        await bench.shows("Arkivet ble funnet skadet.", "Det du skriver nå, er bare i minnet.")
        await bench.unlock()
        await bench.shows("skriver nå, er bare i minnet", "gjenopprett fra en kopi")
        await bench.type(JOTTED)
        await bench.press("ctrl+g")
        await bench.front(RestoreScreen)
        await bench.shows("med datoen i navnet", copy.name)
        await bench.press("enter")
        await bench.shows("Logg inn som da kopien ble laget.")
        with monkeypatch.context() as no_leader:
            no_leader.setattr(restoring, "COUNSELLOR", "leader")
            await restored(bench)
            await bench.shows("Bare en leder kan legge en kopi i stedet")
        assert not list(home.vault.parent.glob("vault-skadet-*"))
        await bench.press("enter")
        await bench.shows("Gjenopprettet fra kopien av", "heter nå vault-skadet-")
        await bench.press("enter")
        await bench.front(UnlockScreen)
        assert "funnet skadet" not in bench.text
        await bench.unlock()
        await bench.until(lambda: bench.app.soundness.state == "done", "the check is done")
        assert bench.app.soundness.checked.findings == ()
        (talk,) = bench.app.conversations  # what was in memory is in the archive now
        assert talk.line.text == JOTTED
        await bench.until(lambda: bench.app.session.autosave.is_saved(talk), "saved")
    assert list(home.vault.parent.glob("vault-skadet-????-??-??.db"))


async def test_left_alone_it_goes_on_behind_the_locked_screen(home: Home, copy: Path) -> None:
    cut(home.vault)
    async with running(home) as bench:
        await refused(bench)
        screen = await to_the_sign_in(bench, copy)
        run, may_go_on = screen._restoring.run, asyncio.Event()

        async def slow(further: Callable[[str, int], None]) -> Restored:
            await may_go_on.wait()
            return await run(further)

        screen._restoring.run = slow  # type: ignore[method-assign]
        await restored(bench)
        await bench.passes(LOCK_AFTER)
        await bench.front(UnlockScreen)
        may_go_on.set()
        await bench.shows("Arkivet er på plass. Logg inn for å åpne det.", "glemt passordfrasen")
        await bench.unlock()


def written(text: str) -> Callable[[Path, Path], None]:
    return lambda vault, _: vault.write_text(text)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (written("en handleliste"), "ikke et arkiv fra dette programmet, eller den er skadet"),
        (lambda vault, copy: vault.write_bytes(copy.read_bytes()), "Filen er en sikkerhetskopi"),
    ],
    ids=["text", "copy"],
)
async def test_it_is_offered_for_whatever_nothing_opens(
    home: Home, copy: Path, spoil: Callable[[Path, Path], None], said: str
) -> None:
    async with running(home) as bench:
        await bench.front(UnlockScreen)
        await bench.press("ctrl+g")
        assert isinstance(bench.app.screen, UnlockScreen)  # it may well be sound
        spoil(home.vault, copy)
        copy.unlink()
        await refused(bench)
        await bench.shows(said)
        await bench.press("ctrl+g")
        await bench.front(RestoreScreen)
        if said.endswith("sikkerhetskopi"):
            await bench.shows("vault.db")
            await bench.press("enter")
            await bench.shows("Logg inn som da kopien ble laget.")
            await restored(bench)
            await bench.shows("heter nå vault-skadet-")
        else:
            await bench.shows("for eksempel")
            await bench.press("escape")
            await bench.front(UnlockScreen)
            await bench.shows(said)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
async def test_replacing_in_pictures(
    home: Home, stick: Path, language: str, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    home.vault.write_text("en handleliste")
    async with running(home, size=size, language=language) as bench:
        await bench.sign_in()
        await bench.shows("Ctrl+G")
        assert bench.text == snapshot(name="refused")
        await bench.press("ctrl+g")
        await bench.front(RestoreScreen)
        await bench.shows("kopi")
        assert bench.text == snapshot(name="file")
