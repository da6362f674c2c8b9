"""What the vault's own tables claim about keys, and what of it is believed.

Read in this order, each step only with what the one before has proved: root key and
vault id, the signed rosters, slots that the newest roster lists, the grant for one's
own slot, the vault key that the roster commits to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from intake_tui.vault import roster
from intake_tui.vault.errors import NotAVault, VaultDamaged, VaultUntrusted
from intake_tui.vault.framing import bound, digest, frame
from intake_tui.vault.keys import Identity, Keys, open_box
from intake_tui.vault.roster import Roster
from intake_tui.vault.slots import Slot
from intake_tui.vault.tables import EPOCH, GRANT, ROSTER, SLOT, VAULT, all_sound, sound

FORMAT = 1


@dataclass(frozen=True)
class Grant:
    """One row of the grant table: an epoch's vault key for one slot."""

    slot: bytes
    epoch: int
    box: bytes

    @classmethod
    def new(cls, keys: Keys, member: roster.Member) -> Grant:
        """The current vault key, for a member of the roster."""
        box = keys.box_for(member.kem, grant_info(keys.vault, member.slot, keys.epoch))
        return cls(member.slot, keys.epoch, box)

    def hash(self, vault: bytes) -> bytes:
        """What the log remembers of a grant, so that one put in its place is noticed."""
        return digest(frame(grant_info(vault, self.slot, self.epoch), self.box))


def grant_info(vault: bytes, slot: bytes, epoch: int) -> bytes:
    """What a grant is bound to."""
    return bound(vault, "grant", slot, epoch)


@dataclass(frozen=True)
class Claims:
    """The key tables as they stand in the file. Only `rosters` has been checked."""

    vault: bytes
    root: bytes
    rosters: list[Roster]
    slots: list[Slot]
    grants: list[Grant]
    earlier: dict[int, bytes]

    @property
    def roster(self) -> Roster:
        """The newest roster."""
        return self.rosters[-1]


def read(connection: Connection, *, proved: Sequence[Roster] = ()) -> Claims:
    """Read the key tables and check the rosters, but those that have been `proved` before.

    Raises NotAVault for another format, VaultUntrusted("root" or "roster").
    """
    found = list(all_sound(connection.execute(select(VAULT)).all(), "ib"))
    if len(found) != 1 or found[0][0] != FORMAT:
        raise NotAVault
    root = found[0][1]
    vault = roster.vault_id(root)
    rosters = _rosters(connection)
    roster.check(vault, root, rosters, proved)
    grants = connection.execute(select(GRANT).order_by(GRANT.c.slot, GRANT.c.epoch)).all()
    return Claims(
        vault,
        root,
        rosters,
        slots(connection),
        [Grant(*row) for row in grants if _is(row, "bib")],
        {row[0]: row[1] for row in connection.execute(select(EPOCH)).all()},
    )


def slots(connection: Connection) -> list[Slot]:
    """The slot table as it stands: nothing of it is believed yet."""
    rows = connection.execute(select(SLOT).order_by(SLOT.c.id)).all()
    return [Slot(*row) for row in rows if _is(row, "bbbbbb")]


def _rosters(connection: Connection) -> list[Roster]:
    rows = connection.execute(select(ROSTER).order_by(ROSTER.c.n)).all()
    try:
        return [
            Roster(n, previous, epoch, commitment, roster.unpack(members), signature)
            for n, previous, epoch, commitment, members, signature in all_sound(rows, "ibibbb")
        ]
    except VaultDamaged:
        raise VaultUntrusted("roster") from None


def _is(row: Sequence[Any], kinds: str) -> bool:
    try:
        sound(row, kinds)
    except VaultDamaged:
        return False
    return True


def keys_for(claims: Claims, who: Identity) -> Keys:
    """The vault keys that one may read: own grant, roster's commitment, then back in time.

    Raises VaultUntrusted("grant") where no grant fits, ("epoch") where an earlier key does not.
    """
    keys = _current(claims, who)
    commitments = {one.epoch: one.commitment for one in claims.rosters}
    for epoch in range(keys.epoch, 1, -1):
        try:
            keys.learn_previous(epoch, claims.earlier.get(epoch), epoch_bound(claims.vault, epoch))
        except VaultDamaged:
            raise VaultUntrusted("epoch") from None
        if keys.commitment(epoch - 1) != commitments[epoch - 1]:
            raise VaultUntrusted("epoch")
    return keys


def _current(claims: Claims, who: Identity) -> Keys:
    newest = claims.roster
    about = grant_info(claims.vault, who.slot, newest.epoch)
    for grant in claims.grants:
        if (grant.slot, grant.epoch) != (who.slot, newest.epoch):
            continue
        try:
            key = open_box(who.kem, grant.box, about)
        except VaultDamaged:
            continue
        if digest(key) == newest.commitment:
            return Keys(claims.vault, newest.epoch, key)
    raise VaultUntrusted("grant")


def epoch_bound(vault: bytes, epoch: int) -> bytes:
    """What the sealed key of the epoch before is bound to."""
    return bound(vault, "epoch", epoch)


def suspicious(claims: Claims) -> list[str]:
    """Grants that nobody in the roster asked for: kept, named, never used."""
    listed = {(one.slot, claims.roster.epoch) for one in claims.roster.members}
    return ["planted-grant" for one in claims.grants if (one.slot, one.epoch) not in listed]
