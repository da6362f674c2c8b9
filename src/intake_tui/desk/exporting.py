"""Writing a contact to a file that is not sealed: never over another, never where it syncs."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from intake_tui.vault import durable
from intake_tui.vault.syncfolders import synchronised

Refusal: TypeAlias = Literal["sync-folder", "no-glyph"] | durable.Why


class ExportRefused(Exception):  # noqa: N818 - named for what happened
    """The file was not written; `code` tells why. Holds no path and nothing of what it says."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code: Refusal = code

    @classmethod
    def by(cls, error: OSError) -> ExportRefused:
        """For what the system said."""
        return cls(durable.why(error))


def refuse(path: Path) -> None:
    """Raises ExportRefused for a place where it would not be written."""
    try:
        if not path.parent.is_dir():
            raise ExportRefused("no-folder")
        if synchronised(path):
            raise ExportRefused("sync-folder")
        if os.path.lexists(path):
            raise ExportRefused("exists")
    except (OSError, ValueError):
        raise ExportRefused("not-written") from None
    if not os.access(path.parent, os.W_OK):
        raise ExportRefused("read-only")


@dataclass(frozen=True)
class Written:
    """A file that was written out, and read back to its last byte."""

    path: Path = field(repr=False)
    digest: bytes = field(repr=False)

    @property
    def is_there(self) -> bool:
        """Whether it lies there as it was written, read once more."""
        try:
            return hashlib.sha256(self.path.read_bytes()).digest() == self.digest
        except OSError:
            return False


def write(path: Path, data: bytes) -> Written:
    """All of it in a new file of its owner's alone. Raises ExportRefused; then there is none.

    It is written aside first and read back, so that a file with that name is never half of it.
    """
    refuse(path)
    aside = path.with_name(f".{secrets.token_hex(4)}.new")
    try:
        durable.fill(aside, data)
        written = Written(aside, hashlib.sha256(data).digest())
        if not written.is_there:
            raise ExportRefused("not-written")
        durable.give_name(aside, path)
    except OSError as error:
        raise ExportRefused.by(error) from None
    finally:
        with suppress(OSError):
            aside.unlink()
    return replace(written, path=path)


def file_name(ending: str) -> str:
    """A name with that ending (`pdf`), without code or date.

    Lists of recent files, print queues and backups show names.
    """
    return f"notat-{secrets.token_hex(3)}.{ending}"
