# ruff: noqa: N818  # the names say what has happened
"""What can go wrong with the vault: one class and one stable code each.

The screens turn the code into words. A message never holds a name, a path or
anything that was said.
"""

from __future__ import annotations

from typing import ClassVar


class VaultError(Exception):
    """Something is wrong with the vault; `code` tells what."""

    code: ClassVar[str] = "vault"

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.code}: {detail}" if detail else self.code)
        self.detail = detail


class NoVault(VaultError):
    """There is no vault at this place."""

    code = "no-vault"


class NoServer(VaultError):
    """The database server does not answer, or refuses its own user name."""

    code = "no-server"


class NotAVault(VaultError):
    """What lies there is something else: empty, a folder, another kind of file."""

    code = "not-a-vault"


class VaultExists(VaultError):
    """There is something at the place where a new vault was to be made."""

    code = "exists"


class VaultDamaged(VaultError):
    """The file, or the row that was asked for, cannot be read as it was written."""

    code = "damaged"


class VaultReadOnly(VaultError):
    """The file or its folder may not be written."""

    code = "read-only"


class VaultInUse(VaultError):
    """Another program has the vault open."""

    code = "in-use"


class VaultLocked(VaultError):
    """This vault has been locked; its keys are gone."""

    code = "locked"


class DiskFull(VaultError):
    """There is no room left. Nothing of what was saved before is lost."""

    code = "disk-full"


class WrongPassphrase(VaultError):
    """No key slot opens with this name and passphrase (an unknown name looks the same)."""

    code = "wrong-passphrase"


class WrongRecovery(VaultError):
    """The printed key was mistyped in group `group` (from 1), or is another vault's (None)."""

    code = "wrong-recovery"

    def __init__(self, group: int | None = None) -> None:
        super().__init__("" if group is None else f"group {group}")
        self.group = group


class VaultUntrusted(VaultError):
    """Somebody without the right to it changed the keys' tables.

    `what` is the part: "root", "roster", "slot", "kdf", "grant", "epoch", "schema", or "role"
    (a change that only a leader may make).
    """

    code = "untrusted"

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class DraftConflict(VaultError):
    """Somebody else wrote this row after it was read here; both versions are kept."""

    code = "draft-conflict"


class SyncFolder(VaultError):
    """The place is copied to other machines by a synchronising program."""

    code = "sync-folder"
