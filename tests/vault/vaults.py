"""What the vault's tests share: names of a vault's files, and what opens it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from intake_tui.vault import store

NAME = "Åse Brattli"
PASSPHRASE = "nøtt-kano-blekk-ugle-furu-torsk"


@dataclass
class Made:
    """A vault's files, and what opens it."""

    path: Path
    device: Path
    recovery: str
    name: str = NAME
    passphrase: str = PASSPHRASE

    def unlock(self) -> store.Vault:
        return store.unlock(
            self.path, name=self.name, passphrase=self.passphrase, device=self.device
        )

    def copy(self, to: Path, *, device: bool = True) -> Made:
        to.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.path, to / "v.db")
        if device:
            shutil.copytree(self.device, to / "device", dirs_exist_ok=True)
        return Made(to / "v.db", to / "device", self.recovery, self.name, self.passphrase)


def rid() -> bytes:
    """A random id."""
    return os.urandom(16)


@dataclass
class Filled:
    """A vault with five revisions, two drafts and two items, and their ids."""

    made: Made
    revisions: list[bytes]
    drafts: list[bytes]
    items: list[bytes]
