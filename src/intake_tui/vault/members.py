"""What a change of who may read writes, in one transaction: roster, slots, grants, the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, delete, insert

from intake_tui.vault import log, names, roster, slots, trust
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import (
    LastLeader,
    NameTaken,
    NotALeader,
    OlderRoster,
    TooFewWays,
    VaultDamaged,
)
from intake_tui.vault.items import PERSON, Items
from intake_tui.vault.kdf import Kdf, folded
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.letters import Letters
from intake_tui.vault.roster import LEADER, RECOVERY, SIGNERS, Member, Roster
from intake_tui.vault.slots import Slot, planted
from intake_tui.vault.tables import GRANT, LETTER, ROSTER, SLOT
from intake_tui.vault.trust import Grant

FEWEST_WAYS = 2


@dataclass(frozen=True)
class Joining:
    """A slot to be, and who is in it."""

    who: Identity
    role: str
    slot: Slot

    @property
    def member(self) -> Member:
        """Their line of the roster."""
        return Member.of(self.who, self.role)


@dataclass(frozen=True)
class Change:
    """What is to become of the members: who comes, which slots go, who has another role."""

    joining: tuple[Joining, ...] = ()
    leaving: tuple[bytes, ...] = ()
    roles: Mapping[bytes, str] = field(default_factory=dict)

    @property
    def sheet(self) -> Joining | None:
        """The recovery sheet that comes."""
        return next((one for one in self.joining if one.role == RECOVERY), None)

    @property
    def instead(self) -> dict[bytes, bytes]:
        """Whose letters go to whom: one person's to their new slot, and else to nobody."""
        people = [one.slot.id for one in self.joining if one.role != RECOVERY]
        return dict.fromkeys(self.leaving, people[0]) if people else {}

    def members(self, before: Sequence[Member]) -> list[Member]:
        """The members afterwards."""
        staying = (one for one in before if one.slot not in self.leaving)
        kept = [replace(one, role=self.roles.get(one.slot, one.role)) for one in staying]
        return [*kept, *(one.member for one in self.joining)]


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
) -> dict[str, Any]:
    """What the log keeps of slots and grants."""
    return {
        "slots": [[one.id.hex(), one.hash(vault).hex()] for one in changed],
        "grants": [[one.slot.hex(), one.epoch, one.hash(vault).hex()] for one in grants],
    }


def _name(connection: Connection, desk: Desk, items: Items, who: Identity) -> list[object]:
    """Store who holds a slot; the item's mark for the log."""
    content = names.signed(desk.vault, who)
    return [who.slot.hex(), items.store(connection, who.slot, PERSON, content)]


def rewrap(desk: Desk, items: Items, who: Identity, passphrase: str, cost: Kdf) -> None:
    """The same keys under another passphrase, or another name. Raises NameTaken."""
    slot = slots.for_passphrase(desk.vault, who, passphrase, cost)

    def work(connection: Connection) -> None:
        must_be_free(desk, items, who.name, [who.slot])
        put_slot(connection, slot)
        more = marks(desk.vault, [slot])
        more["items"] = [_name(connection, desk, items, who)]
        more["heads"] = log.others(connection, desk.keys, desk.chain.device)
        desk.chain.append(connection, "passphrase", [slot.id], more)

    desk.write(work)
    desk.identity = who


def enrol(desk: Desk, items: Items, joining: Joining, *, instead_of: Sequence[bytes] = ()) -> None:
    """A new member; the slots `instead_of` go. Raises NotALeader, NameTaken."""
    change = Change((joining,), tuple(instead_of))
    if desk.older and desk.member.role != RECOVERY:
        raise OlderRoster  # the name would be read by somebody who has left

    def work(connection: Connection) -> None:
        must_be_free(desk, items, joining.who.name, change.leaving)
        grants = put(connection, desk, change, desk.keys)
        more = marks(desk.vault, [joining.slot], grants)
        more["items"] = [_name(connection, desk, items, joining.who)]
        record(connection, desk, "enrolled", [joining.slot.id, *instead_of], more)

    desk.write(work, alone=True)


def change_role(desk: Desk, slot: bytes, role: str) -> None:
    """Another role for a member. Raises NotALeader, LastLeader."""

    def work(connection: Connection) -> None:
        put(connection, desk, Change(roles={slot: role}), desk.keys)
        record(connection, desk, f"role-{role}", [slot], {})

    desk.write(work, alone=True)


def put(connection: Connection, desk: Desk, change: Change, keys: Keys) -> list[Grant]:
    """Write the following roster with its slots and grants, and go on under it.

    Other `keys` than the desk's are granted to everybody. Raises NotALeader, LastLeader,
    TooFewWays.
    """
    may_sign(desk)
    members = change.members(desk.roster.members)
    following = roster.following(
        desk.roster,
        desk.identity,
        desk.vault,
        members,
        epoch=keys.epoch,
        commitment=keys.commitment(keys.epoch),
    )
    Letters(desk).pass_on(connection, following, change.instead)
    for table in (SLOT.c.id, GRANT.c.slot, LETTER.c.slot):
        connection.execute(delete(table.table).where(table.in_(change.leaving)))
    for one in change.joining:
        put_slot(connection, one.slot)
    _must_be_enough(connection, desk, change, following)
    put_roster(connection, following)
    grants = _granted(connection, desk, change, following, keys)
    desk.take(following, keys)
    return grants


def _granted(
    connection: Connection, desk: Desk, change: Change, following: Roster, keys: Keys
) -> list[Grant]:
    to: Sequence[Member] = [one.member for one in change.joining]
    if keys.epoch != desk.keys.epoch:
        connection.execute(delete(GRANT))
        to = following.members
    grants = [Grant.new(keys, member) for member in to]
    if grants:
        put_grants(connection, grants)
    return grants


def _must_be_enough(connection: Connection, desk: Desk, change: Change, following: Roster) -> None:
    """A leader, and two ways in that can be gone: slots that were exchanged or deleted are none."""
    if not any(member.role == LEADER for member in following.members):
        raise LastLeader
    there = trust.slots(connection)
    ways = [slot for slot in there if planted(desk.vault, slot, following) is None]
    if change.leaving and len(ways) < FEWEST_WAYS:
        raise TooFewWays


def record(
    connection: Connection, desk: Desk, what: str, ids: Sequence[bytes], more: dict[str, Any]
) -> None:
    """Log a change of the roster, with the roster."""
    newest = [desk.roster.n, desk.roster.hash(desk.vault).hex()]
    desk.chain.append(connection, what, ids, {**more, "roster": newest})


def must_be_free(desk: Desk, items: Items, name: str, but: Sequence[bytes]) -> None:
    """Raises NameTaken where a member other than `but` goes by that name."""
    wanted = folded(name)
    for slot, known in names_of(desk, items).items():
        there = desk.roster.member(slot) is not None and slot not in but
        if there and folded(known) == wanted:
            raise NameTaken


def names_of(desk: Desk, items: Items) -> dict[bytes, str]:
    """The names by slot, also of those who have left. One that its slot's key has not signed is
    left out, and leaves the warning "name-changed"."""
    found: dict[bytes, str] = {}
    for slot, content in items.of_kind(PERSON):
        try:
            found[slot] = names.name_in(desk.vault, desk.rosters, slot, content)
        except VaultDamaged:
            desk.warn("name-changed")
    return found


def may_sign(desk: Desk) -> None:
    """Raises NotALeader unless a roster signed by who is signed in is believed."""
    if desk.member.role not in SIGNERS:
        raise NotALeader
