"""A vault that may not be written opens for reading; what is typed is kept in memory, and said."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from desk_bench import Bench, running

from intake_tui.demo.fill import fill
from intake_tui.desk.checkup import Checkup
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.screens.archive_check import ArchiveCheckScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.export import ExportScreen
from intake_tui.vault import VaultReadOnly, engine
from machine import COUNSELLOR, PASSPHRASE, Home

LINE = "sier at nøkkelen ligger i boden"


@pytest.fixture
def filled(home: Home) -> Home:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    fill(archive, load(), contacts=12, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


@pytest.fixture
def protected(filled: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """As on a stick that is write-protected; root may write everywhere else."""

    def look(path: Path, *, create: bool) -> None:
        raise VaultReadOnly

    monkeypatch.setattr(engine, "refuse", look)
    return filled


async def test_all_is_read_and_the_screens_say_that_nothing_is_saved(protected: Home) -> None:
    before = protected.vault.read_bytes()
    async with running(protected) as bench:
        await bench.unlock()
        await bench.shows("Arkivet er åpnet bare for lesing")
        await bench.press("escape")
        screen = await bench.front(ContactsScreen)
        await bench.shows("Arkivet er åpnet bare for lesing: det du skriver, lagres ikke")
        await bench.until(lambda: bench.app.soundness.state == "done", "the check is done")
        screen.rows.highlight("lead/read-only")
        await bench.press("enter")
        await bench.front(ArchiveCheckScreen)
        await bench.shows("Alt kunne leses tilbake", "Bare lesing", "gi skrivetilgang")
    assert protected.vault.read_bytes() == before


async def in_memory(bench: Bench) -> None:
    await bench.press("ctrl+n")
    await bench.front(ConversationScreen)
    await bench.type(f"{LINE}\r")
    await bench.shows("IKKE lagret: får ikke skrive til mappen", "Bare i minnet.")


async def test_what_is_typed_is_in_memory_and_goes_to_a_file_when_asked(
    protected: Home, tmp_path: Path
) -> None:
    async with running(protected) as bench:
        await bench.unlock()
        await in_memory(bench)
        await bench.press("ctrl+p")
        await bench.type("til en fil")
        await bench.shows("Skriv samtalen til en fil")
        await bench.press("enter")
        screen = await bench.front(ExportScreen)
        screen.settles_after = 0.0
        await bench.press("shift+tab")
        await bench.type(str(tmp_path))
        await bench.press("enter")
        await bench.shows("Skal filen skrives uten forsegling?")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        (file,) = tmp_path.glob("*.md")
        text = file.read_text("utf-8")
        assert LINE in " ".join(text.split())
        assert "Ikke signert" in text


async def test_a_lock_keeps_it_and_it_is_saved_once_the_folder_can_be_written(
    protected: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(protected) as bench:
        await bench.unlock()
        await in_memory(bench)
        bench.app.lock()
        await bench.until(lambda: bench.app.session.phase == "locked")
        await bench.unlock()  # still not to be written: it is shown, and still in memory
        talks = [talk for talk in bench.app.conversations if LINE in str(_texts(talk))]
        assert len(talks) == 1
        assert bench.app.session.at_risk
        bench.app.lock()
        await bench.until(lambda: bench.app.session.phase == "locked")
        monkeypatch.undo()
        await bench.unlock()
        await bench.saved()
        assert not bench.app.session.at_risk
    archive = Archive.unlock(
        protected.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=protected.device
    )
    kept = [talk for talk in archive.conversations(load()) if LINE in str(_texts(talk))]
    archive.lock()
    assert len(kept) == 1


def _texts(talk: object) -> list[str]:
    return [line.text for line in talk.intake.statements]  # type: ignore[attr-defined]


async def test_where_it_is_saved_it_is_not_written_to_a_file(filled: Home) -> None:
    async with running(filled) as bench:
        await bench.talk()
        await bench.type(f"{LINE}\r")
        await bench.saved()
        await bench.app.screen.run_action("rescue")
        await bench.shows("Samtalen er lagret i arkivet.")


# -- set aside --------------------------------------------------------------------------------


def log_broken(home: Home) -> None:
    connection = sqlite3.connect(home.vault)
    connection.execute("DELETE FROM log WHERE n = 2")
    connection.commit()
    connection.close()


async def test_a_log_that_does_not_hold_turns_it_read_only_when_nobody_writes(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_broken(filled)
    run = Checkup.run

    async def later(self: Checkup) -> None:
        """The check begins when somebody is talking already."""

    monkeypatch.setattr(Checkup, "run", later)
    async with running(filled) as bench:
        await bench.talk()
        monkeypatch.setattr(Checkup, "run", run)
        bench.app.check_again()
        await bench.type(f"{LINE}\r")
        await bench.until(lambda: bench.app.soundness.state == "done", "the check is done")
        await bench.saved()  # the conversation in front is still saved
        assert "read-only" not in await bench.app.vault(lambda archive: archive.warnings)
        bench.app.show_contacts()
        await bench.front(ContactsScreen)
        await bench.shows("Kontrollen fant skade", "bare for lesing")
        assert "read-only" in await bench.app.vault(lambda archive: archive.warnings)
        await bench.press("ctrl+n")
        await bench.front(ConversationScreen)
        await bench.type(f"{LINE}\r")
        await bench.shows("IKKE lagret: arkivet er skadet", "Bare i minnet, til programmet lukkes.")


async def test_what_was_set_aside_stays_so_over_a_lock(filled: Home) -> None:
    log_broken(filled)
    async with running(filled) as bench:
        await bench.unlock()
        await bench.shows("Arkivet ble funnet skadet.", "Det du skriver nå, er bare i minnet.")
        await bench.shows("gjenopprett fra en kopi")
        await bench.press("escape")
        await bench.shows("Kontrollen fant skade", "bare for lesing")
        await bench.press("ctrl+n")
        await bench.shows("IKKE lagret: arkivet er skadet", "Bare i minnet")  # before a word
        await bench.type(f"{LINE}\r")
        await bench.press("ctrl+k")
        await bench.until(lambda: bench.app.session.phase == "locked")
        await bench.shows("Arkivet er skadet: det siste du skrev, er bare i minnet.")
        await bench.press("ctrl+n")
        await bench.type("han står i gangen\r")
        await bench.until(lambda: bench.app.session.jot.kept == "memory")
        await bench.press("escape")
        await bench.unlock()
        await bench.shows("skriver nå, er bare i minnet")
        (talk,) = (one for one in bench.app.conversations if LINE in str(_texts(one)))
        bench.app.open_conversation(talk)
        await bench.front(ConversationScreen)
        await bench.app.screen.run_action("rescue")  # at once, before a save was tried
        await bench.front(ExportScreen)
        await bench.press("escape")
        await bench.shows("IKKE lagret: arkivet er skadet")
        assert bench.app.session.autosave.saved_at(talk) is None
        assert len(bench.app.session.autosave.unsaved()) == 2


async def test_a_damaged_record_is_no_reason_to_stop_saving(filled: Home) -> None:
    connection = sqlite3.connect(filled.vault)
    connection.execute("UPDATE revision SET body = zeroblob(600) WHERE n = 2")
    connection.commit()
    connection.close()
    async with running(filled) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.shows("Kontrollen fant skade")
        assert "read-only" not in await bench.app.vault(lambda archive: archive.warnings)
        await bench.press("ctrl+n")
        await bench.type(f"{LINE}\r")
        await bench.saved()
