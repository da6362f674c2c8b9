"""A fresh machine: set up, shown the way back in, and the first conversation, by keys only."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from counsellor import EMPTY_NOTE, Counsellor, nb
from machine import CENTRE, COUNSELLOR, Home
from readback import run
from traces import in_folder

GROUP = re.compile(r"\b[1-8] ([0-9A-Z]{5})\b")
SHOWN = re.compile(r"▌ \w+: (.+?) *$", re.MULTILINE)
MADE = re.compile(r"[a-zæøå]{4,8}(?:[- ][a-zæøå]{4,8}){5}")


def set_up(counsellor: Counsellor) -> str:
    """From the first screen to the contacts; the passphrase that was made."""
    counsellor.wait(nb("start.language-title"))
    counsellor.press("enter")
    counsellor.wait(nb("start.centre-title"))
    counsellor.type(f"{CENTRE}\r")
    counsellor.wait(nb("start.name-title"))
    counsellor.type(f"{COUNSELLOR}\r")
    counsellor.wait(nb("start.passphrase-title"))
    passphrase = made_passphrase(counsellor)
    counsellor.type(f"{passphrase}\r")
    counsellor.wait(nb("start.keys-title"))
    counsellor.press("f5")
    counsellor.until(lambda: len(GROUP.findall(counsellor.text)) == 8, "the sheet")
    sheet = " ".join(GROUP.findall(counsellor.text))
    counsellor.press("enter")
    counsellor.wait(nb("start.back-title"))
    counsellor.type(f"{sheet}\r")
    counsellor.wait(nb("contacts.empty"))
    return passphrase


def made_passphrase(counsellor: Counsellor) -> str:
    """The six words on the screen."""
    counsellor.until(lambda: MADE.search(counsellor.text) is not None, "six words")
    (words,) = MADE.findall(counsellor.text)
    return str(words)


def test_from_nothing_to_a_conversation(
    bare_home: Home, figure: Callable[[str, str], None]
) -> None:
    began = time.monotonic()
    with Counsellor(bare_home) as counsellor:
        passphrase = set_up(counsellor)
        counsellor.press("ctrl+n")
        counsellor.wait(EMPTY_NOTE)
        counsellor.type("hun ringer fra melkerommet\r")
        counsellor.leave()
        assert passphrase.encode() not in counsellor.outside_alternate
    figure("first run, keys as fast as they are taken", f"{time.monotonic() - began:.1f} s")
    secrets = (passphrase, COUNSELLOR, CENTRE, "melkerommet")
    assert in_folder(bare_home.root, secrets) == []
    listed = run(bare_home, "contacts", "list", "--sign-in-stdin", passphrase=passphrase)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.count("K-") == 1


def test_the_demo_leaves_nothing(bare_home: Home) -> None:
    command = Counsellor.command(bare_home)[:1]
    with Counsellor(bare_home, run=[*command, "demo", "--contacts", "6"]) as counsellor:
        counsellor.until(lambda: len(SHOWN.findall(counsellor.text)) == 2, "how to sign in")
        counsellor.try_to_sign_in(*SHOWN.findall(counsellor.text))
        counsellor.wait(nb("unlock.open"))
        counsellor.to_contacts()
        counsellor.wait("K-")
        assert in_folder(bare_home.root, ["oppringning"]) == []
        counsellor.leave()
    assert list((bare_home.root / "tmp").rglob("*")) == []
