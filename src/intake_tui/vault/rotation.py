"""A new vault key: for when somebody leaves, or a passphrase has leaked.

Row keys are wrapped anew, drafts and items sealed anew, all in one transaction. The key
before is sealed under the new one, for the log entries that it opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, insert, select

from intake_tui.vault import drafts, items, log, members, revisions
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import OwnSlot, VaultDamaged
from intake_tui.vault.keys import Keys
from intake_tui.vault.members import Change
from intake_tui.vault.roster import RECOVERY, Roster
from intake_tui.vault.tables import DRAFT, EPOCH, ITEM, REVISION, sound
from intake_tui.vault.trust import epoch_bound

_KEYS = select(REVISION.c.id, REVISION.c.series, REVISION.c.epoch, REVISION.c.wrapped)

_WRAPPED = (
    REVISION.update()
    .where(REVISION.c.id == bindparam("row"))
    .values(epoch=bindparam("era"), wrapped=bindparam("sealed"))
)
_DRAFT = (
    DRAFT.update()
    .where(DRAFT.c.id == bindparam("row"))
    .values(epoch=bindparam("era"), blob=bindparam("sealed"))
)
_ITEM = (
    ITEM.update()
    .where(ITEM.c.id == bindparam("row"))
    .values(epoch=bindparam("era"), blob=bindparam("sealed"))
)


Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many rows are done, from within the transaction."""

CHUNK = 500  # rows a statement: progress is seen, and the memory stays small


def rotate(desk: Desk, change: Change, progress: Progress | None = None) -> None:
    """Replace the vault key; who leaves gets no grant. Needs a leader.

    A recovery sheet that joins replaces the one there is. Raises NotALeader, OwnSlot,
    LastLeader, TooFewWays.
    """
    members.may_sign(desk)

    def work(connection: Connection) -> None:
        old = _sheets(desk.roster) if change.sheet else []
        whole = replace(change, leaving=(*change.leaving, *old))
        if desk.identity.slot in whole.leaving:
            raise OwnSlot
        after = desk.keys.advanced()
        _reseal(connection, desk, after, progress or _unseen)
        previous = after.seal_previous(epoch_bound(desk.vault, after.epoch))
        connection.execute(insert(EPOCH), {"epoch": after.epoch, "previous": previous})
        grants = members.put(connection, desk, whole, after)
        marks = members.marks(desk.vault, [one.slot for one in whole.joining], grants)
        marks |= {
            "epoch": after.epoch,
            "heads": log.others(connection, desk.keys, desk.chain.device),
        }
        members.record(connection, desk, "rotated", whole.leaving, marks)
        if change.sheet:
            desk.chain.append(connection, "sheet", [change.sheet.slot.id, *old])

    desk.write(work, alone=True)


def _sheets(roster: Roster) -> list[bytes]:
    return [member.slot for member in roster.members if member.role == RECOVERY]


def _unseen(_done: int, _total: int) -> None:
    pass


def _reseal(connection: Connection, desk: Desk, after: Keys, progress: Progress) -> None:
    then = copy(desk)
    then.keys = after
    rewrapped = connection.execute(_KEYS).all()
    for start in range(0, len(rewrapped), CHUNK):
        part = rewrapped[start : start + CHUNK]
        _write(connection, _WRAPPED, _revisions(part, desk, after))
        progress(start + len(part), len(rewrapped))
    _write(connection, _DRAFT, _drafts(connection, desk, then))
    _write(connection, _ITEM, _items(connection, desk, then))


def _write(connection: Connection, statement: object, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(statement, rows)  # type: ignore[call-overload]


def _row(id_: bytes, epoch: int, sealed: bytes) -> dict[str, object]:
    return {"row": id_, "era": epoch, "sealed": sealed}


# A damaged row cannot be sealed anew. It stays as it is, damaged, and nobody is kept waiting.


def _revisions(found: Sequence[Any], desk: Desk, after: Keys) -> list[dict[str, object]]:
    rows = []
    for row in found:
        with suppress(VaultDamaged):
            id_, case, epoch, wrapped = sound(tuple(row), "bbib")
            raw = revisions.unwrap(desk.keys, id_, case, epoch, wrapped)
            rows.append(_row(id_, after.epoch, revisions.wrap(after, id_, case, raw)))
    return rows


def _drafts(connection: Connection, desk: Desk, then: Desk) -> list[dict[str, object]]:
    rows = []
    for row in connection.execute(select(DRAFT)).all():
        with suppress(VaultDamaged):
            id_, counter, epoch, blob = sound(row, "biib")
            plain = drafts.opened(desk, id_, counter, epoch, blob)
            rows.append(_row(id_, then.keys.epoch, drafts.sealed(then, id_, counter, plain)))
    return rows


def _items(connection: Connection, desk: Desk, then: Desk) -> list[dict[str, object]]:
    rows = []
    for row in connection.execute(select(ITEM)).all():
        with suppress(VaultDamaged):
            id_, kind, counter, *_ = sound(row, items.COLUMNS)
            plain = items.opened(desk, row)[1]
            sealed = items.sealed(then, id_, kind, counter, plain)
            rows.append(_row(id_, then.keys.epoch, sealed))
    return rows
