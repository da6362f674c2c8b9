"""«Kontroll av arkivet» in its states: going on, sound, and what was found in plain words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from panels_bench import NOON, Bench
from syrupy.assertion import SnapshotAssertion

from intake_tui import vault
from intake_tui.desk.checkup import Soundness
from intake_tui.guide.model import Guide, Language
from intake_tui.records.damage import Checked, Damage, serious, tampered
from intake_tui.screens import contacts
from intake_tui.screens.archive_check import SHOWN, ArchiveCheckScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.widgets.damage_words import line, sentence
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.messages import CheckTold
from intake_tui.widgets.row_layout import Row
from intake_tui.words import Words, WordsLanguage, section
from screen_text import screen_text

DEVICE = "ab" * 16
FOUND = (
    Damage("revision-damaged", "revision 12", "", "K-4F2A", NOON - dt.timedelta(days=70)),
    Damage("revision-damaged", "revision 13", "page"),
    Damage("revision-missing", "revision " + "cd" * 16, "", None, NOON - dt.timedelta(days=3)),
    Damage("item-put-back", "item " + "ef" * 16),
    Damage("log-broken", f"log {DEVICE} 7"),
    Damage("planted-grant", f"grants {DEVICE} 1"),
)
STATES = {
    "waiting": Soundness(),
    "going-on": Soundness("going-on", 1200, 20_435),
    "sound": Soundness("done", 20_435, 20_435, NOON, Checked(20_435, ())),
    "broken-off": Soundness("broken-off", code="no-server"),
    "noticed": Soundness("done", 20, 20, NOON, Checked(20, (), (Damage("no-witness", ""),))),
    "found": Soundness("done", 20_435, 20_435, NOON, Checked(20_435, FOUND)),
}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
async def test_in_pictures(
    guide: Guide, language: Language, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    bench = Bench(guide, language)
    async with bench.run_test(size=size) as pilot:
        await bench.open(ArchiveCheckScreen())
        for name, soundness in STATES.items():
            bench.soundness = soundness
            bench.screen.post_message(CheckTold())
            await pilot.pause()
            assert screen_text(bench) == snapshot(name=name)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert screen_text(bench) == snapshot(name="found-what-to-do")


async def test_it_is_run_again_by_its_key_but_not_twice(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ArchiveCheckScreen())
        bench.soundness = STATES["going-on"]
        await pilot.press("ctrl+r")
        assert bench.did == []
        bench.soundness = STATES["sound"]
        await pilot.press("ctrl+r")
        assert bench.did == ["check"]
        await pilot.press("escape")
        assert not isinstance(bench.screen, ArchiveCheckScreen)


@pytest.mark.parametrize(
    ("role", "name", "did"),
    [("leader", "found", ["replace"]), ("leader", "sound", []), ("counsellor", "found", [])],
)
async def test_a_leader_goes_from_damage_to_a_backup(
    bench: Bench, role: str, name: str, did: list[str]
) -> None:
    bench.archive.me.role = role
    bench.soundness = STATES[name]
    async with bench.run_test() as pilot:
        await bench.open(ArchiveCheckScreen())
        await pilot.pause()
        assert ("gjenopprett fra en kopi" in screen_text(bench)) is bool(did)
        await pilot.press("ctrl+g")
        assert bench.did == did


@pytest.mark.parametrize("name", STATES)
async def test_only_damage_stands_above_the_contacts(bench: Bench, name: str) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        bench.soundness = STATES[name]
        bench.screen.post_message(CheckTold())
        await pilot.pause()
        await pilot.pause()
        assert ("Kontrollen fant skade" in screen_text(bench)) == (name == "found")


async def test_the_contacts_read_what_leads_on_once_the_check_has_ended(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not each time that it has come further: that would keep the vault's thread busy."""
    reads: list[str] = []

    async def read(desk: Desk) -> tuple[Row, ...]:
        reads.append(desk.soundness.state)
        return ()

    monkeypatch.setattr(contacts, "read_leads", read)
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        for name in ("going-on", "going-on", "sound"):
            bench.soundness = STATES[name]
            bench.screen.post_message(CheckTold())
            await pilot.pause()
    assert reads == ["waiting", "done"]


