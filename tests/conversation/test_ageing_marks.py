"""In the conversation, too, a text past its day is marked where it stands, and works as before."""

import datetime as dt

import pytest
from conversation_bench import NOON, Bench, typed

from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.widgets.question_list import shown_items
from intake_tui.widgets.rows import Rows
from screen_text import screen_text

FAR = dt.datetime(2100, 1, 2, 12, 0, tzinfo=dt.UTC)
MARK = "kontrolleres"


@pytest.fixture(params=[NOON, FAR], ids=["in time", "past its day"])
def bench(talk: Conversation, request: pytest.FixtureRequest) -> Bench:
    bench = Bench(talk)
    bench.time = request.param
    return bench


async def test_the_list_of_each_step_marks_its_items(bench: Bench, guide: Guide) -> None:
    seen = 0
    async with bench.run_test() as pilot:
        for step in guide.steps:
            await pilot.press("ctrl+g", str(step.number))
            await pilot.pause()
            rows = {row.key: row for row in bench.front.questions.shown}
            for item in shown_items(guide, step, bench.talk.intake):
                marked = item.check_again is not None and bench.time == FAR
                assert rows[item.id].right.endswith(MARK) == marked, item.id
                seen += marked
    assert bool(seen) == (bench.time == FAR)


async def test_find_marks_what_it_finds(bench: Bench, guide: Guide) -> None:
    async with bench.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+f")
        await typed(pilot, "halsen")
        await pilot.pause()
        found = {row.key: row for row in bench.front.finder.query_one(Rows).shown}
        assert found["choking"].right.endswith(MARK) == (bench.time == FAR)


async def test_the_facts_on_traces_stand_where_the_question_stands(
    bench: Bench, guide: Guide
) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+f")
        await typed(pilot, "THREAT-13")
        await pilot.press("enter")
        await pilot.pause()
        shown = " ".join(screen_text(bench).split())
        assert "opptil 7 dager" in shown
        assert (f"overgrepsmottaket. ({MARK})" in shown) == (bench.time == FAR)


async def test_a_text_past_its_day_is_answered_as_before(bench: Bench, guide: Guide) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+f")
        await typed(pilot, "halsen")
        await pilot.press("enter", "tab")
        await typed(pilot, "tok henne rundt halsen")
        await pilot.press("enter")
        await pilot.pause()
    assert bench.talk.intake.value("choking") == "yes"
    assert [line.places for line in bench.talk.intake.statements] == [("choking",)]
