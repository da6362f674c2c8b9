"""«Sikkerhetskopi» in its states, in two languages and two sizes; and which copies are kept."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panels_bench import NOON, Bench
from syrupy.assertion import SnapshotAssertion

from intake_tui.desk import media
from intake_tui.desk.backing import Backed
from intake_tui.guide.model import Guide, Language
from intake_tui.records.backups import LAST, MONTHS, WEEKS, Copied, is_older, superfluous
from intake_tui.screens.backup import BackupScreen, last_in_words
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.widgets.messages import BackupTold
from screen_text import screen_text

PLACE = "/media/pinne/kopi-2026-11-23.db"
STATES = {
    "going-on": Backed("going-on", "check", 40),
    "made": Backed("made", place=PLACE, at=NOON, rows=612, pruned=2),
    "made-with-damage": Backed("made", place=PLACE, at=NOON, rows=612, sound=False),
    "checked": Backed("checked", place=PLACE, at=NOON, rows=612),
    "pulled-out": Backed("failed", code="copy:not-written"),
    "disk-full": Backed("failed", code="disk-full"),
}


@pytest.fixture(autouse=True)
def no_stick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "media", lambda: [Path("/media/annen")])


def copy(number: int, at: dt.datetime, *, verified: bool = True, here: bool = False) -> Copied:
    return Copied(
        id=f"{number:032x}",
        at=at,
        place=f"/media/pinne/kopi-{number}.db",
        rows=number,
        size=1,
        device="cd" * 16,
        verified=at if verified else None,
        here=here,
    )


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
async def test_in_pictures(
    guide: Guide, language: Language, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    bench = Bench(guide, language)
    async with bench.run_test(size=size) as pilot:
        await bench.open(BackupScreen())
        await pilot.pause()
        assert screen_text(bench) == snapshot(name="quiet")
        for name, backed in STATES.items():
            bench.backed = backed
            bench.screen.post_message(BackupTold())
            await pilot.pause()
            await pilot.pause()
            assert screen_text(bench) == snapshot(name=name)
        bench.backed = Backed()
        await pilot.press("ctrl+b")
        await pilot.pause()
        assert screen_text(bench) == snapshot(name="asked")


@pytest.mark.parametrize("typed", ["minnepinnen", "E:", "kopier/i dag"])
async def test_what_is_no_full_path_is_refused(bench: Bench, typed: str) -> None:
    async with bench.run_test() as pilot:
        await bench.open(BackupScreen())
        await pilot.press("enter", "ctrl+u", *typed, "enter")
        assert bench.did == []
        assert "Skriv hele stedet" in screen_text(bench)
        assert "Hvor skal kopien ligge?" in screen_text(bench)


async def test_sticks_are_chosen_from_a_list(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(BackupScreen())
        await pilot.press("enter")
        await pilot.pause()
        assert "Velg med ↑ ↓" in screen_text(bench)
        assert screen_text(bench).count("/media/annen") == 1
        await pilot.press("down", "up", "down", "enter")
        assert bench.did == ["back up /media/annen"]


async def test_a_copy_on_this_computer_is_no_plain_reassurance(bench: Bench) -> None:
    age = dt.timedelta(hours=1)
    bench.archive.backups.copies = [copy(1, NOON - age, here=True)]
    bench.backed = Backed("made", place=PLACE, at=NOON, rows=612, here=True)
    async with bench.run_test() as pilot:
        await bench.open(BackupScreen())
        await pilot.pause()
        assert screen_text(bench).count("på denne maskinen") == 3  # made, the last, and the list
        await pilot.press("escape")
        for elsewhere, said in ((30, True), (1, False)):
            older = copy(2, NOON - dt.timedelta(days=elsewhere))
            bench.archive.backups.copies = [copy(1, NOON - age, here=True), older]
            await bench.open(ContactsScreen())
            await pilot.pause()
            await pilot.pause()
            assert ("Den ligger på denne maskinen" in screen_text(bench)) is said


async def test_the_place_is_chosen_by_tab_and_the_rest_by_enter(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(BackupScreen())
        await pilot.press("enter", "tab", "enter")
        assert bench.did == ["back up /media/annen"]
        await pilot.press("down", "enter", "enter")
        assert bench.did[1:] == [f"check {PLACE}"]
        await pilot.press("enter", "escape", "escape")
        assert not isinstance(bench.screen, BackupScreen)


async def test_a_place_that_did_not_do_is_offered_again_to_be_put_right(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(BackupScreen())
        await pilot.press("enter", "ctrl+u", *"/media/pnine", "enter")
        assert bench.did == ["back up /media/pnine"]
        bench.backed = Backed("failed", code="copy:no-folder")
        await pilot.press("enter")
        assert "/media/pnine" in screen_text(bench)
        await pilot.press("escape", "down", "enter")
        assert PLACE in screen_text(bench)


async def test_nothing_is_begun_while_one_is_going_on(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(BackupScreen())
        bench.backed = STATES["going-on"]
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert bench.did == []
        assert "Vent til den er ferdig" in screen_text(bench)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, ""), (6, ""), (7, "7 dager siden"), (12, "12 dager siden"), (None, "ennå")],
)
async def test_the_age_stands_above_the_contacts_once_it_is_old(
    bench: Bench, days: int | None, said: str
) -> None:
    bench.archive.backups.copies = (
        [] if days is None else [copy(1, NOON - dt.timedelta(days=days, minutes=1))]
    )
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.pause()
        text = screen_text(bench)
        assert ("sikkerhetskopi" in text.lower()) == bool(said)
        assert said in text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 86_399), st.booleans()),
        max_size=60,
        unique_by=lambda one: (one[0], one[1]),
    )
)
def test_what_the_rule_keeps(drawn: list[tuple[int, int, bool]]) -> None:
    copies = [
        copy(number, NOON - dt.timedelta(days=days, seconds=seconds), verified=verified)
        for number, (days, seconds, verified) in enumerate(drawn)
    ]
    gone = superfluous(copies)
    left = sorted((one for one in copies if one not in gone), key=lambda one: one.at, reverse=True)
    newest = sorted(copies, key=lambda one: one.at, reverse=True)
    assert left[:LAST] == newest[:LAST]
    verified = [one for one in newest if one.verified]
    assert not verified or verified[0] in left
    assert len(left) <= LAST + WEEKS + MONTHS + 1
    assert superfluous(left) == []  # once removed, nothing more goes
    assert all(one.verified for one in left[LAST:])


def test_a_copy_a_day_for_two_years_leaves_days_weeks_and_months() -> None:
    left: list[Copied] = []
    for number in range(730):
        left.append(copy(number, NOON + dt.timedelta(days=number)))
        gone = superfluous(left)
        left = [one for one in left if one not in gone]
    ages = sorted((left[-1].at - one.at).days for one in left)
    assert ages[:LAST] == list(range(LAST))
    assert len(left) == LAST + WEEKS + MONTHS
    assert all(later - earlier <= 31 + 6 for earlier, later in pairwise(ages))
    assert ages[-1] > 330


@pytest.mark.parametrize(
    ("days", "said"), [(0.1, False), (6, False), (7, True), (-0.5, False), (-27_000, True)]
)
async def test_a_clock_that_was_ahead_hides_no_age(bench: Bench, days: float, said: bool) -> None:
    made = copy(1, NOON - dt.timedelta(days=days))
    assert is_older(made.at, NOON, days=7) is said
    assert "i dag" not in last_in_words(made, NOON, bench.words) or abs(days) < 1
