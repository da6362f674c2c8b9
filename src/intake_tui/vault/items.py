"""Items: everything else that is sealed, found by id or by kind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select

from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import DraftConflict, VaultDamaged
from intake_tui.vault.framing import bound, digest
from intake_tui.vault.seal import seal_padded, unseal_padded
from intake_tui.vault.tables import ITEM, sound

STEP = 256
COLUMNS = "bsiib"
PERSON, DEVICES = "person", "devices"
"""Kinds that the vault keeps for itself: names by slot, and the list of devices."""

GONE = ""
"""The kind of an item that was removed."""

_INSERT = ITEM.insert()
_UPDATE = (
    ITEM.update()
    .where(ITEM.c.id == bindparam("row"), ITEM.c.counter == bindparam("before"))
    .values(
        kind=bindparam("sort"),
        counter=bindparam("now"),
        epoch=bindparam("era"),
        blob=bindparam("sealed"),
    )
)
_ONE = select(ITEM).where(ITEM.c.id == bindparam("row"))
_COUNTER = select(ITEM.c.counter).where(ITEM.c.id == bindparam("row"))


def devices_id(vault: bytes) -> bytes:
    """The id of the item that lists the devices."""
    return digest(bound(vault, "devices"))[:16]


def opened(desk: Desk, row: Any) -> tuple[bytes, bytes]:
    """Id and bytes of an item row; raises VaultDamaged."""
    id_, kind, counter, epoch, blob = sound(row, COLUMNS)
    associated = bound(desk.vault, "item", id_, kind, counter, epoch)
    plain = unseal_padded(desk.keys.item(epoch, id_), blob, associated, STEP)
    desk.keys.must_be_current(epoch)
    return id_, plain


def sealed(desk: Desk, id_: bytes, kind: str, counter: int, blob: bytes) -> bytes:
    """The blob column for the current epoch."""
    epoch = desk.keys.epoch
    associated = bound(desk.vault, "item", id_, kind, counter, epoch)
    return seal_padded(desk.keys.item(epoch, id_), blob, associated, STEP)


class Items:
    """The item table of an open vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def put(self, id_: bytes, kind: str, blob: bytes) -> None:
        """Insert or replace, durable when it returns."""
        self._desk.write(lambda connection: self.put_in(connection, id_, kind, blob))

    def put_in(self, connection: Connection, id_: bytes, kind: str, blob: bytes) -> None:
        """Insert or replace in the transaction under way, with an entry of its own in the log."""
        counter = self.store(connection, id_, kind, blob)
        self._desk.chain.append(connection, "item", [id_], {"counter": counter})

    def store(self, connection: Connection, id_: bytes, kind: str, blob: bytes) -> int:
        """Insert or replace in the transaction under way; the item's new counter, to be logged."""
        row = connection.execute(_COUNTER, {"row": id_}).first()
        before: int = sound(row, "i")[0] if row is not None else 0
        now, epoch = before + 1, self._desk.keys.epoch
        blob = sealed(self._desk, id_, kind, now, blob)
        if row is None:
            values = {"id": id_, "kind": kind, "counter": now, "epoch": epoch, "blob": blob}
            connection.execute(_INSERT, values)
        elif (
            connection.execute(
                _UPDATE,
                {
                    "row": id_,
                    "before": before,
                    "sort": kind,
                    "now": now,
                    "era": epoch,
                    "sealed": blob,
                },
            ).rowcount
            != 1
        ):
            raise DraftConflict("counter")
        return now

    def get(self, id_: bytes) -> bytes | None:
        """One item's bytes; None if there is none, or none any more. Raises VaultDamaged."""
        row = self._desk.read(lambda c: c.execute(_ONE, {"row": id_}).first())
        return None if row is None or row[1] == GONE else opened(self._desk, row)[1]

    def of_kind(self, kind: str) -> list[tuple[bytes, bytes]]:
        """Every item of a kind that can be read; a damaged one leaves the warning "damaged"."""
        statement = select(ITEM).where(ITEM.c.kind == kind)
        found = []
        for row in self._desk.read(lambda c: c.execute(statement).all()):
            try:
                found.append(opened(self._desk, row))
            except VaultDamaged:
                self._desk.warn("damaged")
        return found

    def remove(self, id_: bytes) -> None:
        """Overwrite an item with an empty one of no kind; nothing happens if there is none.

        The row stays, so that its counter never starts anew: the log of several desks can
        be held against it whatever their clocks say.
        """
        self._desk.write(lambda connection: self.drop(connection, id_))

    def drop(self, connection: Connection, id_: bytes) -> bool:
        """Remove one in the transaction under way; False if there is none."""
        row = connection.execute(_ONE, {"row": id_}).first()
        if row is None or row[1] == GONE:
            return False
        counter = self.store(connection, id_, GONE, b"")
        self._desk.chain.append(connection, "item-removed", [id_], {"counter": counter})
        return True
