"""A backup becomes an archive in a new place, and what was deleted since goes again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from intake_tui.records.archive import Archive
from intake_tui.vault.copies import Copy
from intake_tui.vault.place import Location, device_folder
from intake_tui.vault.restore import Restore
from intake_tui.vault.store import Vault


def restoring(
    copy: Copy,
    location: Location,
    device: Path | None = None,
    *,
    damaged_on: date | None = None,
) -> Restore:
    """A restore to be stepped through, of a copy that somebody has signed in to.

    `damaged_on`: today, where what lies there cannot be opened. Raises VaultExists, SyncFolder.
    """
    folder = device or device_folder()
    return Restore(copy, location, folder, again=_again, damaged_on=damaged_on)


def _again(vault: Vault, lists: Sequence[bytes]) -> int:
    return Archive(vault).erasing.replay(lists)
