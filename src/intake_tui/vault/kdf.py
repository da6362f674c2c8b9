"""Argon2id: what a guess at a passphrase costs, and the bounds it is held to."""

from __future__ import annotations

import hashlib
import struct
import time
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake_tui.vault.errors import VaultUntrusted

ARGON2ID = 1
RECOVERY = 2
_PACKED = struct.Struct(">BIII")
_MIB = 1024
_SECONDS = 0.7


@dataclass(frozen=True)
class Kdf:
    """Cost of one Argon2id run: memory in KiB, rounds, lanes.

    Cannot hold a cost outside 64 MiB … 1 GiB, 3 … 10 rounds (RFC 9106, section 4),
    4 … 8 lanes: a doctored header would make the key cheap or the laptop unusable.
    Raises VaultUntrusted("kdf").
    """

    memory_kib: int
    rounds: int
    lanes: int

    FLOOR: ClassVar[Kdf]
    USUAL: ClassVar[Kdf]

    def __post_init__(self) -> None:
        sound = (
            64 * _MIB <= self.memory_kib <= 1024 * _MIB
            and 3 <= self.rounds <= 10
            and 4 <= self.lanes <= 8
        )
        if not sound:
            raise VaultUntrusted("kdf")

    @classmethod
    def calibrated(cls) -> Self:
        """256 MiB and as many rounds as take about 0.7 s here; less memory on a slow machine."""
        started = time.perf_counter()
        cls.FLOOR.key("calibration", bytes(16))
        floor = max(time.perf_counter() - started, 0.001)
        fits = int(_SECONDS / floor) * 64
        if fits < 256:
            return cls(max(fits, 64) * _MIB, 3, 4)
        return cls(256 * _MIB, min(max(int(_SECONDS / floor / 4 * 3), 3), 10), 4)

    @classmethod
    def parse(cls, packed: bytes) -> Self:
        """From the 13 bytes in a slot; raises VaultUntrusted for anything out of bounds."""
        if len(packed) != _PACKED.size or packed[0] != ARGON2ID:
            raise VaultUntrusted("kdf")
        return cls(*_PACKED.unpack(packed)[1:])

    def packed(self) -> bytes:
        """13 bytes: kind, memory in KiB, rounds, lanes."""
        return _PACKED.pack(ARGON2ID, self.memory_kib, self.rounds, self.lanes)

    def key(self, passphrase: str, salt: bytes) -> bytes:
        """The 32-byte key-encryption key. Takes as long as it costs."""
        engine = Argon2id(
            salt=salt,
            length=32,
            iterations=self.rounds,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return engine.derive(_bytes(unicodedata.normalize("NFKC", passphrase)))


Kdf.FLOOR = Kdf(64 * _MIB, 3, 4)
Kdf.USUAL = Kdf(256 * _MIB, 3, 4)

PRINTED = _PACKED.pack(RECOVERY, 0, 0, 0)
"""What stands in the recovery slot instead of an Argon2id cost: its key needs no stretching."""


def salt(vault: bytes, name: str) -> bytes:
    """16 bytes from the vault and the name."""
    return hashlib.sha256(vault + _bytes(folded(name))).digest()[:16]


def folded(name: str) -> str:
    """A name as nobody can mistype it (case, width, spaces): two that agree are one."""
    plain = unicodedata.normalize("NFKC", " ".join(name.split())).casefold()
    return unicodedata.normalize("NFKC", plain)


def _bytes(text: str) -> bytes:
    # A terminal can hand over lone surrogates; they must give a key, not an exception.
    return text.encode("utf-8", "surrogatepass")
