"""The first run: a few clear questions, back at any time, and nothing on disk before the end."""

from __future__ import annotations

import tomllib

import pytest
from desk_bench import Bench, running
from textual.widgets import Static

from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.first_run import FirstRunScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.widgets.jot_line import JotLine
from machine import Home

CENTRE, NAME, OWN = "Senteret i Nordvik", "Solveig Testdal", "en lang tur over vidda"


def shown(bench: Bench, selector: str) -> str:
    return str(bench.app.screen.query_one(selector, Static).render()).strip()


async def to_passphrase(bench: Bench) -> None:
    await bench.shows("Hvilket språk?")
    await bench.press("enter")
    await bench.shows("Hva heter senteret?")
    await bench.type(CENTRE)
    await bench.press("enter")
    await bench.shows("Hva heter du?")
    await bench.type(NAME)
    await bench.press("enter")
    await bench.shows("Din passordfrase")


async def to_sheet(bench: Bench, key: str = "enter") -> str:
    """To the recovery sheet; the code on it."""
    await to_passphrase(bench)
    await bench.type(OWN)
    await bench.press("enter")
    await bench.shows("Virker funksjonstastene?")
    await bench.press(key)
    await bench.shows("Gjenopprettingsarket")
    return " ".join(shown(bench, "#sheet").split()[1::2])


