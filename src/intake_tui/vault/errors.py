# ruff: noqa: N818  # the names say what has happened
"""What can go wrong with the vault: one class and one stable code each.

The screens turn the code into words. A message never holds a name, a path or
anything that was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from intake_tui.vault.shapes import Finding


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


class OfAnOlderKey(VaultDamaged):
    """The row opens, but under a vault key that was replaced: who left may have written it."""


class VaultReadOnly(VaultError):
    """The file or its folder may not be written."""

    code = "read-only"


class OlderRoster(VaultReadOnly):
    """The vault was put back to before a change of who may read that this device remembers.

    What is written now could be read by somebody who has left. It can be read; a leader who
    changes the vault key (and revokes anew whoever left) makes it writable again.
    """

    code = "older-roster"


class VaultNotClosed(VaultReadOnly):
    """It may not be written, and its last changes lie in a file beside it that cannot be taken in.

    It is open elsewhere, or was not closed in order.
    """

    code = "not-closed"


class VaultSetAside(VaultReadOnly):
    """It is damaged: what is readable is read, and nothing is written into it any more."""

    code = "read-only-damaged"


class VaultInUse(VaultError):
    """Another program has the vault open."""

    code = "in-use"


class VaultGone(VaultError):
    """The open vault's file is not where it was: deleted, moved, replaced, on a stick pulled out.

    Nothing is written any more until it is back, or another is opened.
    """

    code = "taken-away"


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

    `what` is the part: "root", "roster", "slot", "kdf", "grant", "epoch" or "schema".
    """

    code = "untrusted"

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NoLongerMember(VaultError):
    """The newest roster does not list who is signed in: revoked, or given another slot."""

    code = "no-longer-member"


class NotALeader(VaultError):
    """Who may read is changed by leaders (and with the recovery sheet) only."""

    code = "not-a-leader"


class LastLeader(VaultError):
    """Without this one nobody could change who may read."""

    code = "last-leader"


class TooFewWays(VaultError):
    """Fewer than two ways in would be left, slots and recovery sheet counted together."""

    code = "too-few-ways"


class NameTaken(VaultError):
    """A colleague goes by this name already, capitals aside."""

    code = "name-taken"


class NoSuchColleague(VaultError):
    """The roster lists nobody (any more) who was meant, or it is the recovery sheet."""

    code = "no-such-colleague"


class OwnSlot(VaultError):
    """Not to be done to oneself: who makes a new key knows it."""

    code = "own-slot"


class WeakPassphrase(VaultError):
    """A passphrase of one's own is too easy to guess: `why` as `passphrases.weakness` has it."""

    code = "weak-passphrase"

    def __init__(self, why: str = "common") -> None:
        super().__init__(why)
        self.why = why


class DraftConflict(VaultError):
    """Somebody else wrote this row after it was read here; both versions are kept."""

    code = "draft-conflict"


class CaseErased(VaultError):
    """A leader has erased the case that this row belonged to: what comes late is not kept."""

    code = "erased"


class SyncFolder(VaultError):
    """The place is copied to other machines by a synchronising program."""

    code = "sync-folder"


class IsACopy(VaultError):
    """The file is a backup: it is restored to another place, and never worked in itself."""

    code = "a-copy"


class CopyRefused(Exception):
    """A backup was not made, not believed or not restored; `code` tells why.

    Holds no path. What was there before is as it was.

    - "exists": a file of that name is there; "same-file": it is the vault itself.
    - "sync-folder", "no-folder", "read-only", "disk-full": the place.
    - "not-written": the medium failed or is gone; "not-the-same": what was read back is not
      what was written.
    - "no-copy", "not-a-copy": nothing there, or something else.
    - "foreign": another vault's; "unreadable": the file cannot be opened.
    - "leaders-only": it would take the place of an archive that opens.
    - "stranger": whoever is signed in was nobody when the copy was made.
    - "changed": somebody changed it since, or its end was cut off.
    - "not-sound": there is damage in it; `findings` says what.
    - "contradicts": it goes on otherwise than this computer remembers.
    """

    def __init__(self, code: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.findings = findings
