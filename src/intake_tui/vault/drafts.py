"""Drafts: one mutable sealed row for each open intake, sealed anew at every save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from intake_tui.vault.desk import Desk
from intake_tui.vault.erasures import ErasureList
from intake_tui.vault.errors import (
    CaseErased,
    DiskFull,
    DraftConflict,
    VaultDamaged,
    VaultError,
    VaultReadOnly,
)
from intake_tui.vault.framing import bound
from intake_tui.vault.prepared import Prepared
from intake_tui.vault.seal import seal_padded, unseal_padded
from intake_tui.vault.shapes import Draft
from intake_tui.vault.tables import DRAFT, sound

STEP = 1024

_INSERT = DRAFT.insert()
_UPDATE = Prepared(
    DRAFT.update()
    .where(DRAFT.c.id == bindparam("row"), DRAFT.c.counter == bindparam("before"))
    .values(counter=bindparam("now"), epoch=bindparam("era"), blob=bindparam("sealed"))
)
_DELETE = DRAFT.delete().where(
    DRAFT.c.id == bindparam("row"), DRAFT.c.counter == bindparam("before")
)


def opened(desk: Desk, id_: bytes, counter: int, epoch: int, blob: object) -> bytes:
    """The bytes of a draft row; raises VaultDamaged."""
    associated = bound(desk.vault, "draft", id_, counter, epoch)
    plain = unseal_padded(desk.keys.draft(epoch, id_), blob, associated, STEP)
    desk.keys.must_be_current(epoch)
    return plain


def sealed(desk: Desk, id_: bytes, counter: int, blob: bytes) -> bytes:
    """The blob column for the current epoch."""
    epoch = desk.keys.epoch
    associated = bound(desk.vault, "draft", id_, counter, epoch)
    return seal_padded(desk.keys.draft(epoch, id_), blob, associated, STEP)


class Drafts:
    """The draft table of an open vault."""

    def __init__(self, desk: Desk, erased: ErasureList) -> None:
        self._desk = desk
        self._erased = erased

    def save(self, id_: bytes, blob: bytes) -> None:
        """Durable when it returns.

        Raises DiskFull; DraftConflict when it changed elsewhere, CaseErased when it went there.
        """
        desk = self._desk
        if id_ in desk.ended:
            raise DraftConflict("ended")  # a save that comes late must not bring a draft back
        before = desk.counters.get(id_, 0)
        now = before + 1

        def update(connection: Connection) -> None:
            values = {
                "row": id_,
                "before": before,
                "now": now,
                "era": desk.keys.epoch,
                "sealed": sealed(desk, id_, now, blob),
            }
            if _UPDATE.run(connection, values).rowcount != 1:
                raise self._conflict(id_, "counter")
            desk.counters[id_] = now

        def insert(connection: Connection) -> None:
            column = sealed(desk, id_, now, blob)
            values = {"id": id_, "counter": now, "epoch": desk.keys.epoch, "blob": column}
            connection.execute(_INSERT, values)
            desk.chain.append(connection, "draft-new", [id_], {"counter": now})
            desk.counters[id_] = now

        desk.write(update if before else insert)

    def _conflict(self, id_: bytes, what: str) -> VaultError:
        return CaseErased() if self._erased.names(id_) else DraftConflict(what)

    def all(self) -> list[Draft]:
        """Every draft that can be read; a damaged one leaves the warning "damaged"."""
        rows = self._desk.read(lambda c: c.execute(select(DRAFT)).all())
        found = []
        for row in rows:
            try:
                id_, counter, epoch, blob = sound(row, "biib")
                found.append(Draft(id_, counter, opened(self._desk, id_, counter, epoch, blob)))
            except VaultDamaged:
                self._desk.warn("damaged")
        for draft in found:
            self._desk.counters[draft.id] = draft.counter
        return found

    def note(self, what: str, id_: bytes) -> None:
        """Log that a draft was opened or left, and at which save; not where it cannot be."""
        self._note(what, [id_], {"counter": self._desk.counters.get(id_, 0)})

    def note_listed(self, ids: Sequence[bytes]) -> None:
        """Log that drafts were read for a list. They are no `ids` of the entry: none was opened."""
        saves = [[id_.hex(), self._desk.counters.get(id_, 0)] for id_ in ids]
        self._note("drafts-listed", (), {"drafts": saves})

    def _note(self, what: str, ids: Sequence[bytes], marks: Mapping[str, Any]) -> None:
        try:
            self._desk.write(lambda c: self._desk.chain.append(c, what, ids, marks))
        except (DiskFull, VaultReadOnly):
            self._desk.warn("not-logged")  # what is readable stays readable

    def erase(self, id_: bytes) -> None:
        """Delete a draft for good; nothing happens if there is none."""

        def work(connection: Connection) -> None:
            if self.end(connection, id_):
                self._desk.chain.append(connection, "draft-erased", [id_])

        self._desk.write(work, frees=True)

    def forget(self, ids: Iterable[bytes]) -> None:
        """Their rows went with their case: a save that comes late must not bring them back."""
        for id_ in ids:
            self._desk.counters.pop(id_, None)
            self._desk.ended.add(id_)

    def end(self, connection: Connection, id_: bytes) -> bool:
        """Delete the row in the transaction under way; False if there is none.

        Raises DraftConflict when it was saved elsewhere after it was read here.
        """
        values = {"row": id_, "before": self._desk.counters.get(id_, 0)}
        if connection.execute(_DELETE, values).rowcount == 1:
            self._desk.counters.pop(id_, None)
            self._desk.ended.add(id_)
            return True
        if connection.execute(select(DRAFT.c.counter).where(DRAFT.c.id == id_)).first():
            raise DraftConflict("counter")
        if id_ in self._desk.counters:
            raise self._conflict(id_, "gone")
        self._desk.ended.add(id_)
        return False
