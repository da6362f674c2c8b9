"""Writing a contact to a file that is not sealed: never over another, never where it syncs."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from intake_tui.vault.syncfolders import synchronised

Refusal: TypeAlias = Literal["exists", "sync-folder", "no-folder", "not-written"]


class ExportRefused(Exception):  # noqa: N818 - named for what happened
    """The file was not written; `code` tells why. Holds no path and nothing of what it says."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code: Refusal = code


def refuse(path: Path) -> None:
    """Raises ExportRefused for a place where it would not be written."""
    if not path.parent.is_dir():
        raise ExportRefused("no-folder")
    if synchronised(path):
        raise ExportRefused("sync-folder")
    if path.exists():
        raise ExportRefused("exists")


def write(path: Path, text: str) -> None:
    """The text in a new file of its owner's alone. Raises ExportRefused; then there is none."""
    refuse(path)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ExportRefused("exists") from None
    except OSError:
        raise ExportRefused("not-written") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise ExportRefused("not-written") from None


def file_name() -> str:
    """A name without code or date: lists of recent files, print queues and backups show names."""
    return f"notat-{secrets.token_hex(3)}.md"
