"""A day of twelve hours at one desk, typed through as fast as the program takes it.

Forty conversations of twenty lines each, some 43 000 keys (one a second for twelve hours), every
fourth line the archive is locked and opened again, and each conversation is signed. What is looked
at is the memory of the process when the list of contacts is in front, after each of them: told on
the standard error as it goes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Row, median
from seat import nb
from vaults import Vaults

sys.path.append(str(Path(__file__).parents[1] / "outside"))
from counsellor import EMPTY_NOTE, Counsellor
from machine import COUNSELLOR, PASSPHRASE

CONVERSATIONS = 40
LINES = 20  # each of some 54 keys
LOCKED_AFTER = 4  # lines: 200 unlocks in a day
BREATH = 2.0  # seconds between two conversations: nobody types twelve hours without a pause
MOST = 120  # MiB
FLAT = 1.05  # how much more memory the last quarter may have than the second


def day(vaults: Vaults, contacts: int, conversations: int = CONVERSATIONS) -> Iterator[Row]:
    """Memory in the course of a day that begins with so many contacts."""
    with TemporaryDirectory(dir=vaults.folder) as folder:
        home = vaults.contacts(contacts).copy(Path(folder) / "home")
        with Counsellor(home, columns=120, lines=40) as desk:
            desk.sign_in()
            desk.to_contacts()
            resident = list(_told(_conversation(desk, number) for number in range(conversations)))
    quarter = conversations // 4
    early, late = median(resident[quarter : 2 * quarter]), median(resident[-quarter:])
    at = f"{contacts:,} contacts, {conversations} talks".replace(",", " ")
    of = f"the second quarter; all day {min(resident):.0f} to {max(resident):.0f} MiB"
    yield Row("memory at the end of a day", at, late, "MiB", early, late / early, FLAT, of)
    yield Row("the most memory in a day", at, max(resident), "MiB", most=MOST)


def _told(resident: Iterable[float]) -> Iterator[float]:
    """Each as it comes, on the standard error: a day takes long."""
    for number, memory in enumerate(resident, 1):
        print(f"conversation {number}: {memory:.1f} MiB", file=sys.stderr, flush=True)
        yield memory


def _conversation(desk: Counsellor, number: int) -> float:
    """One conversation, from the list of contacts and back; the memory then, in MiB."""
    desk.press("ctrl+n")
    desk.wait(EMPTY_NOTE)
    for line in range(LINES):
        desk.type(f"samtale {number} linje {line} om det som ble sagt om barna\r")
        if line % LOCKED_AFTER == LOCKED_AFTER - 1:
            _lock_and_open(desk)
    desk.sign()
    desk.press("esc")
    desk.wait(nb("contacts.key-without-data"))
    desk.pump(BREATH)
    _forget_output(desk)
    return desk.resident_mib


def _forget_output(desk: Counsellor) -> None:
    """What was drawn long ago: a day's output is not to fill this process."""
    drawn = max(0, min(desk._drawn, desk._answered) - 65536)
    del desk.output[:drawn]
    desk._drawn -= drawn
    desk._answered -= drawn


def _lock_and_open(desk: Counsellor) -> None:
    desk.catch_up()
    desk.press("ctrl+k")
    desk.comes_up_locked()
    desk.type(f"{COUNSELLOR}\r{PASSPHRASE}\r")
    desk.wait(nb("unlock.open"))
    desk.press("enter")
    desk.wait(EMPTY_NOTE)