async def test_many_findings_are_cut_off_with_a_word(bench: Bench) -> None:
    many = tuple(Damage("revision-damaged", "", "", f"K-{n:04}") for n in range(SHOWN + 7))
    bench.soundness = Soundness("done", 9, 9, NOON, Checked(9, many))
    async with bench.run_test(size=(80, 200)) as pilot:
        await bench.open(ArchiveCheckScreen())
        await pilot.pause()
        assert "… og 7 til." in screen_text(bench)


async def test_what_is_found_in_many_places_is_said_once_and_without_its_code(
    bench: Bench,
) -> None:
    items = tuple(Damage("item-damaged", f"item {n}", "page") for n in range(3))
    noticed = (Damage("read-only", ""), Damage("not-logged", ""))
    bench.soundness = Soundness("done", 9, 9, NOON, Checked(9, items, noticed))
    async with bench.run_test(size=(120, 40)) as pilot:
        await bench.open(ArchiveCheckScreen())
        await pilot.pause()
        text = screen_text(bench)
        assert text.count("veiledertekst) kan ikke leses") == 1
        assert "3 steder i arkivet" in text
        assert "gi skrivetilgang" not in text  # it is not the place that keeps it from being saved
        for raw in ("item-damaged", "page", "read-only", "not-logged", "intake-tui"):
            assert raw not in text


def codes_of_the_vault() -> set[str]:
    """What its source adds to what was found or warns of, and the untrusted parts."""
    source = "".join(path.read_text("utf-8") for path in Path(vault.__path__[0]).glob("*.py"))
    told = set(re.findall(r'(?:\.add|warn)\("([a-z-]+)"', source))
    ends = set(re.findall(r'f"\{self.name\}-([a-z-]+)"', source)) | {"damaged"}
    untrusted = re.findall(r'VaultUntrusted\(\s*"([a-z]+)"', source)
    rows = {f"{name}-{end}" for name in ("revision", "draft", "item") for end in ends}
    parts = ("vault", "revision", "draft", "item", "letter", "log", "roster", "devices", "erasures")
    changed = {f"{part}-changed" for part in (*untrusted, "slot", "kdf", "grant")}
    damaged = {f"{part}-damaged" for part in parts}
    return (told | rows | changed | damaged) - {"revision-put-back"}  # has one state only


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_code_that_the_vault_can_tell_is_said_in_words(language: WordsLanguage) -> None:
    words, codes = Words(language), codes_of_the_vault()
    assert {"item-damaged", "log-broken", "older-roster", "sync-folder", "schema-changed"} <= codes
    said = {code: sentence(Damage(code, "item", "page"), words) for code in codes}
    assert [code for code in said if said[code] == words("check.other")] == []
    assert [code for code in said if "-" in code and code in said[code]] == []
    warnings = [entry for key, entry in section("errors").items() if key.startswith("warning-")]
    assert "intake-tui" not in str([*section("check").values(), *warnings])


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_code_has_a_sentence_of_its_own(language: WordsLanguage) -> None:
    words = Words(language)
    codes = [key.removeprefix("code-") for key in section("check") if key.startswith("code-")]
    keys = "slot-changed slot-put-back slot-missing grant-changed grant-missing grants-changed"
    codes += [*keys.split(), "roster-changed", "roster-put-back", "roster-damaged", "root-changed"]
    codes += ["epoch-changed", "kdf-changed", "planted-slot", "planted-grant"]
    other = words("check.other")
    for code in codes:
        damage = Damage(code, "revision 3")
        assert sentence(damage, words) != other, code
        assert line(damage, words).startswith(f"{code}: revision 3 – ")
    assert sentence(Damage("something-new", ""), words) == other


def test_what_is_serious_and_what_was_done_by_somebody() -> None:
    assert serious(FOUND)
    assert tampered(FOUND)
    assert not tampered([Damage("revision-damaged", "revision 3", "page")])
    assert not serious([Damage("disk-full", ""), Damage("put-back", "witness")])
    assert not tampered([Damage("put-back", "witness")])
