"""Corrections and what is left to do, by keys: sealed, shown at once, there after a lock."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from desk_bench import Bench, records, running

from intake_tui.desk.exporting import ExportRefused
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.screens.amend import AmendScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.export import ExportScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.widgets import printed_page
from machine import COUNSELLOR, PASSPHRASE, Home
from pdf_text import said, together
from talk_samples import whole_talk

NEW, WHY = "ett våpen i jordkjelleren", "hørte feil på melkerommet"


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question takes Enter at once, where a test does not look at just that."""
    monkeypatch.setattr(AmendScreen, "settles_after", 0.0)
    monkeypatch.setattr(ExportScreen, "settles_after", 0.0)


@pytest.fixture
def kept(home: Home) -> Home:
    """A machine with one signed conversation in which calling was allowed."""
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    talk = whole_talk(load(), by=archive.me.slot)
    talk.pin("call", "yes")
    talk.pin("number", "000 00 000")
    archive.sign(talk.snapshot(), load(), at=dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC))
    archive.lock()
    return home


def in_the_clear(folder: Path, *secrets: str) -> list[str]:
    data = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return [one for one in secrets if any(one.encode() in each for each in data)]


async def at_contacts(bench: Bench) -> ContactsScreen:
    await bench.unlock()
    await bench.press("escape")
    screen: ContactsScreen = await bench.front(ContactsScreen)
    await bench.until(lambda: "K-4F2A" in bench.text, "the contact")
    return screen


async def come_to(bench: Bench, key: str) -> None:
    """The highlight, by keys alone."""
    rows = bench.app.screen.rows  # type: ignore[attr-defined]
    await bench.press("home")
    for _ in range(200):
        if rows.highlighted == key:
            return
        await bench.press("down")
    raise AssertionError(f"never at {key}\n{bench.text}")


async def open_record(bench: Bench) -> SignedScreen:
    contacts = bench.app.screen
    (row,) = [row for row in contacts.rows.shown if row.key and "/" not in row.key]  # type: ignore[attr-defined]
    await come_to(bench, row.key)
    await bench.press("enter")
    screen: SignedScreen = await bench.front(SignedScreen)
    await bench.until(lambda: screen.rows.shown, "the record")
    return screen


async def test_a_line_is_corrected_and_both_can_be_read(kept: Home) -> None:
    async with running(kept, size=(100, 40)) as bench:
        await at_contacts(bench)
        await open_record(bench)
        await come_to(bench, "statement:s7")
        await bench.press("enter")
        await bench.front(AmendScreen)
        await bench.shows("jakter, to våpen i boden")
        await bench.press("ctrl+u")
        await bench.type(NEW + "\r")
        await bench.press("enter")
        await bench.shows("Skriv hvorfor først")
        await bench.type(WHY + "\r")
        await bench.shows("Skal rettingen forsegles?", NEW, WHY)
        await bench.press("enter")
        await bench.front(SignedScreen)
        await bench.shows(NEW, "sto: jakter, to våpen i boden", WHY, COUNSELLOR)
        await bench.press("tab")
        await bench.until(lambda: NEW not in bench.text, "as it was signed")
        assert "jakter, to våpen i boden" in bench.flat
        await bench.press("tab")
        await bench.shows(NEW)
        await bench.app.session.flush()
        assert in_the_clear(kept.root, "jordkjelleren", "melkerommet") == []
    (shown,) = records(kept)
    assert [each["now"] for each in shown["amendments"]] == [NEW]
    assert "jakter, to våpen i boden" in [line["text"] for line in shown["statements"]]


async def test_do_not_call_stands_in_every_row_at_once(kept: Home) -> None:
    async with running(kept) as bench:
        await at_contacts(bench)
        assert "IKKE RING" not in bench.text
        await open_record(bench)
        await come_to(bench, "safety:call")
        await bench.press("enter")
        await bench.front(AmendScreen)
        for _ in range(4):
            if "IKKE RING" in bench.text:
                break
            await bench.press("tab")
        await bench.press("enter")
        await bench.type(WHY + "\r\r")
        await bench.front(SignedScreen)
        await bench.shows("IKKE RING", "sto: kan ringes")
        for _ in ("as it reads now", "as it was signed"):
            await bench.press("end")
            (line,) = [line for line in bench.text.splitlines() if "Nummer" in line]
            assert "IKKE RING" in " ".join(line.split())
            assert "000" in line
            await bench.press("tab")
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "kan ringes" not in bench.text, "the list knows")
        rows = [line for line in bench.text.splitlines() if "K-4F2A" in line]
        assert len(rows) >= 3  # two points, and the contact
        assert all(line.rstrip().endswith("IKKE RING") for line in rows)


async def test_what_the_case_is_called_is_corrected_and_the_list_says_it(kept: Home) -> None:
    async with running(kept) as bench:
        await at_contacts(bench)
        await open_record(bench)
        await bench.shows("Kallenavn på saken", "Rogn")
        await come_to(bench, "answer:alias")
        await bench.press("enter")
        await bench.front(AmendScreen)
        await bench.press("ctrl+u")
        await bench.type(f"Bjørk\r{WHY}\r\r")
        await bench.front(SignedScreen)
        await bench.shows("K-4F2A · Bjørk", "sto: Rogn")
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "Bjørk" in bench.text and "Rogn" not in bench.text, "the list")


