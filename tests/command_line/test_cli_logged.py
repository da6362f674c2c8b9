"""What the commands show of a record is in the log, as the screens' showing it is."""

from __future__ import annotations

import datetime as dt

import pytest
from commands import Commands

from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import whole_talk

RECORD = (1).to_bytes(16, "big").hex()


@pytest.fixture
def kept(home: Home) -> Home:
    """A machine with one signed conversation."""
    archive = enter(home)
    talk = whole_talk(load(), by=archive.me.slot)
    archive.sign(talk.snapshot(), load(), at=dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC))
    archive.lock()
    return home


def enter(home: Home) -> Archive:
    return Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)


def of_the_last_command(home: Home) -> list[tuple[str, str]]:
    """What was logged between its unlock and its lock."""
    archive = enter(home)
    _, _, *entries = archive._vault.log_page().entries  # this unlock, and the command's lock
    archive.lock()
    found = []
    for entry in entries:
        if entry.what == "unlocked":
            break
        found.append((entry.what, entry.ids[0].hex()))
    return found[::-1]


def test_to_list_is_a_sign_in_and_to_show_or_to_write_out_is_more(kept: Home) -> None:
    commands = Commands(kept)
    assert commands("contacts", "list", "--json", "--sign-in-stdin").returncode == 0
    assert of_the_last_command(kept) == []
    assert commands("contacts", "show", "K-4F2A", "--json", "--sign-in-stdin").returncode == 0
    assert of_the_last_command(kept) == [("opened", RECORD)]
    done = commands("contacts", "export", "K-4F2A", "--sign-in-stdin", "--yes")
    assert done.returncode == 0, done.stderr
    assert of_the_last_command(kept) == [("opened", RECORD), ("exported", RECORD)]
