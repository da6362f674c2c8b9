"""Passphrases that are handed over, and recovery sheets: on the one screen, and nowhere else."""

from __future__ import annotations

import re
import signal

import pytest

from counsellor import Counsellor, nb
from intake_tui.records.archive import Archive
from intake_tui.vault.errors import WrongRecovery
from machine import PASSPHRASE, Home
from test_secrecy import assert_terminal_tells_nothing, everything_in
from traces import in_bytes, in_folder

NAME, OWN = "Gyrid Kvernhusdal", "kveldsro over seterbua i nord"
WORDS = re.compile(r"[a-zæøå]+(?:-[a-zæøå]+){5}")
GROUP = re.compile(r"\b\d ([0-9A-Z]{5})\b")


def to_menu(counsellor: Counsellor) -> None:
    counsellor.sign_in()
    counsellor.to_contacts()
    counsellor.press("ctrl+a")
    counsellor.wait(nb("archive.title"), nb("staff.sheet-matter"))


def add_with_the_made_passphrase(counsellor: Counsellor) -> str:
    """From the menu to the list with one more; the passphrase."""
    counsellor.press("enter")
    counsellor.wait(nb("staff.add"))
    counsellor.press("end", "enter")
    counsellor.wait(nb("staff.name-title"))
    counsellor.type(NAME + "\r")
    counsellor.wait(nb("staff.role-about"))
    counsellor.press("enter")
    counsellor.wait(nb("start.key-another"))
    made = WORDS.search(counsellor.text)
    assert made
    counsellor.type(made.group())
    counsellor.until(lambda: counsellor.text.count(made.group()) == 2, "typed as it was made")
    return made.group()


def sheet(counsellor: Counsellor) -> list[str]:
    """From the menu to the code that is read back and not entered; its groups."""
    while nb("staff.sheet-matter") not in counsellor.row("›"):
        counsellor.press("down")
        counsellor.pump(0.1)
    counsellor.press("enter")
    counsellor.wait(nb("staff.new-sheet-title"))
    counsellor.press("enter")
    counsellor.wait(nb("staff.drawn-title"))
    groups = GROUP.findall(counsellor.text)
    assert len(groups) == 8
    counsellor.press("enter")
    counsellor.wait(nb("staff.read-back-title"))
    counsellor.type(" ".join(groups))
    counsellor.wait(groups[-1])
    return groups


def nowhere(counsellor: Counsellor, *secrets: str) -> None:
    """In no file below that machine, and not outside the program's own screen."""
    assert everything_in(counsellor.home) == []
    assert in_folder(counsellor.home.root, (NAME, *secrets)) == []
    assert in_bytes(counsellor.outside_alternate, (NAME, *secrets)) == []


def test_added_and_a_new_sheet_and_no_other_screen_nor_file_has_the_secrets(home: Home) -> None:
    with Counsellor(home) as counsellor:
        to_menu(counsellor)
        made = add_with_the_made_passphrase(counsellor)
        nowhere(counsellor, made)
        counsellor.press("enter")
        counsellor.wait(nb("staff.state", n=2))
        assert made not in counsellor.text
        counsellor.press("esc")
        counsellor.wait(nb("staff.sheet-matter"))
        groups = sheet(counsellor)
        nowhere(counsellor, made, *groups)
        counsellor.press("enter")
        counsellor.wait(nb("staff.has-new-sheet").split(":")[0])
        seen = counsellor.text
        counsellor.press("ctrl+a")
        counsellor.wait(nb("contacts.key-without-data"))
        assert in_bytes((seen + counsellor.text).encode(), (made, *groups)) == []
        nowhere(counsellor, made, *groups)
        counsellor.leave()
        nowhere(counsellor, made, *groups)
        assert_terminal_tells_nothing(counsellor)
    Archive.unlock(home.vault, name=NAME, passphrase=made, device=home.device).lock()
    recovery = "-".join(groups)
    Archive.unlock_with_recovery(home.vault, recovery=recovery, device=home.device).lock()


@pytest.mark.parametrize("how", ["killed", "locked"])
def test_in_the_middle_of_a_step(home: Home, how: str) -> None:
    with Counsellor(home) as counsellor:
        to_menu(counsellor)
        groups = sheet(counsellor)
        if how == "locked":
            counsellor.press("ctrl+k")
            counsellor.comes_up_locked(*groups)
        else:
            counsellor.kill(signal.SIGKILL)
            counsellor.wait_end()
        nowhere(counsellor, *groups)
    recovery = "-".join(groups)
    with pytest.raises(WrongRecovery):
        Archive.unlock_with_recovery(home.vault, recovery=recovery, device=home.device)


def test_the_own_passphrase_old_and_new(home: Home) -> None:
    with Counsellor(home) as counsellor:
        to_menu(counsellor)
        counsellor.press("down", "enter")
        counsellor.wait(nb("staff.old-title"))
        counsellor.type(PASSPHRASE + "\r")
        counsellor.wait(nb("staff.own-title"))
        made = WORDS.search(counsellor.text)
        assert made
        counsellor.type(OWN + "\r")
        counsellor.wait(nb("staff.again-title"))
        assert OWN not in counsellor.text
        counsellor.type(OWN + "\r")
        counsellor.wait(nb("staff.own-changed"))
        assert in_bytes(counsellor.text.encode(), (OWN, made.group(), PASSPHRASE)) == []
        nowhere(counsellor, OWN, made.group())
        counsellor.leave()
        nowhere(counsellor, OWN, made.group())
        assert_terminal_tells_nothing(counsellor)