async def test_esc_goes_back_a_step_and_loses_no_word(kept: Home) -> None:
    async with running(kept, size=(100, 40)) as bench:
        await at_contacts(bench)
        await open_record(bench)
        await bench.press("end")
        assert bench.app.screen.rows.highlighted == "addition:"  # type: ignore[attr-defined]
        await bench.press("enter")
        await bench.front(AmendScreen)
        await bench.type("hun ringte igjen\r" + WHY)
        await bench.press("escape")
        await bench.shows("hun ringte igjen")
        await bench.press("enter")
        await bench.shows(WHY)
        await bench.press("enter", "enter")
        await bench.front(SignedScreen)
        await bench.press("end")
        await bench.shows("Tilføyd etter signeringen", "hun ringte igjen")
    (shown,) = records(kept)
    assert [each["what"] for each in shown["amendments"]] == ["addition"]


async def test_what_is_left_is_marked_done_undone_and_there_after_the_lock(kept: Home) -> None:
    async with running(kept) as bench:
        screen = await at_contacts(bench)
        await bench.shows("Frist i dag, i natt eller før", "barna hjem 16")
        deadline = f"point/{1:032x}/deadline"
        await come_to(bench, deadline)
        await bench.press("ctrl+d")
        await bench.until(lambda: deadline not in _points(screen), "done")
        await bench.press("ctrl+z")
        await bench.until(lambda: deadline in _points(screen), "not done after all")
        await come_to(bench, deadline)
        await bench.press("ctrl+d")
        await bench.until(lambda: deadline not in _points(screen), "done")
        await bench.press("ctrl+k")
        await bench.sign_in()
        await bench.until(lambda: bench.app.screen.has_class("-open"), "the archive is open")
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.shows("jeg ringer advokatvakta")
        assert "barna hjem 16" not in bench.text
    (shown,) = records(kept)
    assert [(one["point"], one["done"]) for one in shown["done"]] == [
        ("deadline", True),
        ("deadline", False),
        ("deadline", True),
    ]
    assert shown["safety"]["deadline"] == "barna hjem 16"


async def test_it_is_written_to_a_file_only_after_the_question(kept: Home, tmp_path: Path) -> None:
    async with running(kept) as bench:
        await at_contacts(bench)
        await open_record(bench)
        await bench.press("ctrl+x")
        await bench.front(ExportScreen)
        await bench.shows("ikke forseglet", "Trygghetsplanen er ikke med", "Filen blir en PDF")
        await bench.type(f"{tmp_path / 'finnes-ikke'}\r")
        await bench.shows("Den mappen finnes ikke")
        await bench.press("ctrl+u")
        await bench.type(f"{tmp_path}\r")
        await bench.shows("Skal filen skrives uten forsegling?")
        assert not list(tmp_path.glob("notat*"))
        await bench.press("enter")
        await bench.front(SignedScreen)
        await bench.shows("Skrevet: notat-")
    (file,) = tmp_path.glob("notat*.pdf")
    assert "4F2A" not in file.name
    assert together("jakter, to våpen i boden") in said(file.read_bytes())


async def test_a_held_enter_writes_nothing_and_tab_takes_the_plan_in(
    kept: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExportScreen, "settles_after", 3600.0)
    async with running(kept) as bench:
        await at_contacts(bench)
        await open_record(bench)
        await bench.press("ctrl+x")
        await bench.front(ExportScreen)
        await bench.press("tab")
        await bench.shows("Trygghetsplanen er med")
        await bench.type(f"{tmp_path}\r")
        await bench.shows("Skal filen skrives uten forsegling?")
        await bench.press("enter", "enter", "enter")
        assert not list(tmp_path.glob("notat*"))
        await bench.press("escape")
        await bench.shows("Trygghetsplanen er med", "Skriv mappen")
    assert not list(tmp_path.glob("notat*"))


async def test_where_a_pdf_cannot_show_it_plain_text_is_one_key_away(
    kept: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> bytes:
        raise ExportRefused("no-glyph")

    monkeypatch.setattr(printed_page, "as_pdf", refused)
    async with running(kept) as bench:
        await at_contacts(bench)
        await open_record(bench)
        await bench.press("ctrl+x")
        await bench.front(ExportScreen)
        await bench.type(f"{tmp_path}\r")
        await bench.shows("Skal filen skrives uten forsegling?")
        await bench.press("enter")
        await bench.shows("Skriv det som ren tekst i stedet")
        assert not list(tmp_path.glob("notat*"))
        await bench.press("escape", "shift+tab")
        await bench.shows("Filen blir ren tekst")
        await bench.press("enter")
        await bench.shows("Skal filen skrives uten forsegling?")
        await bench.press("enter")
        await bench.front(SignedScreen)
    (file,) = tmp_path.glob("notat*.md")
    assert "jakter, to våpen i boden" in file.read_text("utf-8")


async def test_a_held_key_marks_one_point_and_undo_takes_back_each(kept: Home) -> None:
    async with running(kept) as bench:
        screen = await at_contacts(bench)
        await bench.shows("barna hjem 16", "jeg ringer advokatvakta")
        await come_to(bench, f"point/{1:032x}/deadline")
        there = len(_points(screen))
        for _ in range(5):
            await bench.press("ctrl+d")
        await bench.until(lambda: len(_points(screen)) == there - 1, "done")
        await bench.press("ctrl+d")
        await bench.shows("Bare én er merket som gjort: K-4F2A Rogn")
        await come_to(bench, _points(screen)[0])
        assert len(_points(screen)) == there - 1  # the key that was held down did no more
        await bench.press("ctrl+d")
        await bench.until(lambda: len(_points(screen)) == there - 2, "both done")
        for left in (there - 1, there):
            await bench.press("ctrl+z")
            await bench.until(lambda n=left: len(_points(screen)) == n, "taken back")


def _points(screen: ContactsScreen) -> list[str]:
    return [row.key for row in screen.rows.shown if row.key and row.key.startswith("point/")]
