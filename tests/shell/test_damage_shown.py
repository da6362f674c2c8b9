"""A sample of damaged files through the command line and the running screens: never a traceback.

What the command line prints and the screens show is the same as before, or said to be damaged.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from desk_bench import running

from intake_tui import cli
from intake_tui.demo.fill import fill
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.screens.contacts import ContactsScreen
from machine import COUNSELLOR, PASSPHRASE, Home

TABLES = ("vault", "slot", "roster", "grants", "revision", "item", "log", "draft")
STATUSES = {0, 1, 2}


@pytest.fixture(scope="module")
def filled(first_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = first_home.copy(tmp_path_factory.mktemp("filled") / "machine")
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    fill(archive, load(), contacts=8, seed=3, today=dt.date(2026, 1, 5))
    archive.lock()
    return home


def damaged(home: Home, chance: random.Random) -> str:
    """One column of a random row, or a piece of the file; what it was."""
    if chance.random() < 0.3:
        data = bytearray(home.vault.read_bytes())
        at, length = chance.randrange(len(data)), chance.choice((1, 64, 4096))
        data[at : at + length] = bytes(min(length, len(data) - at))
        home.vault.write_bytes(data)
        return f"{length} bytes at {at}"
    table = chance.choice(TABLES)
    with closing(sqlite3.connect(home.vault)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        column = chance.choice(columns)
        value = chance.choice([b"", b"\xff" * 40, 7, -1, "x"])
        rowid = chance.choice([row[0] for row in connection.execute(f"SELECT rowid FROM {table}")])
        with suppress(sqlite3.IntegrityError):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))
        connection.commit()
    return f"{table}.{column} = {value!r}"


def told(home: Home, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    """One command in this process: status, standard output, standard error."""
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)
    given = TextIOWrapper(BytesIO(f"{COUNSELLOR}\n{PASSPHRASE}\n".encode()))
    monkeypatch.setattr("sys.stdin", given)
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = cli.run(["--vault", str(home.vault), *arguments, "--sign-in-stdin"])
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def tries(filled: Home, tmp_path: Path) -> Iterator[Callable[[], Home]]:
    """A fresh copy of the machine each time."""
    count = iter(range(10_000))

    def copy() -> Home:
        return filled.copy(tmp_path / f"{next(count)}")

    yield copy
    shutil.rmtree(tmp_path)


def test_through_the_command_line(
    tries: Callable[[], Home],
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = tries()
    status, listed, _ = told(sound, monkeypatch, "contacts", "list", "--json")
    assert status == 0
    rows = {row["id"]: row for row in json.loads(listed)["contacts"]}
    chosen = next(id_ for id_, row in rows.items() if row["status"] == "signed")
    _, record, _ = told(sound, monkeypatch, "contacts", "show", chosen, "--json")
    chance, outcomes = random.Random(7), dict.fromkeys(STATUSES, 0)
    for _ in range(times(6, 400)):
        home = tries()
        what = damaged(home, chance)
        for arguments in (("verify",), ("contacts", "list", "--json")):
            status, out, err = told(home, monkeypatch, *arguments)
            assert status in STATUSES, (what, err)
            assert "Traceback" not in out + err, what
            assert "uventet" not in err, (what, err)  # «Noe uventet gikk galt»
            assert len(err.splitlines()) <= 1, (what, err)
            outcomes[status] += 1
            if arguments[0] == "contacts" and status == 0:
                shown = {row["id"]: row for row in json.loads(out)["contacts"]}
                assert shown.items() <= rows.items(), what
        status, out, err = told(home, monkeypatch, "contacts", "show", chosen, "--json")
        assert status in STATUSES, (what, err)
        assert "uventet" not in err, (what, err)
        if status == 0:
            now, then = json.loads(out), json.loads(record)
            assert {**now, "damaged": []} == {**then, "damaged": []}, what
        shutil.rmtree(home.root)
    figure("damaged files through the command line", f"by exit status: {outcomes}")


async def test_through_the_screens(
    tries: Callable[[], Home], times: Callable[[int, int], int]
) -> None:
    """Signing in, the contacts, and the first one opened; or words on why not."""
    chance = random.Random(11)
    for _ in range(times(3, 60)):
        home = tries()
        what = damaged(home, chance)
        async with running(home) as bench:
            await bench.sign_in()
            screen = bench.app.screen
            await bench.until(
                lambda screen=screen: (
                    screen.has_class("-open")
                    or (screen.has_class("-signing") and "rkiv" in bench.text.split("Passord")[-1])
                ),
                what,
            )
            if screen.has_class("-open"):
                await bench.press("escape")
                await bench.front(ContactsScreen)
                await bench.until(
                    lambda: bench.app.soundness.state in ("done", "broken-off"), f"checked: {what}"
                )
                await bench.press("down", "down", "down", "enter")
                await bench.pilot.pause(0.1)
            assert bench.app.return_code in (None, 0), what
        shutil.rmtree(home.root)
