"""Remarks are named and never counted wherever they are listed; none is not little danger."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from panels_bench import NOON, Bench, begun

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.shape import shape
from intake_tui.intake.signals import signals
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows
from intake_tui.words import Words
from screen_text import screen_text

ANSWERS = ("THREAT-10", "THREAT-4", "THREAT-7", "choking", "THREAT-11")
NUMBERS = {
    "nb": r"\d+|en|én|to|tre|fire|fem|seks|flere|noen|antall",
    "nn": r"\d+|ein|éin|to|tre|fire|fem|seks|fleire|nokre|tal på",
    "en": r"\d+|one|two|three|four|five|six|several|number of",
}
REMARKS = {"nb": "merknad", "nn": "merknad", "en": "remark"}


def counted(text: str, language: str) -> list[str]:
    remark, number = REMARKS[language], NUMBERS[language]
    pattern = rf"\b(?:{number})\s+{remark}\w*|\b{remark}\w*\W{{0,4}}\d+"
    return re.findall(pattern, text, re.IGNORECASE)


def talk_with(guide: Guide, n: int) -> Conversation:
    talk = begun(guide)
    for place in ANSWERS[:n]:
        talk.answer(place, "yes")
    assert len(signals(guide, talk.intake)) == n
    return talk


def rows_of(bench: Bench) -> list[Row]:
    return list(bench.screen.query_one(Rows).shown)


async def overview(guide: Guide, talk: Conversation, language: Language) -> tuple[str, list[Row]]:
    bench = Bench(guide, language)
    async with bench.run_test(size=(140, 60)) as pilot:
        await bench.open(OverviewScreen(talk))
        await pilot.pause()
        return screen_text(bench), rows_of(bench)


async def signed(guide: Guide, talk: Conversation, language: Language) -> tuple[str, list[Row]]:
    bench = Bench(guide, language)
    bench.archive.records = {
        talk.id.hex(): {**shape(talk, status="signed", signed=NOON), "by": "Ragnhild"}
    }
    async with bench.run_test(size=(140, 60)) as pilot:
        await bench.open(SignedScreen(talk.id.hex()))
        await pilot.pause()
        rows = rows_of(bench)
    heading = Words(language)("overview.signals")
    start = next(n for n, row in enumerate(rows) if row.text == heading)
    end = next(n for n in range(start, len(rows)) if not rows[n].text)
    return "\n".join(row.text for row in rows), rows[start:end]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("screen", [overview, signed])
async def test_no_number_of_remarks_stands_anywhere(
    guide: Guide, language: Language, screen: object
) -> None:
    for n in (1, 5):
        text, rows = await screen(guide, talk_with(guide, n), language)  # type: ignore[operator]
        said = [text, *(f"{row.lead} {row.text} {row.right}" for row in rows)]
        assert [found for each in said for found in counted(each, language)] == []


@pytest.mark.parametrize("screen", [overview, signed])
async def test_one_remark_more_adds_its_own_rows_and_changes_no_other(
    guide: Guide, screen: object
) -> None:
    """So nothing on the screen can follow from how many there are."""
    fewer, more = [
        (await screen(guide, talk_with(guide, n), "nb"))[1]  # type: ignore[operator]
        for n in (4, 5)
    ]
    left = [replace(row, key=None) for row in more]  # the key is not seen
    for row in fewer:
        left.remove(replace(row, key=None))  # ValueError where a row of the fewer is not there
    names = {signal.id: signal.name.nb for signal in guide.signals}
    assert names["perpetrator-substance"] in [row.text for row in left]
    assert len(left) < 6


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("screen", [overview, signed])
async def test_where_there_are_none_it_says_that_this_is_not_little_danger(
    guide: Guide, language: Language, screen: object
) -> None:
    none = Words(language)("overview.no-signals")
    for n in (0, 1):
        _, rows = await screen(guide, talk_with(guide, n), language)  # type: ignore[operator]
        assert (none in [row.text for row in rows]) == (n == 0)


def test_the_pattern_would_find_a_count() -> None:
    for text in ("3 merknader", "Merknader (3)", "tre merknader", "Merknader: 3"):
        assert counted(text, "nb")
    assert not counted("Ingen merknader betyr ikke liten fare.", "nb")
