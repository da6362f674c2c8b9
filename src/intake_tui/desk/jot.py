"""«Skriv nå»: what is written before there is a conversation to write it in."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TypeAlias

from intake_tui.vault.errors import VaultReadOnly

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive

Kept: TypeAlias = Literal[
    "nothing",  # nothing was written
    "memory",  # in this program's memory only
    "nowhere",  # and the archive that was to take it cannot be opened
    "writing",  # on its way
    "sealed",  # on disk, sealed
]


class Jot:
    """Lines that were ended, and the one that was not, of one sitting.

    `kept` says where all of it is, `n` counts its changes.
    """

    def __init__(self) -> None:
        self.id = os.urandom(8).hex()
        self.n = 0
        self.lines: list[str] = []
        self.unfinished = ""
        self.count = 0  # lines that were ended, those included that are in a conversation now
        self.kept: Kept = "nothing"

    @classmethod
    def of(cls, text: str) -> Jot:
        """Text from elsewhere: its last line is unfinished."""
        jot = cls()
        *lines, jot.unfinished = text.split("\n")
        jot.lines = [line for line in lines if line.strip()]
        return jot

    def typed(self, text: str) -> None:
        """The line being written reads so now."""
        if text != self.unfinished:
            self.unfinished = text
            self.n += 1

    def ended(self) -> None:
        """The line is done; the next one begins empty."""
        if self.unfinished.strip():
            self.lines.append(self.unfinished)
            self.count += 1
        self.unfinished = ""
        self.n += 1

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.lines and not self.unfinished.strip()

    def letter(self) -> bytes:
        """All of it, for the letterbox; a later letter of the same jot replaces an earlier one."""
        import json

        values = {"jot": self.id, "n": self.n, "lines": self.lines, "unfinished": self.unfinished}
        return json.dumps(values, ensure_ascii=False).encode()

    def __repr__(self) -> str:
        """Never what was written."""
        return f"<Jot {self.n}>"


def read_letters(texts: Iterable[str]) -> dict[str, Jot]:
    """The jots in those letters by their id, each as its last letter has it.

    A letter that is no jot of ours is taken as one line: its text is not lost.
    """
    jots: dict[str, Jot] = {}
    for text in texts:
        jot = _read(text)
        if jot.id not in jots or jots[jot.id].n <= jot.n:
            jots[jot.id] = jot
    return jots


def remove_letters(archive: Archive, ids: Iterable[bytes]) -> None:
    """Those letters go: their words are in a conversation. Raises VaultError.

    Where the archive is only read they stay, and are read again the next time.
    """
    with suppress(VaultReadOnly):
        for id_ in ids:
            archive.remove_letter(id_)


def _read(text: str) -> Jot:
    import json

    jot = Jot()
    try:
        values = json.loads(text)
        jot.id, jot.n = str(values["jot"]), int(values["n"])
        jot.lines = [str(line) for line in values["lines"]]
        jot.unfinished = str(values["unfinished"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        jot.lines = [text]
    return jot
