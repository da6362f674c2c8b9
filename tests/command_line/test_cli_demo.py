"""The demo: two lines, a vault that they open, and nothing left behind without --into."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from commands import Commands, one_line

from intake_tui.words import Words
from machine import Home, installed


@pytest.fixture
def run(bare_home: Home) -> Commands:
    return Commands(bare_home)


def made(run: Commands, file: Path, *more: str) -> str:
    """A demo kept in a file; the two lines that open it."""
    done = _demo(run, "--into", str(file), "--no-ui", *more)
    assert (done.returncode, done.stderr) == (0, "")
    found = re.fullmatch(r"name: (.+)\npassphrase: (.+)\n", done.stdout)
    assert found
    return f"{found[1]}\n{found[2]}\n"


def _demo(run: Commands, *arguments: str):  # type: ignore[no-untyped-def]
    import subprocess

    return subprocess.run(
        [str(installed("intake-tui")), "demo", *arguments],
        env=run.home.env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def texts(run: Commands, file: Path, sign_in: str) -> list[str]:
    """What the newest signed contact says, and all aliases."""
    listed = run("contacts", "list", "--json", "--sign-in-stdin", vault=file, sign_in=sign_in)
    rows = json.loads(listed.stdout)["contacts"]
    newest = next(row for row in rows if row["status"] == "signed")
    shown = run(
        "contacts", "show", newest["id"], "--json", "--sign-in-stdin", vault=file, sign_in=sign_in
    )
    said = [line["text"] for line in json.loads(shown.stdout)["statements"]]
    return [*said, *(str(row["alias"]) for row in rows)]


def test_the_two_lines_open_what_was_made(run: Commands, tmp_path: Path) -> None:
    sign_in = made(run, tmp_path / "one.db", "--contacts", "12", "--seed", "7")
    verified = run("verify", "--sign-in-stdin", vault=tmp_path / "one.db", sign_in=sign_in)
    assert verified.returncode == 0
    listed = run("contacts", "list", "--sign-in-stdin", vault=tmp_path / "one.db", sign_in=sign_in)
    assert len(listed.stdout.splitlines()) == 12


def test_the_same_seed_makes_the_same_contacts(run: Commands, tmp_path: Path) -> None:
    found = []
    for name, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        sign_in = made(run, tmp_path / name, "--contacts", "8", "--seed", seed)
        found.append(texts(run, tmp_path / name, sign_in))
    assert found[0] == found[1] != found[2]


def test_a_file_that_exists_is_left_as_it_is(run: Commands, tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.write_text("mine", "utf-8")
    done = _demo(run, "--into", str(place), "--no-ui")
    assert done.returncode == 2
    one_line(done)
    assert place.read_text("utf-8") == "mine"


def test_it_takes_no_vault_but_its_own(run: Commands, tmp_path: Path) -> None:
    done = run("demo", "--no-ui", vault=tmp_path / "other.db")
    assert done.returncode == 2
    assert "--into" in one_line(done)
    assert not (tmp_path / "other.db").exists()


def test_a_temporary_one_leaves_nothing(run: Commands) -> None:
    before = sorted(run.home.root.rglob("*"))
    done = _demo(run, "--no-ui", "--contacts", "5")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert sorted(run.home.root.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_program_runs_on_it_and_says_how_to_get_in(bare_home: Home) -> None:
    from terminal import Terminal

    command = [installed("intake-tui"), "demo", "--contacts", "6"]
    with Terminal(command, bare_home.env) as person:
        person.wait("Navn: Ansatt Demo", "Passordfrase: ")
        passphrase = re.findall(rb"passphrase: ([^\r\n]+)\r\n", person.outside_alternate)[0]
        person.send(b"Ansatt Demo\r" + passphrase + b"\r")
        person.wait(Words("nb")("unlock.open"))
        person.press("esc")
        person.wait("K-")
        assert passphrase.decode() not in person.text
        person.press("ctrl+k")
        person.wait("Navn: Ansatt Demo", passphrase.decode())  # again, however late it is
        person.press("ctrl+q")
        assert person.wait_end() == 0
    assert list((bare_home.root / "tmp").iterdir()) == []


def test_half_a_demo_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from intake_tui import cli
    from intake_tui.demo import show

    def broken_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(show, "fill", broken_off)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert cli.run(["demo", "--into", str(tmp_path / "v.db"), "--no-ui"]) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["state"]
    assert capsys.readouterr().out == ""
