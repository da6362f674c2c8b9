"""Changes to who may read: a new member, a new passphrase. Each of them is logged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert

from intake_tui.vault import log, roster, slots
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultUntrusted
from intake_tui.vault.items import PERSON, Items
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.keys import Identity
from intake_tui.vault.letters import Letters
from intake_tui.vault.roster import LEADER, RECOVERY, Member, Roster
from intake_tui.vault.slots import Slot
from intake_tui.vault.tables import GRANT, LETTER, ROSTER, SLOT
from intake_tui.vault.trust import Grant


def put_roster(connection: Connection, one: Roster) -> None:
    """Write a roster's row."""
    values = {**vars(one), "members": roster.pack(one.members)}
    connection.execute(insert(ROSTER), values)


def put_slot(connection: Connection, one: Slot) -> None:
    """Write a slot's row, in place of one with its id."""
    connection.execute(delete(SLOT).where(SLOT.c.id == one.id))
    connection.execute(insert(SLOT), vars(one))


def put_grants(connection: Connection, grants: Sequence[Grant]) -> None:
    """Write grants' rows."""
    connection.execute(insert(GRANT), [vars(one) for one in grants])


def marks(
    vault: bytes, changed: Sequence[Slot] = (), grants: Sequence[Grant] = ()
) -> dict[str, object]:
    """What the log keeps of slots and grants."""
    return {
        "slots": [[one.id.hex(), one.hash(vault).hex()] for one in changed],
        "grants": [[one.slot.hex(), one.epoch, one.hash(vault).hex()] for one in grants],
    }


def _name(connection: Connection, items: Items, who: Identity) -> list[object]:
    """Store who holds a slot; the item's mark for the log."""
    name = who.name.encode("utf-8", "surrogatepass")
    return [who.slot.hex(), items.store(connection, who.slot, PERSON, name)]


def rewrap(desk: Desk, items: Items, who: Identity, passphrase: str, cost: Kdf) -> None:
    """The same keys under another passphrase, or another name."""
    slot = slots.for_passphrase(desk.vault, who, passphrase, cost)

    def work(connection: Connection) -> None:
        put_slot(connection, slot)
        more = marks(desk.vault, [slot])
        more["items"] = [_name(connection, items, who)]
        more["heads"] = log.others(connection, desk.chain.device)
        desk.chain.append(connection, "passphrase", [slot.id], more)

    desk.write(work)
    desk.identity = who


def enrol(
    desk: Desk,
    items: Items,
    who: Identity,
    passphrase: str,
    cost: Kdf,
    *,
    role: str,
    instead_of: Sequence[bytes] = (),
) -> None:
    """A new member, with the roster signed by who is signed in; slots `instead_of` go.

    Only a leader or the recovery sheet can: anyone else's signature would not be believed.
    """
    may_sign(desk)
    slot = slots.for_passphrase(desk.vault, who, passphrase, cost)
    member = Member.of(who, role)
    staying = [one for one in desk.roster.members if one.slot not in instead_of]
    grant = Grant.new(desk.keys, member)
    following = roster.following(
        desk.roster,
        desk.identity,
        desk.vault,
        [*staying, member],
        epoch=desk.keys.epoch,
        commitment=desk.keys.commitment(desk.keys.epoch),
    )

    def work(connection: Connection) -> None:
        desk.database.fence(connection, alone=True)
        connection.execute(delete(SLOT).where(SLOT.c.id.in_(instead_of)))
        connection.execute(delete(GRANT).where(GRANT.c.slot.in_(instead_of)))
        connection.execute(delete(LETTER).where(LETTER.c.slot.in_(instead_of)))
        put_slot(connection, slot)
        put_roster(connection, following)
        put_grants(connection, [grant])
        more = marks(desk.vault, [slot], [grant])
        more["items"] = [_name(connection, items, who)]
        if desk.member.role == RECOVERY:
            Letters(desk).forward(connection, member)  # else nobody would read them again
        desk.chain.append(connection, "enrolled", [slot.id, *instead_of], more)

    desk.write(work)
    desk.rosters.append(following)
    desk.bear_witness()


def may_sign(desk: Desk) -> None:
    """Raises VaultUntrusted("role") unless a roster signed by who is signed in is believed."""
    if desk.member.role not in (LEADER, RECOVERY):
        raise VaultUntrusted("role")
