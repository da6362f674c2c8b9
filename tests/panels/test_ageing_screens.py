"""A clock moved past `check_again`: whatever is shown of the guide says so, and still works."""

from __future__ import annotations

import datetime as dt

import pytest
from panels_bench import NOON, TRANSCRIPTS, Bench, replayed
from syrupy.assertion import SnapshotAssertion

from intake_tui.guide.ageing import to_check
from intake_tui.guide.model import Guide, Language, Option
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.shape import shape
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.help_item import item_rows
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.screens.to_check import ToCheckScreen
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows
from intake_tui.words import Words
from screen_text import screen_text

FAR = dt.datetime(2100, 1, 2, 12, 0, tzinfo=dt.UTC)
MARK = "kontrolleres"


class At(Bench):
    """The bench at another time."""

    time = NOON

    def now(self) -> dt.datetime:
        return self.time


@pytest.fixture(params=[NOON, FAR], ids=["in time", "past its day"])
def later(guide: Guide, request: pytest.FixtureRequest) -> At:
    bench = At(guide)
    bench.time = request.param
    return bench


def transcript(guide: Guide) -> Conversation:
    return replayed(guide, next(path.name for path in TRANSCRIPTS.glob("04*.toml")))


def row(bench: Bench, text: str) -> Row:
    rows = bench.screen.query_one(Rows).shown
    return next(row for row in rows if row.text == text)


def is_marked(row: Row) -> bool:
    return MARK in row.right


async def test_the_overview_marks_remarks_what_is_known_and_rules(later: At, guide: Guide) -> None:
    talk = transcript(guide)
    signals = {signal.id: signal for signal in guide.signals}
    async with later.run_test(size=(120, 40)) as pilot:
        await later.open(OverviewScreen(talk))
        await pilot.pause()
        past = later.time == FAR
        for id_ in ("recent-rape", "wants-home"):
            assert is_marked(row(later, signals[id_].name.nb)) == past
        known = guide.known(signals["recent-rape"])
        assert len(known) == 5
        for hint in known:
            shown = row(later, hint.text.nb)
            assert is_marked(shown) == past
            source = shown.below[0][0]
            assert source.startswith(str(hint.source))
            assert "sjekket 23.11.2026" in source
            assert (MARK in source) == past
        assert not is_marked(row(later, signals["fear-for-life"].name.nb))  # nothing to grow old


async def test_the_overview_marks_the_options(later: At, guide: Guide) -> None:
    options = [item for item in guide.items() if isinstance(item, Option)]
    async with later.run_test(size=(120, 40)) as pilot:
        await later.open(OverviewScreen(transcript(guide)))
        for option in options:
            await pilot.press("right")
            marked = option.check_again is not None and later.time == FAR
            assert is_marked(row(later, option.about.nb)) == marked
    assert any(option.check_again for option in options)


async def test_a_signed_record_marks_its_remarks_and_what_was_told(later: At, guide: Guide) -> None:
    talk = transcript(guide)
    signed = shape(talk, status="signed", signed=NOON)
    later.archive.records = {talk.id.hex(): {**signed, "by": "Ragnhild"}}
    signals = {signal.id: signal for signal in guide.signals}
    async with later.run_test(size=(120, 40)) as pilot:
        await later.open(SignedScreen(talk.id.hex()))
        await pilot.pause()
        past = later.time == FAR
        assert is_marked(row(later, signals["recent-rape"].name.nb)) == past
        rows = later.screen.query_one(Rows).shown
        for id_ in signed["told"]:
            name = guide.by_id[id_].short.nb
            (told,) = [row for row in rows if row.lead.strip() == name and row.text == "sagt"]
            assert is_marked(told) == past


