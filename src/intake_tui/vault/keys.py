"""Who one is (two private keys) and what one may read (a vault key per epoch)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from intake_tui.vault.errors import OfAnOlderKey, VaultDamaged, VaultLocked
from intake_tui.vault.framing import ID_SIZE, Field, digest
from intake_tui.vault.seal import KEY_SIZE, derive, seal, unseal

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class Identity:
    """A slot that has been opened: its id, the name inside it, and both private keys."""

    slot: bytes
    name: str = field(repr=False)
    kem: X25519PrivateKey = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def new(cls, name: str) -> Identity:
        """A fresh slot id and fresh keys."""
        slot = secrets.token_bytes(ID_SIZE)
        return cls(slot, name, X25519PrivateKey.generate(), Ed25519PrivateKey.generate())

    @property
    def kem_public(self) -> bytes:
        """The X25519 public key, 32 bytes."""
        return self.kem.public_key().public_bytes_raw()

    @property
    def sign_public(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return self.signing.public_key().public_bytes_raw()


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature holds; False also for keys and signatures that are none."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def seal_to(public: bytes, plain: bytes, info: bytes) -> bytes:
    """HPKE base mode (RFC 9180): the encapsulated key, then the ciphertext."""
    return SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info)


def open_box(private: X25519PrivateKey, box: object, info: bytes) -> bytes:
    """What `seal_to` was given. Raises VaultDamaged."""
    if not isinstance(box, bytes):
        raise VaultDamaged("box")
    try:
        return SUITE.decrypt(box, private, info)
    except Exception:  # the library raises several kinds for bytes that are no box
        raise VaultDamaged("box") from None


class Keys:
    """The vault key of each epoch that one may read, and the keys derived from them."""

    def __init__(self, vault: bytes, epoch: int, key: bytes) -> None:
        self.vault = vault
        self.epoch = epoch
        self._keys = {epoch: key}
        self._derived: dict[tuple[int, str, Field], AESGCM] = {}

    @classmethod
    def first(cls, vault: bytes) -> Keys:
        """Epoch 1 with a random vault key."""
        return cls(vault, 1, secrets.token_bytes(KEY_SIZE))

    def __repr__(self) -> str:
        return f"<Keys up to epoch {self.epoch}>"

    def commitment(self, epoch: int) -> bytes:
        """SHA-256 of an epoch's vault key, as the roster states it."""
        return digest(self._of(epoch))

    def rows(self, epoch: int) -> AESGCM:
        """Wraps the row keys of revisions."""
        return self._key(epoch, "rows")

    def log(self, epoch: int) -> AESGCM:
        """Seals log entries."""
        return self._key(epoch, "log")

    def draft(self, epoch: int, id_: bytes) -> AESGCM:
        """Seals one draft."""
        return self._key(epoch, "draft", id_)

    def item(self, epoch: int, id_: bytes) -> AESGCM:
        """Seals one item."""
        return self._key(epoch, "item", id_)

    def box_for(self, public: bytes, info: bytes) -> bytes:
        """The current vault key, for the holder of a rostered X25519 key."""
        return seal_to(public, self._of(self.epoch), info)

    def seal_previous(self, associated: bytes) -> bytes:
        """The vault key of the epoch before the current one, sealed under the current one."""
        return seal(self._key(self.epoch, "previous"), self._of(self.epoch - 1), associated)

    def learn_previous(self, epoch: int, sealed: object, associated: bytes) -> None:
        """Take in the vault key before `epoch`, sealed under that of `epoch`."""
        self._keys[epoch - 1] = unseal(self._key(epoch, "previous"), sealed, associated)

    def advanced(self) -> Keys:
        """These keys and a fresh vault key for the next epoch."""
        after = Keys(self.vault, self.epoch + 1, secrets.token_bytes(KEY_SIZE))
        after._keys |= self._keys
        return after

    def must_be_current(self, epoch: int) -> None:
        """Raises OfAnOlderKey for a row, opened by now, of an earlier epoch: a rotation left none.

        Whoever was revoked still has the earlier vault key, and could write such a row.
        """
        if epoch != self.epoch:
            raise OfAnOlderKey("epoch")

    def drop(self) -> None:
        """Forget every key (as far as Python can)."""
        self._keys.clear()
        self._derived.clear()

    def _of(self, epoch: int) -> bytes:
        if not self._keys:
            raise VaultLocked
        try:
            return self._keys[epoch]
        except KeyError:
            raise VaultDamaged("epoch") from None

    def _key(self, epoch: int, purpose: str, id_: Field = b"") -> AESGCM:
        known = self._derived.get((epoch, purpose, id_))
        if known is None:
            known = AESGCM(derive(self._of(epoch), self.vault, purpose, id_))
            self._derived[epoch, purpose, id_] = known
        return known
