"""Folders that a synchronising program copies to other machines: no place for a vault.

Such a program copies the file in the middle of a write, puts old copies back, and
hands the times of every save to its operator.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

_NAMES = re.compile(
    r"""
    dropbox(\ \(.+\))? | onedrive(\ -\ .+)? | skydrive | sharepoint | .+\ -\ sharepoint
    | icloud(\ ?drive)?(~.*)? | mobile\ documents | com~apple~clouddocs | cloudstorage
    | google\ ?drive(\ .*)? | googledrive-.+ | drivefs | my\ drive | min\ disk | delte\ disker
    | nextcloud\d* | owncloud\d* | infinite\ scale | seafile | seadrive | syncthing
    | jottacloud | jotta\ ?sync | box(\ sync|-box)? | pcloud(\ ?drive)? | pclouddrive
    | mega(sync)? | tresorit(\ drive)? | proton\ ?drive.* | yandex\.?disk | koofr | filen
    | sync\.com | sync | resilio\ sync | icedrive | spideroak(one)?(\ hive)?
    | creative\ cloud\ files
    | kdrive | hidrive | egnyte | strato\ hidrive
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = (
    ".stfolder",
    ".stversions",
    ".dropbox",
    ".dropbox.cache",
    ".nextcloudsync.log",
    ".owncloudsync.log",
    ".sync",
    ".seafile-data",
    ".csync_journal.db",
    ".tmp.drivedownload",
)
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


def synchronised(place: Path) -> bool:
    """Whether a file here would be carried off by one of the common clients."""
    here = place.expanduser().absolute()
    return any(named(path) or _marked(path) or _declared(path) for path in {here, here.resolve()})


def named(path: PurePath) -> bool:
    """Whether any folder above the file is called like a synchronising client's."""
    return any(_NAMES.fullmatch(part) for part in path.parts[:-1])


def _marked(path: Path) -> bool:
    return any((folder / mark).exists() for folder in path.parents for mark in _MARKS)


def _declared(path: Path) -> bool:
    folders = (os.environ.get(name) for name in _VARIABLES)
    return any(path.is_relative_to(folder) for folder in folders if folder)