async def test_a_signed_record_names_what_each_remark_follows_from(
    bench: Bench, guide: Guide
) -> None:
    talk = transcript(guide)
    signed = shape(talk, status="signed", signed=NOON)
    bench.archive.records = {talk.id.hex(): {**signed, "by": "Ragnhild"}}
    names = {signal.id: signal.name.nb for signal in guide.signals}
    texts = {line["id"]: line["text"] for line in signed["statements"]}
    async with bench.run_test(size=(120, 40)) as pilot:
        await bench.open(SignedScreen(talk.id.hex()))
        await pilot.pause()
        assert len(signed["signals"]) > 3
        for found in signed["signals"]:
            below = [text for text, _ in row(bench, names[found["id"]]).below]
            for because in found["because"]:
                name = guide.by_id[because["place"]].short.nb
                assert any(text.startswith(f"Følger av: {name}") for text in below)
                for id_ in because["statements"]:
                    assert any(texts[id_] in text for text in below)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_help_marks_each_item_and_hint_that_is_past(guide: Guide, language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    mark = words("conversation.check-again")
    for item in guide.items():
        dated = [item, *guide.hints_about.get(item.id, ())]
        expected = sum(part.check_again is not None for part in dated)
        for at, marks in ((NOON, 0), (FAR, expected)):
            rows = item_rows(item, guide, None, words, at.date())
            assert sum(mark in row.text for row in rows) == marks, item.id


# For whoever is responsible


async def contacts(bench: At, role: str) -> str:
    bench.archive.me.role = role
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        return screen_text(bench)


async def test_a_leader_is_told_how_many_texts_are_past_and_nobody_else(
    guide: Guide, later: At
) -> None:
    n = len(to_check(guide, FAR.date()))
    line = f"{n} tekster i veilederen bør kontrolleres"
    assert (line in await contacts(later, "leader")) == (later.time == FAR)


async def test_a_counsellor_is_not_told(guide: Guide) -> None:
    bench = At(guide)
    bench.time = FAR
    assert "bør kontrolleres" not in await contacts(bench, "counsellor")


async def test_the_highlight_begins_with_the_contacts_and_the_line_opens_the_list(
    guide: Guide, talk: Conversation
) -> None:
    bench = At(guide)
    bench.time, bench.archive.me.role = FAR, "leader"
    bench.conversations = [talk]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert bench.screen.query_one(Rows).highlighted == talk.id.hex()
        await pilot.press("up", "enter")
        assert isinstance(bench.screen, ToCheckScreen)
        await pilot.press("escape")
        assert isinstance(bench.screen, ContactsScreen)


async def test_while_a_contact_is_looked_for_the_line_is_away(
    guide: Guide, talk: Conversation
) -> None:
    bench = At(guide)
    bench.time, bench.archive.me.role = FAR, "leader"
    bench.conversations = [talk]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press("k")
        assert "bør kontrolleres" not in screen_text(bench)


async def test_the_list_names_each_text_with_its_source_and_date(guide: Guide) -> None:
    bench = At(guide)
    bench.time = FAR
    found = to_check(guide, FAR.date())
    async with bench.run_test() as pilot:
        await bench.open(ToCheckScreen())
        await pilot.pause()
        rows = [row for row in bench.screen.query_one(Rows).shown if row.below]
        assert [row.text for row in rows] == [each.name.nb for each in found]
        for row_, each in zip(rows, found, strict=True):
            assert row_.right == f"sjekket {each.checked:%d.%m.%Y}"
            assert each.source in [text for text, _ in row_.below]
            assert row_.lead.strip() != each.kind or each.kind == "hint"  # in Norwegian


async def test_before_any_date_the_list_says_that_there_is_none(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ToCheckScreen())
        await pilot.pause()
        assert "Ingen tekster har gått ut på dato." in screen_text(bench)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
async def test_the_list_in_pictures(
    guide: Guide, language: Language, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    bench = At(guide, language)
    first = to_check(guide, FAR.date())[0].check_again
    bench.time = dt.datetime.combine(first, dt.time(12), dt.UTC) + dt.timedelta(days=1)
    async with bench.run_test(size=size) as pilot:
        await bench.open(ToCheckScreen())
        await pilot.pause()
        assert screen_text(bench) == snapshot
