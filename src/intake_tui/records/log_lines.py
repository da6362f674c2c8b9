"""The log as a leader reads it: who did what when, to which case by its code, newest first.

Nothing that was said stands in it. What was erased keeps its line, without a code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from intake_tui.intake.snapshot import code
from intake_tui.records import settings
from intake_tui.records.book import Book
from intake_tui.records.later import Amended
from intake_tui.vault.errors import NotALeader
from intake_tui.vault.log_pages import LogPage, LogPlace
from intake_tui.vault.roster import LEADER
from intake_tui.vault.shapes import LogEntry
from intake_tui.vault.store import Vault

AT_ONCE = 200  # entries that are opened in one go: some ten milliseconds for whoever waits
_OF_SLOTS = frozenset(
    {"enrolled", "passphrase", "role-leader", "role-counsellor", "rotated", "sheet"}
)
_ENDS = frozenset({"erased", "draft-erased"})


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry. Its repr holds no name and no code.

    `act` is what was done: the vault's word for it, or one of the finer ones that `acts` tells.
    `cases` are the codes of the cases that it was done to; `gone` says that some of that was
    erased since, and `unknown` that it cannot be told what it was done to.
    """

    at: dt.datetime  # UTC
    act: str
    who: str = field(repr=False)  # a counsellor's name, "" where none is known
    by_sheet: bool  # whether it was done with a recovery sheet
    whom: tuple[str, ...] = field(repr=False)  # the colleagues that it was done to
    cases: tuple[str, ...] = field(repr=False)
    gone: bool
    unknown: bool
    flags: tuple[str, ...]  # what else is so, such as "put_back"


Keep: TypeAlias = Callable[[LogLine], bool]


class LogReading:
    """One reading from the newest entry back. For the vault's thread only, as the archive is.

    `opened` gives the case (hex) of each open conversation by its id (hex).
    """

    def __init__(self, vault: Vault, book: Book, opened: Mapping[str, str]) -> None:
        self._vault = vault
        self._book = book
        self._opened = opened
        self._names = vault.names()
        self._sheets = vault.sheets()
        self._erased: set[bytes] = set()  # met on the way, before whatever was done to it
        self._place: LogPlace | None = None
        self.ended = False
        self.down_to: dt.datetime | None = None  # the time (UTC) of the oldest entry that was read

    def __repr__(self) -> str:
        """Never a name."""
        return "<LogReading>"

    def read(self, keep: Keep) -> list[LogLine]:
        """Those of the next entries that `keep` wants. Raises VaultError."""
        page: LogPage = self._vault.log_page(self._place, most=AT_ONCE)
        self._place, self.ended = page.place, page.place is None
        lines = [self._line(entry) for entry in page.entries]
        if lines:
            self.down_to = lines[-1].at
        return [line for line in lines if keep(line)]

    def _line(self, entry: LogEntry) -> LogLine:
        ids = entry.ids
        if entry.what in _ENDS:
            self._erased.update(ids)
        of_slots = entry.what in _OF_SLOTS
        cases = {} if of_slots else {id_: self._case(id_.hex()) for id_ in ids}
        found = dict.fromkeys(code(bytes.fromhex(case)) for case in cases.values() if case)
        lost = [id_ for id_, case in cases.items() if case is None]
        gone = any(id_ in self._erased for id_ in lost)
        return LogLine(
            entry.at,
            self._act(entry),
            self._names.get(entry.slot, ""),
            entry.slot in self._sheets,
            tuple(self._named(ids[:1] if entry.what == "enrolled" else ids)) if of_slots else (),
            tuple(found),
            gone,
            bool(lost) and not gone and entry.what in _OF_CASES,
            entry.flags,
        )

    def _named(self, slots: Iterable[bytes]) -> Iterable[str]:
        return (self._names[slot] for slot in slots if slot in self._names)

    def _case(self, id_: str) -> str | None:
        return self._book.case_of(id_) or self._opened.get(id_)

    def _act(self, entry: LogEntry) -> str:
        """The vault's word for it, or a finer one."""
        finer = _FINER.get(entry.what)
        return finer(self, entry) if finer else entry.what

    def _signed(self, entry: LogEntry) -> str:
        """`signed`, or what was added to a signed record: `amended`, `marked`."""
        added = self._book.added(entry.ids[0].hex()) if entry.ids else None
        if added is None:
            return "signed"
        return "amended" if isinstance(added, Amended) else "marked"

    def _item(self, entry: LogEntry) -> str:
        """`item`, or `settings`: the centre's name, or how long it keeps cases."""
        return "settings" if settings.ID in entry.ids else "item"

    def _enrolled(self, entry: LogEntry) -> str:
        """`enrolled`, or `renewed`: somebody has a new slot in place of another."""
        return "renewed" if len(entry.ids) > 1 else "enrolled"

    def _rotated(self, entry: LogEntry) -> str:
        """`rotated`, or `revoked`: some colleague was left out."""
        return "revoked" if set(entry.ids) - self._sheets else "rotated"


class Log:
    """The log of an open archive. Reading it is no entry of it: nothing of a case is shown."""

    def __init__(self, vault: Vault, book: Book) -> None:
        self._vault = vault
        self._book = book

    def reading(self, opened: Mapping[str, str]) -> LogReading:
        """From the newest entry back; `opened` is as `LogReading` has it. Raises NotALeader.

        The refusal is for the screen's sake: whoever holds the vault key can read it all.
        """
        if self._vault.counsellor.role != LEADER:
            raise NotALeader
        return LogReading(self._vault, self._book, opened)


_FINER: Mapping[str, Callable[[LogReading, LogEntry], str]] = {
    "signed": LogReading._signed,
    "item": LogReading._item,
    "enrolled": LogReading._enrolled,
    "rotated": LogReading._rotated,
}
_OF_CASES = frozenset(
    {"signed", "opened", "exported", "draft-new", "draft-opened", "draft-left", "draft-erased"}
)
