"""A small file beside the vault that is let go when the disk is full.

What it held is room enough for the line being written, for the log, and for closing.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SIZE = 1 << 20


class Ballast:
    """One mebibyte, random so that no file system stores it for less."""

    def __init__(self, vault: Path) -> None:
        self._path = vault.with_name(f"{vault.name}-reserve")

    def lay(self) -> None:
        """Write it, if it is not there and the disk has room for it several times over."""
        try:
            if self._path.exists() and self._path.stat().st_size == SIZE:
                return
            self._write()
        except OSError:
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        with self._path.open("wb") as file:
            self._path.chmod(0o600)
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())

    def drop(self) -> bool:
        """Let go of it; False if there was none."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
