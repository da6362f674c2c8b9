"""What a terminal sends: nothing of it ends the program, and a lone Esc is heard at once."""

from __future__ import annotations

import re
import select
import sys
from collections.abc import Iterable, Iterator

from textual import _xterm_parser, constants, events
from textual.keys import Keys
from textual.message import Message

_KEY_EVENT_TYPE = r"\x1b\[(\d+)(?::[\d:]*)?;(\d*):([123])((?:;[\d:]*)?[u~A-Z])\Z"


def _without_event_type(sequence: str) -> tuple[str, bool]:
    """A Kitty sequence without its event type, and whether that was a release."""
    match = re.match(_KEY_EVENT_TYPE, sequence) if ":" in sequence else None
    if match is None:
        return sequence, False
    code, modifiers, kind, rest = match.groups()
    return f"\x1b[{code};{modifiers}{rest}", kind == "3"


def mend_parser() -> None:
    """Nothing that a terminal sends ends the program, or is taken for a key that was not pressed.

    Key sequences with an event type (`ESC[230;1:2;230u`), which the parser never asks for, make it
    fail on `int("1:2")` in its input thread: a repeat is a key; a release is ignored, and so is
    any other sequence that it cannot read. An ESC in pasted text makes it take up to 32 of the
    characters after it for keys: pasted text is cleaned before it is parsed.
    """
    parser = _xterm_parser.XTermParser
    read_key, feed = parser._parse_extended_key, parser.feed
    if getattr(read_key, "mended", False):
        return

    def read_any_key(self: _xterm_parser.XTermParser, sequence: str) -> list[events.Key] | None:
        plain, released = _without_event_type(sequence)
        if released:
            return [events.Key(Keys.Ignore, None)]
        try:
            return read_key(self, plain)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, None)]

    def feed_cleaned(self: _xterm_parser.XTermParser, data: str) -> Iterable[Message]:
        pasted: PasteCleaner = self.__dict__.setdefault("_paste_cleaner", PasteCleaner())
        cleaned = pasted.clean(data)
        return feed(self, cleaned) if cleaned or not data else ()

    read_any_key.mended = True  # type: ignore[attr-defined]
    parser._parse_extended_key = read_any_key  # type: ignore[assignment, method-assign]
    parser.feed = feed_cleaned  # type: ignore[method-assign]


class PasteCleaner:
    """Takes control characters out of what stands between the marks of a bracketed paste.

    The text comes in pieces of any length, so that a mark may be cut in two.
    """

    BEGIN, END = "\x1b[200~", "\x1b[201~"

    def __init__(self) -> None:
        self._inside = False
        self._matched = 0  # characters of the next mark that have been seen

    def clean(self, data: str) -> str:
        """The data as the parser may have it; inside a paste, part of an end mark waits."""
        if not self._inside and not self._matched and "\x1b" not in data:
            return data
        return "".join(map(self._one, data))

    def _one(self, sign: str) -> str:
        mark = self.END if self._inside else self.BEGIN
        begun = mark[: self._matched]
        if sign == mark[self._matched]:
            self._matched += 1
            if self._matched < len(mark):
                return "" if self._inside else sign
            self._matched, self._inside = 0, not self._inside
            return sign if self._inside else mark
        self._matched = 1 if sign == mark[0] else 0
        if not self._inside:
            return sign
        return begun[1:] + (sign if sign in "\n\r\t" or not _is_control(sign) else "")


def _is_control(sign: str) -> bool:
    return sign < " " or "\x7f" <= sign <= "\x9f"


def hear_escape() -> None:
    """Esc counts as pressed after `ESCDELAY`, and not only when the input thread looks up again.

    Textual waits up to 100 ms for input before it asks whether a lone Esc was one. Here it is
    asked at once, unless the rest of a key's sequence comes after all.
    """
    parser = _xterm_parser.XTermParser
    original = parser.feed
    if sys.platform == "win32" or getattr(original, "hears", False):
        return

    def feed(self: _xterm_parser.XTermParser, data: str) -> Iterator[Message]:
        yield from original(self, data)
        if data.endswith("\x1b") and sys.__stdin__ is not None:
            waiting, _, _ = select.select([sys.__stdin__], [], [], constants.ESCAPE_DELAY)
            if not waiting:
                yield from self.tick()

    feed.hears = True  # type: ignore[attr-defined]
    parser.feed = feed  # type: ignore[method-assign]
