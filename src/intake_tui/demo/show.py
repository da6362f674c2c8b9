"""A vault of invented contacts, made to be looked at."""

from __future__ import annotations

import datetime as dt
import glob
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from intake_tui.demo.fill import fill
from intake_tui.guide.load import load
from intake_tui.guide.model import LANGUAGES
from intake_tui.records.archive import Archive
from intake_tui.vault.passphrases import generated

COUNSELLOR = "Ansatt Demo"  # nobody's name
CENTRE = "Eksempelsenteret"


@contextmanager
def kept_in(file: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """Where the vault goes, and this device's folder: with no file both in a temporary folder."""
    if file is not None:
        yield file, None
        return
    with tempfile.TemporaryDirectory(prefix="intake-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "vault.db", Path(folder) / "device"


@dataclass(frozen=True)
class Shown:
    """A vault that was made, and how to get in."""

    location: Path
    device: Path | None
    name: str
    passphrase: str = field(repr=False)

    @classmethod
    def made(
        cls, location: Path, device: Path | None, *, contacts: int, seed: int, language: str | None
    ) -> Self:
        """Makes the vault there. Raises VaultError."""
        made = cls(location, device, COUNSELLOR, generated())
        archive, _ = Archive.create(
            location,
            name=made.name,
            passphrase=made.passphrase,
            centre=CENTRE,
            language=next((known for known in LANGUAGES if known == language), "nb"),
            device=device,
        )
        today = dt.datetime.now(dt.UTC).date()
        try:
            fill(archive, load(), contacts=contacts, seed=seed, today=today)
        except BaseException:
            archive.lock()
            _remove(location)  # half a demo, whose passphrase nobody was told
            raise
        archive.lock()
        return made


def _remove(location: Path) -> None:
    """The vault's file, and those that lie beside it under its name and an ending."""
    for left in (location, *location.parent.glob(f"{glob.escape(location.name)}-*")):
        left.unlink(missing_ok=True)
