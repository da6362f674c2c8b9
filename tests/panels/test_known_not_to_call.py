"""Where one contact of a person says not to call, no list shows another one without that."""

from __future__ import annotations

from dataclasses import replace

from panels_bench import Bench, begun
from test_contacts_screen import signed

from intake_tui.guide.model import Guide
from intake_tui.intake.points import Point
from intake_tui.records.rows import RowPoint
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.pick_contact import PickContactScreen
from intake_tui.screens.same_person import JoinScreen
from screen_text import screen_text

CASE, NUMBER, WARNS = "4f2a" + "0" * 28, "000 00 000", "i en annen samtale: IKKE RING"


def lines_with(bench: Bench, part: str) -> list[str]:
    return [line for line in screen_text(bench).splitlines() if part in line]


def to_do(text: str) -> tuple[RowPoint, ...]:
    return (RowPoint(Point("next:s1", "next", text)),)


async def test_a_number_in_what_is_left_to_do_is_marked(bench: Bench) -> None:
    bench.archive.rows = [signed(2, call="no", points=to_do(f"ring {NUMBER} i dag"))]
    async with bench.run_test(size=(100, 30)) as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        found = lines_with(bench, NUMBER)
        assert len(found) >= 1
        assert all(f"IKKE RING {NUMBER}" in line for line in found)


async def test_what_an_open_conversation_says_counts_for_the_signed_ones(
    bench: Bench, guide: Guide
) -> None:
    talk = begun(guide)
    talk.pin("call", "no")
    bench.conversations = [talk]
    bench.archive.rows = [
        signed(2, case=CASE, call="yes", points=to_do(f"ring {NUMBER} i dag")),
        signed(1),
    ]
    async with bench.run_test(size=(100, 30)) as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert len(lines_with(bench, WARNS)) == 2  # what is due, and the contact
        assert all(f"IKKE RING {NUMBER}" in line for line in lines_with(bench, NUMBER))


async def test_who_is_picked_and_joined_is_shown_with_it(bench: Bench, guide: Guide) -> None:
    bench.archive.rows = [signed(2, case=CASE, call="no"), signed(1, case=CASE, call="yes")]
    async with bench.run_test(size=(100, 30)) as pilot:
        await bench.open(PickContactScreen("Hvem?", without=()))
        await pilot.pause()
        assert len(lines_with(bench, WARNS)) == 1
        await pilot.press("down", "enter")
        known = bench.archive.persons.known()
        await bench.open(JoinScreen(bench.answer, bench.answer, {}, known=known))
        await pilot.pause()
        assert len(lines_with(bench, WARNS)) == 2


async def test_a_corrected_no_reaches_the_other_rows_on_the_way_back(bench: Bench) -> None:
    rows = [signed(2, case=CASE, call="yes"), signed(1, case=CASE, call="yes")]
    bench.archive.rows = rows
    async with bench.run_test(size=(100, 30)) as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert not lines_with(bench, "IKKE RING")
        await bench.open(HelpScreen("contacts"))
        await pilot.pause()
        bench.archive.rows = [replace(rows[0], call="no"), rows[1]]
        bench.archive.known.book.put(bench.archive.rows)
        await pilot.press("escape")
        await pilot.pause()
        assert len(lines_with(bench, WARNS)) == 1
