"""The parts that stand in the conversation's own screen: akutt, journal, running note."""

from __future__ import annotations

import datetime as dt

from panels_bench import Bench, told
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.journal import draft
from intake_tui.intake.line import Line
from intake_tui.widgets.akutt_panel import AkuttPanel
from intake_tui.widgets.journal_view import JournalView
from intake_tui.widgets.note_view import NoteView
from intake_tui.widgets.rows import Rows
from screen_text import screen_rows, screen_text


class Host(Screen[None]):
    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


# Akutt


async def test_akutt_shows_numbers_with_their_date_and_the_pinned_place(
    bench: Bench, talk: Conversation
) -> None:
    talk.pin("where-now", "melkerommet")
    async with bench.run_test() as pilot:
        await bench.open(Host(AkuttPanel(talk)))
        await pilot.pause()
        text = screen_text(bench)
        assert "112" in text
        assert "113" in text
        assert "sjekket 23.11.2026" in text
        assert "Hvor: melkerommet" in text


async def test_a_place_that_was_taken_over_says_from_which_day(
    bench: Bench, talk: Conversation
) -> None:
    held = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
    talk.take_pin("where-now", "melkerommet", contact="ef" * 16, held=held)
    async with bench.run_test() as pilot:
        await bench.open(Host(AkuttPanel(talk)))
        await pilot.pause()
        assert "Hvor: melkerommet (fra 20.11.)" in screen_text(bench)


async def test_a_number_past_its_date_is_still_there_and_says_so(
    bench: Bench, talk: Conversation
) -> None:
    talk.guide = talk.guide.model_copy(
        update={
            "numbers": tuple(
                one.model_copy(update={"check_again": dt.date(2026, 1, 1)})
                for one in talk.guide.numbers
            )
        }
    )
    async with bench.run_test() as pilot:
        await bench.open(Host(AkuttPanel(talk)))
        await pilot.pause()
        line = next(line for line in screen_rows(bench) if "112" in line)
        assert line.endswith("kontrolleres")


async def test_that_112_was_called_becomes_a_statement_and_the_line_stays(
    bench: Bench, talk: Conversation
) -> None:
    talk.line = Line(text="hun sier at", places=("THREAT-10",), answers={"THREAT-10": "yes"})
    before = talk.line
    async with bench.run_test() as pilot:
        panel = AkuttPanel(talk)
        await bench.open(Host(panel))
        await pilot.pause()
        assert panel.keep_called() == "Ringte 112 13:14"
        panel.move(1)
        assert panel.keep_called() == "Ringte 113 13:14"
        lines = talk.intake.statements
        assert [(line.text, line.kind, line.places) for line in lines] == [
            ("Ringte 112 13:14", "observed", ("called",)),
            ("Ringte 113 13:14", "observed", ("called",)),
        ]
        assert talk.line == before
        assert bench.did == ["touch", "touch"]


async def test_that_112_was_called_stands_in_the_note_however_little_room_there_is(
    bench: Bench, whole: Conversation
) -> None:
    async with bench.run_test() as pilot:
        panel = AkuttPanel(whole)
        await bench.open(Host(panel))
        await pilot.pause()
        panel.keep_called()
        await pilot.pause()
        assert "Skrevet i notatet: Ringte 112 13:14. Ctrl+Z angrer." in screen_text(bench)
    note = draft(whole.guide, whole.intake, "nb")
    taken = [sentence.text for part in note.parts for sentence in part.sentences]
    assert "Ringte 112 13:14." in taken
    assert note.left_out


# The journal


async def test_the_journal_shows_each_sentence_and_what_is_left_out(
    bench: Bench, whole: Conversation
) -> None:
    async with bench.run_test(size=(140, 60)) as pilot:
        view = JournalView(whole)
        await bench.open(Host(view))
        await pilot.pause()
        note = draft(whole.guide, whole.intake, "nb")
        shown = [row.text for row in view.query_one(Rows).shown]
        for part in note.parts:
            assert part.heading in shown
            assert all(sentence.text in shown for sentence in part.sentences)
        assert note.left_out
        left_out = shown.index("Ikke med i notatet")
        assert shown[left_out + 1 :] == [sentence.text for sentence in note.left_out]


async def test_one_key_takes_a_sentence_out_and_in_again(bench: Bench, whole: Conversation) -> None:
    async with bench.run_test() as pilot:
        view = JournalView(whole)
        await bench.open(Host(view))
        await pilot.pause()
        view.move(2)
        key = view.highlighted
        view.toggle()
        note = draft(whole.guide, whole.intake, "nb")
        assert key in [sentence.key for sentence in note.left_out]
        assert view.highlighted == key
        view.toggle()
        note = draft(whole.guide, whole.intake, "nb")
        assert key not in [sentence.key for sentence in note.left_out]
        assert bench.did == ["touch", "touch"]


