"""The running note: each key, and no word lost by any of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from panels_bench import Bench, told
from textual.pilot import Pilot

from intake_tui.intake.conversation import Conversation
from intake_tui.screens.giving_up import GivesUp
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.running_note_fields import EditLine
from intake_tui.widgets.pause import PAUSE
from intake_tui.widgets.rows import Rows
from screen_text import screen_rows, screen_text


@pytest.fixture
def three(talk: Conversation) -> Conversation:
    told(talk, "første linje")
    told(talk, "andre linje", "THREAT-10", THREAT_10="yes")
    told(talk, "tredje linje")
    return talk


@asynccontextmanager
async def note(bench: Bench, talk: Conversation) -> AsyncIterator[Pilot[None]]:
    async with bench.run_test() as pilot:
        await bench.open(RunningNoteScreen(talk))
        await pilot.pause()
        yield pilot


def texts(talk: Conversation) -> list[str]:
    return [line.text for line in talk.intake.statements]


async def test_each_line_shows_time_kind_and_places(bench: Bench, three: Conversation) -> None:
    told(three, "Nå er det hver uke", kind="quote")
    async with note(bench, three):
        text = screen_text(bench)
        assert "13:00  fortalt    andre linje" in text
        assert "→ Våpen: ja" in text
        assert "sitat      «Nå er det hver uke»" in text


async def test_an_edit_is_kept_with_enter(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "enter", *" og", "enter")
        assert texts(three) == ["første linje", "andre linje og", "tredje linje"]
        assert three.intake.value("THREAT-10") == "yes"
        assert "touch" in bench.did
        assert not bench.screen.query_one(EditLine).display


async def test_an_edit_left_with_escape_leaves_the_line_as_it_was(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "x")
        await pilot.pause(PAUSE + 0.2)
        assert texts(three)[2] == "tredje linjexx"
        await pilot.press("escape")
        assert texts(three)[2] == "tredje linjexx"
        await pilot.press("escape")
        assert texts(three)[2] == "tredje linje"
        assert bench.answer == "nothing yet"


async def test_an_escape_long_after_the_one_that_asked_asks_again(
    bench: Bench, three: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GivesUp, "asks_for", 0.01)
    asks = "Esc en gang til forkaster det du skrev her."
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "escape")
        end = monotonic() + 10
        while asks in screen_text(bench):
            assert monotonic() < end
            await pilot.pause(0.01)
        monkeypatch.setattr(GivesUp, "asks_for", 60.0)
        await pilot.press("escape")
        assert asks in screen_text(bench)
        await pilot.press("ctrl+r")
        assert texts(three)[2] == "tredje linjex"


async def test_what_is_typed_is_kept_though_the_typing_goes_on(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter")
        end = monotonic() + 10
        while texts(three)[2] == "tredje linje":
            assert monotonic() < end
            await pilot.press("å")
            await pilot.pause(PAUSE / 4)
        assert texts(three)[2].rstrip("å") == "tredje linje"


async def test_what_is_typed_is_kept_when_something_covers_it(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x")
        await bench.push_screen(HelpScreen())
        assert texts(three)[2] == "tredje linjex"


async def test_letters_change_nothing_unless_a_line_is_edited(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        changes = three.changes
        await pilot.press(*"jnvxyu123", "space", "backspace", "delete", "tab")
        assert three.changes == changes


async def test_tab_does_not_take_the_letters_out_of_the_field(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "a", "tab", "b", "shift+tab", "c", "enter")
        assert texts(three)[2] == "tredje linjeabc"


async def test_an_emptied_line_stays_and_says_how_to_retract_it(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "ctrl+u", *["backspace"] * 20, "enter")
        assert texts(three)[2] == "tredje linje"
        assert "Ctrl+X stryker den" in screen_text(bench)


async def test_a_line_is_split_at_the_cursor(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "ctrl+d")
        assert "Sett markøren" in screen_text(bench)
        await pilot.press(*["left"] * 5, "ctrl+d")
        assert texts(three) == ["første linje", "andre", "linje", "tredje linje"]
        assert three.intake.statements[2].places == ("THREAT-10",)


async def test_a_split_keeps_what_was_just_typed(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", *" og mer", *["left"] * 3, "ctrl+d")
        assert "".join(texts(three)[2:]).replace(" ", "") == "tredjelinjeogmer"
        assert texts(three)[3] == "mer"


async def test_nothing_is_split_at_an_end(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "ctrl+d")
        assert len(three.intake.statements) == 3
        assert "begge sider" in screen_text(bench)


async def test_a_line_takes_in_the_next_one(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "up", "ctrl+u")
        assert len(three.intake.statements) == 2
        assert all(word in texts(three)[0] for word in ("første", "andre"))
        await pilot.press("down", "ctrl+u")
        assert "bare når begge er av samme slag" in screen_text(bench)


@pytest.mark.parametrize("key", ["ctrl+up", "shift+up"])
async def test_a_line_is_moved(bench: Bench, three: Conversation, key: str) -> None:
    async with note(bench, three) as pilot:
        await pilot.press(key)
        assert texts(three) == ["første linje", "tredje linje", "andre linje"]
        await pilot.press(key.replace("up", "down"))
        assert texts(three) == ["første linje", "andre linje", "tredje linje"]
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[2].id


@pytest.mark.parametrize("key", ["ctrl+l", "f4", "ctrl+f", "f3"])
async def test_a_place_is_found_and_taken_off_again(
    bench: Bench, three: Conversation, key: str
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press(key, *"våpen", "enter")
        assert three.intake.statements[2].places == ("THREAT-10",)
        await pilot.press(key, *"våpen")
        assert "Enter tar bort" in screen_text(bench)
        await pilot.press("enter")
        assert three.intake.statements[2].places == ()


async def test_places_are_left_with_escape(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+l", "v", "down", "escape")
        assert three.intake.statements[2].places == ()
        await pilot.press("up")
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[1].id


async def test_nothing_found_is_said(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+l", *"qqqq")
        assert "Fant ingenting" in screen_text(bench)
        await pilot.press("enter")
        assert three.intake.statements[2].places == ()


async def test_the_kind_goes_round(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        kinds = []
        for _ in range(4):
            await pilot.press("ctrl+t")
            kinds.append(three.intake.statements[2].kind)
        assert kinds == ["quote", "observed", "assessed", "told"]


async def test_a_line_is_retracted_undone_and_redone(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "ctrl+x")
        assert texts(three) == ["første linje", "tredje linje"]
        assert three.intake.value("THREAT-10") is None
        await pilot.press("ctrl+z")
        assert texts(three) == ["første linje", "andre linje", "tredje linje"]
        assert three.intake.value("THREAT-10") == "yes"
        await pilot.press("ctrl+a")
        assert texts(three) == ["første linje", "tredje linje"]
        await pilot.press("ctrl+a")
        assert "ikke noe å gjøre om" in screen_text(bench)


async def test_everything_can_be_undone_and_then_there_is_nothing(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert texts(three) == []
        assert "Ingen linjer ennå." in screen_text(bench)
        assert "ikke noe mer å angre" in screen_text(bench)


async def test_undo_while_editing_is_of_the_typing(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "ctrl+z")
        assert bench.screen.query_one(EditLine).text == "tredje linje"
        await pilot.press("ctrl+a")
        assert bench.screen.query_one(EditLine).text == "tredje linjex"
        await pilot.press("ctrl+x", "ctrl+u", "ctrl+up")
        assert len(texts(three)) == 3


@pytest.mark.parametrize("key", ["escape", "ctrl+r", "f2"])
async def test_it_is_left_and_an_edit_that_was_begun_is_there(
    bench: Bench, three: Conversation, key: str
) -> None:
    async with note(bench, three) as pilot:
        if key != "escape":
            await pilot.press("enter", "x")
        await pilot.press(key)
        assert bench.answer is None
        assert texts(three)[2] == ("tredje linje" if key == "escape" else "tredje linjex")


async def test_an_edit_does_not_touch_the_unfinished_line(
    bench: Bench, three: Conversation
) -> None:
    three.line = type(three.line)(text="uferdig")
    async with note(bench, three) as pilot:
        await pilot.press("enter", "x", "enter", "ctrl+t", "ctrl+l", *"våpen", "enter", "ctrl+x")
        assert three.line.text == "uferdig"


async def test_a_long_pasted_line_is_edited_without_a_row_too_wide(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "ord " * 400)
    async with note(bench, talk) as pilot:
        await pilot.press("enter")
        screen_rows(bench)


async def test_where_the_line_broke_stands_in_its_place(bench: Bench, talk: Conversation) -> None:
    told(talk, "før")
    talk.broke()
    told(talk, "etter")
    async with note(bench, talk):
        text = screen_text(bench)
        assert text.index("før") < text.index("linja ble brutt") < text.index("etter")


async def test_a_click_on_another_line_keeps_the_edit(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("enter", *"xy")
        await pilot.click(Rows, offset=(30, 0))
        await pilot.pause()
        assert texts(three) == ["første linje", "andre linje", "tredje linjexy"]
        assert not bench.screen.query_one(EditLine).display
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[0].id


async def test_a_click_on_another_line_leaves_the_places(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+l", *"våpen")
        await pilot.click(Rows, offset=(30, 0))
        await pilot.pause()
        await pilot.press("enter", "escape")
        assert three.intake.statements[0].places == ()
        assert three.intake.statements[2].places == ()


# When and where it happened


def of(talk: Conversation, at: int) -> tuple[str, str] | None:
    line = talk.intake.statements[at]
    return (line.of.when, line.of.where) if line.of else None


async def test_when_and_where_are_typed_and_understood_at_once(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+w", *"lørdag kl 16")
        assert "→ lø 21.11. 16:00" in screen_text(bench)
        await pilot.press("enter", *"hjemme", "enter")
        assert of(three, 2) == ("lørdag kl 16", "hjemme")
        assert "når: lørdag kl 16 → lø 21.11. 16:00 · hvor: hjemme" in screen_text(bench)
        assert "touch" in bench.did
        assert texts(three)[2] == "tredje linje"


async def test_a_time_in_the_line_holds_only_once_it_is_taken(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "natt til sø: hørte ikke på at h. sa nei")
    async with note(bench, talk) as pilot:
        await pilot.press("ctrl+w")
        assert "natt til sø 22.11. · fra linjen" in screen_text(bench)
        await bench.push_screen(HelpScreen())
        bench.pop_screen()
        await pilot.press("escape")
        assert of(talk, 0) is None
        await pilot.press("ctrl+w", "enter", "enter")
        assert of(talk, 0) == ("natt til sø", "")
        await pilot.press("ctrl+w", *["backspace"] * 20, "enter", "enter")
        assert of(talk, 0) is None


async def test_typing_replaces_what_is_offered(bench: Bench, talk: Conversation) -> None:
    told(talk, "lø: holdt hardt")
    async with note(bench, talk) as pilot:
        await pilot.press("ctrl+w", *"i går", "enter", "enter")
        assert of(talk, 0) == ("i går", "")


async def test_what_is_not_understood_stays_as_it_was_typed(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+w", *"da mor døde", "enter", "enter")
        assert of(three, 2) == ("da mor døde", "")
        assert "når: da mor døde → uten dato" in screen_text(bench)


async def test_when_and_where_left_with_escape_are_as_they_were(
    bench: Bench, three: Conversation
) -> None:
    three.date(three.intake.statements[2].id, "i går", "hytta")
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+w", *" kl 9", "tab", *"x")
        await pilot.pause(PAUSE + 0.2)
        assert of(three, 2) == ("i går kl 9", "hyttax")
        await pilot.press("escape")
        assert of(three, 2) == ("i går kl 9", "hyttax")
        await pilot.press("escape")
        assert of(three, 2) == ("i går", "hytta")
        assert bench.answer == "nothing yet"


async def test_when_and_where_are_kept_when_something_covers_them(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+w", *"i går", "down", *"bil")
        await bench.push_screen(HelpScreen())
        assert of(three, 2) == ("i går", "bil")


async def test_a_click_on_another_line_keeps_when_and_where(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("ctrl+w", *"i går")
        await pilot.click(Rows, offset=(30, 0))
        await pilot.pause()
        assert [of(three, at) for at in range(3)] == [None, None, ("i går", "")]
        await pilot.press("ctrl+w", *"i dag", "enter", "enter")
        assert of(three, 0) == ("i dag", "")


@pytest.mark.parametrize("keys", [["enter", "x"], ["ctrl+w", "x"]])
async def test_what_was_kept_in_pieces_is_undone_and_redone_at_once(
    bench: Bench, three: Conversation, keys: list[str]
) -> None:
    before = three.intake.statements
    async with note(bench, three) as pilot:
        await pilot.press(*keys)
        await pilot.pause(PAUSE + 0.2)
        await pilot.press("y")
        await pilot.pause(PAUSE + 0.2)
        await pilot.press("z", "enter", *["enter"] * (keys[0] == "ctrl+w"))
        after = three.intake.statements
        assert "xyz" in (after[2].text + str(of(three, 2)))
        await pilot.press("ctrl+z")
        assert three.intake.statements == before
        await pilot.press("ctrl+a")
        assert three.intake.statements == after


async def test_typing_back_to_what_it_was_takes_no_other_change_along(
    bench: Bench, three: Conversation
) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("up", "ctrl+t", "down", "enter")
        for key in ("x", "backspace", "y", "backspace"):
            await pilot.press(key)
            await pilot.pause(PAUSE + 0.2)
        await pilot.press("enter")
        assert texts(three) == ["første linje", "andre linje", "tredje linje"]
        assert three.intake.statements[1].kind == "quote"


async def test_undo_shows_the_line_that_it_brought_back(bench: Bench, talk: Conversation) -> None:
    for number in range(60):
        told(talk, f"linje {number}")
    async with note(bench, talk) as pilot:
        await pilot.press("home", "ctrl+x", "end", "ctrl+z")
        assert bench.screen.query_one(Rows).highlighted == talk.intake.statements[0].id
        assert "linje 0" in screen_text(bench)


# The date line


async def test_tab_shows_the_lines_as_it_happened_and_back(
    bench: Bench, three: Conversation
) -> None:
    ids = [line.id for line in three.intake.statements]
    three.date(ids[0], "lørdag", "")
    three.date(ids[2], "siden høsten", "hytta")
    async with note(bench, three) as pilot:
        await pilot.press("tab")
        text = screen_text(bench)
        assert "Tidslinje" in text
        order = ("siden 01.09.", "lø 21.11.", "Uten dato, slik det ble sagt", "andre linje")
        assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
        assert bench.screen.query_one(Rows).highlighted == ids[2]
        await pilot.press("tab")
        text = screen_text(bench)
        assert "Løpende notat" in text
        assert text.index("første") < text.index("andre") < text.index("tredje")


async def test_the_timeline_begins_at_what_happened_first_and_leads_back(
    bench: Bench, talk: Conversation
) -> None:
    for number in range(60):
        told(talk, f"linje {number}")
    first, second, *_, last = (line.id for line in talk.intake.statements)
    talk.date(first, "i går", "")
    talk.date(second, "lørdag", "")
    async with note(bench, talk) as pilot:
        rows = bench.screen.query_one(Rows)
        await pilot.press("tab")
        assert rows.highlighted == second
        assert "lø 21.11." in screen_text(bench)
        await pilot.press("tab")
        assert rows.highlighted == last
        await pilot.press("tab", "down", "tab")
        assert rows.highlighted == first


async def test_nothing_has_a_date_yet(bench: Bench, three: Conversation) -> None:
    async with note(bench, three) as pilot:
        await pilot.press("tab")
        assert "Ctrl+W setter når og hvor det skjedde" in screen_text(bench)
        await pilot.press("ctrl+w", *"i går", "enter", "enter")
        assert "sø 22.11." in screen_text(bench)
        assert bench.screen.query_one(Rows).highlighted == three.intake.statements[2].id


@pytest.mark.parametrize("key", ["ctrl+u", "ctrl+up", "shift+down"])
async def test_what_happened_is_not_moved_nor_merged_by_its_neighbour(
    bench: Bench, three: Conversation, key: str
) -> None:
    async with note(bench, three) as pilot:
        before = three.intake.statements
        await pilot.press("tab", "up", key)
        assert three.intake.statements == before
        assert "Tab viser dem slik det ble sagt" in screen_text(bench)


async def test_all_else_is_done_there_too(bench: Bench, three: Conversation) -> None:
    three.date(three.intake.statements[2].id, "i går", "")
    async with note(bench, three) as pilot:
        await pilot.press("tab", "enter", *" og", "enter", "ctrl+t", "ctrl+l", *"våpen", "enter")
        line = three.intake.statements[2]
        assert (line.text, line.kind, line.places) == ("tredje linje og", "quote", ("THREAT-10",))
        await pilot.press("ctrl+d", *["left"] * 3, "ctrl+d")
        assert texts(three)[2:] == ["tredje linje", "og"]
        assert of(three, 2) == of(three, 3) == ("i går", "")
        await pilot.press("ctrl+x", "ctrl+z", "ctrl+z")
        assert texts(three)[2:] == ["tredje linje og"]


async def test_merging_says_whose_time_stands(bench: Bench, three: Conversation) -> None:
    first, second, _ = (line.id for line in three.intake.statements)
    three.date(first, "i går", "")
    three.date(second, "lørdag", "")
    async with note(bench, three) as pilot:
        await pilot.press("home", "ctrl+u")
        assert of(three, 0) == ("i går", "")
        assert "Når og hvor er fra den øverste" in screen_text(bench)
        await pilot.press("ctrl+z")
        assert of(three, 1) == ("lørdag", "")


async def test_words_between_marks_look_quoted(bench: Bench, talk: Conversation) -> None:
    told(talk, "sa «du går ingen steder» og låste")
    async with note(bench, talk):
        rows = bench.screen.query_one(Rows)
        segments = list(rows.render_line(0))
        quoted = [each.text for each in segments if each.style and each.style.italic]
        assert quoted == ["«du går ingen steder»"]
        assert "sa «du går ingen steder» og låste" in "".join(each.text for each in segments)
