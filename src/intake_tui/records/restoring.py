"""A backup becomes an archive in a new place, and what was deleted since goes again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intake_tui.records.archive import Archive
from intake_tui.vault.copies import Copy
from intake_tui.vault.place import Location, device_folder
from intake_tui.vault.restore import Restore
from intake_tui.vault.store import Vault


def restoring(copy: Copy, location: Location, device: Path | None = None) -> Restore:
    """A restore to be stepped through, of a copy that somebody has signed in to.

    Raises VaultExists, SyncFolder.
    """
    return Restore(copy, location, device or device_folder(), again=_again)


def _again(vault: Vault, lists: Sequence[bytes]) -> int:
    return Archive(vault).erasing.replay(lists)
