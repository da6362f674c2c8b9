"""The signed roster: who may read, and with which public keys. Nothing else is believed.

Roster 0 is signed by the root key, whose hash is the vault's id; each later one by a
leader (or the recovery sheet) whom the roster before it lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from intake_tui.vault.errors import VaultDamaged, VaultUntrusted
from intake_tui.vault.framing import HASH_SIZE, ID_SIZE, bound, digest, frame, unframe
from intake_tui.vault.keys import Identity, signed_by

LEADER, COUNSELLOR, RECOVERY = "leader", "counsellor", "recovery"
_ROLES = (LEADER, COUNSELLOR, RECOVERY)
SIGNERS = (LEADER, RECOVERY)
NOTHING = bytes(HASH_SIZE)


@dataclass(frozen=True)
class Member:
    """One line of a roster."""

    slot: bytes
    kem: bytes
    signing: bytes
    role: str

    @classmethod
    def of(cls, who: Identity, role: str) -> Member:
        """The line for an identity."""
        return cls(who.slot, who.kem_public, who.sign_public, role)


@dataclass(frozen=True)
class Roster:
    """One row of the roster table."""

    n: int
    previous: bytes
    epoch: int
    commitment: bytes
    members: tuple[Member, ...]
    signature: bytes

    def member(self, slot: bytes) -> Member | None:
        """The line of a slot."""
        return next((member for member in self.members if member.slot == slot), None)

    def message(self, vault: bytes) -> bytes:
        """What is signed."""
        packed = pack(self.members)
        return bound(vault, "roster", self.n, self.previous, self.epoch, self.commitment, packed)

    def hash(self, vault: bytes) -> bytes:
        """What the next roster names as its previous one."""
        return digest(frame(self.message(vault), self.signature))


def vault_id(root: bytes) -> bytes:
    """The first 16 bytes of SHA-256 of the root public key."""
    return digest(root)[:ID_SIZE]


def pack(members: Sequence[Member]) -> bytes:
    """The members column."""
    return frame(*(frame(one.slot, one.kem, one.signing, one.role) for one in members))


def unpack(packed: bytes) -> tuple[Member, ...]:
    """The members of a column; raises VaultUntrusted for anything `pack` does not write."""
    try:
        lines = [unframe(line) for line in unframe(packed)]
        members = tuple(Member(line[0], line[1], line[2], line[3].decode()) for line in lines)
    except (VaultDamaged, IndexError, UnicodeDecodeError):
        raise VaultUntrusted("roster") from None
    if pack(members) != packed or len({one.slot for one in members}) != len(members):
        raise VaultUntrusted("roster")
    if any(one.role not in _ROLES or len(one.slot) != ID_SIZE for one in members):
        raise VaultUntrusted("roster")
    return members


def first(
    root: Ed25519PrivateKey, vault: bytes, commitment: bytes, members: Sequence[Member]
) -> Roster:
    """Roster 0, signed by the root key (which is thrown away afterwards)."""
    return _signed(root, vault, Roster(0, NOTHING, 1, commitment, tuple(members), b""))


def following(
    before: Roster,
    signer: Identity,
    vault: bytes,
    members: Sequence[Member],
    *,
    epoch: int,
    commitment: bytes,
) -> Roster:
    """The next roster, signed by a leader of the one before."""
    unsigned = Roster(before.n + 1, before.hash(vault), epoch, commitment, tuple(members), b"")
    return _signed(signer.signing, vault, unsigned)


def _signed(key: Ed25519PrivateKey, vault: bytes, one: Roster) -> Roster:
    signature = key.sign(one.message(vault))
    return Roster(one.n, one.previous, one.epoch, one.commitment, one.members, signature)


def check(
    vault: bytes, root: bytes, rosters: Sequence[Roster], proved: Sequence[Roster] = ()
) -> Roster:
    """The newest of an unbroken chain from the root key; raises VaultUntrusted.

    Where it begins with rosters of this vault that have been `proved`, those need not be again.
    """
    if vault_id(root) != vault:
        raise VaultUntrusted("root")
    if proved and list(rosters[: len(proved)]) == list(proved):
        return _chained(vault, rosters[len(proved) - 1 :])
    if not rosters or not _is_first(vault, root, rosters[0]):
        raise VaultUntrusted("roster")
    return _chained(vault, rosters)


def _chained(vault: bytes, rosters: Sequence[Roster]) -> Roster:
    if not unbroken(vault, rosters):
        raise VaultUntrusted("roster")
    return rosters[-1]


def unbroken(vault: bytes, rosters: Sequence[Roster]) -> bool:
    """Whether each roster follows from the one before it; of the first nothing is asked."""
    return all(_follows(vault, before, after) for before, after in pairwise(rosters))


def _is_first(vault: bytes, root: bytes, one: Roster) -> bool:
    start = (one.n, one.previous, one.epoch) == (0, NOTHING, 1)
    return start and signed_by(root, one.signature, one.message(vault))


def _follows(vault: bytes, before: Roster, after: Roster) -> bool:
    if after.n != before.n + 1 or after.previous != before.hash(vault):
        return False
    same = (after.epoch, after.commitment) == (before.epoch, before.commitment)
    if not same and after.epoch != before.epoch + 1:
        return False
    message = after.message(vault)
    signers = (member.signing for member in before.members if member.role in SIGNERS)
    return any(signed_by(key, after.signature, message) for key in signers)
