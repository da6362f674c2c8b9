"""A machine for one test: the folders of one user, and who signs in there."""

from __future__ import annotations

import os
import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path

COUNSELLOR = "Ragnhild Prøvestad"
PASSPHRASE = "kvitveis lommelykt sement bjeller"
CENTRE = "Senteret i Vikabygda"

FOLDERS = {
    "HOME": "home",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
    "TMPDIR": "tmp",
}


@dataclass(frozen=True)
class Home:
    """The folders of one user on one machine, and the vault on it."""

    root: Path

    @property
    def vault(self) -> Path:
        return self.root / "vault" / "vault.db"

    @property
    def device(self) -> Path:
        return self.root / "state" / "intake-tui"

    @property
    def env(self) -> dict[str, str]:
        """What the program finds in its environment: these folders, and a full-colour terminal."""
        return {
            **{name: str(self.root / folder) for name, folder in FOLDERS.items()},
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    @classmethod
    def made(cls, root: Path) -> Home:
        """A home with all its folders, and nothing in them."""
        for folder in (*FOLDERS.values(), "vault"):
            (root / folder).mkdir(parents=True)
        return cls(root)

    def copy(self, root: Path) -> Home:
        """The same machine once more, somewhere else."""
        shutil.copytree(self.root, root)
        return Home(root)


def installed(name: str) -> Path:
    """A program of the environment that the tests run in."""
    path = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert path, f"{name} is not installed in the environment of the tests"
    return Path(path)


def make_vault(home: Home, *, passphrase: str = PASSPHRASE) -> None:
    """An empty vault of one counsellor on that machine, with keys as cheap as they may be."""
    from intake_tui.records.archive import Archive
    from intake_tui.vault.kdf import Kdf

    archive, _ = Archive.create(
        home.vault,
        name=COUNSELLOR,
        passphrase=passphrase,
        centre=CENTRE,
        language="nb",
        kdf=Kdf.FLOOR,
        device=home.device,
    )
    archive.lock()
