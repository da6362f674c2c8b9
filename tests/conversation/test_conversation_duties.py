"""The duties come up in the step's list where the guide says so, and open nothing by themselves."""

from __future__ import annotations

import json

import pytest
from conversation_bench import Bench, later, typed
from textual.pilot import Pilot

from intake_tui.guide.load import canonical, from_canonical
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import worksheet
from intake_tui.intake.line import Line
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.duties import DutiesScreen
from intake_tui.widgets.pages import Pages
from screen_text import screen_text

INFORM_ROW = "Opplysningsplikt: vurder"


def row_of(bench: Bench, text: str) -> str:
    """The line of the screen that has this text."""
    return next(line for line in screen_text(bench).splitlines() if text in line)


def told(talk: Conversation, text: str, *places: str) -> None:
    talk.line = Line(text, places=places)
    talk.keep()


async def at_row(bench: Bench, pilot: Pilot[None], step: int, row: str) -> None:
    """The highlight on that row of that step."""
    await pilot.press("ctrl+g", str(step))
    questions = bench.front.questions
    keys = [each.key for each in questions.shown if each.key is not None]
    await pilot.press(*["down"] * keys.index(row))
    assert questions.highlighted == row


def open_page(bench: Bench) -> str:
    """The name of the worksheet that is open."""
    assert isinstance(bench.screen, DutiesScreen)
    return str(bench.screen.query_one(Pages).render()).split("› ")[1].split("  ")[0].strip()


async def test_the_worksheet_s_row_says_when_it_is_at_hand_and_how_far_it_is(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+g", "6")
        assert row_of(bench, "Må noe avverges").rstrip().endswith("ikke vurdert")
        bench.talk.answer("THREAT-10", "yes")
        await shown_anew(bench, pilot)
        assert row_of(bench, "Må noe avverges").rstrip().endswith("se over")
        bench.talk.weigh("avert", "reason", "alle er her")
        await shown_anew(bench, pilot)
        assert row_of(bench, "Må noe avverges").rstrip().endswith("påbegynt")
        bench.talk.weigh("avert", "conclusion", "not")
        await shown_anew(bench, pilot)
        assert row_of(bench, "Må noe avverges").rstrip().endswith("gjelder ikke")
        assert isinstance(bench.screen, ConversationScreen)


async def shown_anew(bench: Bench, pilot: Pilot[None]) -> None:
    bench.front.show_all()
    await pilot.pause()


async def test_the_children_s_row_comes_after_the_information_where_children_were_told_of(
    bench: Bench,
) -> None:
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+g", "4")
        keys = [row.key for row in bench.front.questions.shown]
        assert "duty:inform" not in keys
        told(bench.talk, "9, hos faren", "OPEN-8")
        await shown_anew(bench, pilot)
        keys = [row.key for row in bench.front.questions.shown]
        assert keys[keys.index("INFO-13") + 1] == "duty:inform"


@pytest.mark.parametrize(
    ("step", "row", "page"),
    [
        (6, "HOME-3", "Avvergeplikt"),
        (4, "duty:inform", "Opplysningsplikt: 9, hos faren"),
    ],
)
@pytest.mark.parametrize("key", ["enter", "ctrl+d"])
async def test_enter_on_its_row_and_ctrl_d_open_it(
    bench: Bench, step: int, row: str, page: str, key: str
) -> None:
    told(bench.talk, "9, hos faren", "OPEN-8")
    async with bench.run_test() as pilot:
        await at_row(bench, pilot, step, row)
        later(bench)
        await pilot.press(key)
        assert open_page(bench) == page
        await pilot.press("escape")
        assert isinstance(bench.screen, ConversationScreen)
        await typed(pilot, "mer")
        assert bench.note.text == "mer"


async def test_ctrl_d_on_the_information_opens_the_duty_that_it_tells_of(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await at_row(bench, pilot, 4, "INFO-13")
        await pilot.press("ctrl+d")
        assert open_page(bench) == "Opplysningsplikt: barna"


async def test_a_line_is_still_kept_where_the_worksheet_is_highlighted(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await at_row(bench, pilot, 6, "HOME-3")
        await pilot.press("ctrl+l")
        await typed(pilot, "vurdert: alle kommer hit")
        await pilot.press("enter")
        (line,) = bench.talk.intake.statements
        assert (line.kind, line.places) == ("assessed", ("HOME-3",))
        assert bench.talk.intake.duties == ()


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_row_says_when_the_duty_applies_and_the_information_to_tell_of_it_first(
    bench: Bench, size: tuple[int, int]
) -> None:
    told(bench.talk, "9, hos faren", "OPEN-8")
    async with bench.run_test(size=size) as pilot:
        await at_row(bench, pilot, 4, "duty:inform")
        assert "Plikten er din egen" in screen_text(bench)
        await pilot.press("up")
        assert "før du spør mer om barna" in screen_text(bench)


async def test_what_was_weighed_can_be_undone_and_it_is_said_what(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        bench.talk.weigh("avert", "conclusion", "applies")
        await pilot.press("ctrl+z")
        assert "noe i en pliktvurdering" in screen_text(bench)
        assert worksheet(bench.talk.intake, "avert").parts == {}


async def test_a_sentence_of_the_note_says_that_it_is_from_the_worksheet(bench: Bench) -> None:
    bench.talk.weigh("avert", "conclusion", "not")
    bench.talk.weigh("avert", "reason", "alle er her nå")
    async with bench.run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+g", "7", "down", "down")
        shown = screen_text(bench)
        assert "Avvergeplikt: Gjelder ikke. alle er her nå." in shown
        assert "fra pliktvurderingen" in shown


async def test_a_guide_without_duties_says_so_and_opens_nothing(talk: Conversation) -> None:
    talk.guide = talk.guide.model_copy(update={"duties": ()})
    bench = Bench(talk)
    async with bench.run_test() as pilot:
        await pilot.press("ctrl+d")
        assert isinstance(bench.screen, ConversationScreen)
        assert "ingen plikter å vurdere" in " ".join(screen_text(bench).split())


def test_a_guide_that_was_kept_before_there_were_duties_can_be_read(talk: Conversation) -> None:
    kept = json.loads(canonical(talk.guide))
    del kept["duties"]
    assert from_canonical(json.dumps(kept).encode()).duties == ()
