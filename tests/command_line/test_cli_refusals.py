"""What cannot be done is said in one line, with the exit status that the design gives it."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from commands import Commands, one_line

from intake_tui.records.archive import Archive
from intake_tui.vault.errors import NoVault, VaultError
from machine import COUNSELLOR, PASSPHRASE, Home

VERIFY = ("verify", "--sign-in-stdin")


@pytest.mark.parametrize(
    "sign_in", [f"{COUNSELLOR}\nfeil passordfrase\n", f"Ukjent\n{PASSPHRASE}\n"]
)
def test_a_wrong_sign_in_is_3(run: Commands, sign_in: str) -> None:
    done = run(*VERIFY, sign_in=sign_in)
    assert done.returncode == 3
    assert "feil passordfrase" not in one_line(done)


def test_a_vault_that_is_open_elsewhere_is_4(run: Commands, home: Home) -> None:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        done = run(*VERIFY)
    finally:
        archive.lock()
    assert done.returncode == 4
    assert "åpent i et annet" in one_line(done)
    assert run(*VERIFY).returncode == 0


def test_no_vault_is_2_and_nobody_is_asked_to_sign_in(run: Commands, tmp_path: Path) -> None:
    for place in (tmp_path / "none.db", tmp_path / "no" / "folder" / "v.db"):
        done = run("contacts", "list", vault=place, sign_in="")
        assert done.returncode == 2
        assert "--vault" in one_line(done)
        assert not place.exists()


@pytest.mark.parametrize(
    "content", [b"", b"hello\n", bytes(5000), b"SQLite format 3\0" + bytes(90)]
)
def test_what_is_no_vault_is_1(run: Commands, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "something"
    place.write_bytes(content)
    done = run(*VERIFY, vault=place)
    assert done.returncode == 1
    one_line(done)
    assert place.read_bytes() == content


def test_a_folder_is_no_vault(run: Commands, tmp_path: Path) -> None:
    done = run(*VERIFY, vault=tmp_path)
    assert done.returncode == 1
    one_line(done)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_cut_vault_is_1(run: Commands, home: Home, part: float) -> None:
    whole = home.vault.read_bytes()
    home.vault.write_bytes(whole[: int(len(whole) * part)])
    done = run(*VERIFY)
    assert done.returncode == 1
    one_line(done)


def test_an_unreadable_folder_is_2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from intake_tui.command_line import opened

    def refused(_: object) -> bool:
        raise PermissionError("/secret/place")

    monkeypatch.setattr(opened.place, "exists", refused)
    assert _inside(["--vault", str(tmp_path / "v.db"), *VERIFY]) == (2, "read-only")


def test_a_server_that_does_not_answer_is_2_and_its_password_is_not_shown(run: Commands) -> None:
    url = "postgresql+psycopg://me:hemmelig@127.0.0.1:1/none"
    done = run(*VERIFY, vault=url)  # type: ignore[arg-type]
    assert done.returncode == 2
    assert "hemmelig" not in one_line(done)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--hemmelig"],
        ["hemmelig"],
        ["--lang", "hemmelig"],
        ["contacts"],
        ["contacts", "hemmelig"],
        ["contacts", "show"],
        ["contacts", "show", "K-4F2A", "hemmelig"],
        ["verify", "--passphrase=hemmelig"],
        ["demo", "--contacts", "hemmelig"],
        ["demo", "--contacts", "-1"],
        ["demo"],
        ["guide", "check", "/hemmelig"],
        ["verify"],
        [],
    ],
)
def test_wrong_use_is_2_and_repeats_nothing_of_it(run: Commands, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "hemmelig" not in one_line(done)


@pytest.mark.parametrize("sign_in", ["", "\n\n", f"{COUNSELLOR}\n", f"\n{PASSPHRASE}\n"])
def test_a_sign_in_of_less_than_two_lines_is_2(run: Commands, sign_in: str) -> None:
    done = run(*VERIFY, sign_in=sign_in)
    assert done.returncode == 2
    one_line(done)


def test_an_unknown_contact_is_2(run: Commands) -> None:
    done = run("contacts", "show", "K-0000", "--json", "--sign-in-stdin")
    assert done.returncode == 2
    assert done.stdout == ""
    one_line(done)


def test_errors_come_in_the_language_that_was_chosen(home: Home, tmp_path: Path) -> None:
    said = set()
    for language in ("nb", "nn", "en"):
        done = Commands(home)("--lang", language, *VERIFY, vault=tmp_path / "none.db")
        said.add(one_line(done))
    assert len(said) == 3


def _inside(arguments: list[str]) -> tuple[int, str]:
    """Exit status and kind of the error, in this process."""
    from intake_tui.cli import program
    from intake_tui.command_line.faults import explained
    from intake_tui.words import Words

    try:
        program.main(arguments, prog_name="intake-tui", standalone_mode=False)
    except VaultError as error:
        return explained(error, Words("nb"))[1], error.code
    return 0, ""


def test_nothing_unexpected_is_shown_with_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from intake_tui import cli
    from intake_tui.guide import load

    def fails(*_: object) -> None:
        raise RuntimeError("hemmelig")

    monkeypatch.setattr(load, "load", fails)
    assert cli.run(["guide", "show"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "RuntimeError, test_cli_refusals.py:" in line
    assert "hemmelig" not in line


def test_every_error_of_the_vault_has_words_and_a_status() -> None:
    from intake_tui.command_line.faults import explained
    from intake_tui.vault import errors
    from intake_tui.words import Words

    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, VaultError) and kind is not VaultError
    ]
    assert NoVault in kinds
    for kind in kinds:
        error = kind("what") if kind.__name__ == "VaultUntrusted" else kind()
        sentence, status = explained(error, Words("en"))
        assert status in (1, 2, 3, 4)
        assert len(sentence.splitlines()) == 1
        assert Words("en").has(f"errors.{kind.code}"), kind.code


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_output_that_nobody_reads_to_the_end_is_no_error(home: Home) -> None:
    import subprocess

    from machine import installed

    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [str(installed("intake-tui")), "guide", "show"],
            env=home.env,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--lang", "hemmelig"], "--lang kan ikke være det, men en av disse: nb, nn, en."),
        (["demo", "--contacts", "hemmelig"], "--contacts må være et tall, 0–200000."),
        (["demo", "--seed", "hemmelig"], "--seed må være et tall."),
    ],
)
def test_a_value_that_cannot_be_is_met_with_those_that_can(
    run: Commands, arguments: list[str], says: str
) -> None:
    done = run(*arguments, vault=None)
    assert done.returncode == 2
    line = one_line(done)
    assert says in line
    assert "hemmelig" not in line


def test_the_version_is_told(run: Commands) -> None:
    done = run("--version", vault=None)
    assert done.returncode == 0
    assert done.stdout == f"intake-tui {version('intake-tui')}\n"
