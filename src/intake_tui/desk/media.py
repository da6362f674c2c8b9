"""Where a memory stick would be found."""

from __future__ import annotations

import getpass
import os
import string
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

PLACES = ("/media", "/run/media", "/Volumes", "/mnt")
LOOKED_AT = 2000  # files of a folder in which copies are looked for
REMOVABLE = 2  # what Windows says of such a drive


def media() -> list[Path]:
    """The folders of what is put in and can be written, if any; the system's own disk is none."""
    found = _drives() if sys.platform == "win32" else _mounted()
    return [path for path in found if os.access(path, os.W_OK)]


def copies_on_media() -> list[Path]:
    """The files on them that are named as backups are, the newest first."""
    return _newest_first(path for folder in media() for path in _in(folder, "kopi-*.db"))


def copies_in(folder: Path) -> list[Path]:
    """The files in a folder that begin as backups do, whatever they are called: newest first."""
    from intake_tui.vault.copies import looks_like_one

    files = (path for path in islice(_in(folder, "*"), LOOKED_AT) if path.is_file())
    return _newest_first(path for path in files if looks_like_one(path))


def _in(folder: Path, name: str) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.glob(name)


def _newest_first(paths: Iterable[Path]) -> list[Path]:
    found: list[tuple[float, Path]] = []
    for path in paths:
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


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
