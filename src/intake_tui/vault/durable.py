"""Files that are whole after a power loss: the old one or the new one."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

Why: TypeAlias = Literal["disk-full", "read-only", "no-folder", "exists", "not-written"]
_WHY: dict[int | None, Why] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "disk-full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "read-only"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), "no-folder"),
    errno.EEXIST: "exists",
}


def why(error: OSError) -> Why:
    """Why a file could not be written, as the system says, in our own words."""
    return _WHY.get(error.errno, "not-written")


def replace(path: Path, data: bytes) -> None:
    """Write aside, sync, give it the name, sync the folder. Raises OSError; then the old one is.

    Readable by its owner alone.
    """
    fresh = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        fresh.unlink()  # never through a link that somebody has laid there, to what it leads to
    try:
        fill(fresh, data)
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


def fill(fresh: Path, data: bytes) -> None:
    """A new file of its owner's alone, on the medium when it returns. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def give_name(aside: Path, path: Path, *, over: bool = False) -> None:
    """Put a finished file in its place, durably. Raises OSError; FileExistsError unless `over`."""
    if over:
        aside.replace(path)
    else:
        _give_free_name(aside, path)
    sync_folder(path.parent)


def _give_free_name(aside: Path, path: Path) -> None:
    """A link is never put over what has come there meanwhile; a memory stick may know none."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "there meanwhile") from None
        aside.rename(path)
    else:
        with suppress(OSError):  # the file has its name
            aside.unlink()


def sync_folder(folder: Path) -> None:
    """Have a new name survive a power loss. Windows has no such call, and keeps names itself."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
