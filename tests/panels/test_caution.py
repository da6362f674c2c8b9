"""A number that must not be called says so on each row that shows it, in whichever words."""

from __future__ import annotations

import pytest
from panels_bench import Bench, told

from intake_tui.intake.conversation import Conversation
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.safety import SafetyScreen
from intake_tui.widgets.caution import Caution, caution_of
from intake_tui.widgets.row_layout import Row, laid_out
from intake_tui.widgets.safety_strip import strip_pieces
from intake_tui.widgets.unbroken import shown
from intake_tui.words import Words
from screen_text import screen_rows

NB = Words("nb")
NUMBER = "000 00 000"
STOP = "IKKE RING"


def caution(said: str, number: str = "") -> Caution:
    found = caution_of({"call": "no", "number": number}, NB, [said])
    assert found is not None
    return found


@pytest.mark.parametrize("safety", [{}, {"call": "yes", "number": NUMBER}, {"number": NUMBER}])
def test_it_is_said_only_where_calling_is_not_safe(safety: dict[str, str]) -> None:
    assert caution_of(safety, NB) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("han svarer på 000 00 000", "han svarer på IKKE RING 000 00 000"),
        ("+47 00 00 00 00, og 0000 0000", "IKKE RING +47 00 00 00 00, og IKKE RING 0000 0000"),
        ("00000000 er hans", "IKKE RING 00000000 er hans"),
        ("IKKE RING · 000 00 000", "IKKE RING · 000 00 000"),
    ],
)
def test_any_number_is_meant_where_none_is_pinned(said: str, seen: str) -> None:
    assert shown(caution(said).marked(said)) == seen


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("000 00 000 er hos bror", "IKKE RING 000 00 000 er hos bror"),
        ("kl 16 000 00 000 2 ganger", "kl 16 IKKE RING 000 00 000 2 ganger"),
        ("søster har 999 99 999", "søster har 999 99 999"),
        ("+47 000-00-000", "IKKE RING +47 000-00-000"),
    ],
)
def test_the_pinned_number_alone_is_meant_where_there_is_one(said: str, seen: str) -> None:
    assert shown(caution(said, "000 00 000 er hos bror").marked(said)) == seen


@pytest.mark.parametrize("said", ["kl 14.05 den 23.11.2026", "konto 0000 00 00000", "112, 116 006"])
def test_what_is_no_number_to_call_is_left_alone(said: str) -> None:
    assert caution_of({"call": "no"}, NB, [said]) is None


def test_the_numbers_of_those_who_can_help_are_not_meant() -> None:
    help_number = "Hjelpelinje: 999 99 999"
    assert caution(f"svarer på {NUMBER}").marked(help_number) == help_number


@pytest.mark.parametrize("width", range(30, 80))
def test_no_line_end_parts_a_number_from_it(width: int) -> None:
    text = "ja til politiet her og på nytt sted, men ikke ring hjem, 000 00 000 er hos bror nå"
    row = Row(text, lead="14:05  ", below=((f"«{text}»", "quiet"),), caution=caution(text))
    rows = ["".join(piece for piece, _ in line.pieces) for line in laid_out((row,), width)]
    found = [line for line in rows if "00 0" in line or "0 00" in line]
    assert len(found) == 2
    assert all(f"{STOP} {NUMBER}" in line for line in found)


def test_the_strip_says_it_once_where_the_number_stands_beside_it() -> None:
    safety = {"call": "no", "number": "000 00 000 er hos bror", "where-now": "hos 000 00 000"}
    text = shown("".join(text for text, _ in strip_pieces(safety, NB)))  # type: ignore[arg-type]
    assert text.startswith("Trygghet: IKKE RING · nr 000 00 000 er hos bror")
    assert text.count(STOP) == 2
    assert f"hos {STOP} {NUMBER}" in text


async def test_every_list_over_a_conversation_says_it(bench: Bench, talk: Conversation) -> None:
    told(talk, f"ja til politiet, men ikke ring hjem, {NUMBER} er hos bror", "HELP-4", "THREAT-10")
    told(talk, f"svarer på {NUMBER}", "HELP-4", kind="observed")
    talk.pin("call", "no")
    bench.current, seen = talk, 0
    async with bench.run_test(size=(80, 24)) as pilot:
        for screen in (RunningNoteScreen(talk), OverviewScreen(talk), SafetyScreen(talk, "")):
            await bench.open(screen)
            for _ in range(8):
                await pilot.pause()
                rows = screen_rows(bench)
                seen += sum(NUMBER in row for row in rows)
                _each_row_says_it(rows)
                await pilot.press("right" if isinstance(screen, OverviewScreen) else "down")
    assert seen > 10


def _each_row_says_it(rows: list[str]) -> None:
    for row in rows:
        assert NUMBER not in row or STOP in row, row


async def test_what_is_offered_to_be_pinned_says_it_too(bench: Bench, talk: Conversation) -> None:
    line = f"ikke bruk {NUMBER}, han svarer på den"
    told(talk, line)
    bench.current = talk
    async with bench.run_test(size=(80, 24)) as pilot:
        await bench.open(SafetyScreen(talk, line))
        await pilot.press("tab", "down")
        await pilot.pause()
        rows = [row for row in screen_rows(bench) if NUMBER in row]
        assert rows
        _each_row_says_it(rows)
