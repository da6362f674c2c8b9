"""The reading panel: it is read beside the line, and every letter still goes to the line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conversation_bench import Bench, burst, picked, typed
from syrupy.assertion import SnapshotAssertion

from intake_tui.guide.model import LANGUAGES, Guide, Information, Language
from intake_tui.intake.line import Line
from intake_tui.widgets import reading
from intake_tui.widgets.question_list import shown_items
from intake_tui.widgets.reading import Page, Where
from intake_tui.widgets.row_layout import Row
from intake_tui.words import Words
from screen_text import screen_rows, screen_text

LONG = 60  # rows: more than any screen here has


def long_page(where: Where) -> Iterator[Page]:
    rows = tuple(Row(f"{where.item.id if where.item else '-'} rad {n}") for n in range(LONG))
    yield Page("En lang side", rows, "Kilden, sjekket i går")


def short_page(where: Where) -> Iterator[Page]:
    yield Page("En kort side", (Row(f"{len(where.conversation.intake.statements)} linjer"),))


@pytest.fixture
def two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SOURCES", (long_page, short_page))


@pytest.fixture
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SOURCES", ())


@pytest.mark.usefixtures("two_pages")
async def test_letters_and_enter_are_the_lines_while_it_is_open(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "hun sier ")
        await pilot.press("ctrl+a")
        assert "En lang side" in screen_text(bench)
        await typed(pilot, "at han 2 æ ø å")
        assert bench.note.text == "hun sier at han 2 æ ø å"
        assert "En lang side" in screen_text(bench)
        await pilot.press("enter")
        assert [line.text for line in bench.talk.intake.statements] == ["hun sier at han 2 æ ø å"]
        assert "En lang side" in screen_text(bench)
        assert bench.note.has_focus


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize("key", ["ctrl+a", "escape"])
async def test_it_closes_and_the_list_stands_where_it_stood(bench: Bench, key: str) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        before = screen_text(bench)
        await pilot.press("ctrl+a", "down", "pagedown", key)
        assert screen_text(bench) == before


@pytest.mark.usefixtures("two_pages")
async def test_all_of_a_page_can_be_read_and_past_its_end_comes_the_next(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        seen = screen_text(bench)
        assert "1 av 2" in seen
        for _ in range(LONG):
            await pilot.press("pagedown")
            if "En kort side" in screen_text(bench):
                break
            seen += screen_text(bench)
        assert all(f"rad {n}\n" in seen for n in range(LONG))
        assert "Kilden, sjekket i går" in seen
        assert "2 av 2" in screen_text(bench)
        await pilot.press("pagedown", "down")
        assert "En kort side" in screen_text(bench)
        await pilot.press("up")
        assert "Kilden, sjekket i går" in screen_text(bench)


@pytest.mark.usefixtures("two_pages")
async def test_by_lines_too_it_comes_to_the_next_page_and_back(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        await burst(pilot, *["down"] * (LONG + 5))
        assert "En kort side" in screen_text(bench)
        await burst(pilot, *["up"] * (LONG + 5))
        assert "rad 0\n" in screen_text(bench)


@pytest.mark.usefixtures("two_pages")
async def test_a_page_that_shows_the_conversation_follows_it(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        await burst(pilot, *["down"] * (LONG + 5))
        assert "0 linjer" in screen_text(bench)
        await typed(pilot, "en til")
        await pilot.press("enter")
        assert "1 linjer" in screen_text(bench)


@pytest.mark.usefixtures("two_pages")
async def test_it_is_about_the_lines_last_place_before_the_highlighted_item(bench: Bench) -> None:
    bench.talk.line = Line("", places=("OPEN-8", "THREAT-10"))
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        assert "THREAT-10 rad 0" in screen_text(bench)
        await pilot.press("ctrl+a", "backspace", "backspace", "ctrl+a")
        assert bench.front.highlighted_item is not None
        assert f"{bench.front.highlighted_item.id} rad 0" in screen_text(bench)


@pytest.mark.usefixtures("two_pages")
async def test_akutt_and_find_come_before_it(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a", "ctrl+e")
        assert "En lang side" not in screen_text(bench)
        assert "113" in screen_text(bench)
        await pilot.press("ctrl+a")
        assert "En lang side" in screen_text(bench)
        await pilot.press("ctrl+f")
        await typed(pilot, "våpen")
        assert "En lang side" not in screen_text(bench)
        await pilot.press("ctrl+a")
        assert "En lang side" in screen_text(bench)
        assert bench.note.has_focus


@pytest.mark.usefixtures("two_pages")
async def test_another_step_closes_it(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a", "f8")
        assert "En lang side" not in screen_text(bench)


@pytest.mark.usefixtures("two_pages")
async def test_enter_on_an_empty_line_places_nothing_while_it_is_open(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a", "enter")
        assert bench.talk.line.places == ()


@pytest.mark.usefixtures("two_pages")
async def test_help_tells_of_it_first(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        assert bench.front.help_section == "reading"


@pytest.mark.usefixtures("no_pages")
async def test_where_there_is_nothing_to_read_it_says_so(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        before = screen_rows(bench)[4:10]
        await pilot.press("ctrl+a")
        assert "Her er det ikke noe mer å lese." in screen_text(bench)
        assert screen_rows(bench)[4:10] == before


@pytest.mark.usefixtures("two_pages")
async def test_nothing_of_a_page_is_in_its_repr(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a")
        where = Where(bench.talk, None, bench.words, bench.now().date())
        for page in reading.pages(where):
            assert page.title not in repr(page)
        assert bench.front.panel is not None
        assert "side" not in repr(bench.front.panel)


# The guide's topics


async def test_a_mark_in_the_corner_says_that_there_is_a_topic(bench: Bench) -> None:
    bench.talk.step = 1
    async with bench.run_test(size=(80, 24)) as pilot:
        assert "^A les mer" not in screen_text(bench)
        await typed(pilot, "x")
        bench.front.questions.highlight("INV-3")
        await pilot.pause()
        assert "^A les mer" in screen_text(bench)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", range(1, 9))
async def test_the_mark_is_in_sight_for_every_item_with_something_to_read(
    bench: Bench, guide: Guide, step: int, language: Language
) -> None:
    bench.words, bench.language, bench.talk.step = Words(language), language, step
    async with bench.run_test(size=(80, 24)) as pilot:
        for item in shown_items(guide, guide.steps[step - 1], bench.talk.intake):
            bench.front.questions.highlight(item.id)
            await pilot.pause()
            has_topic = item.id in guide.topics_about
            key = "aloud" if isinstance(item, Information) else "more" if has_topic else None
            marks = {name: bench.words(f"reading.{name}") for name in ("aloud", "more")}
            text = screen_text(bench)
            assert [name for name, mark in marks.items() if mark in text] == [key] * bool(key)


async def test_the_items_topic_comes_first_then_those_of_the_step(
    bench: Bench, guide: Guide
) -> None:
    bench.talk.step = 5
    where = Where(bench.talk, guide.by_id["HELP-3"], bench.words, bench.now().date())
    titles = [page.title for page in reading.topic_pages(where)]
    assert titles[0] == guide.topic_by_id["an-adapted-offer"].title.nb
    assert sorted(titles[1:]) == sorted(
        guide.topic_by_id[id_].title.nb
        for id_ in ("in-the-residence", "the-day-service", "moving-to-another-centre")
    )


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_a_topic_as_it_is_read(
    bench: Bench, language: Language, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    bench.words, bench.language = Words(language), language
    bench.talk.line = Line("han tok telefonen min", places=("OPEN-8",))
    async with bench.run_test(size=size) as pilot:
        await pilot.press("ctrl+a")
        assert screen_text(bench) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_topic_is_read_whole_with_its_source_within_two_pages_of_the_screen(
    bench: Bench, guide: Guide, language: Language
) -> None:
    bench.words, bench.language = Words(language), language
    async with bench.run_test(size=(80, 24)) as pilot:
        for topic in guide.topics:
            await picked(pilot, topic.title.at(language))
            seen = screen_text(bench)
            await pilot.press("pagedown")
            seen += screen_text(bench)
            words = set(" ".join([*topic.text.at(language), topic.source]).split()) - {"-"}
            assert not {word for word in words if word not in seen}, topic.id
            await pilot.press("escape")


async def test_past_its_day_a_topic_says_so_and_can_still_be_read(bench: Bench) -> None:
    bench.talk.line = Line("", places=("OPEN-8",))
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+a", "pagedown")
        assert "sjekket 27.11.2026" in " ".join(screen_text(bench).split())
        assert "kontrolleres" not in screen_text(bench)
        await pilot.press("ctrl+a")
        bench.time = bench.time.replace(year=2028)
        await pilot.press("ctrl+a", "pagedown")
        assert "kontrolleres" in screen_text(bench)


async def test_find_opens_a_topic_and_makes_it_no_place(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "hun sier")
        await pilot.press("ctrl+f")
        await typed(pilot, "erstatning")
        assert "tema å lese" in screen_text(bench)
        await pilot.press("enter")
        assert "Journalen: kort, sann og til å stå ved" in screen_text(bench)
        assert bench.talk.line.places == ()
        await typed(pilot, " at")
        assert bench.note.text == "hun sier at"
        await pilot.press("ctrl+f")
        await typed(pilot, "erstatning")
        await pilot.press("enter")
        assert "Journalen: kort, sann og til å stå ved" in screen_text(bench)
        await pilot.press("escape")
        assert "Journalen: kort" not in screen_text(bench)


async def test_a_found_topic_is_there_before_the_next_letter(bench: Bench) -> None:
    async with bench.run_test(size=(80, 24)) as pilot:
        await burst(pilot, "ctrl+f", "type:erstatning", "enter", "type:hun")
        await pilot.pause()
        assert bench.note.text == "hun"
        assert "Journalen: kort, sann og til å stå ved" in screen_text(bench)
        assert bench.talk.line.places == ()
