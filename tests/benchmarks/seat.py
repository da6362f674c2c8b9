"""A counsellor whose terminal notes when each piece of the screen arrived.

Nothing is drawn while there is something to read: a picture costs more time than a key. The pieces
are drawn one by one afterwards, and what counts is when the piece that was waited for was read.
"""

from __future__ import annotations

import os
import random
import select
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from bare_program import READY

from intake_tui.words import Words
from machine import COUNSELLOR, PASSPHRASE, Home, installed
from terminal import BEGINS_PAINTING, ENDS_PAINTING, UNFINISHED, UNKNOWN_TO_PYTE, Terminal

HERE = Path(__file__).parent
nb = Words("nb")
PATIENCE = 60.0  # seconds
QUIET = 0.04  # seconds without output after which the pieces are looked at
BEFORE_A_LOOK = 0.05  # seconds without any output after which the screen is looked at once
STILL = 0.2  # seconds without output after which a screen counts as painted
RESTS = 0.7  # seconds in which a thread that has work takes some of it
ESC_APART = 0.15  # seconds after which an Esc is no longer the beginning of something else

Size = tuple[int, int]


def come_first(first: bool) -> None:
    """Whether what is written is read at once, though others wait for a processor too.

    The programs that are started run as ever. Where this is not allowed, all stays as it is.
    """
    scheduler = os.SCHED_FIFO | os.SCHED_RESET_ON_FORK if first else os.SCHED_OTHER
    with suppress(PermissionError):
        os.sched_setscheduler(0, scheduler, os.sched_param(int(first)))


SMALL: Size = (80, 24)
LARGE: Size = (160, 48)


def named(size: Size) -> str:
    """`80x24`"""
    return f"{size[0]}x{size[1]}"


