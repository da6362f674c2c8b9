"""Where a memory stick would be found."""

from __future__ import annotations

import getpass
import os
import string
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PLACES = ("/media", "/run/media", "/Volumes", "/mnt")
REMOVABLE = 2  # what Windows says of such a drive


def media() -> list[Path]:
    """The folders of what is put in and can be written, if any; the system's own disk is none."""
    found = _drives() if sys.platform == "win32" else _mounted()
    return [path for path in found if os.access(path, os.W_OK)]


def newest_copy() -> Path | None:
    """The newest file on one of them that is named as backups are."""
    found: list[tuple[float, Path]] = []
    for folder in media():
        with suppress(OSError):
            found += [(path.stat().st_mtime, path) for path in folder.glob("kopi-*.db")]
    return max(found)[1] if found else None


def example(*, file: bool = True) -> str:
    """What the name of a memory stick, or of a copy on it, looks like on this system."""
    if sys.platform == "win32":
        return r"E:\kopi-….db" if file else "E:\\"
    folder = "/Volumes/…" if sys.platform == "darwin" else "/media/…"
    return f"{folder}/kopi-….db" if file else folder


def _mounted() -> Iterator[Path]:
    user = _user()
    for place in PLACES:
        for folder in (Path(place), Path(place) / user):
            with suppress(OSError):
                yield from sorted(path for path in folder.iterdir() if os.path.ismount(path))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _drives() -> Iterator[Path]:
    import ctypes

    kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - only Windows has it
    for letter in string.ascii_uppercase:
        if kind(f"{letter}:\\") == REMOVABLE:
            yield Path(f"{letter}:\\")
