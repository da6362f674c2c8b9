"""What cannot be right is met with a clear sentence, never a traceback, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counsellor import EMPTY_NOTE, Counsellor, nb
from machine import Home, make_vault
from readback import only_contact, run


def cut(vault: Path) -> None:
    data = vault.read_bytes()
    vault.write_bytes(data[: len(data) // 2])


BROKEN: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "cut": (cut, {"damaged", "not-a-vault"}),
    "empty": (lambda vault: vault.write_bytes(b""), {"damaged", "not-a-vault"}),
    "a text": (lambda vault: vault.write_text("dette er en handleliste\n" * 900), {"not-a-vault"}),
    "zeroes": (lambda vault: vault.write_bytes(bytes(65536)), {"damaged", "not-a-vault"}),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_vault(kind: str, home: Home) -> None:
    break_it, codes = BROKEN[kind]
    for beside in home.vault.parent.glob("vault.db-*"):
        beside.unlink()
    break_it(home.vault)
    before = home.vault.read_bytes()
    with Counsellor(home) as counsellor:
        counsellor.try_to_sign_in()
        counsellor.wait_any(*(nb(f"unlock.refused-{code}") for code in codes))
        counsellor.leave()
        assert b"Traceback" not in counsellor.output
    assert home.vault.read_bytes() == before
    done = run(home, "contacts", "list", "--sign-in-stdin")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_open_in_a_second_program(home: Home) -> None:
    with Counsellor(home) as first, Counsellor(home) as second:
        first.sign_in()
        second.try_to_sign_in()
        second.wait_any(nb("errors.in-use"))
        second.leave()
        assert run(home, "contacts", "list", "--sign-in-stdin").returncode == 4
        first.new_conversation()
        first.type("fortsatt her\r")
        first.leave()
    assert only_contact(home)["statements"][0]["text"] == "fortsatt her"


def test_a_folder_that_cannot_be_written_to(home: Home) -> None:
    home.vault.parent.chmod(0o555)
    home.vault.chmod(0o444)
    try:
        with Counsellor(home, powerless=True) as counsellor:
            counsellor.try_to_sign_in()
            counsellor.wait_any(nb("errors.warning-read-only"))
            counsellor.leave()
            assert b"Traceback" not in counsellor.output
    finally:
        home.vault.parent.chmod(0o755)


LONG = "🌲æøå🚒" * 100


def test_a_wrong_passphrase_of_500_characters_with_emoji(home: Home) -> None:
    with Counsellor(home) as counsellor:
        counsellor.try_to_sign_in(passphrase=LONG)
        counsellor.wait_any(nb("errors.wrong-passphrase"))
        counsellor.try_again()
        counsellor.leave()


def test_the_right_passphrase_of_500_characters_with_emoji(bare_home: Home) -> None:
    make_vault(bare_home, passphrase=LONG)
    with Counsellor(bare_home) as counsellor:
        counsellor.try_to_sign_in(passphrase=LONG)
        counsellor.wait(nb("unlock.open"))
        counsellor.leave()
        assert "🌲".encode() not in counsellor.output


def test_a_terminal_of_40_by_10_and_back(home: Home) -> None:
    with Counsellor(home, columns=40, lines=10) as counsellor:
        counsellor.wait("40 × 10", "80 × 24")
        counsellor.resize(80, 24)
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.type("begynner")
        counsellor.wait("begynner")
        counsellor.resize(40, 10)
        counsellor.wait("40 × 10")
        counsellor.type(" og fortsetter")
        counsellor.resize(80, 24)
        counsellor.wait("begynner og fortsetter")
        counsellor.press("enter")
        counsellor.wait(EMPTY_NOTE)
        counsellor.leave()
    assert [row["text"] for row in only_contact(home)["statements"]] == ["begynner og fortsetter"]


def test_without_a_terminal(home: Home) -> None:
    done = run(home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_folder_in_the_place_of_the_vault(home: Home) -> None:
    folder = Home.made(home.root / "other")
    folder.vault.mkdir()
    done = run(folder, "verify", "--sign-in-stdin")
    assert done.returncode in (1, 2)
    assert done.stderr.count("\n") == 1