async def test_a_sentence_is_edited_and_shows_where_it_is_from(
    bench: Bench, talk: Conversation
) -> None:
    told(talk, "han jakter, to rifler i huset", "THREAT-10", THREAT_10="yes")
    async with bench.run_test() as pilot:
        view = JournalView(talk)
        await bench.open(Host(view))
        await pilot.pause()
        assert "han jakter" in view.edit()
        assert "Fra 13:00: han jakter, to rifler i huset" in screen_text(bench)
        assert view.highlighted is not None
        talk.edit_sentence(view.highlighted, "Han har to rifler.")
        view.refresh_from(talk)
        await pilot.pause()
        assert view.edit() == "Han har to rifler."
        text = screen_text(bench)
        assert "endret av deg" in text
        assert "Fra 13:00: han jakter, to rifler i huset" in text


async def test_what_is_new_since_a_correction_stands_apart_until_one_key_takes_it_in(
    bench: Bench, talk: Conversation
) -> None:
    first = told(talk, "han jakter, to rifler i huset", "THREAT-10")
    talk.edit_sentence(first, "Han har to rifler.")
    told(talk, "sto i døra på torsdag", "OPEN-3")
    talk.answer("THREAT-7", "yes")
    async with bench.run_test() as pilot:
        view = JournalView(talk)
        await bench.open(Host(view))
        await pilot.pause()
        shown = [row.text for row in view.query_one(Rows).shown]
        new = shown.index("Nytt siden du rettet")
        assert "Han har to rifler." in shown[:new]
        assert shown[new + 1 :] == ["sto i døra på torsdag.", "Redd for livet: ja."]
        assert "Ctrl+L tar det inn" in screen_text(bench)
        assert "etter rettingene dine" in shown[1]  # at the top, where it is seen
        assert view.keys == "journal-to-new"
        assert view.leads_on()
        assert view.on_new
        assert not view.leads_on()
        view.toggle()
        await pilot.pause()
        text = screen_text(bench)
        assert "Nytt siden du rettet" not in text
        assert "sto i døra på torsdag." in text
        assert draft(talk.guide, talk.intake, "nb").left_out == ()
        assert bench.did == ["touch"]


async def test_a_corrected_sentence_whose_line_is_taken_back_is_still_there_and_says_so(
    bench: Bench, talk: Conversation
) -> None:
    first = told(talk, "han jakter, to rifler i huset", "THREAT-10")
    talk.edit_sentence(first, "Han har to rifler.")
    talk.retract(first)
    async with bench.run_test() as pilot:
        view = JournalView(talk)
        await bench.open(Host(view))
        await pilot.pause()
        shown = [row.text for row in view.query_one(Rows).shown]
        assert shown[-2:] == ["Dine ord, uten linje eller svar bak nå", "Han har to rifler."]
        assert "Linja eller svaret som dette kom fra" in screen_text(bench)
        view.toggle()
        await pilot.pause()
        assert "uten kilde" in screen_text(bench)
        assert "Fortalt" in screen_text(bench)


async def test_without_lines_the_journal_says_where_they_come_from(
    bench: Bench, talk: Conversation
) -> None:
    async with bench.run_test() as pilot:
        view = JournalView(talk)
        await bench.open(Host(view))
        await pilot.pause()
        assert "Det er ingen linjer ennå." in screen_text(bench)
        view.toggle()
        view.move(1)
        assert view.edit() == ""
        assert talk.changes == 0


async def test_the_journal_is_drafted_only_when_the_record_has_changed(
    bench: Bench, whole: Conversation
) -> None:
    async with bench.run_test() as pilot:
        view = JournalView(whole)
        await bench.open(Host(view))
        await pilot.pause()
        rows = view.query_one(Rows).shown
        whole.line = Line(text="en bokstav")
        view.refresh_from(whole)
        assert view.query_one(Rows).shown is rows


# The running note beside the questions


async def test_the_note_beside_shows_the_newest_line(bench: Bench, whole: Conversation) -> None:
    async with bench.run_test() as pilot:
        view = NoteView(whole)
        await bench.open(Host(view))
        await pilot.pause()
        assert "ringer politiet, i kveld" in screen_text(bench)
        told(whole, "og så en til")
        view.refresh_from(whole)
        await pilot.pause()
        assert "og så en til" in screen_text(bench)
        assert bench.focused is None
