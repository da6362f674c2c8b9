"""What a thief finds: nothing of a conversation in any file, nor on the terminal afterwards."""

from __future__ import annotations

import signal
import time

import pytest

from counsellor import Counsellor, nb
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home
from readback import only_contact
from traces import in_bytes, in_folder

KEPT = "barna er på melkerommet og i jordkjelleren"
UNFINISHED = "passene i ringpermen på høyløftet"
WEIGHED = "barna hentes ved kvernhuset"
ALIAS = "Rognebærtunet"
WHEN, WHERE = "frostnatta", "separatorrommet"
SAID = ("melkerommet", "jordkjelleren", "ringpermen", "høyløftet", "kvernhuset", WHEN, WHERE, ALIAS)
NAMES = (COUNSELLOR, "Prøvestad", CENTRE, "Vikabygda")
SECRETS = (*SAID, *NAMES, PASSPHRASE, "lommelykt")
CONTROL = "kontrollord.txt"


def times() -> tuple[str, ...]:
    """This day and this hour, as records write them."""
    dates = (time.strftime(form, time.gmtime()) for form in ("%Y-%m-%d", "%d.%m.%Y"))
    return (*dates, str(int(time.time()))[:6])


def everything_in(home: Home) -> list[str]:
    """All secrets found below that machine; a plain text with them all must be among the places."""
    control = home.root / "tmp" / CONTROL
    texts = (*SECRETS, *times())
    control.write_text("\n".join(texts), "utf-8")
    try:
        found = in_folder(home.root, texts)
    finally:
        control.unlink()
    controls = [row for row in found if CONTROL in row]
    assert len(controls) == len(texts), "the search itself does not find what is there"
    return [row for row in found if CONTROL not in row]


def weigh(counsellor: Counsellor) -> None:
    """A word on the worksheet of a duty, and back."""
    counsellor.press("ctrl+d", "down", "down")
    counsellor.wait(nb("duties.hint-words"))
    counsellor.type(WEIGHED)
    counsellor.wait("kvernhuset")
    counsellor.press("esc")
    counsellor.wait(nb("conversation.find"), nb("conversation.safety-strip"))


def take_down(counsellor: Counsellor) -> None:
    """A conversation with a name, something weighed, a kept line and an unfinished one, saved."""
    counsellor.sign_in()
    counsellor.new_conversation()
    counsellor.name_case(ALIAS)
    weigh(counsellor)
    counsellor.type(KEPT + "\r")
    counsellor.date_last_line(WHEN, WHERE)
    counsellor.type(UNFINISHED)
    counsellor.wait("høyløftet")
    counsellor.save()


def assert_terminal_tells_nothing(counsellor: Counsellor) -> None:
    output = counsellor.outside_alternate
    assert in_bytes(output, SECRETS) == []
    assert in_bytes(output + "\n".join(SECRETS).encode("utf-16-le"), SECRETS) == list(SECRETS)
    commands = [told.partition(b";") for told in counsellor.system_commands]
    assert b"52" not in [code for code, _, _ in commands]
    titles = {told for code, _, told in commands if code in (b"0", b"1", b"2")}
    assert titles <= {b"", b"intake-tui"}


def test_nothing_while_running_and_after_exit(home: Home) -> None:
    with Counsellor(home) as counsellor:
        take_down(counsellor)
        assert everything_in(home) == []
        counsellor.leave()
        assert everything_in(home) == []
        assert_terminal_tells_nothing(counsellor)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_after_it_was_ended(home: Home, number: signal.Signals) -> None:
    with Counsellor(home) as counsellor:
        take_down(counsellor)
        counsellor.kill(number)
        counsellor.wait_end()
        assert everything_in(home) == []
        assert_terminal_tells_nothing(counsellor)
    assert only_contact(home)["statements"][0]["text"] == KEPT


def test_nothing_after_signing(home: Home) -> None:
    with Counsellor(home) as counsellor:
        take_down(counsellor)
        counsellor.press("enter")
        counsellor.sign()
        counsellor.leave()
        assert everything_in(home) == []
        assert_terminal_tells_nothing(counsellor)
    first, second = only_contact(home)["statements"]
    assert (first["text"], second["text"]) == (KEPT, UNFINISHED)
    assert (first["occurred"]["when"], first["occurred"]["where"]) == (WHEN, WHERE)


def test_nothing_after_a_forced_crash(home: Home) -> None:
    with Counsellor(home, run=Counsellor.failing_command(home)) as counsellor:
        take_down(counsellor)
        counsellor.press("f10")
        assert counsellor.wait_end() == 1
        assert everything_in(home) == []
        assert_terminal_tells_nothing(counsellor)
    assert only_contact(home)["statements"][0]["text"] == KEPT
