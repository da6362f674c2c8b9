"""Who may open the vault, from the command line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from typing import TypeAlias

import pytest
from commands import SIGN_IN, Commands, one_line

from intake_tui import cli
from intake_tui.vault import passphrases
from machine import COUNSELLOR, Home

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]

BO = "fjellvettregel i kurven"

pytestmark = pytest.mark.usefixtures("stretched_once")


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """As a process would, in this one: most of its time is spent on starting."""
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)

    def command(*arguments: str, sign_in: str = SIGN_IN) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sign_in.encode())))
        given = ["--vault", str(home.vault), *arguments]
        status = cli.run(given)
        return subprocess.CompletedProcess(given, status, *capsys.readouterr())

    return command


def staff(run: Run, *arguments: str, lines: str = "", sign_in: str = SIGN_IN) -> str:
    """What a command that goes well prints."""
    done = run("staff", *arguments, "--sign-in-stdin", sign_in=sign_in + lines)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def listed(run: Run, sign_in: str = SIGN_IN) -> dict[str, dict[str, object]]:
    shown = json.loads(staff(run, "list", "--json", sign_in=sign_in))
    assert shown.keys() == {"format", "staff"}
    return {one["name"]: one for one in shown["staff"]}


def refused(done: subprocess.CompletedProcess[str], status: int, part: str) -> None:
    assert done.returncode == status
    assert part in one_line(done)


def test_a_colleague_is_added_leads_and_leaves(run: Run) -> None:
    phrase = staff(run, "add", lines="Bo Lie\n").strip()
    assert len(phrase.split("-")) == 6
    assert passphrases.weakness(phrase, names=["Bo Lie"]) is None
    bo = f"bo lie\n{phrase}\n"
    lines = staff(run, "list", sign_in=bo).splitlines()
    assert [line.split(maxsplit=1)[1] for line in lines] == [
        "miljøterapeut  Bo Lie              deg",
        "leder          Ragnhild Prøvestad",
    ]
    slot = str(listed(run)["Bo Lie"]["id"])
    refused(run("staff", "rotate", "--sign-in-stdin", sign_in=bo), 2, "Bare en leder")
    assert staff(run, "role", slot[:10], "leader") == ""
    assert listed(run)["Bo Lie"]["role"] == "leader"
    assert staff(run, "rotate", sign_in=bo) == ""
    refused(run("staff", "revoke", slot, "--sign-in-stdin"), 2, "--yes")
    assert staff(run, "revoke", slot[:8], "--yes") == ""
    assert list(listed(run)) == [COUNSELLOR]
    refused(run("staff", "list", "--sign-in-stdin", sign_in=bo), 3, "hører ikke sammen")
    assert run("verify", "--sign-in-stdin").returncode == 0


def test_a_new_sheet_is_printed_when_it_is_asked_for(run: Run) -> None:
    assert staff(run, "add", "--own", lines=f"Bo Lie\n{BO}\n") == ""
    slot = str(listed(run)["Bo Lie"]["id"])
    sheet = staff(run, "revoke", slot, "--new-sheet", "--yes").strip()
    another = staff(run, "sheet", "--yes").strip()
    assert [len(text.split("-")) for text in (sheet, another)] == [8, 8]
    assert sheet != another
    refused(run("staff", "sheet", "--sign-in-stdin"), 2, "--yes")


def test_passphrases(run: Run) -> None:
    mine = staff(run, "passphrase").strip()
    me = f"{COUNSELLOR}\n{mine}\n"
    assert staff(run, "passphrase", "--own", sign_in=me, lines=f"{BO} igjen\n") == ""
    me = f"{COUNSELLOR}\n{BO} igjen\n"
    old = staff(run, "add", sign_in=me, lines="Bo\n").strip()
    slot = str(listed(run, me)["Bo"]["id"])
    refused(run("staff", "passphrase", slot, "--sign-in-stdin", sign_in=me), 2, "--yes")
    new = staff(run, "passphrase", slot, "--yes", sign_in=me).strip()
    assert old != new
    refused(run("staff", "list", "--sign-in-stdin", sign_in=f"Bo\n{old}\n"), 3, "sammen")
    assert listed(run, f"Bo\n{new}\n")["Bo"]["me"] is True


REFUSALS: list[tuple[list[str], str, str]] = [
    (["add", "--own"], "Bo\nKrisesenter2025\n", "For lett å gjette"),
    (["add", "--own"], "Bo Brekke\nkaffe hos brekke i dag\n", "Navnet ditt"),
    (["add"], "", "3 linjer"),
    (["add", "--own"], "Bo\n", "4 linjer"),
    (["add", "--own"], "Bo\n \n", "4 linjer"),
    (["add"], f"  {COUNSELLOR.upper()}\n", "heter det allerede"),
    (["passphrase", "--own"], "kort\n", "15 tegn"),
    (["role", "ME", "counsellor"], "", "siste lederen"),
    (["revoke", "ME", "--yes"], "", "deg selv"),
    (["passphrase", "ME", "--yes"], "", "deg selv"),
    (["revoke", "ffffffffffff", "--yes"], "", "listen over kolleger"),
    (["role", "", "leader"], "", "listen over kolleger"),
    (["role", "ME", "boss"], "", "leader, counsellor"),
]


def test_what_is_refused_changes_nothing(run: Run) -> None:
    before = listed(run)
    me = str(before[COUNSELLOR]["id"])
    for arguments, lines, part in REFUSALS:
        given = [me if one == "ME" else one for one in arguments]
        refused(run("staff", *given, "--sign-in-stdin", sign_in=SIGN_IN + lines), 2, part)
    assert listed(run) == before


def test_a_process_prints_the_passphrase_and_nothing_else(home: Home) -> None:
    done = Commands(home)("staff", "add", "--sign-in-stdin", sign_in=SIGN_IN + "Bo Lie\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert [len(line.split("-")) for line in done.stdout.splitlines()] == [6]


def test_no_name_is_an_argument(run: Run) -> None:
    refused(run("staff", "add", "Bo Lie", "--sign-in-stdin"), 2, "--help")


def test_it_needs_a_vault(run: Run, home: Home) -> None:
    home.vault.unlink()
    for command in ("list", "add", "sheet"):
        refused(run("staff", command, "--sign-in-stdin"), 2, "ikke noe arkiv")
