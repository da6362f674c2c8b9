"""The overview: not known first, then the words; it names, and never counts or concludes."""

from __future__ import annotations

import re

import pytest
from panels_bench import NOON, Bench, replayed, told

from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.overview import overview
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.overview_rows import OverviewRows, place_of
from intake_tui.widgets.rows import Rows
from intake_tui.words import Words
from screen_text import screen_text


def page(talk: Conversation, number: int) -> str:
    rows = OverviewRows(talk.guide, talk.intake, Words("nb"), NOON.date()).page(number)
    return "\n".join(
        " ".join([row.lead + row.text, row.right, *(text for text, _ in row.below)]) for row in rows
    )


def test_what_is_not_known_comes_before_what_was_said(whole: Conversation) -> None:
    text = page(whole, 1)
    assert text.index("Ikke kjent ennå") < text.index("Det som er sagt")
    assert text.index("Strever psykisk") < text.index("Våpen: ja")


def test_not_asked_not_known_and_declined_are_kept_apart(guide: Guide, talk: Conversation) -> None:
    talk.answer("THREAT-9", "unknown")
    talk.answer("THREAT-12", "declined")
    talk.answer("THREAT-3", "no")
    text = page(talk, 1).splitlines()

    def line(place: str) -> str:
        name = guide.by_id[place].short.nb
        return next(each for each in text if each.startswith(name))

    assert "vet ikke" in line("THREAT-9")
    assert "ville ikke svare" in line("THREAT-12")
    assert "ikke spurt" in line("THREAT-10")
    assert "nei" in line("THREAT-3")


def test_signals_are_named_with_the_words_they_follow_from(whole: Conversation) -> None:
    text = page(whole, 0)
    assert "Våpen er innen rekkevidde" in text
    assert "Følger av: Våpen: ja" in text
    assert "jakter. 2 rifler + hagle i huset" in text


def test_no_signal_does_not_mean_little_danger(talk: Conversation) -> None:
    assert "Ingen merknader betyr ikke liten fare." in page(talk, 0)


def test_against_stands_only_where_the_guide_says_so(guide: Guide) -> None:
    talk = replayed(guide, "02-walk-in-advice.toml")
    views = overview(guide, talk.intake)
    for number, view in enumerate(views, 1):
        lines = page(talk, number).splitlines()
        marked = [line for line in lines if "taler mot" in line]
        assert len(marked) == len(view.against)


def test_nothing_in_it_is_a_number_of_ours(talk: Conversation) -> None:
    told(talk, "han har rifle", "THREAT-10", THREAT_10="yes")
    for number in range(7):
        assert not re.search(r"\d", page(talk, number).replace("112", ""))


async def test_choosing_a_row_gives_its_place(bench: Bench, whole: Conversation) -> None:
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(whole))
        await pilot.press("right", "down")
        key = bench.screen.query_one(Rows).highlighted
        assert key is not None
        await pilot.press("enter")
        assert bench.answer == place_of(key)
        assert bench.answer in whole.guide.by_id


async def test_pages_are_gone_through_and_stop_at_the_ends(
    bench: Bench, whole: Conversation
) -> None:
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(whole))
        await pilot.press("left")
        assert "› Merknader" in screen_text(bench)
        await pilot.press(*["right"] * 9)
        last = whole.guide.by_id["HELP-6"].short.nb
        assert f"› {last}" in screen_text(bench)
        await pilot.press("tab", "shift+tab")
        assert f"› {whole.guide.by_id['HELP-5'].short.nb}" in screen_text(bench)


async def test_escape_and_the_key_itself_leave_it(bench: Bench, talk: Conversation) -> None:
    async with bench.run_test() as pilot:
        for key in ("escape", "ctrl+o", "f6"):
            bench.answer = "nothing yet"
            await bench.open(OverviewScreen(talk))
            await pilot.press(key)
            assert bench.answer is None


