"""Said aloud for an interpreter: one sentence, the next one dimly; the plan, part by part."""

from __future__ import annotations

import datetime as dt

import pytest
from conversation_bench import NOON, Bench, typed
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from intake_tui.guide.load import load
from intake_tui.guide.model import LANGUAGES, Information, Language
from intake_tui.guide.wording import sentences
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.widgets.reading import Where
from intake_tui.widgets.reading_aloud import plan_pages, say_pages
from intake_tui.words import Words
from screen_text import screen_text

GUIDE = load()
INFORMATION = [item for item in GUIDE.items() if isinstance(item, Information)]
CHILD_WELFARE = GUIDE.by_id["INFO-13"]
SIZES = {"narrow": (80, 24), "wide": (140, 40)}


def begun() -> Conversation:
    return Conversation.new(
        GUIDE, by="00" * 16, now=lambda: NOON, id=bytes(16), case=bytes(16), guide_hash="0" * 64
    )


def with_plan(talk: Conversation) -> Conversation:
    for place, text in (
        ("HOME-5", "kan komme tilbake når som helst"),
        ("plan-call", "naboen i etasjen under"),
        ("plan-bring", "penger og pass i kaffeboksen"),
    ):
        talk.line = Line(text, places=(place,))
        talk.keep()
    talk.pin("code-word", "er suppa varm")
    talk.step = 6
    return talk


def where(talk: Conversation, id_: str, language: Language = "nb") -> Where:
    return Where(talk, GUIDE.by_id[id_], Words(language), dt.date(2026, 11, 23))


@settings(deadline=None)
@given(
    st.sampled_from(INFORMATION),
    st.sampled_from(LANGUAGES),
    st.sampled_from([None, *(pronoun.id for pronoun in GUIDE.pronouns), "unknown"]),
)
def test_every_sentence_is_short_whole_and_said_once(
    item: Information, language: Language, pronoun: str | None
) -> None:
    talk = begun()
    talk.answer("pronoun", pronoun)
    (page,) = say_pages(where(talk, item.id, language))
    said = [" ".join(row.text for row in step if row.look == "strong") for step in page.steps]
    assert said == list(sentences(item, GUIDE, pronoun, language))
    for sentence in said:
        assert len(sentence.split()) <= 15
        assert "{" not in sentence
        assert sentence.rstrip()[-1] in ".?!"


async def test_one_sentence_at_a_time_and_the_next_one_is_seen(bench: Bench) -> None:
    bench.talk.step, bench.talk.line = 4, Line("", places=("INFO-13",))
    first, second, third, last = CHILD_WELFARE.say.nb  # type: ignore[union-attr]
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        text = " ".join(screen_text(bench).split())
        assert "Si høyt: Barnevernet" in text
        assert first in text
        assert second in text
        assert third not in text
        await pilot.press("down")
        text = " ".join(screen_text(bench).split())
        assert first not in text
        assert second in text
        assert third in text
        await pilot.press("down", "down")
        text = " ".join(screen_text(bench).split())
        assert last in text
        assert "med egne ord" in text
        await pilot.press("up")
        assert third in " ".join(screen_text(bench).split())


async def test_the_letters_go_to_the_line_and_tab_marks_what_was_told(bench: Bench) -> None:
    bench.talk.step = 4
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        item = bench.front.highlighted_item
        assert isinstance(item, Information)
        await pilot.press("ctrl+a")
        await typed(pilot, "spør om rom")
        assert bench.note.text == "spør om rom"
        await pilot.press("tab", "tab")
        assert bench.talk.line.places == (item.id,)
        assert bench.talk.line.answers == {item.id: "understood"}
        await pilot.press("enter")
        (line,) = bench.talk.intake.statements
        assert (line.text, line.places) == ("spør om rom", (item.id,))
        assert bench.talk.intake.value(item.id) == "understood"
        assert f"Si høyt: {item.short.nb} · forstått" in screen_text(bench)


async def test_tab_answers_the_lines_own_place_before_what_is_read(bench: Bench) -> None:
    bench.talk.step = 4
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "ctrl+a")
        bench.talk.line = Line("", places=("THREAT-10",))
        await pilot.press("tab")
        assert bench.talk.line.answers == {"THREAT-10": "yes"}


async def test_the_plan_is_read_part_by_part(bench: Bench) -> None:
    with_plan(bench.talk)
    bench.talk.line = Line("", places=("HOME-5",))
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        text = screen_text(bench)
        assert "Planen – laget sammen" in text
        assert "kan komme tilbake når som helst" in text
        assert "naboen i etasjen under" not in text
        seen = [text]
        for _ in range(3):
            await pilot.press("down")
            seen.append(screen_text(bench))
        assert "naboen i etasjen under" in seen[1]
        assert "penger og pass i kaffeboksen" in seen[2]
        assert "er suppa varm" in seen[3]
        assert "Planen skrives ikke ut" in seen[3]


def test_without_a_plan_or_elsewhere_there_is_no_page_of_it() -> None:
    assert list(plan_pages(where(begun(), "HOME-5"))) == []
    talk = with_plan(begun())
    assert len(list(plan_pages(where(talk, "HOME-1")))) == 1
    talk.step = 3
    assert list(plan_pages(where(talk, "THREAT-10"))) == []
    assert len(list(plan_pages(where(talk, "plan-call")))) == 1


def test_what_is_to_be_checked_again_is_marked_where_it_is_read() -> None:
    late = Where(begun(), CHILD_WELFARE, Words("nb"), dt.date(2100, 1, 1))
    (page,) = say_pages(late)
    assert "kontrolleres" in page.title


def test_what_was_told_stands_in_no_repr() -> None:
    talk = with_plan(begun())
    for page in plan_pages(where(talk, "HOME-5")):
        assert "kaffeboksen" not in repr(page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("place", ["INFO-11", "HOME-5"])
async def test_pictures(
    place: str, language: Language, size: str, snapshot: SnapshotAssertion
) -> None:
    talk = with_plan(begun())
    talk.answer("pronoun", "he")
    talk.answer("THREAT-10", "yes")
    talk.step, talk.line = GUIDE.step_of[place], Line("", places=(place,))
    bench = Bench(talk, language)
    async with bench.run_test(size=SIZES[size]) as pilot:
        await pilot.press("ctrl+a", *["down"] * (place == "HOME-5"))
        assert screen_text(bench) == snapshot
