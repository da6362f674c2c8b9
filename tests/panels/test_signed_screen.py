"""A signed record is shown whole, and only to be read."""

from __future__ import annotations

import datetime as dt

import pytest
from panels_bench import NOON, Bench, told

from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import as_it_reads
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.intake.shape import shape
from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.screens.signed import SignedScreen
from intake_tui.widgets.rows import Rows
from screen_text import screen_text


def record(talk: Conversation) -> dict[str, object]:
    made = shape(talk, status="signed", signed=NOON + dt.timedelta(hours=1))
    return {**made, "by": "Ragnhild", "joined": [], **NOTHING_ADDED}


async def opened(bench: Bench, talk: Conversation) -> Rows:
    bench.archive.records = {talk.id.hex(): record(talk)}
    await bench.open(SignedScreen(talk.id.hex()))
    return bench.screen.query_one(Rows)


async def test_everything_of_the_record_is_there(bench: Bench, whole: Conversation) -> None:
    whole.pin("call", "no")
    whole.pin("number", "000 00 000")
    async with bench.run_test() as pilot:
        rows = await opened(bench, whole)
        await pilot.pause()
        text = "\n".join(
            " ".join([row.lead, row.text, *(below for below, _ in row.below)]) for row in rows.shown
        )
        for statement in whole.intake.statements:
            assert statement.text in text
        for part in record(whole)["journal"]["parts"]:  # type: ignore[index]
            assert part["heading"] in text
        assert "IKKE RING · 000 00 000" in text
        assert "Bo her, med vern" in text
        assert "Ragnhild" in screen_text(bench)


async def test_when_and_where_stand_in_it_with_the_timeline(
    bench: Bench, talk: Conversation
) -> None:
    late, early = told(talk, "slo «av gammel vane»"), told(talk, "tok telefonen")
    talk.date(late, "lørdag kl 16", "hjemme")
    talk.date(early, "i fjor", "")
    talk.date(told(talk, "gråt"), "da mor døde", "")
    async with bench.run_test(size=(140, 60)) as pilot:
        await opened(bench, talk)
        await pilot.pause()
        text = screen_text(bench)
        assert "når: lørdag kl 16 → lø 21.11. 16:00 · hvor: hjemme" in text
        assert "når: da mor døde → uten dato" in text
        assert "lørdag kl 16 (21.11.), hjemme: slo «av gammel vane»." in text
        timeline = text[text.index("Tidslinje") :]
        assert timeline.index("tok telefonen") < timeline.index("lø 21.11. 16:00")
        assert "gråt" not in timeline


async def test_a_number_that_must_not_be_called_never_stands_alone(
    bench: Bench, talk: Conversation
) -> None:
    talk.pin("number", "000 00 000")
    async with bench.run_test(size=(140, 60)) as pilot:
        await opened(bench, talk)
        await pilot.pause()
        lines = [line for line in screen_text(bench).splitlines() if "000 00 000" in line]
        assert lines
        assert all("ikke avtalt" in line for line in lines)


async def test_it_scrolls_and_is_left_with_escape(bench: Bench, whole: Conversation) -> None:
    async with bench.run_test() as pilot:
        rows = await opened(bench, whole)
        await pilot.pause()
        first = screen_text(bench)
        await pilot.press("pagedown")
        await pilot.pause()
        assert screen_text(bench) != first
        await pilot.press("x", "delete")
        assert rows.highlighted is not None
        await pilot.press("escape")
        assert bench.answer is None


@pytest.mark.parametrize("error", [NoSuchRecord(), RecordDamaged("wrong-shape")])
async def test_what_cannot_be_shown_is_said_in_words(
    bench: Bench, talk: Conversation, error: Exception
) -> None:
    bench.archive.fails = error
    async with bench.run_test() as pilot:
        await bench.open(SignedScreen(talk.id.hex()))
        await pilot.pause()
        text = screen_text(bench)
        assert "wrong-shape" not in text
        assert len(bench.screen.query_one(Rows).shown) == 2


async def test_an_old_record_is_shown_in_the_words_it_was_held_with(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "han jakter", "THREAT-10", THREAT_10="yes")
    weapons = talk.guide.by_id["THREAT-10"]
    old_word = weapons.short.model_copy(update={"nb": "Skytevåpen"})
    steps = tuple(
        step.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"short": old_word}) if item is weapons else item
                    for item in step.items
                )
            }
        )
        for step in talk.guide.steps
    )
    parts = {name: getattr(talk.guide, name) for name in Guide.model_fields}
    bench.archive.guides = {talk.guide_hash: Guide(**{**parts, "steps": steps})}
    async with bench.run_test(size=(100, 50)) as pilot:
        await opened(bench, talk)
        await pilot.pause()
        assert "→ Skytevåpen: ja" in screen_text(bench)


async def test_whether_to_call_is_seen_before_anything_else(
    bench: Bench, whole: Conversation
) -> None:
    whole.pin("call", "no")
    async with bench.run_test() as pilot:
        await opened(bench, whole)
        await pilot.pause()
        first = screen_text(bench).splitlines()[2]
        assert first.split() == [
            *("23.11.2026", "13:00", "·", "telefon"),
            *("Ringe", "opp:", "IKKE", "RING"),
        ]


async def test_what_was_said_first_stands_quietly_under_what_was_said_last(
    bench: Bench, talk: Conversation
) -> None:
    for place, value in (
        ("HELP-1", "offered-not-wanted"),
        ("HELP-1", "offered-wanted"),
        ("home-wish", "yes"),
        ("home-wish", "no"),
        ("INFO-13", "later"),
        ("INFO-13", "understood"),
        ("decision", "HELP-6"),
        ("decision", "HELP-1"),
    ):
        talk.answer(place, value)
    async with bench.run_test() as pilot:
        rows = await opened(bench, talk)
        await pilot.pause()
        below = {
            (row.lead.strip(), row.text): [text for text, _ in row.below]
            for row in rows.shown
            if row.below
        }
        assert below == {
            ("Vil hjem", "nei"): ["før: ja"],
            ("Barnevernet", "forstått"): ["før: senere"],
            ("", "Bo her, med vern"): ["før: foreløpig opphold"],
            ("Bo her, med vern", "tilbudt, ønsker det"): ["før: tilbudt, ønsker ikke"],
        }


async def test_a_corrected_quote_keeps_its_marks_before_and_after(
    bench: Bench, whole: Conversation
) -> None:
    whole.line = Line("nå er det hver uke", "quote")
    whole.keep()
    key = whole.intake.statements[-1].id
    amendment = {
        "what": "statement",
        "key": key,
        "was": "nå er det hver uke",
        "now": "nå er det hver kveld",
        "reason": "hørte feil",
        "at": NOON.isoformat(),
        "by": "Ragnhild",
        "damaged": False,
    }
    async with bench.run_test() as pilot:
        made = {**record(whole), "amendments": [amendment]}
        made["amended"] = as_it_reads(made, [amendment])
        bench.archive.records = {whole.id.hex(): made}
        await bench.open(SignedScreen(whole.id.hex()))
        await pilot.pause()
        rows = bench.screen.query_one(Rows).shown
        row = next(row for row in rows if row.key == f"statement:{key}")
        assert row.text == "«nå er det hver kveld»"
        assert any("«nå er det hver uke»" in text for text, _ in row.below)
