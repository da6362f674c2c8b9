"""A program in a pseudo-terminal: keys in, the screen that a person would see out.

Nothing here knows the program that it drives. POSIX only (`os.forkpty`).
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

import pyte

PATIENCE = 10.0  # seconds: the longest wait for anything that should happen

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "esc": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "page up": "\x1b[5~",
    "page down": "\x1b[6~",
    "delete": "\x1b[3~",
    **{f"f{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{f"f{n}": f"\x1b[{n + 10}~" for n in range(5, 6)},
    **{f"f{n}": f"\x1b[{n + 11}~" for n in range(6, 11)},
    **{f"f{n}": f"\x1b[{n + 12}~" for n in range(11, 13)},
}

# What a terminal answers by itself: synchronised output is there, reports of its size are not.
ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}

BEGINS_PAINTING, ENDS_PAINTING = b"\x1b[?2026h", b"\x1b[?2026l"
ENTERS_ALTERNATE = b"\x1b[?1049h"
LEAVES_ALTERNATE = b"\x1b[?1049l"
OPERATING_SYSTEM_COMMAND = re.compile(rb"\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)")

# pyte does not know these and would paint their last letter.
UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]")
UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<>=?]*)?\Z")


def key(name: str) -> bytes:
    """The bytes that an xterm sends for `enter`, `ctrl+n`, `f12` or a character."""
    if name in KEYS:
        return KEYS[name].encode()
    if name.startswith("ctrl+"):
        return bytes([ord(name[-1].upper()) & 0x1F])
    return name.encode()


class Terminal:
    """One run of a program. What it writes is kept whole, and drawn when it is looked at.

    `powerless`: permissions of files bind the program even where the tests run as root.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        lines: int = 24,
        powerless: bool = False,
    ) -> None:
        self.output = bytearray()
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._drawn = 0
        self._answered = 0
        self._closed = False
        self.status: int | None = None
        with warnings.catch_warnings():
            # Forking beside threads is warned of; the child becomes another program at once.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid, self.fd = os.forkpty()
        if self.pid == 0:
            _become([os.fspath(part) for part in command], dict(env), columns, lines, powerless)
        _resize(self.fd, columns, lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        os.close(self.fd)

    # In

    def send(self, data: bytes) -> float:
        """Write bytes as fast as the program takes them; the time just before (monotonic)."""
        at = time.monotonic()
        while data:
            readable, writable, _ = select.select([self.fd], [self.fd], [], PATIENCE)
            if readable:
                self._read()
            if self._closed or not (readable or writable):
                raise AssertionError(self.failure("the program no longer takes keys"))
            if writable:
                data = data[os.write(self.fd, data[:512]) :]
        return at

    def type(self, text: str) -> float:
        """Type the characters in one burst."""
        return self.send(text.encode())

    def press(self, *names: str) -> float:
        """Press keys by their names, in one burst; Esc is kept apart from what comes after."""
        at = time.monotonic()
        for name in names:
            self.send(key(name))
            if name == "esc":
                self.pump(0.15)  # a terminal program tells Esc from a sequence by the pause after
        return at

    def paste(self, text: str) -> float:
        """Paste text in brackets, as terminals do."""
        return self.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self._draw()
        self.screen.resize(lines, columns)
        _resize(self.fd, columns, lines)

    # Out

    def pump(self, seconds: float) -> None:
        """Take what the program writes for so long."""
        until = time.monotonic() + seconds
        while not self._closed and (left := until - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                self._read()

    @property
    def rows(self) -> list[str]:
        """The rows of the screen."""
        self._draw()
        return list(self.screen.display)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.rows)

    def row(self, part: str) -> str:
        """The first row of the screen that holds that text."""
        return next((row for row in self.rows if part in row), "")

    def until(self, seen: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
        """Read until something holds of the screen; the time at which it did."""
        deadline = time.monotonic() + patience
        while self._is_painting or not seen():
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(self.failure(f"not within {patience} s: {what}"))
            if self._closed:
                raise AssertionError(self.failure(f"the program ended before: {what}"))
            if select.select([self.fd], [], [], left)[0]:
                self._read()
        return time.monotonic()

    @property
    def _is_painting(self) -> bool:
        """Whether the program is in the middle of a screen: it says so before and after."""
        return self.output.rfind(BEGINS_PAINTING) > self.output.rfind(ENDS_PAINTING)

    def wait(self, *texts: str, patience: float = PATIENCE) -> float:
        """Read until the screen shows all of the texts."""
        return self.until(
            lambda: all(text in self.text for text in texts), f"{texts} shown", patience
        )

    def wait_any(self, *texts: str) -> float:
        """Read until the screen shows one of the texts, wherever its lines are broken."""
        wanted = ["".join(text.split()) for text in texts]
        return self.until(
            lambda: any(text in "".join(self.text.split()) for text in wanted),
            f"one of {texts} shown",
        )

    def wait_gone(self, text: str) -> float:
        """Read until the screen no longer shows the text."""
        return self.until(lambda: text not in self.text, f"{text!r} gone")

    def wait_end(self, patience: float = PATIENCE) -> int:
        """Read until the program has ended; its exit status (negative: the signal)."""
        deadline = time.monotonic() + patience
        while not self._closed and (left := deadline - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                self._read()
        if not self._closed:
            raise AssertionError(self.failure(f"still running after {patience} s"))
        return self._reap()

    @property
    def outside_alternate(self) -> bytes:
        """All that was written while the alternate screen was not up."""
        pieces = bytes(self.output).split(ENTERS_ALTERNATE)
        return b"".join([pieces[0], *(_after_leaving(piece) for piece in pieces[1:])])

    @property
    def system_commands(self) -> list[bytes]:
        """What was asked of the terminal itself: titles, the clipboard, colours."""
        return OPERATING_SYSTEM_COMMAND.findall(bytes(self.output))

    def failure(self, what: str) -> str:
        """What was waited for, and the screen as it stood."""
        frame = "─" * self.screen.columns
        return "\n".join([what, frame, *(row.rstrip() for row in self.rows), frame])

    # The process

    @property
    def running(self) -> bool:
        """Whether the program is still there."""
        return self.status is None and not self._closed

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal; after SIGKILL the program is gone."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)
            if number == signal.SIGKILL:
                self._reap()

    @property
    def resident_mib(self) -> float:
        """Resident memory of the program, in MiB (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[0]) / 1024

    def _reap(self) -> int:
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def _read(self) -> None:
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # what Linux says where the other end is closed
            data = b""
        self._closed = not data
        self.output += data
        self._answer()

    def _answer(self) -> None:
        for query, reply in ANSWERS.items():
            if self.output.find(query, max(0, self._answered - len(query) + 1)) >= 0:
                os.write(self.fd, reply)
        self._answered = len(self.output)

    def _draw(self) -> None:
        new = bytes(self.output[self._drawn :])
        if unfinished := UNFINISHED.search(new):
            new = new[: unfinished.start()]
        self._drawn += len(new)
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", new))


def _after_leaving(piece: bytes) -> bytes:
    return piece.partition(LEAVES_ALTERNATE)[2]


def _resize(fd: int, columns: int, lines: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _become(
    command: list[str], env: dict[str, str], columns: int, lines: int, powerless: bool
) -> NoReturn:
    try:
        _resize(0, columns, lines)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored in a background job
        if powerless and os.geteuid() == 0:
            _let_permissions_bind()
        os.execvpe(command[0], command, env)
    finally:
        os._exit(127)


def _let_permissions_bind() -> None:
    """Take from root what lets it read and write any file (Linux: the bounding set, at exec)."""
    drop, override, read_search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, …_READ_SEARCH
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (override, read_search):
        if libc.prctl(drop, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
