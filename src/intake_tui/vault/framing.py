"""How fields become bytes that mean one thing only: lengths first, then padding.

Every associated data, signature and hash of the format goes over `bound(...)`.
"""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache
from typing import TypeAlias

from intake_tui.vault.errors import VaultDamaged

TAG = b"intake-tui vault 1"
ID_SIZE = 16
HASH_SIZE = 32

Field: TypeAlias = bytes | str | int


def number(value: int) -> bytes:
    """Eight bytes, most significant first. Raises VaultDamaged outside 0 … 2^63-1."""
    if not isinstance(value, int) or not 0 <= value < 1 << 63:
        raise VaultDamaged("number")
    return value.to_bytes(8, "big")


def frame(*fields: Field) -> bytes:
    """Each field as bytes after its length in four bytes."""
    parts: list[bytes] = []
    for field in fields:
        data = _data(field)
        parts += (struct.pack(">I", len(data)), data)
    return b"".join(parts)


def _data(field: Field) -> bytes:
    if isinstance(field, bytes):
        return field
    if isinstance(field, str):
        return field.encode("utf-8", "surrogatepass")
    return number(field)


def unframe(data: bytes) -> list[bytes]:
    """The fields of `frame`. Raises VaultDamaged where lengths and bytes disagree."""
    fields: list[bytes] = []
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            raise VaultDamaged("frame")
        (size,) = struct.unpack_from(">I", data, at)
        at += 4
        if at + size > len(data):
            raise VaultDamaged("frame")
        fields.append(data[at : at + size])
        at += size
    return fields


def bound(vault: bytes, table: str, *fields: Field) -> bytes:
    """Associated data: the format's tag, the vault, the table, and what the row is bound to."""
    return _begin(vault, table) + frame(*fields)


@lru_cache(maxsize=64)
def _begin(vault: bytes, table: str) -> bytes:
    """What all associated data of a table begin with; no secret."""
    return frame(TAG, vault, table)


def digest(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def pad(data: bytes, step: int) -> bytes:
    """Length in four bytes, the data, zeros up to a multiple of `step` bytes."""
    plain = struct.pack(">I", len(data)) + data
    return plain + bytes(-len(plain) % step)


def unpad(padded: bytes, step: int) -> bytes:
    """The data of `pad`. Raises VaultDamaged for any padding that `pad` does not write."""
    if len(padded) < 4:
        raise VaultDamaged("padding")
    (size,) = struct.unpack_from(">I", padded)
    data = padded[4 : 4 + size]
    if len(data) != size or pad(data, step) != padded:
        raise VaultDamaged("padding")
    return data
