"""What tests of backups in the running program share: an archive with contacts, and a copy."""

from __future__ import annotations

from pathlib import Path

from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home


def archive_of(home: Home) -> Archive:
    return Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)


def copied(home: Home, target: Path) -> Path:
    archive = archive_of(home)
    backup = archive.backups.begin(target)
    while (step := backup.step()) is not None:
        if step.aside is not None:
            step.aside()
    assert backup.made is not None
    archive.backups.note(backup.made, target)
    archive.lock()
    return target
