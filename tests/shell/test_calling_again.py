"""Somebody calls again: the whole app, from the contacts to what was said before."""

from __future__ import annotations

import datetime as dt

import pytest
from desk_bench import records, running

from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.records.archive import Archive
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.pick_contact import PickContactScreen
from intake_tui.screens.same_person import JoinScreen
from machine import COUNSELLOR, PASSPHRASE, Home

AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
CASES = {"Åse": b"\1" * 16, "Selje": b"\2" * 16}


@pytest.fixture
def called(home: Home) -> Home:
    """Two people have called before; the first one must not be called."""
    guide = load()
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    for alias, case in CASES.items():
        talk = Conversation.new(guide, by=archive.me.slot, now=lambda: AT, case=case)
        talk.answer("alias", alias)
        talk.line = Line("jakter, to våpen i boden")
        talk.keep()
        talk.pin("call", "no" if alias == "Åse" else "yes")
        archive.sign(talk.snapshot(), guide)
    archive.lock()
    return home


async def test_found_by_alias_and_begun_anew_in_the_same_case(called: Home) -> None:
    async with running(called) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.type("ås")
        await bench.until(lambda: "K-0101" in bench.text and "K-0202" not in bench.text)
        await bench.press("ctrl+r")
        await bench.front(ConversationScreen)
        talk = bench.app.current
        assert (talk.case, talk.intake.events) == (CASES["Åse"], ())
        await bench.shows("før (^W): 1 samtale, IKKE RING")
        opened = [entry.what for entry in await bench.app.vault(lambda a: a._vault.log())]
        assert "opened" not in opened
        await bench.press("ctrl+w")
        await bench.shows("Åse", "våpen i boden")
        entries = await bench.app.vault(lambda a: a._vault.log())
        assert [entry.what for entry in entries].count("opened") == 1
        await bench.type("hun ringer igjen\r")
        await bench.saved()
    (record,) = [one for one in records(called) if one["status"] == "open"]
    assert record["case"] == CASES["Åse"].hex()
    assert (record["alias"], record["safety"], record["taken_over"]) == (None, {}, [])


async def test_joined_it_is_one_person_everywhere_and_in_every_record(called: Home) -> None:
    async with running(called) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "Selje" in bench.text)
        await bench.press("ctrl+l")
        await bench.front(PickContactScreen)
        await bench.until(lambda: "Åse" in bench.text)
        await bench.press("enter")
        await bench.front(JoinScreen)
        await bench.type("samme kodeord\r")
        await bench.front(ContactsScreen)
        await bench.shows("samme person: K-0101", "i en annen samtale: IKKE RING")
        await bench.press("enter")
        await bench.shows("K-0202 og K-0101 er samme person", "fordi: samme kodeord")
    for record in records(called):
        (joined,) = record["joined"]
        assert set(joined["codes"]) == {"K-0101", "K-0202"}


async def test_a_lock_in_the_middle_of_a_reason_leaves_nothing_of_it(called: Home) -> None:
    async with running(called) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.until(lambda: "Selje" in bench.text)
        await bench.press("ctrl+l")
        await bench.front(PickContactScreen)
        await bench.until(lambda: "Åse" in bench.text)
        await bench.press("enter")
        await bench.front(JoinScreen)
        await bench.type("samme kodeord")
        await bench.press("ctrl+k")
        await bench.until(lambda: bench.app.session.phase == "locked")
        assert "kodeord" not in bench.text
        assert "Selje" not in bench.text
    assert [one["joined"] for one in records(called)] == [[], []]