class Seat(Terminal):
    """The program in a terminal of some size; times in seconds (monotonic)."""

    def __init__(self, home: Home, size: Size = SMALL, run: Sequence[str] = ()) -> None:
        self._marks: list[tuple[int, float]] = []  # how much was there, and since when
        self._playhead = 0
        self._at_mark = 0
        self.spawned_at = time.monotonic()
        command = run or [str(installed("intake-tui")), "--vault", str(home.vault)]
        super().__init__(command, home.env, columns=size[0], lines=size[1])

    def __enter__(self) -> Self:
        come_first(True)
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        come_first(False)
        super().__exit__(kind, error, trace)

    @classmethod
    def bare(cls, home: Home, size: Size = SMALL) -> Seat:
        """The baseline in the same terminal."""
        return cls(home, size, [sys.executable, str(HERE / "bare_program.py")])

    @classmethod
    def ours(cls, home: Home, size: Size, *options: str) -> Seat:
        """The program as `our_program.py` starts it with these options."""
        program = [sys.executable, str(HERE / "our_program.py"), *options]
        return cls(home, size, [*program, "--vault", str(home.vault)])

    # Waiting

    def _read(self) -> None:
        super()._read()
        self._marks.append((len(self.output), time.monotonic()))

    def _draw(self) -> None:
        new = bytes(self.output[self._drawn : self._playhead])
        if unfinished := UNFINISHED.search(new):
            new = new[: unfinished.start()]
        self._drawn += len(new)
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", new))

    def _next_piece(self) -> float | None:
        """Lets the next piece be drawn; when it was read, or None where there is none."""
        if self._at_mark == len(self._marks):
            return None
        self._playhead, at = self._marks[self._at_mark]
        self._at_mark += 1
        return at

    def read_until_still(self, seconds: float, longest: float = PATIENCE) -> None:
        """Takes what the program writes until it has been silent for so long."""
        deadline = time.monotonic() + longest
        while time.monotonic() < deadline and select.select([self.fd], [], [], seconds)[0]:
            self._read()
            if self._closed:
                raise AssertionError(self.failure("the program ended"))

    def until(self, seen: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
        """Reads until something holds of the screen; when the piece that shows it was read.

        A look at a large screen takes as long as a key. So all that is there is read before each
        look, there is none while a piece may come, and but one where none does: what no piece
        brought is said to be there when it was looked for.
        """
        deadline = time.monotonic() + patience
        looked = False
        while True:
            while (at := self._next_piece()) is not None:
                self.read_until_still(0)
                if not self._is_painting and seen():
                    return at
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(self.failure(f"not within {patience} s: {what}"))
            if select.select([self.fd], [], [], left if looked else min(left, BEFORE_A_LOOK))[0]:
                self.read_until_still(QUIET, left)
            elif not looked:
                looked = True
                if seen():
                    return time.monotonic()

    @property
    def _is_painting(self) -> bool:
        """Whether the last piece that was drawn ended in the middle of a screen."""
        begun = self.output.rfind(BEGINS_PAINTING, 0, self._playhead)
        return begun > self.output.rfind(ENDS_PAINTING, 0, self._playhead)

    def settle(self, seconds: float = STILL) -> float | None:
        """Reads until the screen stands still; when it was last painted, None where it was not.

        Its first line does not count: it tells of a save, whenever that is.
        """
        self.read_until_still(seconds, 5.0)
        before, painted = self.rows[1:], None
        while (at := self._next_piece()) is not None:
            if (rows := self.rows[1:]) != before:
                before, painted = rows, at
        return painted

    # Starting

    def first_paint(self) -> float:
        """Seconds from the start of the process to the first screen: ours, or the baseline's."""
        return self.until(self._painted, "the first screen") - self.spawned_at

    def _painted(self) -> bool:
        text = self.text
        ours = nb("unlock.about") in text and nb("unlock.key-open") in text
        return ours or (READY in text and "palette" in text)

    # Working

    def sign_in(self) -> None:
        """Name, Enter, passphrase, Enter; the archive is open then."""
        self.write_sign_in()
        self.press("enter")
        self.wait(nb("unlock.open"))
        self.settle(0.7)

    def write_sign_in(self) -> None:
        """All but the last Enter, when what is imported behind the screen is there."""
        self.first_paint()
        self.settle(1.0)
        self.type(f"{COUNSELLOR}\r")
        self.settle()
        self.type(PASSPHRASE)
        self.settle()

    def at_the_note_line(self, *, new: bool = False) -> None:
        """Signs in, and opens the first conversation of the list or a new one."""
        self.sign_in()
        if new:
            self.press("enter")
        else:
            self.press("esc")
            self.wait(nb("contacts.key-without-data"))
            self.settle()
            self.press("enter")
        self.wait(nb("conversation.find"), nb("conversation.safety-strip"))
        self.settle(0.7)

    def key(self, key: str, shows: str = "") -> tuple[float, float]:
        """Presses a key; when, and the milliseconds until it, or `shows`, is there once more."""
        shows = shows or key
        while self._next_piece() is not None:  # what came before is drawn before
            pass
        before = self.text.count(shows)
        pressed = self.type(key)
        seen = self.until(lambda: self.text.count(shows) > before, f"{shows!r} once more")
        return pressed, (seen - pressed) * 1000

    def pause(self) -> None:
        """As hands make it between two keys; uneven, to fall into step with no timer."""
        self.read_until_still(random.uniform(0.08, 0.16), 0.3)

    def keys(self, key: str, count: int) -> list[float]:
        """Presses one key again and again; milliseconds from each to its paint.

        Never at once after another.
        """
        took = []
        for _ in range(count):
            self.pause()
            self.settle(0)
            took.append(self.key(key)[1])
        return took

    def painted_after(self, *names: str) -> float:
        """Presses keys; milliseconds to the last change of the screen that they make."""
        self.settle(1.0)  # a save that is due has been told of
        pressed = self.press(*names)
        if select.select([self.fd], [], [], PATIENCE)[0]:
            self._read()
        painted = self.settle()
        assert painted is not None, self.failure(f"nothing came of {names}")
        return (painted - pressed) * 1000

    def escape_twice(self) -> float:
        """Esc, a pause, Esc: the time of the second."""
        self.send(b"\x1b")
        self.read_until_still(ESC_APART, ESC_APART)
        return self.send(b"\x1b")

    def until_all_is_read(self) -> None:
        """Waits until the vault's thread has nothing left to do: all heads are in memory then."""
        spent = -1.0
        while (now := self.thread_seconds()) > spent:
            spent = now
            self.read_until_still(RESTS, RESTS)
            self.pump(RESTS)

    # Looking in from outside (Linux)

    def thread_seconds(self) -> float:
        """Processor time of the busiest thread beside the first: where the vault is worked on."""
        seconds = [0.0]
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            if int(task.name) != self.pid:
                try:
                    seconds.append(int((task / "schedstat").read_text().split()[0]) / 1e9)
                except OSError:  # a thread that has just ended
                    continue
        return max(seconds)
