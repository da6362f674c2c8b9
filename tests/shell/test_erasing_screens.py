"""Deleting by keys: what goes is said, it is typed and not held, and nothing goes half-way."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from desk_bench import Bench, running
from syrupy.assertion import SnapshotAssertion
from textual.events import ScreenResume

from intake_tui.desk import exporting
from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.records.archive import Archive
from intake_tui.records.retention import UNDECIDED, Period
from intake_tui.screens.after_erasing import AfterErasing
from intake_tui.screens.archive_menu import ArchiveMenu
from intake_tui.screens.confirm import ConfirmScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.due import DueScreen
from intake_tui.screens.erase import EraseScreen
from intake_tui.screens.export import ExportScreen
from intake_tui.screens.keeping import KeepingScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.vault.kdf import Kdf
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import START, begun, keep, whole_talk

SIZES = {"narrow": (80, 24), "wide": (140, 40)}
NOW = dt.datetime(2029, 3, 1, 12, tzinfo=dt.UTC)
CODE_WORD = "blåbærsyltetøy"
OTHER = "kiste sokk lampe elv gaupe tind"


@pytest.fixture(autouse=True)
def always_the_same(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ExportScreen, "settles_after", 0.0)
    monkeypatch.setattr(exporting.secrets, "token_hex", lambda n: "ab12cd"[: 2 * n])
    monkeypatch.setattr("intake_tui.app._utc_now", lambda: NOW)
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def unlocked(home: Home, name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> Archive:
    return Archive.unlock(home.vault, name=name, passphrase=passphrase, device=home.device)


@pytest.fixture
def kept(home: Home) -> Home:
    """Three cases, of which the first two are one person; each with one signed conversation."""
    archive, guide = unlocked(home), load()
    talks = [whole_talk(guide, by=archive.me.slot)]
    talks[0].pin("code-word", CODE_WORD)
    for number in (2, 3):
        held = begun(guide, by=archive.me.slot, number=number)
        talks.append(
            Conversation.new(
                guide,
                by=archive.me.slot,
                now=lambda: held.started,  # noqa: B023 - asked at once
                id=held.id,
                case=bytes([number * 0x11]) * 16,
            )
        )
        keep(talks[-1], "ringte en gang til")
    for talk in talks:
        archive.sign(talk.snapshot(), guide, at=START + dt.timedelta(hours=1))
    archive.persons.join(talks[0].case.hex(), talks[1].case.hex(), "samme stemme")
    archive.lock()
    return home


def cases(home: Home) -> list[str]:
    archive = unlocked(home)
    codes = sorted(row.code for row in archive.all_contacts())
    assert archive.verify().findings == ()
    archive.lock()
    return codes


async def at_contacts(bench: Bench) -> None:
    await bench.unlock()
    await bench.press("escape")
    await bench.front(ContactsScreen)
    await bench.shows("K-4F2A")


async def to_question(bench: Bench) -> EraseScreen:
    """To what is asked of the first case."""
    await at_contacts(bench)
    await bench.type("4f2a")
    await bench.press("enter")
    screen = await bench.front(SignedScreen)
    await bench.until(lambda: screen._leads, "a leader")
    await bench.press("ctrl+t")
    screen = await bench.front(EraseScreen)
    await bench.until(lambda: screen.rows.highlighted, "what there is")
    return screen  # type: ignore[no-any-return]


async def test_it_is_typed_and_a_held_key_deletes_nothing(kept: Home) -> None:
    before = cases(kept)
    async with running(kept) as bench:
        await to_question(bench)
        await bench.press("down", *["enter"] * 30)
        await bench.front(ConfirmScreen)
        await bench.shows("kan ikke angres", "kan saken fortsatt leses", "Skriv K-4F2A")
        await bench.type("4f2b\r\r\r")
        await bench.shows("Skriv K-4F2A")
        await back(bench, EraseScreen, SignedScreen)
    assert cases(kept) == before


async def test_one_case_goes_and_the_contacts_do_not_show_it(kept: Home) -> None:
    before = cases(kept)
    async with running(kept) as bench:
        await to_question(bench)
        await bench.shows("Bare K-4F2A", "Alt som hører til samme person")
        await bench.press("down", "enter")
        await bench.front(ConfirmScreen)
        await bench.type("4f2a\r")
        await bench.front(AfterErasing)
        await bench.shows(
            "Slettet", "I kopier tatt før slettingen, 01.03.2029, kan saken fortsatt leses."
        )
        await bench.press("enter")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "Rogn" not in bench.text, "it is gone")
    assert len(cases(kept)) == len(before) - 1


async def test_all_of_a_person_are_handed_out_in_one_file_and_deleted(
    kept: Home, tmp_path: Path
) -> None:
    async with running(kept, size=(100, 40)) as bench:
        await to_question(bench)
        await bench.press("down", "down", "enter")
        await bench.front(ExportScreen)
        await bench.shows("kommer spørsmålet om å slette", "Trygghetsplanen er med.")
        await bench.press("tab")
        await bench.shows("Trygghetsplanen er ikke med, og blir borte med resten.")
        await bench.press("tab", "shift+tab")
        await bench.type(f"{tmp_path}\r")
        await bench.shows("Skal filen skrives uten forsegling?")
        assert not list(tmp_path.glob("*.md"))
        await bench.press("enter")
        await bench.front(ConfirmScreen)
        await bench.shows("Skrevet og lest tilbake: notat-")
        (file,) = tmp_path.glob("*.md")
        text = file.read_text("utf-8")
        assert "jakter, to våpen i boden" in text
        assert "ringte en gang til" in text
        assert CODE_WORD in text, "what is left out is gone for good"
        assert len(_rows(bench)) == 3, "nothing has gone yet"
        await bench.type("k-4f2a\r")
        await bench.front(AfterErasing)
    assert len(cases(kept)) == 1


async def back(bench: Bench, *screens: type[Any]) -> None:
    """Esc, from screen to screen; not so fast that it covers."""
    for screen in screens:
        bench.app._escaped = -1.0
        await bench.press("escape")
        await bench.front(screen)


def _rows(bench: Bench) -> list[object]:
    archive = bench.app.session.vault._archive
    assert archive is not None
    return list(bench.app.session.vault.submit(lambda: list(archive.all_contacts())).result())


async def test_what_could_not_be_written_or_is_gone_again_is_not_deleted(
    kept: Home, tmp_path: Path
) -> None:
    before = cases(kept)
    async with running(kept) as bench:
        await to_question(bench)
        await bench.press("enter")
        await bench.front(ExportScreen)
        await bench.press("shift+tab")
        await bench.type(f"{tmp_path / 'finnes-ikke'}\r")
        await bench.shows("Den mappen finnes ikke")
        await bench.press("ctrl+u")
        await bench.type(f"{tmp_path}\r")
        await bench.shows("Skal filen skrives uten forsegling?")
        await bench.press("enter")
        await bench.front(ConfirmScreen)
        (file,) = tmp_path.glob("*.md")
        file.write_text(file.read_text("utf-8")[:-1], "utf-8")
        await bench.type("4f2a\r")
        await bench.shows("Ingenting er slettet.", "ligger der ikke lenger")
    assert cases(kept) == before


async def test_a_counsellor_is_told_to_ask_a_leader(kept: Home) -> None:
    archive = unlocked(kept)
    archive._vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    archive.lock()
    async with running(kept) as bench:
        await bench.until(lambda: bench.app.focused and bench.app.focused.id == "name")
        await bench.type(f"Siv\r{OTHER}\r")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.shows("K-4F2A")
        await bench.type("4f2a")
        await bench.press("enter")
        screen = await bench.front(SignedScreen)
        await bench.until(lambda: screen._shown, "the record")
        assert "Slett" not in bench.text
        await bench.press("ctrl+t")
        await bench.shows("Bare en leder kan slette en sak")


async def test_an_open_conversation_of_the_case_goes_too_and_is_not_saved_again(
    kept: Home,
) -> None:
    async with running(kept) as bench:
        await at_contacts(bench)
        await bench.type("4f2a")
        await bench.press("ctrl+r")
        await bench.until(lambda: bench.app.current is not None, "a conversation")
        await bench.type("ringer igjen\rog mer")
        await bench.press("ctrl+g", "0")
        await bench.front(ContactsScreen)
        await bench.type("rogn")
        await bench.shows("Rogn")
        await bench.press("home", "down", "enter")
        screen = await bench.front(SignedScreen)
        await bench.until(lambda: screen._leads, "a leader")
        await bench.press("ctrl+t")
        await bench.front(EraseScreen)
        await bench.shows("En samtale er åpen")
        await bench.press("down", "enter")
        await bench.front(ConfirmScreen)
        await bench.type("4f2a\r")
        await bench.front(AfterErasing)
        assert bench.app.conversations == []
        assert bench.app.session.autosave.unsaved() == []
    assert len(cases(kept)) == 2


# How long cases are kept


async def test_a_leader_settles_the_time_and_what_is_due_is_listed_and_goes(kept: Home) -> None:
    async with running(kept, size=(100, 40)) as bench:
        await at_contacts(bench)
        assert "lagringstiden" not in bench.text
        await bench.press("ctrl+a")
        menu = await bench.front(ArchiveMenu)
        await bench.until(lambda: any(row.key == "keeping.matter" for row in menu.rows.shown))
        menu.rows.highlight("keeping.matter")
        await bench.press("enter")
        screen = await bench.front(KeepingScreen)
        await bench.until(lambda: screen.rows.highlighted, "the outcomes")
        await bench.press("end", "enter")
        await bench.type("tolv\r")
        await bench.shows("Skriv et tall og dager, måneder eller år.")
        await bench.press("ctrl+u")
        await bench.type("18 md\r")
        await bench.shows("Ikke noe valgt: 18 måneder")
        await back(bench, ArchiveMenu, ContactsScreen)
        await bench.shows("1 sak har nådd lagringstiden")
        bench.app.screen.rows.highlight("lead/due")  # type: ignore[attr-defined]
        await bench.press("enter")
        await bench.front(DueScreen)
        await bench.shows("Nådd tiden, men ikke ferdige", "Dette står igjen å gjøre")
        await bench.press("ctrl+t")
        await bench.shows("Merk sakene som skal slettes")
        await bench.press("down", "tab")
        assert "1 merket" not in bench.text
        await bench.press("ctrl+t")
        await bench.shows("Merk sakene som skal slettes")
        await bench.press("up", "tab", *["ctrl+t"] * 9)
        await bench.front(ConfirmScreen)
        await bench.shows("1 sak slettes.")
        await bench.type("1\r")
        await bench.front(AfterErasing)
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "lagringstiden" not in bench.text, "nothing is due")
    assert len(cases(kept)) == 2


async def test_what_is_due_is_read_from_the_list_and_back_to_its_row(kept: Home) -> None:
    archive, guide = unlocked(kept), load()
    third = next(row for row in archive.all_contacts() if row.code == "K-3333")
    talk = Conversation.new(
        guide,
        by=archive.me.slot,
        now=lambda: START + dt.timedelta(days=2),
        id=b"\x44" * 16,
        case=bytes.fromhex(third.case),
    )
    keep(talk, "ringte om noe annet")
    archive.sign(talk.snapshot(), guide, at=START + dt.timedelta(days=2, hours=1))
    archive.keeping.settle(UNDECIDED, Period(n=1, unit="months"))
    archive.lock()
    async with running(kept) as bench:
        await at_contacts(bench)
        bench.app.push_screen(DueScreen())
        due = await bench.front(DueScreen)
        await bench.until(lambda: due.rows.highlighted, "what is due")
        due.rows.highlight(third.case)
        await bench.press("enter")
        await bench.front(SignedScreen)
        await bench.shows("ringte om noe annet")  # the newest first
        await bench.press("escape")
        await bench.front(DueScreen)
        assert due.rows.highlighted == third.case
        await bench.press("down")
        row = due.rows.highlighted
        assert row == f"{third.case}/{third.id}"
        await bench.shows("tidligere samtale")
        await bench.press("enter")
        await bench.front(SignedScreen)
        await bench.shows("ringte en gang til")
        await bench.press("escape")
        await bench.front(DueScreen)
        await bench.pilot.pause()
        assert due.rows.highlighted == row
        await bench.press("tab")
        await bench.shows("1 merket")  # with either of its rows, the case
    archive = unlocked(kept)
    entries = [one for one in archive._vault.log() if one.what == "opened"]
    assert [one.ids[0].hex() for one in entries] == [talk.id.hex(), third.id]
    archive.lock()


async def test_what_a_case_waits_for_stands_below_it_and_is_marked_done_there(kept: Home) -> None:
    archive = unlocked(kept)
    archive.keeping.settle("HELP-1", Period(n=1, unit="months"))
    archive.lock()
    async with running(kept, size=(100, 40)) as bench:
        await at_contacts(bench)
        bench.app.push_screen(DueScreen())
        due = await bench.front(DueScreen)
        await bench.shows("Dette står igjen å gjøre", "barna hjem 16", "jeg ringer advokatvakta")

        def left() -> list[str]:
            return [row.key for row in due.rows.shown if row.key and row.key.startswith("point/")]

        there = len(left())
        due.rows.highlight(left()[0])
        await bench.press("tab")
        await bench.shows("Merk det som gjort først.")
        await bench.press("ctrl+d")
        await bench.until(lambda: len(left()) == there - 1, "one is done")
        await bench.shows("Gjort: K-4F2A Rogn")
        await bench.press("ctrl+d")
        await bench.shows("Bare én er merket som gjort: K-4F2A Rogn")
        await bench.press("ctrl+z")
        await bench.until(lambda: len(left()) == there, "it is left after all")
        for n in range(there, 0, -1):
            due.rows.highlight(left()[0])
            await bench.press("up", "down", "ctrl+d")
            await bench.until(lambda n=n: len(left()) == n - 1, "done")
        due.rows.highlight(next(one.case for one in due._due or ()))
        await bench.press("tab")
        await bench.shows("1 merket")


async def test_the_new_key_is_made_where_it_was_asked_for(kept: Home) -> None:
    async with running(kept) as bench:
        await to_question(bench)
        await bench.press("down", "enter")
        await bench.type("4f2a\r")
        screen = await bench.front(AfterErasing)
        screen.rows.highlight("key")
        await bench.press("enter")
        await bench.shows("Arkivet har ny nøkkel")
    archive = unlocked(kept)
    assert archive._vault._desk.keys.epoch == 2
    assert archive.verify().sound
    archive.lock()


# As they look


@pytest.mark.parametrize(("language", "size"), [("nb", "narrow"), ("en", "wide")])
async def test_the_pictures(
    kept: Home, language: str, size: str, snapshot: SnapshotAssertion
) -> None:
    archive = unlocked(kept)
    archive.keeping.settle(UNDECIDED, Period(n=18, unit="months"))
    archive.lock()
    async with running(kept, size=SIZES[size], language=language) as bench:
        await to_question(bench)
        assert await picture(bench) == snapshot(name="1-what")
        await bench.press("down", "down", "down", "enter")
        await bench.front(ConfirmScreen)
        assert await picture(bench) == snapshot(name="2-question")
        await bench.type("4f2a")
        assert await picture(bench) == snapshot(name="3-typed")
        await bench.press("enter")
        await bench.front(AfterErasing)
        assert await picture(bench) == snapshot(name="4-after")
        bench.app.push_screen(DueScreen())
        screen = await bench.front(DueScreen)
        await bench.until(lambda: screen.rows.highlighted, "what is due")
        await bench.press("tab")
        assert await picture(bench) == snapshot(name="5-due")
        bench.app.push_screen(KeepingScreen())
        screen = await bench.front(KeepingScreen)
        await bench.until(lambda: screen.rows.highlighted, "the outcomes")
        await bench.press("down", "enter")
        assert await picture(bench) == snapshot(name="6-keeping")


async def picture(bench: Bench) -> str:
    """The screen when nothing more is painted."""
    await bench.pilot.pause()
    await bench.pilot.pause(0.05)
    return bench.text


async def test_copies_from_before_are_removed_once_there_is_one_from_after(
    kept: Home, tmp_path: Path
) -> None:
    before, after, elsewhere = (tmp_path / name for name in ("a.db", "b.db", "c.db"))
    archive = unlocked(kept)
    copy(archive, before, NOW - dt.timedelta(days=2))
    copy(archive, elsewhere, NOW - dt.timedelta(days=9))
    archive.lock()
    elsewhere.unlink()
    async with running(kept, size=(100, 40)) as bench:
        await to_question(bench)
        await bench.press("down", "enter")
        await bench.front(ConfirmScreen)
        await bench.type("4f2a\r")
        screen = await bench.front(AfterErasing)
        assert "Kast" not in [row.key for row in screen.rows.shown]
        await bench.app.vault(lambda archive: copy(archive, after, NOW + dt.timedelta(hours=1)))
        screen.on_screen_resume(ScreenResume())
        await bench.shows("Kast 2 kopier fra før slettingen")
        screen.rows.highlight("old")
        await bench.press("enter")
        await bench.shows("1 kopi er kastet.", "1 er ikke her")
    assert (before.exists(), after.exists()) == (False, True)


def copy(archive: Archive, to: Path, at: dt.datetime) -> None:
    """A backup, as if it had been made at that time."""
    under_way = archive.backups.begin(to)
    while (step := under_way.step()) is not None:
        if step.aside is not None:
            step.aside()
    assert under_way.made is not None
    archive.backups.note(replace(under_way.made, at=at), to)
