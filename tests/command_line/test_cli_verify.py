"""`verify` says in plain words, with a stable code and the place, what is damaged."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from commands import Commands, one_line

from intake_tui.demo.fill import fill
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home


@pytest.fixture
def filled(home: Home) -> Home:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    fill(archive, load(), contacts=6, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


def edited(home: Home, statement: str) -> None:
    connection = sqlite3.connect(home.vault)
    assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()


def test_a_sound_vault(filled: Home, run: Commands) -> None:
    done = run("--lang", "nb", "verify", "--sign-in-stdin")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Alt er i orden: ")


@pytest.mark.parametrize(
    ("language", "sentence", "missing"),
    [
        ("nb", "kan ikke leses, eller bare delvis.", "er borte fra arkivet."),
        ("nn", "kan ikkje lesast, eller berre delvis.", "er borte frå arkivet."),
        ("en", "cannot be read, or in part only.", "is gone from the archive."),
    ],
)
def test_what_is_damaged_in_each_language(
    filled: Home, run: Commands, language: str, sentence: str, missing: str
) -> None:
    edited(filled, "UPDATE revision SET body = zeroblob(3000) WHERE n = 2")
    edited(filled, "DELETE FROM revision WHERE n = 3")
    done = run("--lang", language, "verify", "--sign-in-stdin")
    assert done.returncode == 1
    one_line(done)
    lines = done.stdout.splitlines()
    (body,) = [line for line in lines if line.startswith("revision-damaged: revision 2 – ")]
    assert sentence in body
    assert "K-" in body
    (gone,) = [line for line in lines if line.startswith("revision-missing: revision ")]
    assert missing in gone


def test_what_opening_noticed_is_said_as_well(filled: Home, run: Commands) -> None:
    (witness,) = filled.device.glob("*.witness")
    earlier = filled.vault.read_bytes()
    assert run("contacts", "list", "--sign-in-stdin").returncode == 0
    filled.vault.write_bytes(earlier)
    done = run("--lang", "en", "verify", "--sign-in-stdin")
    assert done.returncode == 1
    assert "put-back: witness – The whole file was put back" in done.stdout
    assert witness.exists()
