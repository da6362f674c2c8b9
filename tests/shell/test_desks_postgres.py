"""Two desks on a server and one open conversation, by keys: nothing that either writes is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk_bench import Bench, running

from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault.kdf import Kdf
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home
from postgres import a_server, fresh_database

BOTH, FIRST, SECOND = "fra oss begge", "ved den første", "ved den andre"


@dataclass(frozen=True)
class AtServer(Home):
    """A desk whose archive lies on the server."""

    url: str = ""

    @property
    def vault(self) -> str:  # type: ignore[override]
        return self.url


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[AtServer, AtServer]]:
    with a_server() as (address, _):
        url = fresh_database(address)
        one, two = (AtServer(tmp_path / name, url) for name in ("one", "two"))
        made(one)
        yield one, two


def made(desk: AtServer) -> None:
    archive, _ = Archive.create(
        desk.url,
        name=COUNSELLOR,
        passphrase=PASSPHRASE,
        centre=CENTRE,
        language="nb",
        kdf=Kdf.FLOOR,
        device=desk.device,
    )
    archive.lock()


async def write(bench: Bench, text: str) -> None:
    await bench.type(text)
    await bench.press("enter")


async def open_first(bench: Bench) -> None:
    """The conversation that stands first in the list."""
    await bench.press("escape")
    contacts = await bench.front(ContactsScreen)
    await bench.until(lambda: contacts.rows.highlighted, "a conversation in the list")
    await bench.press("enter")
    await bench.front(ConversationScreen)


async def test_one_conversation_is_written_in_at_two_desks(desks: tuple[AtServer, ...]) -> None:
    async with running(desks[0]) as one:
        await one.talk()
        await write(one, BOTH)
        await one.saved()
        async with running(desks[1]) as two:
            await two.unlock()
            await open_first(two)
            await write(two, SECOND)
            await two.saved()
            await write(one, FIRST)
            told = "Samtalen ble endret et annet sted. Begge utgavene er tatt vare på."
            await one.shows(told)
            await one.saved()
            await write(two, "og mer der")
            await two.saved()
            await two.press("ctrl+k")
            await two.front(UnlockScreen)
            await two.unlock()
            await two.press("escape")
            contacts = await two.front(ContactsScreen)
            await two.until(lambda: len(contacts.opened) == 2, "both stand in the list")
    archive = Archive.unlock(
        desks[0].vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=desks[0].device
    )
    talks = archive.conversations(load())
    kept = sorted([line.text for line in talk.intake.statements] for talk in talks)
    assert kept == [[BOTH, SECOND, "og mer der"], [BOTH, FIRST]]
    assert archive.verify().findings == ()
    archive.lock()
