"""Who may open the archive: added, renewed, led and shut out with keys, all of it or nothing."""

from __future__ import annotations

import asyncio
import functools
import gc
from collections.abc import Callable
from typing import Any

import pytest
from desk_bench import Bench, running
from textual.widgets import Static

from intake_tui.records.archive import Archive
from intake_tui.records.staff import Colleague
from intake_tui.screens import staff_flows
from intake_tui.screens.archive_menu import ArchiveMenu
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.flow import FlowScreen
from intake_tui.screens.staff import ColleagueScreen, StaffScreen
from intake_tui.screens.staff_flows import (
    AddScreen,
    NewKeyScreen,
    NewSheetScreen,
    OwnPassphraseScreen,
    RenewScreen,
    RevokeScreen,
    RoleScreen,
)
from intake_tui.screens.staff_steps import FinalStep, RevokeStep, WorkingStep
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault.errors import DiskFull, WrongPassphrase, WrongRecovery
from intake_tui.vault.kdf import Kdf
from machine import COUNSELLOR, PASSPHRASE, Home

BO, BOS = "Bo Prøve", "en lang tur over vidda"
OTHER = "kvitveis mellom to steiner"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter and the cover are taken at once, where a test does not look at just that."""
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)
    monkeypatch.setattr(FinalStep, "settles_after", 0.0)
    monkeypatch.setattr(staff_flows.PATIENCE, "_failures", 0)
    # The key that a passphrase gives is worked out once, however often it is unlocked.
    monkeypatch.setattr(Kdf, "key", functools.cache(Kdf.key))


@pytest.fixture
def two(home: Home) -> Home:
    """A machine on whose vault there is a second counsellor."""
    archive = enter(home)
    archive.staff.add(BO, BOS)
    archive.lock()
    return home


def enter(home: Home, name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> Archive:
    return Archive.unlock(home.vault, name=name, passphrase=passphrase, device=home.device)


def opens(home: Home, name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> bool:
    try:
        enter(home, name, passphrase).lock()
    except WrongPassphrase:
        return False
    return True


def opens_with_sheet(home: Home, sheet: str) -> bool:
    try:
        Archive.unlock_with_recovery(home.vault, recovery=sheet, device=home.device).lock()
    except WrongRecovery:
        return False
    return True


async def staff(bench: Bench) -> tuple[Colleague, ...]:
    return await bench.app.vault(lambda archive: archive.staff.colleagues())


async def menu(bench: Bench) -> None:
    """From the unlock screen to the menu."""
    await bench.unlock()
    await bench.press("escape")
    await bench.front(ContactsScreen)
    await bench.press("ctrl+a")
    await bench.front(ArchiveMenu)
    await bench.shows("leder")


async def to_staff(bench: Bench) -> None:
    await menu(bench)
    await bench.press("enter")
    await bench.front(StaffScreen)
    await bench.shows("Legg til en ansatt")


async def to_matter(bench: Bench, words: str, kind: type[Any]) -> None:
    await menu(bench)
    bench.app.screen.rows.highlight(words)
    await bench.press("enter")
    await bench.front(kind)


async def to_add(bench: Bench) -> None:
    await to_staff(bench)
    await bench.press("end", "enter")
    await bench.front(AddScreen)
    await bench.shows("Hvem skal kunne åpne arkivet?")


async def about_bo(bench: Bench) -> None:
    """Bo stands before Ragnhild."""
    await to_staff(bench)
    await bench.press("enter")
    await bench.front(ColleagueScreen)


async def act(bench: Bench, act: str, kind: type[Any]) -> None:
    bench.app.screen.rows.highlight(act)
    await bench.press("enter")
    await bench.front(kind)


def static(bench: Bench, selector: str) -> str:
    return str(bench.app.screen.query_one(selector, Static).render()).strip()


def code(bench: Bench) -> str:
    """The sheet that is on the screen."""
    return " ".join(static(bench, "#sheet").split()[1::2])


async def copy_sheet(bench: Bench, *at_the_end: str) -> str:
    """Copied down and read back, with one mistake on the way."""
    await bench.shows("Det nye gjenopprettingsarket")
    sheet = code(bench)
    await bench.press("enter")
    await bench.shows("Les koden fra det nye arket", *at_the_end)
    groups = sheet.split()
    groups[2] = "AAAAA" if groups[2] != "AAAAA" else "BBBBB"
    await bench.type(" ".join(groups) + "\r")
    await bench.shows("Gruppe 3 stemmer ikke.")
    await bench.press("escape")
    await bench.shows("Det nye gjenopprettingsarket")
    assert code(bench) == sheet
    await bench.press("enter")
    await bench.shows("Les koden fra det nye arket")
    await bench.shows(groups[0])
    await bench.press("ctrl+u")
    await bench.type(sheet.lower() + "\r")
    return sheet


# Adding


async def test_somebody_is_added_with_the_passphrase_that_was_made(home: Home) -> None:
    async with running(home) as bench:
        await to_add(bench)
        await bench.type("  Bo   Prøve \r")
        await bench.shows("Hva skal Bo Prøve kunne?")
        await bench.press("enter")
        await bench.shows("Passordfrasen til Bo Prøve")
        first = static(bench, "#offered")
        await bench.press("ctrl+g")
        offered = static(bench, "#offered")
        assert offered != first
        await bench.type(offered + "\r")
        await bench.front(StaffScreen)
        await bench.shows("Bo Prøve kan åpne arkivet nå.", "2 kan åpne arkivet", "miljøterapeut")
        assert offered not in bench.text
    archive = enter(home, BO, offered)
    assert not archive.staff.may_lead
    archive.lock()


async def test_a_name_is_needed_and_an_own_passphrase_typed_twice_that_is_not_weak(
    home: Home,
) -> None:
    async with running(home) as bench:
        await to_add(bench)
        await bench.press("enter")
        await bench.shows("Skriv navnet.")
        await bench.type(COUNSELLOR.upper().replace(" ", "  ") + "\r")
        await bench.shows("Noen heter det allerede.")
        bench.app.focused.value = ""
        await bench.type(BO + "\r")
        await bench.shows("Hva skal Bo Prøve kunne?")
        await bench.press("down", "enter")
        await bench.shows("Passordfrasen til Bo Prøve")
        for weak, why in (
            ("", "Tast inn passordfrasen over"),
            ("kort", "For kort"),
            ("Prøve går over vidda", "står i den"),
        ):
            await bench.type(weak + "\r")
            await bench.shows(why)
            bench.app.focused.value = ""
        await bench.type(BOS + "\r")
        await bench.shows("En gang til")
        assert BOS not in bench.text
        await bench.type("noe annet\r")
        await bench.shows("De to er ikke like.")
        assert "noe annet" not in bench.text
        bench.app.focused.value = ""
        await bench.type(BOS + "\r")
        await bench.front(StaffScreen)
        assert [one.role for one in await staff(bench)] == ["leader", "leader"]
    assert opens(home, BO, BOS)


# About somebody


async def test_a_forgotten_passphrase_is_replaced(two: Home) -> None:
    async with running(two) as bench:
        await about_bo(bench)
        await act(bench, "renew", RenewScreen)
        offered = static(bench, "#offered")
        await bench.type(offered + "\r")
        await bench.front(StaffScreen)
        await bench.shows("Bo Prøve har fått en ny passordfrase.")
        assert offered not in bench.text
    assert opens(two, BO, offered)
    assert not opens(two, BO, BOS)


async def test_a_colleague_leads_and_then_one_stops_leading_oneself(two: Home) -> None:
    async with running(two) as bench:
        await to_staff(bench)
        await bench.shows("Du er den eneste lederen")
        await bench.press("down", "enter")
        await bench.front(ColleagueScreen)
        await bench.shows("Gjør en annen til leder først")  # said before, and not offered
        assert [row.key for row in bench.app.screen.rows.shown if row.key] == ["own"]
        await bench.press("escape", "up", "enter")
        await bench.front(ColleagueScreen)
        await act(bench, "to-leader", RoleScreen)
        await bench.shows("Gjøre Bo Prøve til leder?")
        await bench.press("enter")
        await bench.front(StaffScreen)
        await bench.shows("Bo Prøve er leder nå.")
        assert [one.role for one in await staff(bench)] == ["leader", "leader"]
        await bench.press("down", "enter")
        await bench.front(ColleagueScreen)
        await act(bench, "not-leading", RoleScreen)
        await bench.press("enter")
        await bench.front(StaffScreen)
        await bench.shows("En leder legger til")
        assert "Legg til en ansatt" not in bench.text
        await bench.press("escape")
        await bench.front(ArchiveMenu)
        await bench.until(lambda: "Ny nøkkel" not in bench.text, "the leaders' rows are away")


async def test_who_does_not_lead_sees_who_does_and_nothing_else(two: Home) -> None:
    async with running(two) as bench:
        await bench.until(lambda: bench.app.focused and bench.app.focused.id == "name")
        await bench.type(f"{BO}\r{BOS}\r")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.press("ctrl+a")
        await bench.shows("miljøterapeut")
        seen = {matter.words for matter in bench.app.screen.matters}
        assert {"staff.matter", "staff.own-matter"} <= seen
        assert not {"staff.sheet-matter", "staff.key-matter"} & seen
        await bench.press("enter")
        await bench.front(StaffScreen)
        await bench.shows(f"{BO} (deg)", COUNSELLOR, "leder")
        assert bench.app.screen.rows.highlighted is None
        await bench.press("enter", "down", "enter")
        assert await bench.front(StaffScreen)


# Shutting out


async def test_somebody_is_shut_out_and_the_sheet_is_made_anew(two: Home) -> None:
    archive = enter(two)
    old = archive.staff.new_sheet()
    archive.lock()
    async with running(two) as bench:
        await about_bo(bench)
        await act(bench, "revoke", RevokeScreen)
        await bench.shows("Stenge ute Bo Prøve?", "kan ingen ta tilbake", "› Lag et nytt ark")
        assert bench.app.screen.step.next_key == "start.key-next"  # it goes on, and does nothing
        await bench.press("enter")
        sheet = await copy_sheet(bench, "stenges Bo Prøve ute", "steng ute")
        await bench.front(StaffScreen)
        await bench.shows("Bo Prøve er stengt ute.", "riv i stykker det gamle", "1 kan åpne")
        assert sheet.split()[0] not in bench.text
    assert not opens(two, BO, BOS)
    assert not opens_with_sheet(two, old)
    assert opens_with_sheet(two, sheet)
    assert opens(two)


async def test_the_sheet_can_stay_and_a_held_key_shuts_nobody_out(
    two: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = enter(two)
    old = archive.staff.new_sheet()
    archive.lock()
    async with running(two) as bench:
        await about_bo(bench)
        with monkeypatch.context() as patched:
            patched.setattr(RevokeStep, "settles_after", 3600.0)
            await act(bench, "revoke", RevokeScreen)
            await bench.press("down", *["enter"] * 20)  # a key that is held down
            assert await bench.front(RevokeScreen)
            await bench.press("escape")
            await bench.front(ColleagueScreen)
        await act(bench, "revoke", RevokeScreen)
        await bench.press("down")
        await bench.shows("› Behold arket", "steng ute")
        await bench.press("enter")
        await bench.front(StaffScreen)
        await bench.shows("Bo Prøve er stengt ute. Arkivet har en ny nøkkel.")
    assert not opens(two, BO, BOS)
    assert opens_with_sheet(two, old)


async def test_what_goes_wrong_is_said_and_nothing_is_changed(
    two: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    async with running(two) as bench:
        await about_bo(bench)
        await act(bench, "revoke", RevokeScreen)
        await bench.press("enter")
        with monkeypatch.context() as patched:
            patched.setattr("intake_tui.records.staff.Staff.revoke", full)
            await copy_sheet(bench)
            await bench.shows("Ingenting er endret. Det gamle arket gjelder")
        await bench.press("escape", "enter")
        await bench.shows("Les koden fra det nye arket")
        assert len(await staff(bench)) == 2


async def test_a_new_sheet_and_a_new_key_from_the_menu(two: Home) -> None:
    async with running(two) as bench:
        await to_matter(bench, "staff.sheet-matter", NewSheetScreen)
        await bench.press("enter")
        sheet = await copy_sheet(bench)
        await bench.front(ArchiveMenu)
        await bench.shows("Det nye gjenopprettingsarket gjelder")
        bench.app.screen.rows.highlight("staff.key-matter")
        await bench.press("enter")
        await bench.front(NewKeyScreen)
        await bench.press("enter")
        await bench.front(ArchiveMenu)
        await bench.shows("Arkivet har en ny nøkkel.")
    assert opens_with_sheet(two, sheet)
    assert opens(two, BO, BOS)


async def test_how_far_it_is_stands_there_while_every_row_gets_another_key(
    two: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(_: object, progress: Callable[[int, int], None]) -> None:
        progress(500, 10_000)
        asyncio.run_coroutine_threadsafe(goes_on.wait(), loop).result()

    monkeypatch.setattr("intake_tui.records.staff.Staff.rotate", slow)
    async with running(two) as bench:
        await to_matter(bench, "staff.key-matter", NewKeyScreen)
        await bench.press("enter")
        await bench.shows("Arkivet får en ny nøkkel …", "500 av 10000")
        await bench.press("escape", "enter")
        assert isinstance(bench.app.screen.query_one(WorkingStep), WorkingStep)
        await bench.press("f12")
        await bench.front(CoverScreen)
        goes_on.set()
        await bench.app.vault(lambda archive: archive.me)
        await bench.press("enter")
        await bench.front(ArchiveMenu)
        await bench.shows("Arkivet har en ny nøkkel.")


# One's own passphrase


async def test_the_own_passphrase_is_changed_by_who_knows_the_old_one(home: Home) -> None:
    async with running(home) as bench:
        await to_matter(bench, "staff.own-matter", OwnPassphraseScreen)
        await bench.type("\r")
        await bench.shows("Skriv passordfrasen du logger inn med.")
        await bench.type("noe helt annet\r")
        await bench.shows("Det er ikke passordfrasen din.")
        assert "noe helt annet" not in bench.text
        await bench.type(PASSPHRASE + "\r")
        await bench.shows("Din nye passordfrase")
        assert PASSPHRASE not in bench.text
        await bench.type(PASSPHRASE + "\r")
        await bench.shows("Det er den du har fra før.")
        bench.app.focused.value = ""
        await bench.type(OTHER + "\r")
        await bench.shows("En gang til", "2 av 2")
        await bench.type(OTHER + "\r")
        await bench.front(ArchiveMenu)
        await bench.shows("Passordfrasen er byttet.")
        assert bench.app.session.withhold(f"å {OTHER} å") == "å å"
        assert OTHER not in bench.text
    assert opens(home, COUNSELLOR, OTHER)
    assert not opens(home)


async def test_a_guess_at_the_old_one_has_to_wait_longer_each_time(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(staff_flows.PATIENCE, "left", lambda _: waits.append(1) or 0.0)
    async with running(home) as bench:
        await to_matter(bench, "staff.own-matter", OwnPassphraseScreen)
        for n in (1, 2):
            await bench.type("galt\r")
            await bench.until(lambda n=n: staff_flows.PATIENCE._failures == n, "refused")
            await bench.shows("Det er ikke passordfrasen din.")
    assert len(waits) == 2


# In the middle

STEPS: dict[str, tuple[Callable[[Bench], Any], tuple[str, ...]]] = {
    "add": (to_add, (BO, "", BOS, BOS)),
    "sheet": (
        lambda bench: to_matter(bench, "staff.sheet-matter", NewSheetScreen),
        ("", "", "ABC"),
    ),
    "own": (
        lambda bench: to_matter(bench, "staff.own-matter", OwnPassphraseScreen),
        (PASSPHRASE, OTHER, OTHER),
    ),
}


async def at(bench: Bench, number: int) -> None:
    screen = bench.app.screen
    await bench.until(lambda: screen._number == number and not screen._busy, f"step {number}")


async def at_step(bench: Bench, flow: str, n: int) -> None:
    """At the n-th step, with the answer to it typed and not entered."""
    way, answers = STEPS[flow]
    await way(bench)
    for number in range(n + 1):
        await at(bench, number)
        await bench.type(answers[number])
        if number < n:
            await bench.press("enter")


def secrets(bench: Bench) -> set[str]:
    """What is secret in the flow in front: as typed, as made, and the groups of a sheet."""
    answers = bench.app.screen._answers
    found = {answers.passphrase, answers.offered, answers.old, *answers.sheet.split("-")}
    return {*found, BOS, OTHER} - {""}


def in_memory(kind: type) -> bool:
    gc.collect()
    return any(issubclass(type(one), kind) for one in gc.get_objects())


@pytest.mark.parametrize("flow", STEPS)
async def test_a_cover_hides_every_step_and_a_lock_leaves_nothing_done(
    home: Home, flow: str
) -> None:
    async with running(home) as bench:
        way, answers = STEPS[flow]
        await way(bench)
        for number, answer in enumerate(answers):
            await at(bench, number)
            await bench.type(answer)
            before = bench.text
            await bench.press("f12")
            await bench.front(CoverScreen)
            assert [one for one in secrets_of(bench) if one in bench.text] == []
            await bench.press("enter")
            await bench.front(FlowScreen)
            assert bench.text == before
            if number + 1 < len(answers):
                await bench.press("enter")
        await bench.press("ctrl+k")
        await bench.front(UnlockScreen)
        await bench.until(lambda: bench.app.session.vault._archive is None, "locked")
        assert [one for one in (BO, BOS, OTHER) if one in bench.text] == []
        await bench.until(lambda: not in_memory(FlowScreen), "gone")
    archive = enter(home)
    assert [one.name for one in archive.staff.colleagues()] == [COUNSELLOR]
    whats = {entry.what for entry in archive._vault.log_page().entries}
    assert whats <= {"created", "item", "unlocked", "locked"}
    archive.lock()


def secrets_of(bench: Bench) -> set[str]:
    below = next(one for one in bench.app.screen_stack if isinstance(one, FlowScreen))
    answers = below._answers
    return {answers.passphrase, answers.offered, answers.old, *answers.sheet.split("-")} - {""}


async def test_a_call_in_the_middle_begins_a_conversation_and_does_nothing_else(home: Home) -> None:
    async with running(home) as bench:
        await at_step(bench, "add", 2)
        await bench.press("ctrl+n")
        await bench.until(lambda: bench.app.current is not None, "a conversation")
        assert len(await staff(bench)) == 1


async def test_a_conversation_in_the_background_is_not_disturbed(two: Home) -> None:
    async with running(two) as bench:
        talk = await bench.talk()
        await bench.type("barna er hos naboen\rog så")
        await bench.press("ctrl+g", "0")
        await bench.front(ContactsScreen)
        await bench.press("ctrl+a")
        await bench.shows("leder")
        await bench.press("enter")
        await bench.shows("Legg til en ansatt")
        await bench.press("enter")
        await bench.front(ColleagueScreen)
        await act(bench, "revoke", RevokeScreen)
        await bench.press("down", "enter")
        await bench.front(StaffScreen)
        await bench.press("escape")
        await bench.front(ArchiveMenu)
        await bench.press("ctrl+a")  # twice Esc is the cover
        await bench.front(ContactsScreen)
        await bench.press("enter")
        await bench.until(lambda: bench.app.current is talk, "the conversation")
        assert talk.line.text == "og så"
        await bench.type(" gikk hun\r")
        await bench.saved()
        assert bench.app.session.at_risk is False
    archive = enter(two)
    (draft,) = archive._drafts()
    assert [one.text for one in talk.intake.statements] == ["barna er hos naboen", "og så gikk hun"]
    assert draft.intake == talk.intake
    archive.lock()


@pytest.mark.parametrize("flow", STEPS)
async def test_what_was_shown_and_typed_is_gone_when_the_screen_is(home: Home, flow: str) -> None:
    """No widget holds it any more, and no other screen shows it."""
    async with running(home) as bench:
        await at_step(bench, flow, len(STEPS[flow][1]) - 1)
        gone = secrets(bench)
        screen = bench.app.screen
        answers = screen._answers
        await bench.press(*["escape"] * 1)
        del screen
        bench.app.show_contacts()
        await bench.front(ContactsScreen)
        await bench.until(lambda: not in_memory(FlowScreen), "gone")
        assert vars(answers) == vars(type(answers)())
        assert [one for one in gone if one in bench.text] == []
