"""What was erased, remembered so that an older copy does not bring it back.

Each erasure of a case is one line: when, a mark of the case from which neither its id nor its
code can be found, the random ids of its rows, and a leader's signature. The list is a sealed
item of the vault, kept up in the transaction that erases. A copy lies outside, see
`erasures_outside`. Lines are only ever added: two lists are brought together by union.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import Connection

from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.framing import ID_SIZE, bound, digest, frame, unframe
from intake_tui.vault.items import Items
from intake_tui.vault.keys import Identity, signed_by
from intake_tui.vault.roster import SIGNERS, Roster

KIND = "erasures"
About: TypeAlias = tuple[bytes, tuple[bytes, ...]]


@dataclass(frozen=True)
class Erased:
    """One case that was erased. Nothing in it tells of whom."""

    at: int
    """Seconds since 1970, UTC."""
    mark: bytes
    ids: tuple[bytes, ...]
    signer: bytes
    """The slot of the leader who erased it, or who stands for it since that one left."""
    signature: bytes

    @classmethod
    def signed(
        cls, vault: bytes, who: Identity, at: int, mark: bytes, ids: Iterable[bytes]
    ) -> Erased:
        """A line in the name of who is signed in."""
        unsigned = cls(at, mark, tuple(ids), who.slot, b"")
        return replace(unsigned, signature=who.signing.sign(unsigned.message(vault)))

    @property
    def about(self) -> About:
        """What it tells of, whoever signed it."""
        return self.mark, self.ids

    def message(self, vault: bytes) -> bytes:
        """What is signed."""
        return bound(vault, "erased", self.at, self.mark, frame(*self.ids))

    def packed(self) -> bytes:
        """The line as bytes."""
        return frame(self.at, self.mark, frame(*self.ids), self.signer, self.signature)

    @classmethod
    def unpack(cls, data: bytes) -> Erased:
        """From bytes; raises VaultDamaged."""
        try:
            at, mark, ids, signer, signature = unframe(data)
        except ValueError:
            raise VaultDamaged("erasures") from None
        line = cls(int.from_bytes(at, "big"), mark, tuple(unframe(ids)), signer, signature)
        if line.packed() != data or any(len(one) != ID_SIZE for one in (mark, *line.ids)):
            raise VaultDamaged("erasures")
        return line

    def is_signed(self, vault: bytes, rosters: Iterable[Roster]) -> bool:
        """Whether a leader (or the recovery sheet) whom one of these rosters lists signed it."""
        members = (one.member(self.signer) for one in rosters)
        keys = {one.signing for one in members if one is not None and one.role in SIGNERS}
        message = self.message(vault)
        return any(signed_by(key, self.signature, message) for key in keys)


def item_id(vault: bytes) -> bytes:
    """The id of the item that holds the list."""
    return digest(bound(vault, "erasures"))[:ID_SIZE]


def mark_of(vault: bytes, case: bytes) -> bytes:
    """What the list knows a case by: its id can be held against it, not found from it."""
    return digest(bound(vault, "erased-case", case))[:ID_SIZE]


def pack(lines: Iterable[Erased]) -> bytes:
    """A list as bytes."""
    return frame(*(line.packed() for line in lines))


def unpack(data: bytes) -> list[Erased]:
    """A list from bytes; raises VaultDamaged."""
    return [Erased.unpack(line) for line in unframe(data)]


def united(known: Sequence[Erased], more: Iterable[Erased]) -> list[Erased]:
    """`known`, and of `more` what tells of something that it does not."""
    told = {line.about for line in known}
    return [*known, *(line for line in more if line.about not in told)]


class ErasureList:
    """The list inside an open vault."""

    def __init__(self, desk: Desk, items: Items) -> None:
        self._desk = desk
        self._items = items
        self._read: tuple[bytes, tuple[Erased, ...]] = b"", ()

    def lines(self) -> list[Erased]:
        """Oldest first. Raises VaultDamaged."""
        blob = self._items.get(item_id(self._desk.vault)) or b""
        if blob != self._read[0]:
            self._read = blob, tuple(unpack(blob))
        return list(self._read[1])

    def marks(self) -> frozenset[bytes]:
        """Of every case that was erased; see `mark_of`. Empty where the list is damaged."""
        return frozenset(line.mark for line in self._readable())

    def names(self, id_: bytes) -> bool:
        """Whether a row with that id was erased with its case."""
        return any(id_ in line.ids for line in self._readable())

    def _readable(self) -> list[Erased]:
        try:
            return self.lines()
        except VaultDamaged:
            self._desk.warn("damaged")
            return []

    def line(self, mark: bytes, ids: Collection[bytes], *, at: int | None = None) -> Erased:
        """What is to be added for a case, in the name of who is signed in; now if not `at`."""
        desk, when = self._desk, int(time.time()) if at is None else at
        return Erased.signed(desk.vault, desk.identity, when, mark, sorted(ids))

    def store(self, connection: Connection, lines: Sequence[Erased]) -> None:
        """Write the list, in the transaction under way."""
        self._items.put_in(connection, item_id(self._desk.vault), KIND, pack(lines))
