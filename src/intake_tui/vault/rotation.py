"""A new vault key: for when somebody leaves, or a passphrase has leaked.

Row keys are wrapped anew, drafts and items sealed anew, all in one transaction. The key
before is sealed under the new one, for the log entries that it opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import copy

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake_tui.vault import drafts, items, log, revisions, roster, staff
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.keys import Keys
from intake_tui.vault.tables import DRAFT, EPOCH, GRANT, ITEM, REVISION, SLOT, sound
from intake_tui.vault.trust import Grant, epoch_bound

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


def rotate(desk: Desk, without: Sequence[bytes]) -> None:
    """Replace the vault key; the slots `without` get no grant. Needs a leader."""
    staff.may_sign(desk)
    desk.read(lambda _: None)  # with what other desks have brought in
    before, after = desk.keys, desk.keys.advanced()
    staying = [one for one in desk.roster.members if one.slot not in without]
    following = roster.following(
        desk.roster,
        desk.identity,
        desk.vault,
        staying,
        epoch=after.epoch,
        commitment=after.commitment(after.epoch),
    )
    grants = [Grant.new(after, member) for member in staying]

    def work(connection: Connection) -> None:
        desk.database.fence(connection, alone=True)
        connection.execute(delete(SLOT).where(SLOT.c.id.in_(without)))
        connection.execute(delete(GRANT))
        staff.put_roster(connection, following)
        staff.put_grants(connection, grants)
        previous = after.seal_previous(epoch_bound(desk.vault, after.epoch))
        connection.execute(insert(EPOCH), {"epoch": after.epoch, "previous": previous})
        _reseal(connection, desk, after)
        marks = staff.marks(desk.vault, (), grants)
        marks |= {"epoch": after.epoch, "heads": log.others(connection, desk.chain.device)}
        desk.chain.use(after)
        desk.chain.append(connection, "rotated", without, marks)

    try:
        desk.write(work)
    except BaseException:
        desk.chain.use(before)
        raise
    desk.keys = after
    desk.rosters.append(following)
    desk.bear_witness()


def _reseal(connection: Connection, desk: Desk, after: Keys) -> None:
    then = copy(desk)
    then.keys = after
    _write(connection, _WRAPPED, _revisions(connection, desk, after))
    _write(connection, _DRAFT, _drafts(connection, desk, then))
    _write(connection, _ITEM, _items(connection, desk, then))


def _write(connection: Connection, statement: object, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(statement, rows)  # type: ignore[call-overload]


def _row(id_: bytes, epoch: int, sealed: bytes) -> dict[str, object]:
    return {"row": id_, "era": epoch, "sealed": sealed}


# A damaged row cannot be sealed anew. It stays as it is, damaged, and nobody is kept waiting.


def _revisions(connection: Connection, desk: Desk, after: Keys) -> list[dict[str, object]]:
    columns = (REVISION.c.id, REVISION.c.series, REVISION.c.epoch, REVISION.c.wrapped)
    rows = []
    for row in connection.execute(select(*columns)).all():
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