async def test_from_nothing_to_the_contacts(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        code = await to_sheet(bench, "f5")
        assert len(code.split()) == 8
        await bench.press("enter")
        await bench.shows("Les koden fra arket")
        groups = code.split()
        groups[2] = "AAAAA" if groups[2] != "AAAAA" else "BBBBB"
        await bench.type(" ".join(groups))
        await bench.press("enter")
        await bench.shows("Gruppe 3 stemmer ikke.")
        await bench.press("escape")
        await bench.shows("Gjenopprettingsarket")
        await bench.press("enter")
        await bench.shows("Les koden fra arket")
        await bench.shows(groups[0])
        await bench.press("ctrl+u")
        await bench.type(code.lower())
        await bench.press("enter")
        await bench.front(ContactsScreen)
        settings = await bench.app.vault(lambda archive: archive.settings)
        assert settings.centre == CENTRE
        assert bench.app.function_keys
        assert not bench.app.founding
        bench.app.lock()
        await bench.front(UnlockScreen)
    preferences = tomllib.loads((bare_home.device / "preferences.toml").read_text("utf-8"))
    assert preferences == {"language": "nb", "function_keys": True}
    for file in bare_home.root.rglob("*"):
        if file.is_file():
            for word in (CENTRE, NAME, OWN, code.split()[0]):
                assert word.encode() not in file.read_bytes(), file


async def test_the_language_changes_the_screen_at_once(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        await bench.shows("Hvilket språk?")
        await bench.press("down")
        await bench.shows("Kva for språk?")
        await bench.press("down")
        await bench.shows("Which language?")
        await bench.press("enter")
        await bench.shows("What is the centre called?")
    async with running(bare_home) as bench:
        await bench.shows("Which language?")


async def test_back_keeps_what_was_answered(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        await to_passphrase(bench)
        offered = shown(bench, "#offered")
        await bench.press("escape")
        await bench.shows("Hva heter du?", NAME)
        await bench.press("tab")  # two Esc at once would cover
        await bench.press("escape")
        await bench.shows("Hva heter senteret?", CENTRE)
        await bench.press("enter")
        await bench.press("enter")
        await bench.shows("Din passordfrase", offered)


async def test_nothing_is_on_disk_before_the_vault_is_made(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        await to_passphrase(bench)
        kept = bare_home.device / "preferences.toml"
        await bench.until(kept.exists, "the language is kept")
        assert [file for file in bare_home.root.rglob("*") if file.is_file()] == [kept]
        await bench.press("ctrl+q")
    assert not bare_home.vault.exists()


async def test_empty_answers_say_what_is_missing(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        await bench.press("enter")
        await bench.shows("Hva heter senteret?")
        await bench.press("enter")
        await bench.shows("Skriv et navn.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kort", "For kort: minst 15 tegn trengs."),
        ("passordpassord123", "For lett å gjette"),
        ("min venn Solveig på fjellet", "Navnet ditt eller senterets står i den."),
        ("", "Tast inn passordfrasen over, eller din egen."),
    ],
)
async def test_a_weak_passphrase_is_refused_in_words(
    bare_home: Home, typed: str, said: str
) -> None:
    async with running(bare_home) as bench:
        await to_passphrase(bench)
        await bench.type(typed)
        await bench.press("enter")
        await bench.shows(said)
        await bench.shows("Din passordfrase")


async def test_the_generated_passphrase_is_typed_once_and_opens_the_vault(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        await to_passphrase(bench)
        first = shown(bench, "#offered")
        await bench.press("ctrl+g")
        await bench.until(lambda: shown(bench, "#offered") != first, "another one")
        offered = shown(bench, "#offered")
        assert len(offered.split("-")) == 6
        await bench.type(offered[:-1])
        await bench.press("enter")
        await bench.shows("Nesten lik, men ikke helt.")
        await bench.press("ctrl+u")
        await bench.type(offered.replace("-", " ").capitalize())
        await bench.press("enter")
        await bench.shows("Virker funksjonstastene?")
        await bench.press("enter")
        await bench.shows("Gjenopprettingsarket")
        assert not bench.app.function_keys
    async with running(bare_home) as bench:
        await bench.front(UnlockScreen)
        await bench.type(NAME)
        await bench.press("enter")
        await bench.type(offered)
        await bench.press("enter")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")


async def test_the_recovery_sheet_is_a_way_in(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        code = await to_sheet(bench)
    async with running(bare_home) as bench:
        await bench.press("ctrl+r")
        await bench.shows("Koden på gjenopprettingsarket")
        wrong = code.split()
        wrong[4] = wrong[4][:-1] + ("A" if wrong[4][-1] != "A" else "B")
        await bench.type(" ".join(wrong))
        await bench.press("enter")
        await bench.shows("Gruppe 5 stemmer ikke.")
        bench.app.screen.query_one("#code").value = code
        await bench.press("enter")
        await bench.shows("Koden stemmer.", "Ny passordfrase")
        offered = shown(bench, "#offered")
        await bench.press("down")
        assert bench.app.screen.query_one("#name").value == NAME
        await bench.press("enter")
        await bench.type(offered.replace("-", " ").capitalize())
        await bench.press("enter")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        await bench.press("enter")
        await bench.until(lambda: bench.app.current, "a conversation")
        bench.app.lock()
        await bench.front(UnlockScreen)
        await bench.until(lambda: bench.app.focused, "a focus")
        await bench.type(NAME)
        await bench.press("enter")
        await bench.type(offered)
        await bench.press("enter")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open again")
        assert bench.app.screen.query_one(JotLine).text == ""


async def test_who_comes_in_with_the_sheet_is_no_new_leader_by_a_slip(
    bare_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(bare_home) as bench:
        code = await to_sheet(bench)
    async with running(bare_home) as bench:
        await bench.press("ctrl+r")
        await bench.shows("Koden på gjenopprettingsarket")
        bench.app.screen.query_one("#code").value = code
        await bench.press("enter")
        await bench.shows("Koden stemmer.", "velg navn")
        screen = bench.app.screen
        slip = NAME[:-1]
        monkeypatch.setattr(type(screen), "settles_after", 3600.0)
        await bench.type(slip)
        await bench.press(*["enter"] * 20)  # a key that is held down
        await bench.shows(f"Ingen her heter {slip}.", "Ny leder?")
        assert bench.app.focused.id == "name"
        bench.app.set_focus(screen.query_one("#passphrase"))
        await bench.type(f"{OWN}\r{OWN}\r")
        await bench.shows(f"Ingen her heter {slip}.")
        assert bench.app.session.phase == "locked"
        await bench.press("up")
        assert screen.query_one("#name").value == NAME
        await bench.press("enter")
        assert bench.app.focused.id == "passphrase"
        await bench.press("enter")
        await bench.shows("Passordfrasen en gang til")
        await bench.type("noe annet\r")
        await bench.shows("De to var ikke like.")
        await bench.type(f"{OWN}\r{OWN}\r")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        there = await bench.app.vault(lambda archive: archive.staff.colleagues())
        assert [one.name for one in there] == [NAME]


async def test_a_new_leader_comes_in_with_the_sheet_where_that_is_meant(
    bare_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(bare_home) as bench:
        code = await to_sheet(bench)
    async with running(bare_home) as bench:
        await bench.press("ctrl+r")
        await bench.shows("Koden på gjenopprettingsarket")
        screen = bench.app.screen
        monkeypatch.setattr(type(screen), "settles_after", 0.0)
        screen.query_one("#code").value = code
        await bench.press("enter")
        await bench.shows("Koden stemmer.")
        await bench.type("Kari Ukjent\r")
        await bench.shows("Ingen her heter Kari Ukjent.")
        await bench.type(f"\r{shown(bench, '#offered')}\r")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        there = await bench.app.vault(lambda archive: archive.staff.colleagues())
        assert {(one.name, one.role) for one in there} == {
            (NAME, "leader"),
            ("Kari Ukjent", "leader"),
        }


async def test_left_alone_it_is_covered_and_the_sheet_is_not_lost(bare_home: Home) -> None:
    async with running(bare_home) as bench:
        code = await to_sheet(bench)
        await bench.passes(3600.0)
        assert isinstance(bench.app.screen, CoverScreen)
        assert code.split()[0] not in bench.flat
        bench.app.uncover()
        bench.app.look()  # as each second: whoever uncovered it is there
        await bench.front(FirstRunScreen)
        await bench.shows(code.split()[0])


async def test_a_place_that_cannot_be_written_is_said_in_words(bare_home: Home) -> None:
    bare_home.vault.parent.rmdir()
    bare_home.vault.parent.write_text("a file, where the folder should be")
    async with running(bare_home) as bench:
        await to_passphrase(bench)
        await bench.type(OWN)
        await bench.press("enter")
        await bench.shows("Virker funksjonstastene?")
        await bench.press("enter")
        await bench.shows("Det går ikke å skrive til arkivet")
        await bench.press("escape")
        await bench.shows("Din passordfrase")
