"""Where the vault lies, and whether there is one. Needs no database engine."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import platformdirs

from intake_tui.vault.errors import NoServer

Location: TypeAlias = Path | str
"""A file, or a URL beginning with `postgresql`."""

MAGIC = b"SQLite format 3\x00"
_APP = "intake-tui"


def default_location() -> Path:
    """The vault's file in the platform's folder for a user's data."""
    return platformdirs.user_data_path(_APP, appauthor=False) / "vault.db"


def device_folder() -> Path:
    """Where this device's id and its witnesses lie: outside the vault, never synchronised."""
    return platformdirs.user_state_path(_APP, appauthor=False)


def is_server(location: Location) -> bool:
    """Whether a location names a database server instead of a file."""
    return isinstance(location, str) and location.startswith("postgresql")


def file_of(location: Location) -> str:
    """The file of a vault as it is found on this machine; empty on a server."""
    return "" if is_server(location) else str(Path(location).absolute())


def on_same_disk(path: Path, location: Location) -> bool:
    """Whether a file there would be lost together with the vault; no vault on a server is."""
    if is_server(location):
        return False
    try:
        one, other = (Path(each).expanduser().absolute().parent for each in (path, location))
        return one.stat().st_dev == other.stat().st_dev
    except (OSError, ValueError, RuntimeError):
        return False


def exists(location: Location) -> bool:
    """Whether something lies there already. A server that does not answer raises NoServer."""
    if is_server(location):
        return _exists_on_server(str(location))
    return Path(location).exists()


def _exists_on_server(url: str) -> bool:
    import psycopg  # noqa: PLC0415  # only a centre with a server has this driver

    try:
        with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5) as connection:
            found = connection.execute("SELECT to_regclass('vault')").fetchone()
    except psycopg.Error:
        raise NoServer from None
    return found is not None and found[0] is not None
