"""A mistake in the program, met on each screen: nothing said is printed, and the draft is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counsellor import Counsellor, nb
from intake_tui.guide.model import Guide
from machine import COUNSELLOR, PASSPHRASE, Home
from readback import drafts
from traces import in_bytes

LINE, UNFINISHED = "nøkkelen ligger i jordkjelleren", "lånt telefonen til avløseren"
SECRETS = ("jordkjelleren", "avløseren", COUNSELLOR, PASSPHRASE, "lommelykt")


def failing(home: Home) -> Counsellor:
    """The program with a handler that fails on F10."""
    return Counsellor(home, run=Counsellor.failing_command(home))


def crash(counsellor: Counsellor) -> None:
    """Let it fail, and look at what is left on the terminal."""
    counsellor.press("f10")
    assert counsellor.wait_end() == 1
    left = counsellor.outside_alternate
    assert in_bytes(left, SECRETS) == []
    assert b"Traceback" not in left
    assert b"secrets" not in left
    assert left.strip(), "a word to the person in front of it"
    assert left.count(b"\n") <= 3


def typed_in_conversation(counsellor: Counsellor) -> None:
    counsellor.sign_in()
    counsellor.new_conversation()
    counsellor.type(f"{LINE}\r{UNFINISHED}")
    counsellor.wait(UNFINISHED)


def opened_by(*names: str, shows: str) -> Callable[[Counsellor], None]:
    """A screen that these keys open over a conversation."""

    def reach(counsellor: Counsellor) -> None:
        counsellor.press(*names)
        counsellor.wait(shows)

    return reach


def signing(counsellor: Counsellor) -> None:
    counsellor.press("enter")
    counsellor.to_sign()


OVER_CONVERSATION: dict[str, Callable[[Counsellor], None]] = {
    "conversation": lambda _: None,
    "find": opened_by("ctrl+f", shows=nb("conversation.find-keys")),
    "running note": opened_by("ctrl+r", shows=nb("running_note.title")),
    "overview": opened_by("ctrl+o", shows=nb("overview.title")),
    "safety": opened_by("ctrl+y", shows=nb("safety.title")),
    "duties": opened_by("ctrl+d", shows=nb("duties.aside")),
    "akutt": opened_by("ctrl+e", shows="113"),
    "line broke": opened_by("ctrl+b", shows=nb("line_broke.title")),
    "steps": opened_by("ctrl+g", shows=nb("steps.title")),
    "journal": opened_by("f8", "f8", "f8", "f8", "f8", "f8", shows="Fortalt"),
    "help": opened_by("f1", shows=nb("help.title")),
    "palette": opened_by("ctrl+p", shows=nb("app.cover")),
    "cover": opened_by("f12", shows=nb("cover.title")),
    "jot over the cover": opened_by("f12", "ctrl+n", shows=nb("jot.title")),
    "sign": signing,
}


@pytest.mark.parametrize("screen", OVER_CONVERSATION)
def test_over_a_conversation(screen: str, home: Home, guide: Guide) -> None:
    with failing(home) as counsellor:
        typed_in_conversation(counsellor)
        OVER_CONVERSATION[screen](counsellor)
        crash(counsellor)
    (kept,) = drafts(home, guide)
    assert "\n".join(part for part in kept.typed.split("\n") if part) == f"{LINE}\n{UNFINISHED}"


def half_signed_in(counsellor: Counsellor) -> None:
    counsellor.wait(nb("unlock.key-open"))
    counsellor.type(f"{COUNSELLOR}\r{PASSPHRASE}")
    counsellor.wait(COUNSELLOR, "••••")


def writing_while_locked(counsellor: Counsellor) -> None:
    counsellor.wait(nb("unlock.key-write"))
    counsellor.press("ctrl+n")
    counsellor.type(LINE)
    counsellor.wait(LINE)


def writing_after_opening(counsellor: Counsellor) -> None:
    counsellor.sign_in()
    counsellor.type(LINE)
    counsellor.wait(LINE)


def in_contacts(counsellor: Counsellor) -> None:
    counsellor.sign_in()
    counsellor.to_contacts()


def reading_signed(counsellor: Counsellor) -> None:
    typed_in_conversation(counsellor)
    counsellor.press("enter")
    counsellor.sign()
    counsellor.wait("avløseren")


def recovering(counsellor: Counsellor) -> None:
    counsellor.wait(nb("unlock.key-recovery"))
    counsellor.press("ctrl+r")
    counsellor.wait(nb("unlock.recovery"))
    counsellor.type("lommelykt")


WITHOUT_CONVERSATION: dict[str, Callable[[Counsellor], None]] = {
    "unlock": half_signed_in,
    "writing while locked": writing_while_locked,
    "writing after opening": writing_after_opening,
    "contacts": in_contacts,
    "signed": reading_signed,
    "recovery": recovering,
}


@pytest.mark.parametrize("screen", WITHOUT_CONVERSATION)
def test_elsewhere(screen: str, home: Home) -> None:
    with failing(home) as counsellor:
        WITHOUT_CONVERSATION[screen](counsellor)
        crash(counsellor)


def test_in_the_first_run(bare_home: Home) -> None:
    with failing(bare_home) as counsellor:
        counsellor.wait(nb("start.language-title"))
        counsellor.press("enter")
        counsellor.wait(nb("start.centre-title"))
        counsellor.type("lommelykt")
        counsellor.wait("lommelykt")
        crash(counsellor)
