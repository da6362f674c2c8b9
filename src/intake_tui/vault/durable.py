"""Small files beside the vault that are whole after a power loss: the old one or the new one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Write aside, sync, give it the name, sync the folder. Raises OSError; then the old one is.

    Readable by its owner alone.
    """
    fresh = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _fill(fresh, data)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()  # on a full disk, every block counts
        raise
    sync_folder(path.parent)


def read(path: Path, most: int) -> bytes | None:
    """What is in a file; None where there is none, or it is longer than that or no file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            found = file.read(most + 1)
    except OSError:
        return None
    return found if len(found) <= most else None


def _fill(fresh: Path, data: bytes) -> None:
    with suppress(FileNotFoundError):
        fresh.unlink()  # never through a link that somebody has laid there, to what it leads to
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have a new name survive a power loss. Windows has no such call, and keeps names itself."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
