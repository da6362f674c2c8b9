"""The sealed store. It knows only bytes.

Importing this package loads no database engine; `intake_tui.vault.store` does.
"""

from intake_tui.vault.errors import (
    DiskFull,
    DraftConflict,
    NoServer,
    NotAVault,
    NoVault,
    SyncFolder,
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultInUse,
    VaultLocked,
    VaultReadOnly,
    VaultUntrusted,
    WrongPassphrase,
    WrongRecovery,
)
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.place import Location, default_location, device_folder, exists
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
    "Counsellor",
    "DiskFull",
    "Draft",
    "DraftConflict",
    "Finding",
    "Head",
    "Kdf",
    "LastWrite",
    "Location",
    "LogEntry",
    "NoServer",
    "NoVault",
    "NotAVault",
    "Report",
    "SyncFolder",
    "VaultDamaged",
    "VaultError",
    "VaultExists",
    "VaultInUse",
    "VaultLocked",
    "VaultReadOnly",
    "VaultUntrusted",
    "WrongPassphrase",
    "WrongRecovery",
    "default_location",
    "device_folder",
    "exists",
]
