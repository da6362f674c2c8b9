"""Key slots: one counsellor's private keys, wrapped under the passphrase, signed by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_tui.vault import kdf, recovery
from intake_tui.vault.errors import (
    VaultDamaged,
    VaultError,
    VaultUntrusted,
    WrongPassphrase,
    WrongRecovery,
)
from intake_tui.vault.framing import bound, digest, frame, unframe
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.keys import Identity, signed_by
from intake_tui.vault.passphrases import as_generated
from intake_tui.vault.roster import Roster
from intake_tui.vault.seal import derive, seal_padded, unseal_padded

STEP = 256


@dataclass(frozen=True)
class Slot:
    """One row of the slot table."""

    id: bytes
    kem: bytes
    signing: bytes
    kdf: bytes
    wrapped: bytes
    signature: bytes

    def message(self, vault: bytes) -> bytes:
        """What the slot's own Ed25519 key signs."""
        return bound(vault, "slot", self.id, self.kem, self.signing, self.kdf, self.wrapped)

    def hash(self, vault: bytes) -> bytes:
        """What the log remembers of the slot, so that an older one put back is noticed."""
        return digest(frame(self.message(vault), self.signature))


def for_passphrase(vault: bytes, who: Identity, passphrase: str, cost: Kdf) -> Slot:
    """A counsellor's slot; takes one Argon2id run."""
    return _wrap(vault, who, cost.packed(), cost.key(passphrase, kdf.salt(vault, who.name)))


def for_recovery(vault: bytes, who: Identity, key: bytes) -> Slot:
    """The recovery slot, under the printed key."""
    return _wrap(vault, who, kdf.PRINTED, derive(key, vault, "recovery"))


def _wrap(vault: bytes, who: Identity, cost: bytes, key: bytes) -> Slot:
    secret = frame(who.name, who.kem.private_bytes_raw(), who.signing.private_bytes_raw())
    associated = _associated(vault, who.slot, who.kem_public, who.sign_public, cost)
    wrapped = seal_padded(AESGCM(key), secret, associated, STEP)
    unsigned = Slot(who.slot, who.kem_public, who.sign_public, cost, wrapped, b"")
    signature = who.signing.sign(unsigned.message(vault))
    return Slot(who.slot, who.kem_public, who.sign_public, cost, wrapped, signature)


def _associated(vault: bytes, slot: bytes, kem: bytes, signing: bytes, cost: bytes) -> bytes:
    return bound(vault, "wrapped", slot, kem, signing, cost)


def unwrap(vault: bytes, slot: Slot, key: bytes) -> Identity:
    """Open a slot. Raises VaultDamaged when the key is not its, or its halves do not match."""
    associated = _associated(vault, slot.id, slot.kem, slot.signing, slot.kdf)
    fields = unframe(unseal_padded(AESGCM(key), slot.wrapped, associated, STEP))
    if len(fields) != 3 or len(fields[1]) != 32 or len(fields[2]) != 32:
        raise VaultDamaged("slot")
    try:
        name = fields[0].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise VaultDamaged("slot") from None
    who = Identity(
        slot.id,
        name,
        X25519PrivateKey.from_private_bytes(fields[1]),
        Ed25519PrivateKey.from_private_bytes(fields[2]),
    )
    if (who.kem_public, who.sign_public) != (slot.kem, slot.signing):
        raise VaultUntrusted("slot")
    return who


def planted(vault: bytes, slot: Slot, roster: Roster) -> str | None:
    """Why a slot is not used: the roster does not list it, or it is not what its owner signed."""
    member = roster.member(slot.id)
    if member is None:
        return "planted-slot"
    if (member.kem, member.signing) != (slot.kem, slot.signing):
        return "slot-changed"
    if not signed_by(member.signing, slot.signature, slot.message(vault)):
        return "slot-changed"
    return None


class SignIn:
    """Looks for the slot that a passphrase or a printed key opens, among trusted slots only."""

    def __init__(self, vault: bytes, slots: Iterable[Slot], roster: Roster) -> None:
        self._vault = vault
        judged = [(slot, planted(vault, slot, roster)) for slot in slots]
        self._slots = [slot for slot, why in judged if why is None]
        self.warnings = [why for _, why in judged if why is not None]

    def with_passphrase(self, name: str, passphrase: str) -> Identity:
        """Raises WrongPassphrase, or VaultUntrusted where a listed slot was doctored.

        A generated one may be typed with spaces or capital letters: then it takes twice as long.
        """
        try:
            return self._with_just(name, passphrase)
        except WrongPassphrase:
            meant = as_generated(passphrase)
            if meant is None:
                raise
        return self._with_just(name, meant)

    def _with_just(self, name: str, passphrase: str) -> Identity:
        salt = kdf.salt(self._vault, name)
        keys: dict[bytes, bytes] = {}

        def key(slot: Slot) -> bytes:
            if slot.kdf not in keys:  # nearly always one cost for all, so one run
                keys[slot.kdf] = Kdf.parse(slot.kdf).key(passphrase, salt)
            return keys[slot.kdf]

        chosen = [slot for slot in self._slots if slot.kdf != kdf.PRINTED]
        return self._first(chosen, key, WrongPassphrase())

    def with_recovery(self, text: str) -> Identity:
        """Raises WrongRecovery."""
        key = derive(recovery.parse(text), self._vault, "recovery")
        chosen = [slot for slot in self._slots if slot.kdf == kdf.PRINTED]
        return self._first(chosen, lambda _: key, WrongRecovery())

    def _first(
        self, slots: list[Slot], key: Callable[[Slot], bytes], otherwise: VaultError
    ) -> Identity:
        tried = 0
        for slot in slots:
            try:
                return unwrap(self._vault, slot, key(slot))
            except VaultDamaged:
                tried += 1
            except VaultUntrusted as doctored:
                self.warnings.append(f"{doctored.what}-changed")
        if tried:
            raise otherwise
        # Not the typing: there is no slot left that could have opened.
        raise VaultUntrusted("kdf" if "kdf-changed" in self.warnings else "slot")
