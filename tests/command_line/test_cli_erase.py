"""Deleting from the command line: only by a leader, only what was meant, and handed out whole."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from commands import SIGN_IN, Commands, one_line

from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.records.retention import UNDECIDED, Period
from intake_tui.vault.kdf import Kdf
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import START, begun, keep, whole_talk

CODE_WORD = "blåbærsyltetøy"
OTHER = "kiste sokk lampe elv gaupe tind"


def unlocked(home: Home) -> Archive:
    return Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)


@pytest.fixture
def kept(home: Home) -> Home:
    """Three cases."""
    archive, guide = unlocked(home), load()
    talks = [whole_talk(guide, by=archive.me.slot), begun(guide, number=2), begun(guide, number=3)]
    talks[0].pin("code-word", CODE_WORD)
    for talk in talks[1:]:
        keep(talk, f"linje {talk.id[-1]}")
    for talk in talks:
        archive.sign(talk.snapshot(), guide, at=START + dt.timedelta(hours=1))
    archive.lock()
    return home


def left(home: Home) -> list[str]:
    archive = unlocked(home)
    found = [row.id for row in archive.all_contacts()]
    assert archive.verify().findings == ()
    archive.lock()
    return found


@pytest.mark.parametrize("options", [(), ("--without-plan",)])
def test_a_case_is_handed_out_and_gone(
    kept: Home, tmp_path: Path, options: tuple[str, ...]
) -> None:
    run, into = Commands(kept), tmp_path / "ut.md"
    (first, *_) = [row for row in left(kept) if row.endswith("01")]
    done = run(
        "--lang",
        "nb",
        "contacts",
        "erase",
        first,
        "--into",
        into,
        *options,
        "--yes",
        "--sign-in-stdin",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Slettet: K-4F2A. I kopier tatt før slettingen, ")
    assert "kan saken fortsatt leses" in done.stdout
    text = into.read_text("utf-8")
    assert "jakter, to våpen i boden" in text
    assert (CODE_WORD in text) == (not options), "what is left out is gone for good"
    assert first not in left(kept)


@pytest.mark.parametrize("into", ["finnes-ikke/ut.md", "er-der.md"])
def test_what_cannot_be_handed_out_is_not_deleted(kept: Home, tmp_path: Path, into: str) -> None:
    (tmp_path / "er-der.md").write_text("mitt", "utf-8")
    before = left(kept)
    done = Commands(kept)(
        *("contacts", "erase", before[0], "--into", tmp_path / into, "--yes", "--sign-in-stdin")
    )
    assert done.returncode == 2
    one_line(done)
    assert left(kept) == before
    assert (tmp_path / "er-der.md").read_text("utf-8") == "mitt"


def test_it_has_to_be_meant_and_one_case_has_to_be_meant(kept: Home) -> None:
    before, run = left(kept), Commands(kept)
    assert "--yes" in one_line(run("contacts", "erase", before[0], "--sign-in-stdin"))
    done = run("contacts", "erase", "ffffff", "--yes", "--sign-in-stdin")
    assert done.returncode == 2
    one_line(done)
    assert left(kept) == before


def test_a_counsellor_deletes_nothing(kept: Home) -> None:
    archive = unlocked(kept)
    archive._vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    archive.lock()
    before = left(kept)
    done = Commands(kept)(
        *("--lang", "nb", "contacts", "erase", before[0], "--yes", "--sign-in-stdin"),
        sign_in=f"Siv\n{OTHER}\n",
    )
    assert done.returncode == 2
    assert "Bare en leder kan slette en sak" in done.stderr
    assert left(kept) == before


def test_what_is_due_is_listed(kept: Home) -> None:
    run = Commands(kept)
    done = run("--lang", "nb", "contacts", "due", "--sign-in-stdin")
    assert "Ingen saker har nådd tiden" in done.stdout
    archive = unlocked(kept)
    archive.keeping.settle(UNDECIDED, Period(n=1, unit="days"))
    archive.lock()
    done = run("contacts", "due", "--json", "--sign-in-stdin", sign_in=SIGN_IN)
    (found, *_) = shape = json.loads(done.stdout)["due"]
    assert len(shape) == 2
    assert found["held"] is None
    assert (found["last"], found["due"]) == ("2026-11-23", "2026-11-24")
