"""What was said before stands beside the conversation, and nothing of it comes in by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from conversation_bench import Bench, later, typed
from syrupy.assertion import SnapshotAssertion

from fake_persons import FakeArchive
from intake_tui.guide.load import load
from intake_tui.guide.model import Guide, Language
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.intake.shape import shape
from intake_tui.intake.taken_over import taken_over
from intake_tui.records.codec import row_of
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.rows import ContactRow
from intake_tui.screens.pick_contact import PickContactScreen
from intake_tui.widgets.before_panel import BeforePanel
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.row_layout import LIST_MARK
from intake_tui.widgets.rows import Rows
from screen_text import screen_text

CASE = bytes.fromhex("4f2a" + "00" * 14)
OTHER_CASE = bytes.fromhex("9b01" + "00" * 14)
BEFORE = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
NUMBER = "999 00 123"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load()


def held(guide: Guide, number: int, *, case: bytes = CASE) -> Conversation:
    at = BEFORE + dt.timedelta(hours=number)
    return Conversation.new(
        guide, by="ab" * 16, now=lambda: at, id=number.to_bytes(16, "big"), case=case
    )


def earlier(guide: Guide, number: int = 1, *, case: bytes = CASE) -> Conversation:
    talk = held(guide, number, case=case)
    for place, value in (("alias", "Rogn"), ("caller", "she"), ("INV-3", "telephone")):
        talk.answer(place, value)
    talk.pin("call", "no")
    talk.pin("number", NUMBER)
    talk.pin("code-word", "blå kopp")
    talk.line = Line("jakter, to våpen i boden", places=("THREAT-10",))
    talk.keep()
    talk.answer("INFO-2", "later")
    talk.line = Line("jeg ringer advokatvakta", places=("next",))
    talk.keep()
    talk.answer("decision", "HELP-2")
    return talk


def row(talk: Conversation) -> ContactRow:
    n = int.from_bytes(talk.id, "big")
    return replace(row_of(talk.snapshot(), (), by="Ada Eksempel"), status="signed", n=n)


def put(archive: FakeArchive, *talks: Conversation) -> None:
    archive.rows = [row(talk) for talk in talks]
    for talk in talks:
        record = shape(talk, status="signed", signed=BEFORE)
        archive.records[talk.id.hex()] = {**record, "by": "Ada Eksempel", "joined": []}


@pytest.fixture
def bench(guide: Guide) -> Bench:
    return Bench(held(guide, 50))


def strip(bench: Bench) -> str:
    return screen_text(bench).splitlines()[2].strip()


def panel(bench: Bench) -> Rows:
    return bench.front.query_one(BeforePanel).query_one(Rows)


async def opened(bench: Bench, pilot: Any) -> Rows:
    await pilot.press("ctrl+w")
    await pilot.pause()
    return panel(bench)


def move_to(rows: Rows, ending: str) -> None:
    rows.highlight(next(one.key for one in rows.shown if one.key and one.key.endswith(ending)))


async def test_a_first_conversation_says_nothing_of_before(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await pilot.pause()
        assert "før (^W)" not in strip(bench)


async def test_that_it_must_not_be_called_is_seen_at_once_and_logged_nowhere(
    bench: Bench, guide: Guide
) -> None:
    calm = held(guide, 2)
    calm.pin("call", "yes")
    put(bench.archive, earlier(guide), calm)
    async with bench.run_test() as pilot:
        await pilot.pause()
        assert "ikke avtalt om vi kan ringe · før (^W): 2 samtaler, IKKE RING" in strip(bench)
        assert bench.archive.shown == []
        bench.talk.pin("call", "yes")
        bench.front.show_all()
        await pilot.pause()
        assert "IKKE RING" in strip(bench)  # also where somebody agrees to something else now


async def test_what_older_contacts_say_is_there_once_they_are_read(
    bench: Bench, guide: Guide
) -> None:
    async with bench.run_test() as pilot:
        await pilot.pause()
        put(bench.archive, earlier(guide))
        bench.front.post_message(BookRead())
        await pilot.pause()
        assert "før (^W): 1 samtale, IKKE RING" in strip(bench)


async def test_when_it_happened_and_what_it_is_about_stand_under_an_earlier_line(
    bench: Bench, guide: Guide
) -> None:
    before = earlier(guide)
    before.date(before.intake.statements[0].id, "i fjor", "hjemme")
    put(bench.archive, before)
    async with bench.run_test(size=(100, 60)) as pilot:
        shown = {row.text: row.below for row in (await opened(bench, pilot)).shown}
    place, when = (text for text, _ in shown["jakter, to våpen i boden"])
    assert place == "→ Våpen"
    assert when.startswith("når: i fjor")
    assert when.endswith("hvor: hjemme")


async def test_the_panel_shows_everything_of_before_and_the_line_keeps_the_letters(
    bench: Bench, guide: Guide
) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test(size=(80, 60)) as pilot:
        await opened(bench, pilot)
        text = " ".join(screen_text(bench).split())
        for part in (
            "20.11.2026",
            "K-4F2A",
            "Ada Eksempel",
            "Rogn",
            f"IKKE RING · {NUMBER}",
            "blå kopp",
            "trygt sted å bo",
            "Videre: jeg ringer advokatvakta",
            "jakter, to våpen i boden",
        ):
            assert part.casefold() in text.casefold(), part
        await typed(pilot, "hun ringer igjen")
        assert bench.talk.line.text == "hun ringer igjen"
        assert bench.archive.shown == [earlier(guide).id.hex()]


async def test_a_duty_that_was_begun_or_not_done_is_left_to_do(bench: Bench, guide: Guide) -> None:
    talk = earlier(guide)
    avert, welfare = guide.duties[:2]
    talk.weigh(avert.id, "reason", "må tenke på det")
    talk.weigh(welfare.id, "conclusion", "applies")
    talk.weigh(welfare.id, "plan", "jeg ringer i morgen")
    put(bench.archive, talk)
    names = [duty.name.at("nb") for duty in (avert, welfare)]
    async with bench.run_test(size=(120, 60)) as pilot:
        await opened(bench, pilot)
        left = [row.text for row in panel(bench).shown if row.lead == LIST_MARK]
        assert f"{names[0]}: påbegynt" in left
        assert f"{names[1]}: gjelder · jeg ringer i morgen" in left
        record = bench.archive.records[talk.id.hex()]
        sheet = next(each for each in record["duties"] if each["duty"] == welfare.id)
        done = [(sheet["id"], True), (f"next:{record['next'][0]['statement']}", True)]
        record["done"] = [{"point": point, "done": was} for point, was in done]
        await pilot.press("ctrl+w")
        await opened(bench, pilot)
        left = [row.text for row in panel(bench).shown if row.lead == LIST_MARK]
        assert f"{names[0]}: påbegynt" in left
        assert not any("i morgen" in text or "advokatvakta" in text for text in left[:3])


async def test_it_opens_at_the_top_and_enter_finds_no_case(bench: Bench, guide: Guide) -> None:
    put(bench.archive, earlier(guide, 1), earlier(guide, 2))
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        first = next(one for one in rows.shown if one.key)
        assert (rows.highlighted, rows.scroll_offset.y) == (first.key, 0)
        assert "IKKE RING" in screen_text(bench).split("K-4F2A")[-1]
        later(bench)
        await pilot.press("enter")
        assert bench.screen is bench.front


@pytest.mark.parametrize("width", [80, 87, 99, 113])
async def test_a_number_taken_over_is_whole_and_says_that_it_must_not_be_called(
    bench: Bench, guide: Guide, width: int
) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test(size=(width, 24)) as pilot:
        rows = await opened(bench, pilot)
        later(bench)
        move_to(rows, "take.number")
        await pilot.press("enter", "escape")
        bench.talk.pin("code-word", "blå kopp")
        bench.front.show_all()
        await pilot.pause()
        assert f"{NUMBER} (fra 20.11.)" in screen_text(bench)
        assert "kodeord: blå kopp" in screen_text(bench)
        await pilot.press("ctrl+y")
        await pilot.pause()
        said = screen_text(bench)
        assert f"IKKE RING · {NUMBER} (fra 20.11.)" in said
        assert "ikke avtalt · IKKE RING (fra 20.11.)" in said


async def test_nothing_is_copied_by_itself(bench: Bench, guide: Guide) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        for _ in range(len(rows.shown)):
            await pilot.press("down")
        await pilot.press("pageup", "pageup", "escape")
        assert bench.talk.intake.events == ()


async def test_one_key_takes_one_thing_over_and_says_from_which_day(
    bench: Bench, guide: Guide
) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        later(bench)
        for item in ("take.call", "take.alias", "take.caller"):
            move_to(rows, item)
            await pilot.press("enter")
        assert bench.talk.intake.safety == {"call": "no"}
        assert (bench.talk.intake.value("alias"), bench.talk.intake.value("caller")) == (
            "Rogn",
            "she",
        )
        assert {one.held for one in taken_over(bench.talk.intake)} == {
            BEFORE + dt.timedelta(hours=1)
        }
        assert "IKKE RING (fra 20.11.)" in strip(bench)
        assert [one.right for one in rows.shown if one.key and "take" in one.key][:2] == [
            "tatt med",
            "ta med",
        ]
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert (bench.talk.intake.safety, bench.talk.intake.value("alias")) == ({}, None)


async def test_where_the_person_was_and_what_the_deadline_was_are_only_read(
    bench: Bench, guide: Guide
) -> None:
    talk = earlier(guide)
    talk.pin("where-now", "på jobb")
    talk.pin("deadline", "barna hjem 16")
    put(bench.archive, talk)
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        later(bench)
        for text in ("på jobb", "barna hjem 16"):
            row = next(row for row in rows.shown if row.text == text)
            assert row.right == ""
            rows.highlight(row.key or "")
            await pilot.press("enter")
        assert bench.talk.intake.events == ()


async def test_enter_keeps_the_line_where_it_has_words(bench: Bench, guide: Guide) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        move_to(rows, "take.call")
        await typed(pilot, "ringer igjen")
        await pilot.press("enter")
        assert [line.text for line in bench.talk.intake.statements] == ["ringer igjen"]
        assert bench.talk.intake.safety == {}


async def test_what_stands_here_already_says_so(bench: Bench, guide: Guide) -> None:
    put(bench.archive, earlier(guide))
    bench.talk.answer("alias", "Rogn")
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        (alias,) = [one for one in rows.shown if one.key and one.key.endswith("take.alias")]
        assert alias.right == "står her"


async def test_the_same_key_and_esc_close_it(bench: Bench, guide: Guide) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test() as pilot:
        for key in ("ctrl+w", "escape"):
            await opened(bench, pilot)
            await pilot.press(key)
            assert not bench.front.query(BeforePanel)


async def test_one_that_cannot_be_read_still_says_not_to_call(
    bench: Bench, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bench.archive, earlier(guide, 1), earlier(guide, 2))
    show = bench.archive.show

    def damaged(id: str, guide: Any = None) -> dict[str, Any]:  # noqa: A002
        if id.endswith("2"):
            raise RecordDamaged("wrong-shape")
        return show(id)

    monkeypatch.setattr(bench.archive, "show", damaged)
    async with bench.run_test(size=(80, 60)) as pilot:
        rows = await opened(bench, pilot)
        first, *others = (one for one in rows.shown if one.key)
        assert first.right == "IKKE RING"
        assert "kunne ikke leses" in first.below[0][0]
        assert any(one.text == "Rogn" for one in others)


async def test_a_conversation_under_way_is_put_in_the_case_of_who_it_turns_out_to_be(
    bench: Bench, guide: Guide
) -> None:
    put(bench.archive, earlier(guide, case=OTHER_CASE))
    bench.talk.answer("alias", "Selje")
    async with bench.run_test() as pilot:
        rows = await opened(bench, pilot)
        assert "Ingenting fra før" in screen_text(bench)
        later(bench)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(bench.screen, PickContactScreen)
        await typed(pilot, "rog")
        await pilot.press("enter")
        await pilot.pause()
        assert bench.talk.case == OTHER_CASE
        assert bench.talk.intake.value("alias") == "Selje"  # what was said stays
        assert "Samtalen hører til K-9B01 nå." in screen_text(bench)
        assert "før (^W): 1 samtale, IKKE RING" in strip(bench)
        assert any(one.text == "Rogn" for one in panel(bench).shown)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert bench.talk.case == CASE
        assert "før (^W)" not in strip(bench)
        assert rows is panel(bench)


async def test_another_case_says_that_what_was_taken_over_is_gone(
    bench: Bench, guide: Guide
) -> None:
    put(bench.archive, earlier(guide, case=OTHER_CASE))
    held = BEFORE.replace(day=19)
    bench.talk.take_pin("call", "yes", contact="ef" * 16, held=held)
    bench.talk.take_pin("number", "999 11 222", contact="ef" * 16, held=held)
    async with bench.run_test() as pilot:
        await opened(bench, pilot)
        assert "999 11 222" in strip(bench)
        later(bench)
        await pilot.press("enter")
        await pilot.pause()
        await typed(pilot, "rog")
        await pilot.press("enter")
        await pilot.pause()
        assert bench.talk.case == OTHER_CASE
        assert "Det som var tatt med, er borte. Ctrl+Z angrer." in screen_text(bench)
        assert "999 11 222" not in screen_text(bench)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "999 11 222" in strip(bench)


async def test_the_palette_finds_the_case_too(bench: Bench, guide: Guide) -> None:
    async with bench.run_test() as pilot:
        await pilot.pause()
        names = dict(bench.front.without_key)
        await bench.front.run_action(names["before.find-case"])
        await pilot.pause()
        assert isinstance(bench.screen, PickContactScreen)


async def test_ctrl_w_deletes_no_word(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await typed(pilot, "sier at han")
        await pilot.press("ctrl+w")
        assert bench.talk.line.text == "sier at han"
        await pilot.press("ctrl+backspace")
        assert bench.note.text == "sier at "


async def test_nothing_said_before_is_in_a_repr(bench: Bench, guide: Guide) -> None:
    put(bench.archive, earlier(guide))
    async with bench.run_test() as pilot:
        await opened(bench, pilot)
        there = bench.front.query_one(BeforePanel)
        said = repr((there, vars(there), bench.front.before))
        for word in ("Rogn", NUMBER, "jakter", "blå kopp"):
            assert word not in said


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_pictures(
    guide: Guide, language: Language, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    bench = Bench(held(guide, 50), language)
    put(bench.archive, earlier(guide, 1), earlier(guide, 2))
    async with bench.run_test(size=size) as pilot:
        rows = await opened(bench, pilot)
        later(bench)
        move_to(rows, "take.code-word")
        await pilot.press("enter", "down")
        await typed(pilot, "hun sier at")
        assert screen_text(bench) == snapshot


@pytest.mark.parametrize("key", ["ctrl+r", "ctrl+o", "ctrl+d"])
async def test_a_panel_over_it_marks_the_numbers_as_the_conversation_does(
    bench: Bench, guide: Guide, key: str
) -> None:
    put(bench.archive, earlier(guide))
    bench.talk.line = Line(f"svarer på {NUMBER}", places=("THREAT-10",))
    bench.talk.keep()
    async with bench.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        talking = bench.front
        assert talking.caution is not None
        await pilot.press(key)
        await pilot.pause()
        assert bench.screen is not talking
        await pilot.press("end")
        await typed(pilot, f" {NUMBER}")
        shown = [line for line in screen_text(bench).splitlines() if NUMBER in line]
        assert shown
        assert all(f"IKKE RING {NUMBER}" in line for line in shown), shown
