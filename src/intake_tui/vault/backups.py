# ruff: noqa: A002  # `id` is what the rest of the program calls a row's random name
"""The backups of an open vault: one under way at most, and those that lie somewhere."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from intake_tui.vault import place
from intake_tui.vault.backup import Backup
from intake_tui.vault.copies import Copy
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasing import Erasing
from intake_tui.vault.errors import CopyRefused, VaultLocked
from intake_tui.vault.place import Location


class Backups:
    """Makes them, and opens them to whoever is signed in."""

    def __init__(self, desk: Desk, location: Location, erasing: Erasing) -> None:
        self._desk = desk
        self._location = location
        self._erasing = erasing
        self._under_way: Backup | None = None

    @property
    def device(self) -> bytes:
        """The id of this computer's chain in the log."""
        return self._desk.chain.device

    def lies_beside(self, path: Path) -> bool:
        """Whether a copy there lies on the disk that the vault is on."""
        return place.on_same_disk(path, self._location)

    def begin(self, target: Path, *, over: bool = False) -> Backup:
        """A backup to a file, in steps; one that is under way is given up. Raises CopyRefused.

        `over`: in the place of a file that is there.
        """
        self._must_be_open()
        self.stop()
        self._under_way = Backup(
            self._desk, self._location, target, over=over, erased=self._erasing.copy
        )
        return self._under_way

    def stop(self) -> None:
        """What is under way is given up; nothing of it is left."""
        if self._under_way is not None:
            self._under_way.stop()
            self._under_way = None

    def open(self, path: Path) -> Copy:
        """A backup's file, to be read back by who is signed in here. To be closed.

        Raises CopyRefused; "foreign" where it is another vault's.
        """
        self._must_be_open()
        found = Copy(path)
        try:
            if found.vault != self._desk.vault:
                raise CopyRefused("foreign")
            found.take(self._desk.identity)
        except BaseException:
            found.close()
            raise
        return found

    def has_made(self, path: Path, id: bytes) -> bool:
        """Whether the file there is that backup of this vault, whole or not."""
        try:
            with closing(Copy(path)) as copy:
                return copy.vault == self._desk.vault and copy.told.id == id
        except CopyRefused:
            return False

    def _must_be_open(self) -> None:
        if self._desk.locked:
            raise VaultLocked
