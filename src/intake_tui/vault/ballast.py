"""A small file beside the vault that is let go when the disk is full.

What it held is room enough for the line being written, for the log, and for closing; the last
of it is for what makes room: erasing.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

SIZE = 1 << 20
LAST = 1 << 18
_PIECE = 1 << 16


class Ballast:
    """One mebibyte, random so that no file system stores it for less."""

    def __init__(self, vault: Path) -> None:
        self._path = vault.with_name(f"{vault.name}-reserve")

    def lay(self) -> None:
        """Write it, if it is not there; on a full disk, as much as there is room for."""
        if self._laid == SIZE:
            return
        try:
            self._write()
        except OSError:
            if not self._laid:
                self._path.unlink(missing_ok=True)

    @property
    def _laid(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def _write(self) -> None:
        with self._path.open("wb", buffering=0) as file:
            self._path.chmod(0o600)
            for _ in range(SIZE // _PIECE):
                file.write(secrets.token_bytes(_PIECE))
            os.fsync(file.fileno())

    def drop(self, *, everything: bool = False) -> bool:
        """Let go of it, but for the last part; False if there was nothing to let go of."""
        left = 0 if everything else LAST
        if self._laid <= left:
            return False
        try:
            os.truncate(self._path, left)
        except OSError:
            return False
        return True

    def has_room(self) -> bool:
        """Whether the disk would take it several times over."""
        try:
            return shutil.disk_usage(self._path.parent).free > 8 * SIZE
        except OSError:
            return False
