"""`backup` and `restore` as processes: what they say, how they end, and what lies where after."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
from pathlib import Path

import pytest
from commands import SIGN_IN, Commands, one_line

from intake_tui.demo.fill import fill
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def archive_of(home: Home, vault: Path | None = None) -> Archive:
    return Archive.unlock(
        vault or home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device
    )


@pytest.fixture
def filled(home: Home) -> Home:
    archive = archive_of(home)
    fill(archive, load(), contacts=6, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


def test_there_and_back(filled: Home, run: Commands, stick: Path, tmp_path: Path) -> None:
    done = run("--lang", "nb", "backup", stick, "--sign-in-stdin")
    assert (done.returncode, done.stderr) == (0, "")
    (copy,) = stick.iterdir()
    assert done.stdout.startswith("Kontrollert: ")
    assert copy.name in done.stdout
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    done = run("--lang", "nb", "backup", "--check", copy, "--sign-in-stdin", vault=Path("nowhere"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "er hel" in done.stdout
    listed = run("contacts", "list", "--sign-in-stdin").stdout
    new = tmp_path / "new" / "vault.db"
    done = run("--lang", "nb", "restore", copy, "--sign-in-stdin", vault=new)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "Gjenopprettet",
        "Kopien",
        "Ingen",
    ]
    assert run("contacts", "list", "--sign-in-stdin", vault=new).stdout == listed
    for vault in (filled.vault, new, filled.vault, new):
        assert run("verify", "--sign-in-stdin", vault=vault).returncode == 0


def test_what_was_deleted_since_is_deleted_again(filled: Home, run: Commands, stick: Path) -> None:
    assert run("backup", stick / "before.db", "--sign-in-stdin").returncode == 0
    archive = archive_of(filled)
    row = next(row for row in archive.all_contacts() if row.status == "signed")
    archive.erasing.erase([row.case], because="bedt om")
    archive.lock()
    assert run("backup", stick / "after.db", "--sign-in-stdin").returncode == 0
    here, elsewhere = stick / "here.db", stick / "elsewhere.db"
    done = run("--lang", "nb", "restore", stick / "before.db", "--sign-in-stdin", vault=here)
    assert "En sak som var slettet etter at kopien ble laget, er slettet igjen." in done.stdout
    bare = Commands(Home.made(stick / "machine"))
    done = bare("--lang", "nb", "restore", stick / "before.db", "--sign-in-stdin", vault=elsewhere)
    assert "er slettet igjen" in done.stdout  # by the list that lies beside the copy
    assert "husker ikke arkivet" in done.stdout
    for vault in (here, elsewhere):
        listed = (run if vault is here else bare)(
            "contacts", "list", "--sign-in-stdin", vault=vault
        )
        assert row.code not in listed.stdout
        assert listed.stdout.count("K-") > 3
    (beside,) = stick.glob("*.list")
    beside.unlink()
    third = Commands(Home.made(stick / "third"))
    back = stick / "back.db"
    done = third("--lang", "nb", "restore", stick / "before.db", "--sign-in-stdin", vault=back)
    assert "Ingen liste over slettede saker ble funnet." in done.stdout
    assert row.code in third("contacts", "list", "--sign-in-stdin", vault=back).stdout


def test_by_the_sheet(run: Commands, home: Home, stick: Path, tmp_path: Path) -> None:
    archive = archive_of(home)
    sheet = archive.staff.new_sheet()
    archive.lock()
    assert run("backup", stick / "k.db", "--sign-in-stdin").returncode == 0
    new = tmp_path / "new.db"
    wrong = run("restore", stick / "k.db", "--sheet", "--sign-in-stdin", vault=new, sign_in="\n")
    assert wrong.returncode == 2
    one_line(wrong)
    done = run("restore", stick / "k.db", "--sheet", "--sign-in-stdin", vault=new, sign_in=sheet)
    assert done.returncode == 0
    assert run("verify", "--sign-in-stdin", vault=new).returncode == 0


def test_what_is_refused_says_what_to_do(home: Home, run: Commands, stick: Path) -> None:
    vault, copy = home.vault, stick / "k.db"
    assert run("backup", copy, "--sign-in-stdin").returncode == 0
    whole = copy.read_bytes()
    (stick / "Dropbox").mkdir()
    (stick / "text").write_text("no backup")
    for status, *arguments in (
        (2, "backup", copy),
        (2, "backup", vault),
        (2, "backup", vault, "--over"),
        (2, "backup", stick / "nowhere" / "k.db"),
        (2, "backup", stick / "Dropbox" / "k.db"),
        (2, "backup", "--check", stick / "text"),
        (2, "backup", "--check", stick / "nothing"),
        (2, "backup", copy, "--sheet"),
        (2, "backup", "--check", vault),
        (2, "restore", copy),
        (2, "restore", vault),
    ):
        done = run(*arguments, "--sign-in-stdin")
        assert done.returncode == status, arguments
        one_line(done)
    other = stick / "other.db"
    wrong = run("restore", copy, "--sign-in-stdin", vault=other, sign_in=f"{COUNSELLOR}\nno\n")
    assert wrong.returncode == 3
    copy.write_bytes(whole[:-5000])
    cut = run("restore", copy, "--sign-in-stdin", vault=other)
    assert cut.returncode == 1
    one_line(cut)
    copy.write_bytes(whole)
    with sqlite3.connect(copy) as raw:
        raw.execute("DELETE FROM log WHERE n = 2")
    raw.close()
    changed = run("backup", "--check", copy, "--sign-in-stdin")
    assert changed.returncode == 1
    one_line(changed)
    assert not other.exists()
    assert run("backup", copy, "--over", "--sign-in-stdin").returncode == 0
    assert run("backup", "--check", copy, "--sign-in-stdin").returncode == 0
    opened = run("contacts", "list", "--sign-in-stdin", vault=copy)
    assert opened.returncode == 2
    assert "restore" in one_line(opened)


def test_a_vault_that_is_open_elsewhere(home: Home, run: Commands, stick: Path) -> None:
    archive = archive_of(home)
    done = run("backup", stick / "k.db", "--sign-in-stdin")
    archive.lock()
    assert done.returncode == 4
    one_line(done)
    assert SIGN_IN not in done.stderr
    assert not list(stick.iterdir())
