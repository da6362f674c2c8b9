"""A person writes a contact out at the terminal: asked in plain words, and what then happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home, installed
from talk_samples import whole_talk
from terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
SAID = "jakter, to våpen i boden"


@pytest.fixture
def kept(home: Home) -> Home:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    archive.sign(whole_talk(load(), by=archive.me.slot).snapshot(), load())
    archive.lock()
    return home


def at_terminal(home: Home, *arguments: str | Path, powerless: bool = False) -> Terminal:
    command = [installed("intake-tui"), "--vault", home.vault, "contacts", "export", "K-4F2A"]
    return Terminal([*command, *arguments], home.env, columns=200, lines=60, powerless=powerless)


def sign_in(person: Terminal) -> None:
    person.wait("Navn")
    person.type(COUNSELLOR + "\r")
    person.wait("Passordfrase")
    person.type(PASSPHRASE + "\r")


def exported(home: Home) -> int:
    """How often the log says that something was written out."""
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        return [entry.what for entry in archive._vault.log()].count("exported")
    finally:
        archive.lock()


def test_the_whole_word_yes_writes_it(kept: Home, tmp_path: Path) -> None:
    into = tmp_path / "utskrift.md"
    with at_terminal(kept, "--into", into) as person:
        sign_in(person)
        person.wait("ikke lenger forseglet", "kan lese det")
        assert not into.exists()
        person.type("ja\r")
        assert person.wait_end() == 0
        assert SAID not in person.text
    assert SAID in into.read_text("utf-8")
    assert exported(kept) == 1


@pytest.mark.parametrize("answer", ["nei\r", "\r", "j\r", "\x04"])
def test_anything_else_writes_nothing(kept: Home, tmp_path: Path, answer: str) -> None:
    into = tmp_path / "utskrift.md"
    with at_terminal(kept, "--into", into) as person:
        sign_in(person)
        person.wait("Skriv «ja»")
        person.type(answer)
        assert person.wait_end() == 130
        assert "Ingenting er skrevet" in person.text
        assert "Traceback" not in person.text
    assert list(tmp_path.glob("*.md")) == []
    assert exported(kept) == 0


def test_yes_beforehand_is_not_asked_again(kept: Home) -> None:
    with at_terminal(kept, "--yes") as person:
        sign_in(person)
        assert person.wait_end() == 0
        assert "Skriv «ja»" not in person.text
        assert SAID.encode() in person.output


def test_what_is_in_the_way_is_said_before_anybody_signs_in(kept: Home, tmp_path: Path) -> None:
    there = tmp_path / "utskrift.md"
    there.write_text("mitt", "utf-8")
    (tmp_path / "Dropbox").mkdir()
    closed = tmp_path / "lukket"
    closed.mkdir(mode=0o500)
    for into, why in (
        (there, "ingenting skrives over"),
        (tmp_path / "Dropbox" / "u.md", "synkroniseringsprogram"),
        (closed / "u.md", "skrivetilgang"),
        (tmp_path / "mangler" / "u.md", "finnes ikke"),
    ):
        with at_terminal(kept, "--into", into, powerless=True) as person:
            assert person.wait_end() == 2
            shown = [line for line in person.text.splitlines() if line.strip()]
            assert len(shown) == 1
            assert why in shown[0]
            assert str(into) not in shown[0]
            assert "Navn" not in shown[0]
    assert there.read_text("utf-8") == "mitt"
    assert list(closed.iterdir()) == []
