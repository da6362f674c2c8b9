"""AES-256-GCM over padded bytes, and the keys derived for each purpose."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.framing import Field, bound, pad, unpad

NONCE_SIZE = 12
KEY_SIZE = 32


def seal(key: AESGCM, plain: bytes, associated: bytes) -> bytes:
    """Nonce (12 random bytes), ciphertext, tag (16 bytes)."""
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + key.encrypt(nonce, plain, associated)


def unseal(key: AESGCM, sealed: object, associated: bytes) -> bytes:
    """What `seal` was given. Raises VaultDamaged for anything else in the column."""
    if not isinstance(sealed, bytes) or len(sealed) < NONCE_SIZE + 16:
        raise VaultDamaged("sealed")
    try:
        return key.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], associated)
    except InvalidTag:
        raise VaultDamaged("sealed") from None


def seal_padded(key: AESGCM, plain: bytes, associated: bytes, step: int) -> bytes:
    """`seal` of the padded bytes, so that lengths show in steps only."""
    return seal(key, pad(plain, step), associated)


def unseal_padded(key: AESGCM, sealed: object, associated: bytes, step: int) -> bytes:
    """The bytes before padding; raises VaultDamaged."""
    return unpad(unseal(key, sealed, associated), step)


def derive(secret: bytes, vault: bytes, purpose: str, *fields: Field) -> bytes:
    """HKDF-SHA-256: a 32-byte key for one purpose of one vault."""
    info = bound(vault, purpose, *fields)
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=vault, info=info).derive(secret)
