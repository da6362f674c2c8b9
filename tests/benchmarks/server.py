"""The same archive on a PostgreSQL server: the autosave beside plain psycopg, and a page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

import psycopg
from figures import Pair, Row, paired, within
from inside import alternately, sealed_size, timed
from vaults import long_talk, make

from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home
from postgres import a_server, fresh_database

PLAIN = "plain psycopg"
YEARLY = 600  # contacts of a centre


class Plain:
    """The same row written by the driver alone, as durably; other bytes, which nothing shortens."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address)
        self._connection.execute("CREATE TABLE plain (id bytea PRIMARY KEY, n bigint, blob bytea)")
        self._blobs = cycle((b"",))

    def holds(self, size: int) -> None:
        """One row of so many bytes."""
        self._blobs = cycle((os.urandom(size), os.urandom(size)))
        self._connection.execute("DELETE FROM plain")
        self._connection.execute("INSERT INTO plain VALUES ('\\x00', 0, %s)", (next(self._blobs),))
        self._connection.commit()

    def save(self) -> None:
        """One durable update."""
        self._connection.execute(
            "UPDATE plain SET n = n + 1, blob = %s WHERE id = '\\x00'",
            (next(self._blobs),),
            binary=True,
        )
        self._connection.commit()

    def close(self) -> None:
        """Done."""
        self._connection.close()


@dataclass(frozen=True)
class Server:
    """How often each is measured, on a server of its own that ends with it."""

    rounds: int

    def rows(self, home: Home) -> Iterator[Row]:
        """A draft of 30 and of 500 statements saved, and the first page of a year's contacts."""
        with a_server() as (address, _):
            _log_nothing(address)
            location = fresh_database(address)
            make(location, home, YEARLY)
            archive = Archive.unlock(
                location, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device
            )
            pages = [timed(archive.contacts) for _ in range(self.rounds * 5)]
            plain = Plain(address)
            for statements in (30, 500):
                yield self._saved(archive, plain, statements)
            plain.close()
            archive.lock()
        yield within("contacts, first page, on a server", f"{YEARLY} contacts", pages, None)

    def _saved(self, archive: Archive, plain: Plain, statements: int) -> Row:
        snapshot = long_talk(statements).snapshot()
        archive.save(snapshot)
        plain.holds(size := sealed_size(archive, snapshot.id))
        pairs = [
            Pair(*alternately(lambda: archive.save(snapshot), plain.save, 40))
            for _ in range(self.rounds)
        ]
        at = f"{statements} statements, {size // 1024} kB"
        return paired("one durable autosave, on a server", at, pairs, most=None, of=PLAIN)


def _log_nothing(address: str) -> None:
    """Tests look for secrets in what the server logs; here that costs time."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET log_statement")
        connection.execute("SELECT pg_reload_conf()")
