"""A file system that keeps each write, truncation, deletion and sync of an SQLite database.

`before` is asked ahead of each of them: it may refuse (a full disk) or end the process (a kill).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import apsw

Kind: TypeAlias = Literal["write", "truncate", "sync", "delete"]


@dataclass(frozen=True)
class Act:
    """One thing that was asked of the disk. `at` is an offset, or the size after truncation."""

    kind: Kind
    file: str
    at: int = 0
    data: bytes = b""


class WatchedDisk(apsw.VFS):
    """Everything goes to the real file system as well."""

    def __init__(self, name: str = "watched") -> None:
        self.name = name
        self.acts: list[Act] = []
        self.keeps = True
        self.before: Callable[[Act], None] = lambda _: None
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.note("delete", filename)
        super().xDelete(filename, syncdir)

    def note(self, kind: Kind, file: str, at: int = 0, data: bytes = b"") -> None:
        """Ask whether it may be, and keep it."""
        act = Act(kind, Path(file).name, at, bytes(data))
        self.before(act)
        if self.keeps:
            self.acts.append(act)


class _File(apsw.VFSFile):
    def __init__(self, disk: WatchedDisk, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self._disk.note("write", self._name, offset, data)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.note("truncate", self._name, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.note("sync", self._name)
        super().xSync(flags)
