"""Killed at random moments while somebody types: what was typed is there at the next start."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from counsellor import SAVED_AT, Counsellor
from intake_tui.guide.model import Guide
from machine import Home
from readback import drafts

# A change is saved within a second; the rest is what the machine may take to do it.
SAVED_WITHIN = 1.2
# The time on the screen has no fractions: 14:03:22 is shown for 14:03:22.99, so that a save
# may look up to a second older than it is, and never younger.
DISPLAY_STEP = 1.0
WORDS = "hun sier at æ ø å det var stille i huset da døra gikk opp igjen".split()  # noqa: SIM905


@dataclass
class Sent:
    """The harness's own record: what stood in the draft before, and each piece with its time."""

    before: str
    pieces: list[tuple[float, str]] = field(default_factory=list)

    def until(self, at: float) -> str:
        """All that was sent up to that time."""
        return self.before + "".join(piece for sent, piece in self.pieces if sent <= at)


def pieces(chance: random.Random) -> Iterator[str]:
    """What somebody types, a few keys at a time; no space before Enter, which would be dropped."""
    while True:
        words = [chance.choice(WORDS) for _ in range(chance.randint(3, 9))]
        line = f"{chance.randrange(10**6)} " + " ".join(words)
        while line:
            size = chance.randint(1, 4)
            yield line[:size]
            line = line[size:]
        yield "\n"


def seconds_behind(row: str, now: dt.datetime) -> float:
    """How much older the «lagret» time on the screen is than that moment; fails if not shown."""
    shown = SAVED_AT.search(row)
    assert shown, row
    hour, minute, second = map(int, shown.groups())
    at = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return ((now - at).total_seconds() + 43200) % 86400 - 43200


def type_and_kill(
    counsellor: Counsellor, sent: Sent, chance: random.Random, worst: list[float]
) -> float:
    """Type until a random moment, watching the «lagret» time, then kill; when that was."""
    began = time.monotonic()
    end = began + chance.uniform(0.3, 4.0)
    typing = pieces(chance)
    while time.monotonic() < end:
        piece = next(typing)
        sent.pieces.append((counsellor.type(piece.replace("\n", "\r")), piece))
        counsellor.pump(chance.uniform(0.01, 0.12))
        if time.monotonic() - began > SAVED_WITHIN + DISPLAY_STEP:
            worst.append(seconds_behind(counsellor.rows[0], dt.datetime.now(dt.UTC)))
    killed = time.monotonic()
    counsellor.kill()
    return killed


def test_everything_sent_in_time_is_there(
    home: Home,
    guide: Guide,
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
) -> None:
    kills, chance, worst, lost = times(6, 200), random.Random(), [0.0], 0
    sent = Sent("")
    for number in range(kills):
        with Counsellor(home) as counsellor:
            counsellor.comes_up_locked(*sent.until(time.monotonic()).split("\n")[-3:])
            counsellor.sign_in()
            if number:
                counsellor.open_first()
            else:
                counsellor.new_conversation()
            killed = type_and_kill(counsellor, sent, chance, worst)
        (kept,) = drafts(home, guide)
        assert kept.typed.startswith(sent.until(killed - SAVED_WITHIN)), number
        assert sent.until(killed).startswith(kept.typed), number
        lost = max(lost, len(sent.until(killed)) - len(kept.typed))
        sent = Sent(kept.typed)
    figure(
        f"{kills} kills while typing",
        f"0 lines lost; at most {lost} characters of the last {SAVED_WITHIN} s; "
        f"«lagret» at most {max(worst):.1f} s behind the clock",
    )
    assert max(worst) <= SAVED_WITHIN + DISPLAY_STEP
