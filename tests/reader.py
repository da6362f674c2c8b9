"""An independent reader of the vault, written from docs/vault-format.md alone.

Imports nothing of the program. `Reader(path, name=…, passphrase=…)` or `Reader(path,
recovery=…)` opens a closed vault file read-only and raises `Refused` for whatever the page
says is to be refused.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reader_log import Told

TAG = b"intake-tui vault 1"
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BOX = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class Refused(Exception):  # noqa: N818  # it tells what has happened
    """The page says that this is to be refused."""


def frame(*fields: Any) -> bytes:
    plain = [_plain(field) for field in fields]
    return b"".join(struct.pack(">I", len(data)) + data for data in plain)


def _plain(field: Any) -> bytes:
    if isinstance(field, int):
        return struct.pack(">Q", field)
    return field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field


def unframe(data: bytes) -> list[bytes]:
    fields = []
    while data:
        if len(data) < 4:
            raise Refused("frame")
        (size,) = struct.unpack(">I", data[:4])
        if len(data) < 4 + size:
            raise Refused("frame")
        fields.append(data[4 : 4 + size])
        data = data[4 + size :]
    return fields


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def unpad(data: bytes, step: int) -> bytes:
    size = int.from_bytes(data[:4], "big")
    wanted = -(-(4 + size) // step) * step
    if len(data) < 4 or len(data) != wanted or any(data[4 + size :]):
        raise Refused("padding")
    return data[4 : 4 + size]


def unseal(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], associated)
    except (InvalidTag, ValueError):
        raise Refused("sealed") from None


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_sign(group: int, values: list[int]) -> int:
    total = group
    for value in values:
        total = (total ^ value) << 1
        if total & 32:
            total ^= 0b100101
    return total


def recovery_key(text: str) -> bytes:
    plain = "".join(sign for sign in text.upper() if sign.isalnum())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(plain) != 40 or any(sign not in SIGNS for sign in plain):
        raise Refused("recovery")
    whole = 0
    for group in range(8):
        *values, check = (SIGNS.index(sign) for sign in plain[group * 5 : group * 5 + 5])
        if check != check_sign(group + 1, values):
            raise Refused(f"recovery group {group + 1}")
        for value in values:
            whole = whole * 32 + value
    return whole.to_bytes(20, "big")


def argon2_salt(vault: bytes, name: str) -> bytes:
    folded = unicodedata.normalize("NFKC", " ".join(name.split())).casefold()
    return sha(vault + unicodedata.normalize("NFKC", folded).encode("utf-8", "surrogatepass"))[:16]


def argon2_cost(packed: bytes) -> tuple[int, int, int]:
    if len(packed) != 13 or packed[0] != 1:
        raise Refused("kdf")
    memory, rounds, lanes = struct.unpack(">III", packed[1:])
    if not (65536 <= memory <= 1048576 and 3 <= rounds <= 10 and 4 <= lanes <= 8):
        raise Refused("kdf")
    return memory, rounds, lanes


def argon2(packed: bytes, passphrase: str, salt: bytes) -> bytes:
    memory, rounds, lanes = argon2_cost(packed)
    plain = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    engine = Argon2id(salt=salt, length=32, iterations=rounds, lanes=lanes, memory_cost=memory)
    return engine.derive(plain)


class Format:
    """What can be computed of one vault without opening a file."""

    def __init__(self, vault: bytes) -> None:
        self.vault = vault

    def bound(self, table: str, *fields: Any) -> bytes:
        return frame(TAG, self.vault, table, *fields)

    def derive(self, secret: bytes, purpose: str, *fields: Any) -> bytes:
        info = self.bound(purpose, *fields)
        return HKDF(algorithm=SHA256(), length=32, salt=self.vault, info=info).derive(secret)

    def unbox(self, private: bytes, box: bytes, info: bytes) -> bytes:
        try:
            return BOX.decrypt(box, X25519PrivateKey.from_private_bytes(private), info)
        except Exception:
            raise Refused("box") from None

    # rosters

    def roster_message(self, row: tuple[Any, ...]) -> bytes:
        return self.bound("roster", *row[:5])

    def roster_hash(self, row: tuple[Any, ...]) -> bytes:
        return sha(frame(self.roster_message(row), row[5]))

    def members(self, packed: bytes) -> dict[bytes, tuple[bytes, bytes, str]]:
        listed: dict[bytes, tuple[bytes, bytes, str]] = {}
        for line in unframe(packed):
            fields = unframe(line)
            if len(fields) != 4 or fields[0] in listed:
                raise Refused("roster")
            role = fields[3].decode("ascii", "replace")
            if role not in ("leader", "counsellor", "recovery"):
                raise Refused("roster")
            listed[fields[0]] = (fields[1], fields[2], role)
        return listed

    def check_rosters(self, root: bytes, rows: list[tuple[Any, ...]]) -> None:
        if sha(root)[:16] != self.vault or not rows:
            raise Refused("roster")
        first = rows[0]
        if first[:3] != (0, bytes(32), 1):
            raise Refused("roster")
        if not signed(root, first[5], self.roster_message(first)):
            raise Refused("roster")
        for before, after in pairwise(rows):
            self.check_next(before, after)
        for row in rows:
            self.members(row[4])

    def check_next(self, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
        if after[0] != before[0] + 1 or after[1] != self.roster_hash(before):
            raise Refused("roster")
        if after[2:4] != before[2:4] and after[2] != before[2] + 1:
            raise Refused("roster")
        signers = [one[1] for one in self.members(before[4]).values() if one[2] != "counsellor"]
        message = self.roster_message(after)
        if not any(signed(key, after[5], message) for key in signers):
            raise Refused("roster")

    # slots

    def slot_message(self, row: tuple[Any, ...]) -> bytes:
        return self.bound("slot", *row[:5])

    def open_slot(self, row: tuple[Any, ...], key: bytes) -> tuple[str, bytes, bytes]:
        slot, kem, signing, kdf, wrapped, _ = row
        plain = unseal(key, wrapped, self.bound("wrapped", slot, kem, signing, kdf))
        fields = unframe(unpad(plain, 256))
        if len(fields) != 3:
            raise Refused("slot")
        public = X25519PrivateKey.from_private_bytes(fields[1]).public_key().public_bytes_raw()
        own = Ed25519PrivateKey.from_private_bytes(fields[2]).public_key().public_bytes_raw()
        if (public, own) != (kem, signing):
            raise Refused("slot")
        return fields[0].decode("utf-8", "surrogatepass"), fields[1], fields[2]

    # log

    def chain_start(self, device: bytes) -> bytes:
        return sha(self.bound("chain", device))

    def line_hash(self, row: tuple[Any, ...]) -> bytes:
        return sha(frame(*row))

    def open_entry(self, vault_key: bytes, row: tuple[Any, ...]) -> dict[str, Any]:
        key = self.derive(vault_key, "log", "")
        plain = unpad(unseal(key, row[4], self.bound("log", *row[:4])), 512)
        entry: dict[str, Any] = json.loads(plain)
        return entry

    # rows

    def open_row_key(self, vault_key: bytes, row: tuple[Any, ...]) -> bytes:
        _, id_, series, epoch, wrapped, *_ = row
        key = self.derive(vault_key, "rows", "")
        return unseal(key, wrapped, self.bound("row", id_, series, epoch))

    def open_revision(self, vault_key: bytes, row: tuple[Any, ...]) -> tuple[bytes, bytes]:
        _, id_, series, _, _, head, body = row
        key = self.open_row_key(vault_key, row)
        about = self.bound("body", id_, series, sha(head))
        return (
            unpad(unseal(key, head, self.bound("head", id_, series)), 256),
            unpad(unseal(key, body, about), 1024),
        )

    def open_draft(self, vault_key: bytes, row: tuple[Any, ...]) -> bytes:
        key = self.derive(vault_key, "draft", row[0])
        return unpad(unseal(key, row[3], self.bound("draft", *row[:3])), 1024)

    def open_item(self, vault_key: bytes, row: tuple[Any, ...]) -> bytes:
        key = self.derive(vault_key, "item", row[0])
        return unpad(unseal(key, row[4], self.bound("item", *row[:4])), 256)

    def open_letter(self, private: bytes, row: tuple[Any, ...]) -> bytes:
        return unpad(self.unbox(private, row[2], self.bound("letter", row[1], row[0])), 1024)


class Reader(Format):
    """A vault file, opened and read."""

    def __init__(
        self, path: Path, *, name: str = "", passphrase: str = "", recovery: str = ""
    ) -> None:
        self._file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (format_, self.root), *more = self._rows("vault")
            if format_ != 1 or more:
                raise Refused("format")
            super().__init__(sha(self.root)[:16])
            self._open(name, passphrase, recovery)
            self._read()
        finally:
            self._file.close()

    def _rows(self, table: str, order: str = "1") -> list[tuple[Any, ...]]:
        return self._file.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()

    def _open(self, name: str, passphrase: str, recovery: str) -> None:
        rosters = self._rows("roster")
        self.check_rosters(self.root, rosters)
        last = rosters[-1]
        self.ever = {slot for row in rosters for slot in self.members(row[4])}
        self.epoch = last[2]
        self.roster = self.members(last[4])
        self.slot, self.name, self._private = self._unlock(name, passphrase, recovery)
        commitments = {row[2]: row[3] for row in rosters}
        self.keys = {self.epoch: self._granted(commitments[self.epoch])}
        earlier = dict(self._rows("epoch"))
        for epoch in range(self.epoch, 1, -1):
            key = self.derive(self.keys[epoch], "previous", "")
            before = unseal(key, earlier[epoch], self.bound("epoch", epoch))
            if sha(before) != commitments[epoch - 1]:
                raise Refused("epoch")
            self.keys[epoch - 1] = before

    def _unlock(self, name: str, passphrase: str, recovery: str) -> tuple[bytes, str, bytes]:
        salt = argon2_salt(self.vault, name)
        for row in self._rows("slot"):
            listed = self.roster.get(row[0])
            if listed is None or listed[:2] != row[1:3]:
                continue
            if not signed(row[2], row[5], self.slot_message(row)):
                continue
            if (row[3][0] == 2) != bool(recovery):
                continue
            key = (
                self.derive(recovery_key(recovery), "recovery")
                if recovery
                else argon2(row[3], passphrase, salt)
            )
            try:
                inside, private, _ = self.open_slot(row, key)
            except Refused:
                continue
            return row[0], inside, private
        raise Refused("slot")

    def _granted(self, commitment: bytes) -> bytes:
        for slot, epoch, box in self._rows("grants"):
            if (slot, epoch) == (self.slot, self.epoch):
                key = self.unbox(self._private, box, self.bound("grant", slot, epoch))
                if sha(key) == commitment:
                    return key
        raise Refused("grant")

    def _current(self, epoch: int) -> bytes:
        if epoch != self.epoch:
            raise Refused("epoch")
        return self.keys[epoch]

    def _read(self) -> None:
        self.revisions = {
            row[1]: (row[0], row[2], *self.open_revision(self._current(row[3]), row))
            for row in self._rows("revision")
        }
        self.drafts = {
            row[0]: (row[1], self.open_draft(self._current(row[2]), row))
            for row in self._rows("draft")
        }
        self.items = {
            row[0]: (row[1], row[2], self.open_item(self._current(row[3]), row))
            for row in self._rows("item")
        }
        own = {self.slot, *self._kept()}
        self.letters = {
            row[0]: self.open_letter(self._private, row)
            for row in self._rows("letter")
            if row[1] in own
        }
        self.log = self._read_log()
        self._compare()

    def _kept(self) -> set[bytes]:
        """What stands for a leader in letters to those who are not there any more."""
        if self.roster[self.slot][2] != "leader":
            return set()
        gone = {*self.ever, bytes(16)} - self.roster.keys()
        return {sha(self.bound("kept", self.slot, one))[:16] for one in gone}

    def _read_log(self) -> list[tuple[bytes, int, dict[str, Any]]]:
        ends: dict[bytes, tuple[int, bytes]] = {}
        entries = []
        self.lines: dict[tuple[bytes, int], bytes] = {}
        for row in self._rows("log", "device, n"):
            device, n, epoch, previous, _ = row
            last, hash_ = ends.get(device, (0, self.chain_start(device)))
            if n != last + 1 or previous != hash_:
                raise Refused("log")
            entries.append((device, n, self.open_entry(self.keys[epoch], row)))
            ends[device] = (n, self.line_hash(row))
            self.lines[device, n] = ends[device][1]
        return entries

    def _compare(self) -> None:
        """What the log tells of is there, and nothing else."""
        told = Told()
        for _, _, entry in self.log:
            told.take_in(entry)
        if any(self.lines.get(place) != hash_ for place, hash_ in told.heads):
            raise Refused("log")
        hashes = {row[1]: row_hash(row) for row in self._rows("revision")}
        if hashes != told.revisions or set(told.drafts) != set(self.drafts):
            raise Refused("log")
        if any(self.drafts[id_][0] < counter for id_, counter in told.drafts.items()):
            raise Refused("log")
        if {id_: item[1] for id_, item in self.items.items()} != told.items:
            raise Refused("log")


def row_hash(row: tuple[Any, ...]) -> str:
    return sha(frame(row[1], row[2], row[5], row[6])).hex()
