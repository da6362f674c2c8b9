"""The menu of what keeps the archive running, and the lines above the contacts."""

from __future__ import annotations

import pytest
from panels_bench import Bench
from textual.screen import ModalScreen

from intake_tui.screens import archive_menu, contacts_leads
from intake_tui.screens.archive_menu import EVERYBODY, LEADERS, ArchiveMenu, Matter
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.contacts_leads import Lead
from intake_tui.screens.to_check import ToCheckScreen
from intake_tui.vault.errors import VaultDamaged
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.rows import Rows
from intake_tui.words import section
from screen_text import screen_text


class Answering(ModalScreen["str | None"]):
    """Says something when it is left."""

    BINDINGS = [("escape", "leave", "")]  # noqa: RUF012 - as Textual has it

    def action_leave(self) -> None:
        self.dismiss("Gjort.")


async def state(desk: Desk) -> str:
    return f"{await desk.vault(lambda archive: archive.me.name)}s"


async def damaged(desk: Desk) -> str:
    raise VaultDamaged("log")


@pytest.mark.parametrize("role", ["leader", "counsellor"])
async def test_each_sees_what_is_theirs(bench: Bench, role: str) -> None:
    bench.archive.me.role = role
    async with bench.run_test() as pilot:
        await bench.open(ContactsScreen())
        await pilot.press("ctrl+a")
        await pilot.pause()
        assert isinstance(bench.screen, ArchiveMenu)
        seen = {row.key for row in bench.screen.query_one(Rows).shown if row.key}
        for matter in archive_menu.MATTERS:
            assert (matter.words in seen) == (role in matter.roles)
        assert bench.archive.me.name in screen_text(bench)
        await pilot.press("escape")
        assert isinstance(bench.screen, ContactsScreen)


async def test_every_matter_says_what_it_is_for(bench: Bench) -> None:
    """What each opens is tried in test_every_screen."""
    bench.archive.me.role = "leader"
    async with bench.run_test() as pilot:
        await bench.open(ArchiveMenu())
        await pilot.pause()
        seen = " ".join(screen_text(bench).split())
        for matter in archive_menu.MATTERS:
            assert bench.words(matter.words) in seen
            assert bench.words(f"{matter.words}-about") in seen


async def test_the_state_stands_at_the_right_and_what_was_done_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (
        Matter("to_check.matter", ToCheckScreen, EVERYBODY, damaged),
        Matter("contacts.key-archive", Answering, EVERYBODY, state),
    )
    monkeypatch.setattr(archive_menu, "MATTERS", found)
    about = {"nb": "Om det.", "nn": "Om det.", "en": "About it."}
    monkeypatch.setitem(section("contacts"), "key-archive-about", about)
    async with bench.run_test() as pilot:
        await bench.open(ArchiveMenu())
        await pilot.pause()
        assert f"{bench.archive.me.name}s" in screen_text(bench)
        await pilot.press("down", "enter", "escape")
        await pilot.pause()
        assert "Gjort." in screen_text(bench)


async def test_a_line_above_the_contacts_only_for_whom_it_concerns_and_only_where_there_is_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str | None] = ["Siste sikkerhetskopi er 40 dager gammel."]

    async def text(desk: Desk) -> str | None:
        return texts[0]

    lead = Lead("lead/x", LEADERS, text, Answering)
    broken = Lead("lead/y", LEADERS, damaged, ToCheckScreen)
    monkeypatch.setattr(contacts_leads, "LEADS", (broken, lead))
    for role in ("counsellor", "leader"):
        bench.archive.me.role = role
        async with bench.run_test() as pilot:
            await bench.open(ContactsScreen())
            await pilot.pause()
            assert ("40 dager" in screen_text(bench)) == (role == "leader")
            if role == "leader":
                rows = bench.screen.query_one(Rows)
                assert rows.shown[0].look == "quiet"
                rows.highlight("lead/x")
                await pilot.press("enter")
                assert isinstance(bench.screen, Answering)
                texts[0] = None
                await pilot.press("escape")
                await pilot.pause()
                assert "40 dager" not in screen_text(bench)
                assert "Gjort." in screen_text(bench)
        bench = Bench(bench.guide)
