"""The autosave against plain sqlite3, and pages of contacts, measured in this process."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Pair, Row, median, paired, within
from vaults import Vaults, long_talk, unlocked

from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.records.seeking import FIRST_FOUND, MOST_FOUND, named
from intake_tui.screens.contacts_rows import names
from intake_tui.words import Words
from machine import Home

PLAIN = "plain sqlite3"
QUERIES = (
    *("k", "a", "e", "ri", "2", "20"),  # what is typed first, met by nearly everybody
    *("k-4", "4f", "4f2a", "2025", "12.2025", "24.12.2025", "januar"),
    *("åse", "aase", "rogn", "senter", "melding", "barnevern", "vern", "advokat", "mor"),
    *("ringe politi", "rogn 25.11", "k-4 2025", "mor fredag", "finnes ikke"),
)
SETTINGS = (
    *("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"),
    *("temp_store=MEMORY", "cache_size=-512"),
)


@dataclass(frozen=True)
class Inside:
    """What is measured, on which vaults, and how often."""

    vaults: Vaults
    rounds: int

    def autosave(self) -> Iterator[Row]:
        """A draft, from the snapshot to the commit, and the bytes of its sealed row plainly."""
        for statements in (30, 500):
            with TemporaryDirectory(dir=self.vaults.folder) as folder:
                home = self.vaults.talk(statements).copy(Path(folder) / "home")
                yield from self._saved(home, statements, Path(folder))

    def _saved(self, home: Home, statements: int, folder: Path) -> Iterator[Row]:
        archive = unlocked(home)
        talk = long_talk(statements)
        snapshot = talk.snapshot()
        archive.save(snapshot)
        plain = Plain(folder / "plain.db", sealed_size(archive, snapshot.id))
        pairs = [
            Pair(*alternately(lambda: archive.save(snapshot), plain.save, 40))
            for _ in range(self.rounds)
        ]
        plain.close()
        archive.lock()
        at = f"{statements} statements, {plain.size // 1024} kB"
        yield paired("one durable autosave", at, pairs, most=2.0, of=PLAIN)

    def contacts(self, counts: Sequence[int]) -> Iterator[Row]:
        """Pages of the list, newest first."""
        for count in counts:
            archive = unlocked(self.vaults.contacts(count))
            at = f"{count:,} contacts".replace(",", " ")
            first = self._often(archive.contacts)
            middle = self._often(partial(archive.contacts, before=count // 2))
            archive.lock()
            yield within("contacts, first page", at, first, 30)
            yield within("contacts, a page in the middle", at, middle, 30)

    def search(self, counts: Sequence[int]) -> Iterator[Row]:
        """How soon all contacts can be found after unlocking, and what one query takes."""
        for count in counts:
            home = self.vaults.contacts(count)
            at = f"{count:,} contacts".replace(",", " ")
            read = [_all_read(home) for _ in range(self.rounds if count <= 10_000 else 1)]
            seconds = [sum(one.pieces) / 1000 for one in read]
            spent = median([one.spent for one in read])
            of = f"{min(seconds):.2f} to {max(seconds):.2f}; {spent:.2f} s of processor time"
            archive = unlocked(home)
            while archive.persons.read_on():
                pass
            took = _queries(archive, FIRST_FOUND)
            scrolled = _queries(archive, MOST_FOUND)
            archive.lock()
            most = {10_000: 1.0, 100_000: 5.0}.get(count)
            ready = 1.5 if count == 10_000 else None
            yield Row("search, ready after unlock", at, median(seconds), "s", most=ready, of=of)
            longest = median([max(one.pieces) for one in read])
            yield Row("the longest piece of its reading", at, longest)
            yield Row("search, one query", at, median(took), most=most)
            yield Row("the slowest of the queries", at, max(took), most=most)
            yield Row("the slowest, with all that a list has of it", at, max(scrolled))

    def _often(self, work: Callable[[], object]) -> list[float]:
        return [timed(work) for _ in range(self.rounds * 5)]


class Plain:
    """The same row written by the standard library alone, as durably.

    Other bytes each time, as what is sealed anew is: SQLite writes no page that stays the same.
    """

    def __init__(self, file: Path, size: int) -> None:
        self.size = size
        self._blobs = cycle((os.urandom(size), os.urandom(size)))
        self._connection = sqlite3.connect(file, isolation_level=None)
        for setting in SETTINGS:
            self._connection.execute(f"PRAGMA {setting}").fetchall()
        self._connection.execute(
            "CREATE TABLE draft (id BLOB PRIMARY KEY, counter INTEGER, blob BLOB) WITHOUT ROWID"
        )
        self._connection.execute("INSERT INTO draft VALUES (x'00', 0, ?)", (next(self._blobs),))

    def save(self) -> None:
        """One durable update."""
        self._connection.execute("BEGIN")
        self._connection.execute(
            "UPDATE draft SET counter = counter + 1, blob = ? WHERE id = x'00'",
            (next(self._blobs),),
        )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Done."""
        self._connection.close()


def sealed_size(archive: Archive, id_: bytes) -> int:
    """Bytes of a draft as it lies in its row."""
    drafts = archive._vault.drafts()
    size = next(len(draft.blob) for draft in drafts if draft.id == id_)
    return (size + 4 + 1023) // 1024 * 1024 + 28  # its length, padded, with nonce and tag


@dataclass(frozen=True)
class Read:
    """One reading of all heads, just after an unlock."""

    pieces: Sequence[float]  # milliseconds of each page
    spent: float  # seconds of processor time, of all of them


def _all_read(home: Home) -> Read:
    archive = unlocked(home)
    began = time.process_time()
    pieces = [timed(archive.persons.read_on)]
    while not archive.persons.book.complete:
        pieces.append(timed(archive.persons.read_on))
    spent = time.process_time() - began
    archive.lock()
    return Read(pieces, spent)


def _queries(archive: Archive, limit: int) -> list[float]:
    """What each takes, as the list of contacts asks for it in Norwegian."""
    called = named(names(load(), Words("nb")))
    return [
        median([timed(partial(archive.persons.search, query, limit, called)) for _ in range(9)])
        for query in QUERIES
    ]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that it took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def alternately(
    ours: Callable[[], object], baseline: Callable[[], object], count: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of either, one after the other."""
    mine, its = [], []
    for _ in range(count):
        its.append(timed(baseline))
        mine.append(timed(ours))
    return mine, its
