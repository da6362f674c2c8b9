"""The same person calls again, or has two cases: found, joined and parted, by keys."""

from __future__ import annotations

import re

import pytest
from panels_bench import Bench, begun, told
from syrupy.assertion import SnapshotAssertion
from test_contacts_screen import LockedError, signed
from textual.pilot import Pilot

from intake_tui.guide.model import Guide, Language
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.pick_contact import PickContactScreen
from intake_tui.screens.same_person import JoinScreen, PartScreen, ReasonScreen
from intake_tui.widgets.rows import Rows
from screen_text import screen_text

ONE, OTHER = "0001" + "0" * 28, "0002" + "0" * 28


def flat(bench: Bench) -> str:
    return " ".join(screen_text(bench).split())


async def contacts(bench: Bench) -> None:
    bench.archive.rows = [signed(2, alias="Selje"), signed(1, alias="Rogn", call="no")]
    await bench.open(ContactsScreen())


async def test_calling_again_begins_a_conversation_in_the_same_case(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await contacts(bench)
        await pilot.pause()
        assert "^R Ringer igjen" in screen_text(bench)
        await pilot.press("r", "o", "g")
        await pilot.pause()
        await pilot.press("ctrl+r")
        assert bench.did == ["new in K-0001"]


async def test_an_open_one_can_call_again_too_and_nobody_cannot(bench: Bench, guide: Guide) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("ctrl+r", "ctrl+l")
        assert bench.did == []
        bench.conversations = [begun(guide)]
        await bench.switch_screen(ContactsScreen())
        await pilot.press("ctrl+r")
        assert bench.did == ["new in K-4F2A"]


async def test_two_cases_are_joined_after_a_question_and_with_a_reason(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await contacts(bench)
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert isinstance(bench.screen, PickContactScreen)
        assert "Hvem er samme person som K-0002?" in screen_text(bench)
        assert "K-0002 Selje" not in flat(bench)  # not with itself
        await pilot.press("r", "o", "enter")
        assert isinstance(bench.screen, JoinScreen)
        text = flat(bench)
        for part in ("Er dette samme person?", "K-0002", "K-0001", "IKKE RING"):
            assert part in text
        await pilot.press("enter")
        assert "Skriv hvorfor først." in screen_text(bench)
        assert bench.archive.known.joins.person(ONE) == {ONE}
        await pilot.press(*"samme", "enter")
        await pilot.pause()
        assert isinstance(bench.screen, ContactsScreen)
        (joining,) = bench.archive.known.joins.joinings(ONE)
        assert (joining.cases, joining.reason, joining.by) == (
            (OTHER, ONE),
            "samme",
            "Ragnhild Prøvestad",
        )
        text = flat(bench)
        assert "K-0002 og K-0001 vises som samme person nå." in text
        assert "samme person: K-0001 i en annen samtale: IKKE RING" in text
        assert "samme person: K-0002" in text


async def joined(bench: Bench) -> None:
    bench.archive.persons.join(ONE, OTHER, "samme kodeord")
    await contacts(bench)


async def test_what_was_joined_is_parted_where_it_was_joined(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await joined(bench)
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert "K-0001 og K-0002 er samme person: satt sammen" in flat(bench)
        assert "Ragnhild Prøvestad, fordi: samme kodeord" in flat(bench)
        await pilot.press("enter")
        assert isinstance(bench.screen, PartScreen)
        assert "Er dette to personer likevel?" in screen_text(bench)
        await pilot.press(*"nei", "enter")
        await pilot.pause()
        assert bench.archive.known.joins.person(ONE) == {ONE}
        assert "K-0001 og K-0002 står hver for seg igjen." in flat(bench)
        assert "samme person:" not in flat(bench)


async def test_esc_leaves_everything_as_it_was(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await contacts(bench)
        await pilot.pause()
        await pilot.press("ctrl+l", "escape")
        assert isinstance(bench.screen, ContactsScreen)
        await pilot.press("ctrl+l")
        await pilot.pause()
        await pilot.press("enter", *"fordi", "escape", "escape")
        assert isinstance(bench.screen, ContactsScreen)
        assert bench.archive.known.joins.person(ONE) == {ONE}


async def test_a_reason_stays_where_joining_failed(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await contacts(bench)
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        await pilot.press("enter", *"fordi")
        bench.archive.fails = LockedError()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(bench.screen, JoinScreen)
        assert "Ikke gjort ennå." in screen_text(bench)
        assert "fordi" in screen_text(bench)
        bench.archive.fails = None
        await pilot.press("enter")
        await pilot.pause()
        assert bench.archive.known.joins.person(ONE) == {ONE, OTHER}


async def to_reason(bench: Bench, pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+l")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize("parting", [False, True])
async def test_a_reason_that_was_begun_is_kept_and_offered_again(
    bench: Bench, parting: bool
) -> None:
    async with bench.run_test() as pilot:
        await (joined if parting else contacts)(bench)
        await pilot.pause()
        await to_reason(bench, pilot)
        await pilot.press(*"fordi")
        screen = bench.screen
        assert isinstance(screen, ReasonScreen)
        screen.take_over()
        assert [one.reason for one in bench.archive.aside.kept.values()] == ["fordi"]
        bench.pop_screen()  # as a lock does
        await to_reason(bench, pilot)
        await pilot.press(*" hun", "enter")
        await pilot.pause()
        assert bench.archive.aside.kept == {}
        assert (bench.archive.known.joins.person(ONE) == {ONE}) is parting


async def test_a_reason_that_is_given_up_is_not_offered_again(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await contacts(bench)
        await pilot.pause()
        await to_reason(bench, pilot)
        await pilot.press(*"fordi")
        screen = bench.screen
        assert isinstance(screen, ReasonScreen)
        screen.take_over()
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert bench.archive.aside.kept == {}
        screen.take_over()
        assert bench.archive.aside.kept == {}


async def test_who_was_slower_than_another_desk_is_told(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await contacts(bench)
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        await pilot.press("enter", *"fordi")
        bench.archive.persons.join(ONE, OTHER, "samme kodeord")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(bench.screen, ContactsScreen)
        assert "fra et annet sted allerede" in screen_text(bench)
        assert len(bench.archive.known.joins.joinings(ONE)) == 1


async def test_an_open_conversation_can_be_picked_but_not_an_empty_one(
    bench: Bench, guide: Guide
) -> None:
    talk = begun(guide)
    told(talk, "ringer igjen", "OPEN-1")
    bench.conversations = [talk, begun(guide, "99bc")]
    async with bench.run_test() as pilot:
        bench.archive.rows = [signed(2)]
        await bench.open(PickContactScreen("Hvem?", without=()))
        await pilot.pause()
        keys = [row.key for row in bench.screen.query_one(Rows).shown if row.key]
        assert keys == [talk.id.hex(), f"{2:032x}"]
        await pilot.press("enter")
        assert bench.answer.case == talk.case.hex()


async def test_letters_never_reach_a_conversation_while_somebody_is_looked_for(
    bench: Bench, guide: Guide
) -> None:
    bench.current = begun(guide)
    async with bench.run_test() as pilot:
        await bench.open(PickContactScreen("Hvem?", without=()))
        await pilot.press(*"rogn", "backspace")
        assert bench.current.line.text == ""
        assert "Søker: rog" in screen_text(bench)


SIZES = {"narrow": (80, 24), "wide": (140, 40)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("screen", ["contacts", "pick", "join", "part"])
async def test_pictures(
    guide: Guide, screen: str, language: Language, size: str, snapshot: SnapshotAssertion
) -> None:
    bench = Bench(guide, language)
    one, other = signed(3, alias="Lerke", call="yes"), signed(4, alias="Alm")
    async with bench.run_test(size=SIZES[size]) as pilot:
        await joined(bench)
        bench.archive.rows = [other, one, *bench.archive.rows]
        await bench.switch_screen(ContactsScreen())
        await pilot.pause()
        await pilot.press("down", "down")
        if screen != "contacts":
            await pilot.press("ctrl+l")
            await pilot.pause()
        if screen == "part":
            await pilot.press("enter", *"to navn")
        elif screen == "join":
            await pilot.press("down", "enter", *"samme navn")
        await pilot.pause()
        # When it was joined is the machine's own time.
        assert (
            re.sub(r"\d\d\.\d\d\.\d{4} (av|by)", r"dd.mm.yyyy \1", screen_text(bench)) == snapshot
        )


@pytest.mark.parametrize("screen", ["pick", "join", "part"])
async def test_names_and_reasons_are_in_no_repr(bench: Bench, screen: str) -> None:
    async with bench.run_test() as pilot:
        await joined(bench)
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        if screen != "pick":
            await pilot.press("enter" if screen == "part" else "escape")
        said = repr((bench.screen, vars(bench.screen)))
        for word in ("Rogn", "Selje", "kodeord", "Prøvestad"):
            assert word not in said
