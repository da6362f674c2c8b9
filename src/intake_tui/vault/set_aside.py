"""A vault's file that nothing opens makes room for another, and is kept beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path

from intake_tui.vault import durable

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file: left there, it would be taken for the new one's."""


def put_in_place(fresh: Path, path: Path, today: date) -> str:
    """Give `fresh` the name of the file at `path`, which is kept under another: that name.

    Whenever it ends, the old file lies under one of its names at least, whole, and so does
    what SQLite kept beside it. Raises OSError; then everything is where it was.
    """
    if not os.path.lexists(path):
        durable.give_name(fresh, path)
        return ""
    kept = next(_free(path, today))
    _name_too(path, kept)
    try:
        for end in _BESIDE:
            with suppress(FileNotFoundError):
                _beside(path, end).rename(_beside(kept, end))
        durable.sync_folder(path.parent)
        durable.give_name(fresh, path, over=os.path.lexists(path))
    except OSError:
        _take_back(path, kept)
        raise
    return kept.name


def _free(path: Path, today: date) -> Iterator[Path]:
    for n in count(1):
        again = f"-{n}" if n > 1 else ""
        kept = path.with_name(f"{path.stem}-skadet-{today.isoformat()}{again}{path.suffix}")
        if not any(os.path.lexists(_beside(kept, end)) for end in ("", *_BESIDE)):
            yield kept


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _name_too(path: Path, kept: Path) -> None:
    """A second name first, so that there is no moment in which nothing lies there."""
    try:
        os.link(path, kept)
    except FileExistsError:
        raise  # it has come there meanwhile, and nothing is put over it
    except OSError:  # a folder, or a medium that knows one name only
        path.rename(kept)


def _take_back(path: Path, kept: Path) -> None:
    with suppress(OSError):
        for end in _BESIDE:
            with suppress(FileNotFoundError):
                _beside(kept, end).rename(_beside(path, end))
        if not os.path.lexists(path):
            kept.rename(path)
        elif os.path.lexists(kept) and kept.samefile(path):
            kept.unlink()
        durable.sync_folder(path.parent)
