"""Start, keys, steps, cover, unlock and memory, measured at a pseudo-terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Pair, Row, median, p95, paired, within
from seat import LARGE, SMALL, Seat, Size, named, nb
from vaults import Vaults

from machine import COUNSELLOR

BARE = "bare program"
LETTER = "x"  # in no word of any screen
DOT = "•"  # what the passphrase's field shows for a letter
IN_TURN = 10  # keys in one program before as many in the other
PARAGRAPH = "ord om det som ble sagt "


@dataclass(frozen=True)
class Outside:
    """What is measured, on which vaults, and how often."""

    vaults: Vaults
    runs: int
    keys: int

    def start(self) -> Iterator[Row]:
        """From the start of the process to the unlock screen."""
        home = self.vaults.empty()
        for size in (SMALL, LARGE):
            pairs = []
            for _ in range(self.runs + 2):
                bare, ours = _start(Seat.bare(home, size)), _start(Seat(home, size))
                pairs.append(Pair([ours], [bare]))
            yield paired("start to the unlock screen", named(size), pairs, most=1.10, of=BARE)

    def passphrase(self) -> Iterator[Row]:
        """The first keys of a passphrase, while the rest is imported and with no import at all."""
        home = self.vaults.empty()
        pairs = []
        lasted = []
        for _ in range(self.runs + 4):
            with Seat.ours(home, SMALL) as seat:
                during, seconds = _during_import(seat)
                lasted.append(seconds * 1000)
            with Seat.ours(home, SMALL, "--alone") as seat:
                pairs.append(Pair(during, _passphrase(seat, len(during))))
        what, of = "a key of the passphrase during the import", "with none"
        yield paired(f"{what}, p95", "80x24", whole(pairs), most=1.5, of=of, by=p95)
        yield paired(f"{what}, median", "80x24", whole(pairs), most=None, of=of)
        yield within("the import behind the unlock screen", "80x24", lasted, None)

    def note_line(self) -> Iterator[Row]:
        """Key to paint in the note line, with 500 statements."""
        what = "key to paint, 500 statements"
        for size in (SMALL, LARGE):
            with Seat.bare(self.vaults.empty(), size) as bare, self._talk(500, size) as ours:
                bare.first_paint()
                pairs = self._in_turn(ours, bare, share=1.0 if size == LARGE else 0.5)
            most = 0.6 if size == LARGE else None  # a small screen costs the baseline little
            yield paired(f"{what}, median", named(size), whole(pairs), most=most, of=BARE)
            yield paired(f"{what}, p95", named(size), whole(pairs), most=most, of=BARE, by=p95)

    def lengths(self) -> Iterator[Row]:
        """What a key costs beside none, 500 statements, and 20 kB in the line."""
        size = LARGE
        with self._talk(0, size) as none, self._talk(500, size) as many:
            pairs = self._in_turn(many, none, share=0.5)
        yield paired("a key with 500 statements", named(size), pairs, most=1.2, of="with none")
        with self._talk(0, size) as none, self._talk(0, size) as much:
            much.paste((PARAGRAPH * 1000)[:20_000])
            much.settle(1.0)
            pairs = self._in_turn(much, none, share=0.5)
        yield paired(
            "a key in a paragraph of 20 kB", named(size), pairs, most=1.5, of="in an empty line"
        )

    def saving(self) -> Iterator[Row]:
        """Keys while a draft of 500 statements is saved all the time, and never."""
        size = LARGE
        with (
            self._talk(500, size, "--saves", "never") as never,
            self._talk(500, size, "--saves", "0") as always,
        ):
            pairs = self._in_turn(always, never, share=2.0)
        yield paired(
            "a key while 500 statements are saved, p95",
            named(size),
            whole(pairs),
            most=1.2,
            of="with no saving",
            by=p95,
        )

    def steps(self) -> Iterator[Row]:
        """From the key to the last change of the next step's screen; the first visit of each.

        The slowest step is the one whose median over the runs is the largest.
        """
        for size in (SMALL, LARGE):
            took: list[list[float]] = []  # by run, each step after the first
            opened: list[float] = []
            for _ in range(max(3, self.runs)):
                with self._talk(500, size) as seat:
                    seat.press(*["f7"] * 7)  # to the first step
                    seat.settle(0.7)
                    took.append([seat.painted_after("f8") for _ in range(7)])
                    opened.append(seat.painted_after("ctrl+n"))
            slowest = max(zip(*took, strict=True), key=median)
            yield within("next step, to its full paint", named(size), [*chain(*took)], 100)
            of = f"{min(slowest):.0f} to {max(slowest):.0f}"
            yield within("the slowest next step", named(size), slowest, 100, of=of)
            yield within("a new conversation, from Ctrl+N", named(size), opened, None)

    def cover(self) -> Iterator[Row]:
        """From F12, and from the second Esc, to the cover."""
        for size in (SMALL, LARGE):
            f12: list[float] = []
            escape: list[float] = []
            with self._talk(500, size) as seat:
                for _ in range(self.runs * 2):
                    f12.append(_covered(seat, seat.press("f12")))
                    escape.append(_covered(seat, seat.escape_twice()))
            yield within("F12 to covered", named(size), f12, 50)
            yield within("Esc Esc to covered", named(size), escape, 50)

    def unlock(self, contacts: Sequence[int]) -> Iterator[Row]:
        """From Enter to the open archive, less what the derivation took in that run."""
        for count in contacts:
            home = self.vaults.contacts(count) if count else self.vaults.empty()
            notes = home.root / "notes"
            took = []
            for _ in range(self.runs):
                notes.unlink(missing_ok=True)
                with Seat.ours(home, SMALL, "--notes", str(notes)) as seat:
                    took.append(_unlocked(seat) - float(notes.read_text()))
            yield within("unlock, beyond the key derivation", _many(count), took, 150)

    def reading(self, count: int) -> Iterator[Row]:
        """Keys in the note line while all heads are read, while all is checked, and after that.

        The heads of ten thousand are read within some thirty keys, and the check takes a few times
        as many: little for a percentile, so there are twice the runs.
        """
        reading, checking = [], []
        for _ in range(self.runs * 2):
            with Seat(self.vaults.contacts(count), LARGE) as seat:
                seat.write_sign_in()
                seat.press("enter")
                seat.wait(nb("unlock.open"))
                seat.press("enter")
                seat.wait(nb("conversation.find"), nb("conversation.safety-strip"))
                seat.key(LETTER)  # the first one is slower
                first = seat.keys(LETTER, IN_TURN * 5 // 2)
                seat.settle(1.0)
                second = seat.keys(LETTER, IN_TURN * 5)
                seat.until_all_is_read()
                after = seat.keys(LETTER, IN_TURN * 5)
                reading.append(Pair(first, after))
                checking.append(Pair(second, after))
        for what, pairs in (("all heads are read", reading), ("all is checked", checking)):
            yield paired(
                f"a key while {what}, p95",
                _many(count),
                whole(pairs),
                most=1.2,
                of="afterwards",
                by=p95,
            )

    def memory(self, contacts: Sequence[int]) -> Iterator[Row]:
        """How soon the list of contacts is there; memory, with a conversation begun after it."""
        for count in contacts:
            listed, resident = [], []
            for _ in range(max(2, self.runs // 2)):
                with Seat(self.vaults.contacts(count)) as seat:
                    took, memory = self._worked(seat)
                    listed.append(took)
                    resident.append(memory)
            yield within("Esc to the list of contacts", _many(count), listed, None)
            most = 120 if count <= 10_000 else None
            yield Row("resident memory", _many(count), median(resident), "MiB", most=most)

    def _worked(self, seat: Seat) -> tuple[float, float]:
        seat.sign_in()
        seat.until_all_is_read()
        pressed = seat.send(b"\x1b")
        listed = seat.until(lambda: nb("contacts.key-without-data") in seat.text, "contacts")
        seat.settle(0.7)
        seat.press("page down", "page down", "ctrl+n")
        seat.wait(nb("conversation.find"), nb("conversation.safety-strip"))
        seat.settle(0.7)
        seat.keys(LETTER, self.keys // 4)
        return (listed - pressed) * 1000, seat.resident_mib

    @contextmanager
    def _talk(self, statements: int, size: Size, *options: str) -> Iterator[Seat]:
        """A seat at the note line of a conversation of its own, in a copy of its vault."""
        kept = self.vaults.talk(statements) if statements else self.vaults.empty()
        with TemporaryDirectory(dir=self.vaults.folder) as folder:
            home = kept.copy(Path(folder) / "home")
            with Seat.ours(home, size, *options) as seat:
                seat.at_the_note_line(new=not statements)
                yield seat

    def _in_turn(self, ours: Seat, baseline: Seat, *, share: float = 1.0) -> list[Pair]:
        """A few keys here, a few there, so that whatever else the machine does falls on both.

        `share` of as many as usual: a median tells as much of few, a percentile needs many.
        """
        for seat in (baseline, ours):
            seat.settle(1.0)
            seat.keys(LETTER, 5)  # the first ones are slower, in both
        return [
            Pair(ours.keys(LETTER, IN_TURN), baseline.keys(LETTER, IN_TURN))
            for _ in range(round(share * self.runs * self.keys / IN_TURN))
        ]


def whole(pairs: Sequence[Pair]) -> list[Pair]:
    """All keys of all pairs as one pair: for percentiles."""
    ours = [key for pair in pairs for key in pair.ours]
    return [Pair(ours, [key for pair in pairs for key in pair.baseline])]


def _many(contacts: int) -> str:
    return f"{contacts:,} contacts".replace(",", " ")


def _start(seat: Seat) -> float:
    with seat:
        return seat.first_paint() * 1000


def _during_import(seat: Seat) -> tuple[list[float], float]:
    """Keys from the first paint until the vault's thread is done; how long that was (seconds)."""
    began = _to_passphrase(seat)
    seen: list[tuple[float, float, float]] = []  # pressed at, took, the thread's time after it
    while time.monotonic() < began + 6.0:
        seen.append((*_key(seat), seat.thread_seconds()))
        if len(seen) > 8 and seen[-1][2] - seen[-8][2] < 0.005:
            break
    done = seen[-1][2]
    during = [took for _, took, spent in seen if spent < done - 0.005]
    ended = next(at for at, _, spent in seen if spent >= done - 0.005)
    return during, ended - began


def _passphrase(seat: Seat, count: int) -> list[float]:
    """As many keys at the same pace."""
    _to_passphrase(seat)
    return [_key(seat)[1] for _ in range(count)]


def _to_passphrase(seat: Seat) -> float:
    """A name and Enter; when the first screen was there."""
    began = seat.first_paint() + seat.spawned_at
    seat.type(f"{COUNSELLOR}\r")
    seat.pause()
    return began


def _key(seat: Seat) -> tuple[float, float]:
    timed = seat.key(LETTER, DOT)
    seat.pause()
    return timed


def _covered(seat: Seat, pressed: float) -> float:
    shown = seat.until(lambda: nb("cover.title") in seat.text, "the cover")
    seat.settle(1.0)
    seat.press("enter")
    seat.wait(nb("conversation.safety-strip"))
    seat.settle(0.7)
    return (shown - pressed) * 1000


def _unlocked(seat: Seat) -> float:
    seat.write_sign_in()
    pressed = seat.press("enter")
    return (seat.until(lambda: nb("unlock.open") in seat.text, "open") - pressed) * 1000
