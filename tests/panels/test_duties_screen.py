"""The worksheets of the duties: answered by Tab, chosen from lists, written and never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from panels_bench import Bench, begun, replayed, told
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.duties import decided_not_done, worksheet
from intake_tui.intake.shape import shape
from intake_tui.screens.duties import DutiesScreen, DutyField
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.widgets.pages import Pages
from intake_tui.widgets.pause import PAUSE
from intake_tui.widgets.rows import Rows
from screen_text import screen_text

SIZES = {"narrow": (80, 24), "wide": (140, 40)}


@asynccontextmanager
async def duties(
    bench: Bench, talk: Conversation, duty: str = "avert", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    bench.current = talk
    async with bench.run_test(size=size) as pilot:
        await bench.open(DutiesScreen(talk, duty))
        await pilot.pause()
        yield pilot


async def to(pilot: Pilot[None], part: str) -> None:
    """The highlight to that row."""
    rows = pilot.app.screen.query_one(Rows)
    keys = [row.key for row in rows.shown if row.key is not None]
    by = keys.index(part) - keys.index(str(rows.highlighted))
    await pilot.press(*["down" if by > 0 else "up"] * abs(by))
    assert rows.highlighted == part


def value(talk: Conversation, part: str, duty: str = "avert", child: str = "") -> tuple[str, ...]:
    return worksheet(talk.intake, duty, child).values(part)  # type: ignore[arg-type]


async def test_tab_turns_the_conclusion_and_there_is_none_before(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk) as pilot:
        assert "ingen ennå" in screen_text(bench)
        await to(pilot, "conclusion")
        seen = []
        for _ in range(4):
            await pilot.press("tab")
            seen.append(value(talk, "conclusion"))
        assert seen == [("applies",), ("not",), ("unsettled",), ()]
        await pilot.press("shift+tab")
        assert value(talk, "conclusion") == ("unsettled",)
        assert "touch" in bench.did


@pytest.mark.parametrize("part", ["certain", "possible", "way", "told", "conclusion"])
async def test_no_letter_and_no_enter_answers(bench: Bench, talk: Conversation, part: str) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, part)
        await pilot.press(*"ja", "enter")
        assert talk.intake.duties == ()
        assert talk.line.text == "ja"


async def test_acts_are_chosen_from_a_list_and_kept_in_its_order(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk) as pilot:
        await pilot.press("enter", "down", "enter", "up", "enter")
        assert "valgt" in screen_text(bench)
        await pilot.press("escape")
        assert value(talk, "grounds") == ("killing", "grave-injury")
        assert "drap, grov kroppsskade" in screen_text(bench)
        await pilot.press("tab", "enter", "escape", "escape")
        assert value(talk, "grounds") == ("grave-injury",)
        assert bench.answer is None


async def test_lines_are_chosen_with_their_words_and_link_to_what_is_there(
    bench: Bench, talk: Conversation
) -> None:
    first = told(talk, "jakter, to våpen i boden", "THREAT-10")
    second = told(talk, "Nå er det hver uke", "THREAT-4", kind="quote")
    async with duties(bench, talk) as pilot:
        await to(pilot, "supports")
        await pilot.press("enter")
        shown = screen_text(bench)
        for words in ("jakter, to våpen i boden", "«Nå er det hver uke»", "→ Våpen"):
            assert words in shown
        await pilot.press("down", "enter", "up", "enter", "escape")
        assert value(talk, "supports") == (first, second)
        assert "«Nå er det hver uke»" in screen_text(bench)


async def test_where_there_are_no_lines_nothing_is_chosen(bench: Bench, talk: Conversation) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "supports")
        await pilot.press("enter", "enter", "tab")
        assert "Ingen linjer ennå" in screen_text(bench)
        assert talk.intake.duties == ()


@pytest.mark.parametrize("part", ["words", "plan", "reason"])
@pytest.mark.parametrize("last", ["up", "enter", "ctrl+d", "escape", "tab", "pageup"])
async def test_what_is_typed_stays_on_its_row_whichever_key_follows(
    bench: Bench, talk: Conversation, part: str, last: str
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, part)
        await pilot.press(*"alle kommer hit", last)
        assert value(talk, part) == ("alle kommer hit",)
        assert len(talk.intake.duties[0].parts) == 1


async def test_what_is_typed_is_kept_though_the_typing_goes_on(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "reason")
        began = monotonic()
        while not value(talk, "reason"):
            assert monotonic() - began < 10
            await pilot.press("å")
            await pilot.pause(PAUSE / 4)
        assert set(value(talk, "reason")[0]) == {"å"}


@pytest.mark.parametrize("how", ["covered", "taken over"])
async def test_what_is_typed_is_kept_when_something_covers_it_or_it_ends(
    bench: Bench, talk: Conversation, how: str
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "plan")
        await pilot.press(*"jeg ringer kl 15")
        if how == "covered":
            await bench.push_screen(HelpScreen())
        else:
            screen = bench.screen
            assert isinstance(screen, DutiesScreen)
            screen.take_over()
        assert value(talk, "plan") == ("jeg ringer kl 15",)


async def test_an_empty_text_takes_the_words_off(bench: Bench, talk: Conversation) -> None:
    talk.weigh("avert", "plan", "nå")
    async with duties(bench, talk) as pilot:
        await to(pilot, "plan")
        await pilot.press("backspace", "backspace", "down")
        assert talk.intake.duties == ()


async def test_why_not_is_asked_only_where_the_person_was_not_told(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "told")
        await pilot.press("tab")
        assert "Hvorfor ikke" not in screen_text(bench)
        await pilot.press("tab", "down", *"ikke trygt", "down")
        assert value(talk, "not-told") == ("ikke trygt",)


async def test_a_duty_that_applies_is_left_to_be_done_until_it_is(
    bench: Bench, talk: Conversation, guide: Guide
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "conclusion")
        assert "Er det gjort" not in screen_text(bench)
        await pilot.press("tab")
        assert decided_not_done(guide, talk.intake)
        await to(pilot, "done")
        await pilot.press("tab")
        assert decided_not_done(guide, talk.intake) == ()


async def test_each_child_has_its_page_and_one_can_be_added(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "9, hos faren", "OPEN-8")
    async with duties(bench, talk, "inform") as pilot:
        shown = screen_text(bench)
        assert "› Opplysningsplikt: 9, hos faren" in shown
        assert "Kan ennå hindres" not in shown
        await pilot.press("ctrl+d", *"11, hjemme hos dem", "down")
        assert "› Opplysningsplikt: 11, hjemme hos dem" in screen_text(bench)
        await to(pilot, "conclusion")
        await pilot.press("tab", "tab")
        (sheet,) = talk.intake.duties
        assert (sheet.value("child"), sheet.value("conclusion")) == ("11, hjemme hos dem", "not")


async def test_a_child_that_is_emptied_again_is_the_one_to_be_added(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk, "inform") as pilot:
        await pilot.press("ctrl+d", "9")
        screen = bench.screen
        assert isinstance(screen, DutiesScreen)
        screen.take_over()
        assert len(talk.intake.duties) == 1
        await pilot.press("backspace", "enter")
        assert talk.intake.duties == ()
        assert "› + barn" in screen_text(bench)
        await pilot.press(*"11, her", "enter")
        assert [sheet.value("child") for sheet in talk.intake.duties] == ["11, her"]


async def test_the_pages_go_round_and_remember(bench: Bench, talk: Conversation) -> None:
    async with duties(bench, talk) as pilot:
        pages = bench.screen.query_one(Pages)
        seen = []
        for _ in range(4):
            seen.append(str(pages.render()).split("› ")[1].split("  ")[0].strip())
            await pilot.press("pagedown")
        assert seen == ["Avvergeplikt", "Opplysningsplikt: barna", "+ barn", "Avvergeplikt"]


async def test_what_was_written_on_the_duty_is_shown_and_fills_nothing_in(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "vurdert: alle kommer hit", "HOME-3", kind="assessed")
    async with duties(bench, talk):
        shown = screen_text(bench)
        assert "Skrevet i samtalen" in shown
        assert "vurdert: alle kommer hit" in shown
        assert talk.intake.duties == ()


@pytest.mark.parametrize("duty", ["avert", "inform"])
async def test_a_source_past_its_day_is_marked_and_the_worksheet_still_works(
    bench: Bench, talk: Conversation, guide: Guide, duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = guide.duty(duty)
    assert found is not None
    late = dt.datetime.combine(found.check_again + dt.timedelta(days=1), dt.time(12), tzinfo=dt.UTC)
    async with duties(bench, talk, duty):
        assert "sjekket 23.11.2026" in screen_text(bench)
        assert "kontrolleres" not in screen_text(bench)
    monkeypatch.setattr(Bench, "now", lambda self: late)
    async with duties(later := Bench(guide), talk, duty) as pilot:
        assert "kontrolleres" in screen_text(later)
        await to(pilot, "reason")
        await pilot.press(*"nei", "enter")
        assert value(talk, "reason", duty) == ("nei",)


async def test_a_click_goes_to_a_row_and_leaves_the_words_on_theirs(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "words")
        await pilot.press(*"verre nå")
        await pilot.click(Rows, offset=(5, 6))
        assert bench.screen.query_one(Rows).highlighted == "plan"
        await pilot.press(*"jeg ringer", "enter")
        assert (value(talk, "words"), value(talk, "plan")) == (("verre nå",), ("jeg ringer",))


# The whole way, for two of the invented conversations

AVERT = [
    *("enter", "enter", "down", "enter", "escape", "down", "down"),
    *"våpen, verre siden høsten, redd for livet, barna hos ham nå",
    *("down", "tab", "tab", "down", "tab", "down", "tab", "down"),
    *"alle tre kommer hit i dag, jeg ringer politiet",
    *("down", "tab", "down", "tab", "down"),
    *"kan bli drept om hun blir der",
]
INFORM = [
    *("ctrl+d", *"11, hjemme hos foreldrene", "down", "enter", "enter", "escape"),
    *("down", "down"),
    *"stengt inne, slik det begynte for storesøster",
    *("down", "tab", "down", "tab", "down"),
    *"vi ringer barnevernet i dag før hun flytter",
    *("down", "tab", "down", "tab", "down"),
    *"søsteren er igjen hos dem",
]
WORKED = {
    "avert": ("01-telephone-weapons.toml", AVERT),
    "inform": ("03-family-other-centre.toml", INFORM),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("duty", WORKED)
async def test_worked_through_by_keys_alone(
    guide: Guide, duty: str, language: Language, size: str, snapshot: SnapshotAssertion
) -> None:
    name, keys = WORKED[duty]
    bench, talk = Bench(guide, language), replayed(guide, name)
    async with duties(bench, talk, duty, SIZES[size]) as pilot:
        assert screen_text(bench) == snapshot(name="empty")
        await pilot.press(*keys, "up")
        await pilot.pause()
        assert screen_text(bench) == snapshot(name="worked through")
    (sheet,) = talk.intake.duties
    assert sheet.value("conclusion") == "applies"
    (left,) = decided_not_done(guide, talk.intake)
    assert left.plan == sheet.value("plan")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_the_signed_record_shows_it(guide: Guide, language: Language) -> None:
    bench, talk = Bench(guide, language), begun(guide)
    line = told(talk, "jakter, to våpen i boden", "THREAT-10")
    talk.weigh("avert", "supports", line)
    talk.weigh("avert", "grounds", "killing")
    talk.weigh("avert", "conclusion", "not")
    talk.weigh("avert", "reason", "alle er her nå")
    talk.add_child("inform", "11, her")
    record = shape(talk, status="signed", signed=bench.now())
    bench.archive.records = {talk.id.hex(): record}
    async with bench.run_test(size=(100, 80)) as pilot:
        await bench.open(SignedScreen(talk.id.hex()))
        await pilot.pause()
        shown = screen_text(bench)
    words = bench.words
    heading = shown.index(words("duties.title"), shown.index(words("signed.decision")))
    for text in (
        "jakter, to våpen i boden",
        guide.duties[0].ground[0].word.at(language),
        words("duties.value-not"),
        "alle er her nå",
        ": 11, her",
        words("duties.no-conclusion"),
    ):
        assert text in shown[heading:], text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("duty", ["avert", "inform"])
async def test_the_keys_and_the_hints_are_never_cut(
    guide: Guide, duty: str, language: Language
) -> None:
    bench, talk = Bench(guide, language), begun(guide)
    async with duties(bench, talk, duty) as pilot:
        screen = bench.screen
        assert isinstance(screen, DutiesScreen)
        for _ in range(11):
            shown = screen_text(bench)
            named = DutiesScreen.keys(screen)
            assert all(f"{key.ctrl} {key.does}" in shown for key in named)
            hint = screen._notice.text.split()
            assert hint[-1] in shown.split()
            await pilot.press("down")


async def test_letters_on_a_row_without_words_go_to_the_note_line_and_are_seen(
    bench: Bench, talk: Conversation
) -> None:
    async with duties(bench, talk) as pilot:
        await to(pilot, "certain")
        assert not bench.screen.query_one(DutyField).visible
        await pilot.press(*"han ringer nå")
        assert "han ringer nå▏" in screen_text(bench)
        assert talk.line.text == "han ringer nå"
        assert talk.intake.duties == ()