def test_what_words_alone_raise_is_named_as_spoken_of(guide: Guide, talk: Conversation) -> None:
    told(talk, "vil absolutt ikke hjem igjen", "HOME-1")
    told(talk, "det har aldri vært noe seksuelt", "THREAT-13")
    text = page(talk, 0)
    assert "Det er snakket om å dra hjem" in text
    assert "Noe seksuelt mot personens vilje er nevnt" in text
    (line,) = (each for each in text.splitlines() if "aldri vært noe seksuelt" in each)
    assert "bare ord, ikke besvart" in line
    talk.answer("THREAT-13", "yes")
    (line,) = (each for each in page(talk, 0).splitlines() if "aldri vært noe seksuelt" in each)
    assert "bare ord" not in line
    talk.answer("THREAT-13", "no")
    assert "Noe seksuelt" not in page(talk, 0)


def test_offered_the_own_view_and_chosen_are_said_apart(talk: Conversation) -> None:
    talk.answer("HELP-1", "wanted")
    talk.answer("HELP-2", "offered-not-wanted")
    talk.answer("decision", "HELP-2")
    assert "ønsker det, ikke tilbudt" in page(talk, 1).splitlines()[0]
    assert "valgt · tilbudt, ønsker ikke" in page(talk, 2).splitlines()[0]
    assert page(talk, 3).splitlines()[0].endswith("ikke tilbudt")
    assert "valgt" not in page(talk, 1).splitlines()[0]


def test_what_was_said_first_stays_beside_what_is_said_now(talk: Conversation) -> None:
    talk.answer("HELP-1", "offered-not-wanted")
    talk.answer("HELP-1", "offered-wanted")
    talk.answer("THREAT-10", "no")
    talk.answer("THREAT-10", "yes")
    talk.answer("THREAT-9", "yes")
    talk.answer("THREAT-9", "unknown")
    first, *lines = page(talk, 1).splitlines()
    assert first.endswith("tilbudt, ønsker det før: tilbudt, ønsker ikke")
    assert any(line.startswith("Våpen: ja") and "før: nei" in line for line in lines)
    assert any(line.startswith("Strever psykisk") and "vet ikke før: ja" in line for line in lines)


def test_the_counsellors_own_choice_asks_for_its_reason_and_then_shows_it(
    talk: Conversation,
) -> None:
    assert "Ditt eget valg: skriv hvorfor" in page(talk, 6)
    assert "Begrunnelse" not in page(talk, 1)
    talk.answer("decision", "HELP-6")
    assert "Skriv hvorfor dette ble valgt ikke skrevet" in page(talk, 6)
    assert "Skriv hvorfor" not in page(talk, 5)
    told(talk, "får ikke tak i hvor alvorlig det er", "decision", kind="assessed")
    assert "Begrunnelse" in page(talk, 6)
    assert "får ikke tak i hvor alvorlig det er" in page(talk, 6)


async def test_the_last_page_gives_the_place_of_the_reason(
    bench: Bench, talk: Conversation
) -> None:
    async with bench.run_test() as pilot:
        await bench.open(OverviewScreen(talk))
        await pilot.press(*["right"] * 6, "enter")
        assert bench.answer == "decision"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_every_row_can_be_reached_and_chosen(
    guide: Guide, bench: Bench, size: tuple[int, int]
) -> None:
    talk = replayed(guide, "04-interpreter-permit.toml")
    rows = OverviewRows(guide, talk.intake, Words("nb"), NOON.date())
    async with bench.run_test(size=size) as pilot:
        for number in range(7):
            keys = [row.key for row in rows.page(number) if row.key]
            await bench.open(OverviewScreen(talk))
            await pilot.press(*["right"] * number)
            here = bench.screen.query_one(Rows)
            for key in keys:
                assert here.highlighted == key
                await pilot.press("down")
            await pilot.press("enter")
            assert bench.answer == place_of(keys[-1])


async def test_page_down_passes_nothing_that_was_not_seen(bench: Bench, guide: Guide) -> None:
    talk = replayed(guide, "04-interpreter-permit.toml")
    async with bench.run_test(size=(80, 24)) as pilot:
        await bench.open(OverviewScreen(talk))
        await pilot.pause()
        seen = screen_text(bench)
        for _ in range(8):
            await pilot.press("pagedown")
            seen += screen_text(bench)
        for row in bench.screen.query_one(Rows).shown:
            assert (row.text[:30] in seen) or not row.text, row.text
