"""Contacts: open ones first, then pages of signed ones, found by typing."""

from __future__ import annotations

import datetime as dt

import pytest
from panels_bench import NOON, Bench, begun, told

from intake_tui.guide.model import Guide
from intake_tui.intake.points import Point
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.rows import ContactRow, Done, RowPoint
from intake_tui.records.seeking import FIRST_FOUND, MOST_FOUND
from intake_tui.screens.contacts import PAGE, ContactsScreen
from intake_tui.screens.frame import Notice
from intake_tui.screens.signed import SignedScreen
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.rows import Rows
from screen_text import screen_text


class LockedError(VaultError):
    code = "in-use"


def signed(n: int, **other: object) -> ContactRow:
    fields: dict[str, object] = {
        "id": f"{n:032x}",
        "case": f"{n:04x}" + "0" * 28,
        "code": f"K-{n:04X}",
        "alias": None,
        "started": NOON - dt.timedelta(days=1000 - n),
        "status": "signed",
        "channel": "telephone",
        "outcome": "HELP-2",
        "by": "Ragnhild",
        "points": (),
        "call": None,
        "hours": None,
        "broke": False,
        "n": n,
    }
    return ContactRow(**{**fields, **other})  # type: ignore[arg-type]


async def test_an_empty_list_says_what_to_do(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        text = screen_text(bench)
        assert "Ingen samtaler ennå" in text
        assert "Ctrl+N når noen ringer" in text


async def test_open_ones_come_first_with_what_happens_next(bench: Bench, guide: Guide) -> None:
    parked = begun(guide)
    told(parked, "ringer politiet, i kveld", "next")
    parked.pin("call", "no")
    bench.conversations = [parked]
    rows = [signed(7, call="no", hours="før 16"), signed(6, call="yes", hours="før 16"), signed(5)]
    bench.archive.rows = rows
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        lines = screen_text(bench).splitlines()
        at = next(n for n, line in enumerate(lines) if "K-4F2A" in line)
        assert lines[at].endswith("IKKE RING")
        assert "Videre: ringer politiet, i kveld" in lines[at + 1]
        rest = lines[at + 2 :]
        codes = [line.split()[0] for line in rest if "K-" in line]
        assert codes == [
            "K-4F2A",
            "K-0007",
            "K-0006",
            "K-0005",
        ]  # first what is due in the open one
        assert next(line for line in rest if "K-0007" in line).endswith("IKKE RING")
        six = next(n for n, line in enumerate(rest) if "K-0006" in line)
        assert rest[six].endswith("kan ringes")
        assert "kan ringes · før 16" in rest[six + 1]
        assert next(line for line in rest if "K-0005" in line).endswith("ikke avtalt")


async def test_what_is_due_in_an_open_conversation_opens_it(bench: Bench, guide: Guide) -> None:
    parked = begun(guide)
    parked.pin("deadline", "barna hjem 16")
    bench.conversations = [parked]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press("down")
        assert "barna hjem 16" in screen_text(bench)
        assert (bench.screen.query_one(Rows).highlighted or "").startswith("point/")
        await pilot.press("ctrl+d")
        assert "Samtalen er åpen ennå" in screen_text(bench)
        await pilot.press("enter")
        assert bench.did == ["open K-4F2A"]


@pytest.mark.parametrize("width", [80, 100, 140])
async def test_no_contact_needs_two_rows_for_its_columns(bench: Bench, width: int) -> None:
    bench.archive.rows = [
        signed(5, call="yes", hours="hverdager kl 8–15", outcome="HELP-4", alias="Tiriltunge")
    ]
    async with bench.run_test(size=(width, 24)) as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        lines = screen_text(bench).splitlines()
        at = next(n for n, line in enumerate(lines) if "K-0005" in line)
        assert "Et annet krisesenter" in lines[at]
        assert lines[at].endswith("kan ringes")
        assert lines[at + 1].split("·")[1].strip() == "hverdager kl 8–15"


async def test_enter_opens_a_parked_conversation_where_it_was(bench: Bench, guide: Guide) -> None:
    bench.conversations = [begun(guide), begun(guide, "99bc")]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("down", "enter")
        assert bench.did == ["open K-99BC"]


async def test_enter_opens_a_signed_record(bench: Bench) -> None:
    bench.archive.rows = [signed(9), signed(8)]
    bench.archive.fails = None
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        bench.archive.fails = LockedError()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(bench.screen, SignedScreen)
        assert bench.screen._record == f"{8:032x}"


async def test_pages_are_read_as_the_list_is_gone_through(bench: Bench) -> None:
    bench.archive.rows = [signed(n) for n in range(220, 0, -1)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert bench.archive.pages[0] is None
        first_read = len(bench.archive.pages)
        assert first_read <= 2
        for _ in range(12):
            await pilot.press("end")
            await pilot.pause()
        assert bench.archive.pages == [None, 171, 121, 71, 21]
        assert bench.screen.query_one(Rows).highlighted == f"{1:032x}"


@pytest.mark.parametrize("query", ["K-0003", "furu", "fur 3", "23.11.2026", "23.11"])
async def test_typing_finds_by_code_alias_and_date(bench: Bench, query: str) -> None:
    wanted = signed(3, alias="Furu 3", started=NOON)
    bench.archive.rows = [signed(5, alias="Alm"), signed(4), wanted]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press(*("space" if letter == " " else letter for letter in query))
        assert bench.screen.query_one(Rows).highlighted == wanted.id
        shown = [row.key for row in bench.screen.query_one(Rows).shown if row.key]
        assert shown == [wanted.id]
        assert query in screen_text(bench)
        await pilot.press("escape")
        assert len([row for row in bench.screen.query_one(Rows).shown if row.key]) == 3


async def test_backspace_takes_a_letter_off_and_nothing_found_says_so(bench: Bench) -> None:
    bench.archive.rows = [signed(3, alias="Furu")]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press("f", "x")
        assert "Fant ikke «fx»" in screen_text(bench)
        assert "Enter begynner en ny samtale med det du skrev." in screen_text(bench)
        await pilot.press("enter")
        assert bench.did == ["new fx"]
        await pilot.press("backspace")
        assert "Furu" in screen_text(bench)


async def test_the_oldest_are_found_too_though_the_list_was_not_read_so_far(bench: Bench) -> None:
    rows = [signed(n, alias="Alm") for n in range(3 * PAGE, 0, -1)]
    rows[-1] = signed(1, alias="Åse på Ærøy")
    bench.archive.rows = rows
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        for query in ("ås", "ær", "ase"):
            await pilot.press(*query)
            await pilot.pause()
            assert bench.screen.query_one(Rows).highlighted == f"{1:032x}", query
            await pilot.press("escape")
        assert len(bench.archive.pages) <= 2


async def test_of_many_that_are_found_the_first_come_first_and_the_rest_when_they_are_wanted(
    bench: Bench,
) -> None:
    bench.archive.rows = [signed(n, alias="Alm") for n in range(3 * MOST_FOUND, 0, -1)]
    async with bench.run_test(size=(80, FIRST_FOUND)) as pilot:
        await bench.open(ContactsScreen())
        rows = bench.screen.query_one(Rows)
        await pilot.press(*"alm")
        await pilot.pause()
        assert found(rows) == FIRST_FOUND
        await pilot.press("down")
        await pilot.pause()
        assert found(rows) == FIRST_FOUND
        await pilot.press("end")
        await pilot.pause()
        assert found(rows) == MOST_FOUND
        assert rows.highlighted == f"{3 * MOST_FOUND - FIRST_FOUND + 1:032x}"
        await pilot.press("backspace")
        await pilot.pause()
        assert found(rows) == FIRST_FOUND
        await pilot.resize_terminal(80, FIRST_FOUND + 20)
        await pilot.press("m")
        await pilot.pause()
        assert found(rows) == MOST_FOUND


def found(rows: Rows) -> int:
    """How many contacts the list shows."""
    return sum(row.key is not None for row in rows.shown)


async def test_while_the_book_is_read_it_says_so_and_looks_again_afterwards(bench: Bench) -> None:
    bench.archive.whole_book = False
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("f", "u", "r")
        await pilot.pause()
        assert "Eldre samtaler leses fortsatt" in screen_text(bench)
        bench.archive.rows, bench.archive.whole_book = [signed(1, alias="Furu")], True
        bench.screen.post_message(BookRead())
        await pilot.pause()
        assert bench.screen.query_one(Rows).highlighted == f"{1:032x}"
        assert "leses fortsatt" not in screen_text(bench)


async def test_the_highlight_is_on_the_first_hit_wherever_it_stood(bench: Bench) -> None:
    bench.archive.rows = [signed(n, alias="Furu") for n in range(5, 0, -1)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press("end", "f")
        assert bench.screen.query_one(Rows).highlighted == f"{5:032x}"


async def test_enter_is_named_only_where_it_opens_something(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert "Enter Åpne" not in screen_text(bench)
        bench.archive.rows = [signed(1)]
        await bench.switch_screen(ContactsScreen())
        await pilot.pause()
        assert "Enter Åpne" in screen_text(bench)


async def test_an_open_one_says_how_it_came_or_that_nothing_was_written(
    bench: Bench, guide: Guide
) -> None:
    rung = begun(guide)
    rung.answer("INV-1", "telephone")
    bench.conversations = [rung, begun(guide, "99bc")]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        lines = screen_text(bench).splitlines()
        assert "telefon" in next(line for line in lines if "K-4F2A" in line).casefold()
        assert "ingenting skrevet" in next(line for line in lines if "K-99BC" in line)


async def test_ctrl_u_clears_what_was_typed_and_counts_nothing(bench: Bench) -> None:
    bench.archive.rows = [signed(1)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press("x", "ctrl+u")
        assert "K-0001" in screen_text(bench)
        assert "Telle" not in screen_text(bench)
        assert bench.archive.counted == []


async def test_a_contact_without_data_is_counted_with_one_key_which_another_takes_back(
    bench: Bench,
) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert bench.archive.counted == ["silent"]
        assert "Talt som kontakt uten data" in screen_text(bench)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert bench.archive.counted == []
        assert "ikke talt lenger" in screen_text(bench)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert bench.archive.counted == []


async def test_a_key_that_is_held_down_counts_one(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press(*["ctrl+u"] * 9)
        await pilot.pause()
        assert bench.archive.counted == ["silent"]
        assert "Telle én til?" in screen_text(bench)
        await pilot.press("enter")
        await pilot.pause()
        assert bench.archive.counted == ["silent"] * 2
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert bench.archive.counted == ["silent"]


async def test_after_something_else_the_next_one_is_counted_at_once_again(bench: Bench) -> None:
    bench.archive.rows = [signed(2), signed(1)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        await pilot.press("ctrl+u", "down", "ctrl+u")
        await pilot.pause()
        assert bench.archive.counted == ["silent"] * 2


async def test_an_empty_draft_is_erased_only_after_a_question(bench: Bench, guide: Guide) -> None:
    bench.conversations = [begun(guide)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("ctrl+u")
        assert "slette det tomme utkastet?" in screen_text(bench)
        await pilot.press("escape")
        assert (bench.archive.counted, bench.did) == ([], [])
        await pilot.press("ctrl+u", "enter")
        await pilot.pause()
        assert (bench.archive.counted, bench.did) == (["silent"], ["erase K-4F2A"])
        assert "K-4F2A" not in screen_text(bench)


async def test_an_empty_draft_can_go_without_being_counted(bench: Bench, guide: Guide) -> None:
    bench.conversations = [begun(guide)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("delete")
        assert bench.did == []
        await pilot.press("ctrl+u", "delete")
        await pilot.pause()
        assert (bench.archive.counted, bench.did) == ([], ["erase K-4F2A"])
        assert "Ingenting er talt." in screen_text(bench)


@pytest.mark.parametrize("damage", [LockedError(), RecordDamaged("wrong-shape")])
async def test_what_cannot_be_counted_is_said(bench: Bench, damage: Exception) -> None:
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        bench.archive.fails = damage
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert "Ikke talt ennå." in screen_text(bench)
        assert bench.archive.counted == []


async def test_a_draft_with_words_is_never_offered_for_erasing(bench: Bench, guide: Guide) -> None:
    unfinished = begun(guide)
    unfinished.line = type(unfinished.line)(text="hun sier")
    bench.conversations = [unfinished]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("ctrl+u", "delete")
        await pilot.pause()
        assert "slett" not in screen_text(bench)
        assert bench.conversations == [unfinished]


async def test_what_was_done_is_said_for_a_while_only(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Notice, "said_for", 0.01)
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        notice = bench.screen.query_one(Notice)
        await pilot.press("ctrl+u")
        for _ in range(500):
            await pilot.pause(0.01)
            if bench.archive.counted and not notice.text:
                break
        assert (bench.archive.counted, notice.text) == (["silent"], "")
        bench.screen.say("Samtalene kunne ikke leses nå.")  # type: ignore[attr-defined]
        assert notice._goes is None


async def test_to_erase_an_empty_draft_is_found_in_the_palette(bench: Bench, guide: Guide) -> None:
    bench.conversations = [begun(guide)]
    bench.archive.rows = [signed(9)]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        names = dict(ContactsScreen.without_key)
        assert names["contacts.erase-empty"] == "erase_empty"
        await bench.screen.run_action("erase_empty")
        await pilot.pause()
        assert "slette det tomme utkastet?" in screen_text(bench)
        await pilot.press("escape", "end")
        await bench.screen.run_action("erase_empty")
        await pilot.pause()
        assert "Merket står ikke på et tomt utkast." in screen_text(bench)
        assert bench.archive.counted == []


async def test_what_cannot_be_read_is_said_in_words(bench: Bench) -> None:
    bench.archive.fails = LockedError()
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert "Samtalene kunne ikke leses nå." in screen_text(bench)


async def test_what_was_done_no_longer_stands_under_its_contact(bench: Bench) -> None:
    left, done = Point("next:s1", "next", "ringer NAV"), Point("next:s2", "next", "ringer politiet")
    marked = RowPoint(done, Done(NOON, "Ragnhild"))
    bench.archive.rows = [signed(5, points=(RowPoint(left), marked))]
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.pause()
        assert "Videre: ringer NAV" in screen_text(bench)
        assert "ringer politiet" not in screen_text(bench)
