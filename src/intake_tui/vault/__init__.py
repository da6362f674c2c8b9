"""The sealed store. It knows only bytes.

Importing this package loads no database engine; `intake_tui.vault.store` does. What needs
cryptography is imported at its first use: the unlock screen is painted before that.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from intake_tui.vault.errors import (
    CaseErased,
    DiskFull,
    DraftConflict,
    LastLeader,
    NameTaken,
    NoLongerMember,
    NoServer,
    NoSuchColleague,
    NotALeader,
    NotAVault,
    NoVault,
    OlderRoster,
    OwnSlot,
    SyncFolder,
    TooFewWays,
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultGone,
    VaultInUse,
    VaultLocked,
    VaultReadOnly,
    VaultUntrusted,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecovery,
)
from intake_tui.vault.place import Location, default_location, device_folder, exists

if TYPE_CHECKING:
    from intake_tui.vault.kdf import Kdf
    from intake_tui.vault.shapes import (
        Counsellor,
        Draft,
        Finding,
        Head,
        LastWrite,
        LogEntry,
        Report,
    )

__all__ = [
    "CaseErased",
    "Counsellor",
    "DiskFull",
    "Draft",
    "DraftConflict",
    "Finding",
    "Head",
    "Kdf",
    "LastLeader",
    "LastWrite",
    "Location",
    "LogEntry",
    "NameTaken",
    "NoLongerMember",
    "NoServer",
    "NoSuchColleague",
    "NoVault",
    "NotALeader",
    "NotAVault",
    "OlderRoster",
    "OwnSlot",
    "Report",
    "SyncFolder",
    "TooFewWays",
    "VaultDamaged",
    "VaultError",
    "VaultExists",
    "VaultGone",
    "VaultInUse",
    "VaultLocked",
    "VaultReadOnly",
    "VaultUntrusted",
    "WeakPassphrase",
    "WrongPassphrase",
    "WrongRecovery",
    "default_location",
    "device_folder",
    "exists",
]

_SHAPES = ("Counsellor", "Draft", "Finding", "Head", "LastWrite", "LogEntry", "Report")
_LATER = {"Kdf": "kdf", **dict.fromkeys(_SHAPES, "shapes")}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
