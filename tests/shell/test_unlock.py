"""Unlocking: quick to paint, patient with typing errors, and no key is lost."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time

import pytest
from desk_bench import Bench, records, running

from intake_tui.desk.opening import Opened
from intake_tui.desk.patience import Patience
from intake_tui.screens import unlock
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.widgets.jot_line import JotLine
from machine import COUNSELLOR, PASSPHRASE, Home

FIRST_PAINT = """
import asyncio, json, sys
from pathlib import Path
from intake_tui.app import IntakeApp

async def main():
    app = IntakeApp(Path(sys.argv[1]), device=Path(sys.argv[2]))
    app._warm_up = lambda: None
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.focused.id == "name"
        print(json.dumps([name.split(".")[0] for name in sys.modules]
                         + [name for name in sys.modules if name.startswith("intake_tui.")]))

asyncio.run(main())
"""


def hold_unlocking(bench: Bench) -> asyncio.Event:
    """The key is derived when the event is set, and not before."""
    derived, unlock_ = asyncio.Event(), bench.app.session.unlock

    async def slow(name: str, passphrase: str) -> Opened:
        await derived.wait()
        return await unlock_(name, passphrase)

    bench.app.session.unlock = slow
    return derived


@pytest.fixture(autouse=True)
def new_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unlock, "PATIENCE", Patience())


def test_the_first_screen_is_painted_without_the_slow_half(home: Home) -> None:
    found = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, home.vault, home.device],
        env=home.env,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(json.loads(found.stdout.splitlines()[-1]))
    assert "textual" in modules
    slow = {"pydantic", "sqlmodel", "sqlalchemy", "sqlite3"}
    assert not modules & slow
    assert not {
        name for name in modules if name.startswith(("intake_tui.records", "intake_tui.guide"))
    }


async def test_the_slow_half_comes_while_the_passphrase_is_typed(home: Home) -> None:
    async with running(home) as bench:
        await bench.until(lambda: bench.app.session._guide, "the guide is read")
        assert isinstance(bench.app.screen, UnlockScreen)
        assert bench.app.guide.steps


async def test_from_the_passphrase_to_the_contacts(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        await bench.shows("Arkivet er åpent. Sist lagret", ", nr.")
        await bench.press("escape")
        await bench.front(ContactsScreen)
        assert COUNSELLOR not in str(bench.app.query("Input"))


async def test_enter_after_unlocking_is_a_new_conversation(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        assert isinstance(bench.app.screen, ConversationScreen)


async def test_a_wrong_passphrase_is_said_in_words_and_the_name_stays(home: Home) -> None:
    async with running(home) as bench:
        await bench.sign_in("dette er ikke den riktige")
        await bench.shows("Navn og passordfrase hører ikke sammen")
        assert bench.app.screen.query_one("#name").value == COUNSELLOR
        field = bench.app.screen.query_one("#passphrase")
        assert field.value == ""
        assert bench.app.focused is field
        await bench.type(PASSPHRASE)
        await bench.press("enter")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")


async def test_each_failure_makes_the_next_attempt_wait_longer() -> None:
    patience = Patience()
    assert patience.left(0.0) == 0.0
    waits = []
    for _ in range(7):
        patience.failed(100.0)
        waits.append(patience.left(100.0))
    assert waits == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0]
    assert patience.left(104.0) == 1.0
    assert patience.left(105.0) == 0.0
    patience.succeeded()
    assert patience.left(100.0) == 0.0


async def test_the_delay_outlives_the_screen(home: Home) -> None:
    async with running(home) as bench:
        await bench.sign_in("dette er ikke den riktige")
        await bench.shows("hører ikke sammen")
        unlock.PATIENCE.failed(time.monotonic())
        unlock.PATIENCE.failed(time.monotonic())
        bench.app.show(UnlockScreen())
        await bench.sign_in()
        await bench.shows("Et øyeblikk")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")


async def test_keys_pressed_during_key_derivation_are_not_lost(home: Home) -> None:
    async with running(home) as bench:
        derived = hold_unlocking(bench)
        await bench.sign_in()
        await bench.type("nå\rhun ringer")
        await bench.shows("Ikke lagret ennå", "Er noen på telefonen, kan du skrive alt nå.")
        derived.set()
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        await bench.type(" fra bilen")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        said = [line.text for line in bench.app.current.intake.statements]
        assert said == ["nå", "hun ringer fra bilen"]
        assert bench.app.current.line.text == ""


async def test_a_burst_from_the_passphrase_into_the_conversation_loses_no_key(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        await bench.type("hun ringer\rfra bilen, og er redd")
        await bench.until(lambda: bench.app.current, "a conversation")
        conversation = bench.app.current
        await bench.until(lambda: conversation.line.text == "fra bilen, og er redd", "the rest")
        assert [line.text for line in conversation.intake.statements] == ["hun ringer"]


async def test_a_burst_from_the_name_on_stands_nowhere_in_the_clear(home: Home) -> None:
    async with running(home) as bench:
        derived = hold_unlocking(bench)
        await bench.until(lambda: bench.app.focused, "a focus")
        await bench.type(f"{COUNSELLOR}\r{PASSPHRASE}\rhei")
        await bench.shows("Er noen på telefonen")
        screen = bench.app.screen
        assert screen.query_one("#name").value == COUNSELLOR
        assert screen.query_one("#passphrase").value == PASSPHRASE
        assert screen.query_one(JotLine).text == "hei"
        derived.set()
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")


async def test_tab_leaves_the_name_as_quickly(home: Home) -> None:
    async with running(home) as bench:
        await bench.until(lambda: bench.app.focused, "a focus")
        await bench.type(f"{COUNSELLOR}\t{PASSPHRASE}")
        assert bench.app.screen.query_one("#name").value == COUNSELLOR
        assert bench.app.screen.query_one("#passphrase").value == PASSPHRASE


async def test_a_wrong_passphrase_does_not_take_the_line_from_who_is_writing(home: Home) -> None:
    async with running(home) as bench:
        derived = hold_unlocking(bench)
        await bench.sign_in("dette er ikke den riktige")
        await bench.type("hun hvi")
        derived.set()
        await bench.shows("hører ikke sammen", "Tab: til passordfrasen.", "kommer med inn.")
        await bench.type("sker")
        assert bench.app.screen.query_one(JotLine).text == "hun hvisker"
        assert bench.app.screen.query_one("#passphrase").value == ""
        bench.app.screen.query_one("#passphrase").focus()
        await bench.type(PASSPHRASE)
        await bench.press("enter")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        said = [line.text for line in bench.app.current.intake.statements]
        assert said == ["hun hvisker"]


async def test_what_is_jotted_before_unlocking_is_in_the_record_once(home: Home) -> None:
    async with running(home) as bench:
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.type("ringer fra naboen")
        await bench.press("enter")
        await bench.shows("1 linje er skrevet", "Ikke lagret ennå")
        assert "naboen" not in bench.flat
        await bench.type("har med barna")
        await bench.press("escape")
        await bench.front(UnlockScreen)
        await bench.unlock()
        await bench.shows("Det du skrev, ligger klart i en ny samtale.")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        await bench.saved()
    (record,) = records(home)
    assert [line["text"] for line in record["statements"]] == [
        "ringer fra naboen",
        "har med barna",
    ]
    for word in PASSPHRASE.split():
        assert word not in json.dumps(record, ensure_ascii=False)


async def test_errors_of_the_vault_are_said_in_words(home: Home) -> None:
    home.vault.write_bytes(b"something else altogether")
    async with running(home) as bench:
        await bench.sign_in()
        await bench.shows("Filen er ikke et arkiv fra dette programmet, eller den er skadet.")


async def test_an_open_vault_is_said_to_be_open_elsewhere(home: Home) -> None:
    from intake_tui.records.archive import Archive

    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        async with running(home) as bench:
            await bench.sign_in()
            await bench.shows("Arkivet er åpent i et annet vindu eller program.")
    finally:
        archive.lock()


async def test_what_is_written_beside_an_archive_that_nothing_opens_is_said_to_be_nowhere(
    home: Home,
) -> None:
    with home.vault.open("r+b") as file:
        file.seek(0, 2)
        size = file.tell()
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    async with running(home) as bench:
        await bench.sign_in()
        await bench.until(lambda: "Åpner" not in bench.flat and "skadet" in bench.flat, "refused")
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.type("hun ringer fra bilen\r")
        await bench.shows("Ikke lagret, og arkivet kan ikke åpnes. Skriv på papir.")


@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_an_empty_name_is_not_left_so_that_no_passphrase_is_typed_in_it(
    home: Home, key: str
) -> None:
    async with running(home) as bench:
        await bench.until(lambda: bench.app.focused, "a focus")
        await bench.press(key)
        await bench.shows("Skriv navnet ditt først.")
        await bench.type(COUNSELLOR)
        await bench.press(key)
        assert "navnet ditt først" not in bench.flat
        assert bench.app.focused.id == "passphrase"
        await bench.press("enter")
        await bench.shows("Passordfrasen mangler.")
        assert bench.app.focused.id == "passphrase"


async def test_a_generated_passphrase_may_be_typed_with_spaces_and_a_capital(home: Home) -> None:
    from intake_tui.records.archive import Archive

    generated = "ubest-nating-torsk-skruing-kris-omsonst"
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    archive.set_passphrase(generated)
    archive.lock()
    async with running(home) as bench:
        await bench.sign_in(generated.replace("-", " ").capitalize())
        await bench.until(lambda: bench.app.screen.has_class("-open"), "the archive is open")
