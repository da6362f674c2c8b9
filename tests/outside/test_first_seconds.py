"""Somebody is talking already: words before the first unlock, and letters that must not stray."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from counsellor import EMPTY_NOTE, Counsellor, nb
from machine import PASSPHRASE, Home
from readback import only_contact
from traces import in_bytes

FORTY = "hun hvisker at han står utenfor døra nå."


def test_forty_characters_echo_while_locked_and_are_in_the_record_once(
    home: Home, figure: Callable[[str, str], None]
) -> None:
    assert len(FORTY) == 40
    with Counsellor(home) as counsellor:
        counsellor.wait(nb("unlock.key-write"))
        began = counsellor.press("ctrl+n")
        counsellor.type(FORTY)
        took = counsellor.wait(FORTY) - began
        figure("Ctrl+N and 40 characters while locked, to the echo", f"{took * 1000:.0f} ms")
        assert took < 1
        counsellor.wait("Ikke lagret ennå")
        counsellor.press("enter", "esc")
        counsellor.wait(nb("unlock.key-write"))
        counsellor.sign_in()
        counsellor.press("enter")
        counsellor.wait(EMPTY_NOTE)
        counsellor.leave()
        assert in_bytes(bytes(counsellor.output), [PASSPHRASE, "lommelykt"]) == []
    shown = only_contact(home)
    assert [row["text"] for row in shown["statements"]] == [FORTY]
    assert PASSPHRASE not in str(shown)


def test_what_is_typed_while_the_key_is_made_is_there(home: Home) -> None:
    with Counsellor(home) as counsellor:
        counsellor.sign_in(then=FORTY)
        counsellor.wait(FORTY)
        counsellor.press("enter")
        counsellor.wait(nb("conversation.find"))
        counsellor.leave()
    shown = only_contact(home)
    assert [row["text"] for row in shown["statements"]] == [FORTY]
    assert PASSPHRASE not in str(shown)


NOTES = ("ja, han vet det", "nei sa hun", "vet ikke", "x ganger", "y-krysset", "uten barna")


@pytest.mark.parametrize("before", ["down", "find", "enter"])
def test_notes_that_begin_like_answers_arrive_whole(before: str, home: Home) -> None:
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        for note in NOTES:
            if before == "down":
                counsellor.press("down")
            elif before == "find":
                counsellor.type("\x06våpen\r")
            counsellor.type(f"{note}\r")
        counsellor.leave()
    shown = only_contact(home)
    assert [row["text"] for row in shown["statements"]] == list(NOTES)
    assert {row["kind"] for row in shown["statements"]} == {"told"}
    assert shown["answers"] == {}
    places = ["THREAT-10"] if before == "find" else []
    assert all(row["places"] == places for row in shown["statements"])


@pytest.mark.parametrize(
    ("tabs", "value"), [(1, "yes"), (2, "no"), (3, "unknown"), (4, "declined"), (5, None)]
)
def test_tab_gives_exactly_that_answer(tabs: int, value: str | None, home: Home) -> None:
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.type("jakter\x06våpen\r" + "\t" * tabs + "\r")
        counsellor.leave()
    shown = only_contact(home)
    (line,) = shown["statements"]
    assert (line["text"], line["places"]) == ("jakter", ["THREAT-10"])
    answer = shown["answers"].get("THREAT-10")
    assert (answer and answer["value"]) == value


def test_two_conversations_at_once_and_back(home: Home) -> None:
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.type("den første\rhalv linje")
        counsellor.wait("halv linje")
        counsellor.press("ctrl+n")
        counsellor.wait(EMPTY_NOTE)
        counsellor.type("den andre\r")
        counsellor.leave()
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.to_contacts()
        began = time.monotonic()
        counsellor.press("down", "enter")
        counsellor.wait("halv linje")
        assert time.monotonic() - began < 5
        counsellor.leave()
