"""Letters: what is typed while the vault is locked, sealed to the counsellor's public key.

And, in keeping, to the leaders' and the recovery sheet's: or a forgotten passphrase, or a
colleague who leaves, would lose what was typed. A leader is shown only those kept letters
whose reader is no longer there. Anyone who can write to the vault can post a letter; it
proves nothing about its sender.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from intake_tui.vault import trust
from intake_tui.vault.desk import Desk
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import VaultDamaged, VaultError
from intake_tui.vault.framing import ID_SIZE, bound, digest, pad, unpad
from intake_tui.vault.keys import open_box, seal_to
from intake_tui.vault.place import Location
from intake_tui.vault.roster import LEADER, RECOVERY, Member, Roster
from intake_tui.vault.tables import LETTER, sound

STEP = 1024
LOOKED_AT = 300
"""Letters that are opened at an unlock."""
NOBODY = bytes(ID_SIZE)
"""The reader of a letter of which only the sheet's row is left."""


def info(vault: bytes, slot: bytes, id_: bytes) -> bytes:
    """What a letter is bound to."""
    return bound(vault, "letter", slot, id_)


def kept(vault: bytes, leader: bytes, reader: bytes) -> bytes:
    """What stands for a leader's slot in a letter that is kept for another reader."""
    return digest(bound(vault, "kept", leader, reader))[:ID_SIZE]


def readers(vault: bytes, roster: Roster, to: bytes) -> dict[bytes, Member]:
    """By what stands in the row: the reader, leaders who keep it for the reader, the sheets."""
    found = {}
    for member in roster.members:
        if member.slot == to or member.role == RECOVERY:
            found[member.slot] = member
        elif member.role == LEADER:
            found[kept(vault, member.slot, to)] = member
    return found


def rows(
    vault: bytes, id_: bytes, roster: Roster, to: bytes, blob: bytes
) -> list[dict[str, bytes]]:
    """A letter's rows, one for each reader."""
    padded = pad(blob, STEP)
    return [
        {"id": id_, "slot": slot, "box": seal_to(member.kem, padded, info(vault, slot, id_))}
        for slot, member in readers(vault, roster, to).items()
    ]


@dataclass(frozen=True)
class Letterbox:
    """Outlives the lock: where the vault lies and the rosters that were verified before it."""

    location: Location = field(repr=False)
    vault: bytes
    slot: bytes
    rosters: tuple[Roster, ...] = field(repr=False)
    doubtful: bool = False
    """Whether the rosters are older than they should be: then nobody else is written to."""

    def post(self, blob: bytes) -> None:
        """Seal and store, durable when it returns. Raises VaultInUse, DiskFull, NoVault …"""
        id_ = secrets.token_bytes(ID_SIZE)

        def work(connection: Connection) -> None:
            found = rows(self.vault, id_, self._newest(connection), self.slot, blob)
            own = [row for row in found if row["slot"] == self.slot]
            connection.execute(LETTER.insert(), own if self.doubtful else found)

        database = Database(self.location)
        try:
            database.write(work)
        finally:
            database.close()

    def _newest(self, connection: Connection) -> Roster:
        """Who has been revoked since the lock must not read it. Rosters that do not follow from
        the known ones are nobody's: then it goes to whom we knew."""
        if self.doubtful:
            return self.rosters[-1]
        try:
            found = trust.read(connection, proved=self.rosters).rosters
        except VaultError:
            return self.rosters[-1]
        known = list(self.rosters)
        return found[-1] if found[: len(known)] == known else known[-1]


class Letters:
    """The letters to whom is signed in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[tuple[bytes, bytes]]:
        """Id and bytes of each; one that does not open leaves the warning "letter".

        With the recovery sheet: everybody's. Where there are more than `LOOKED_AT`, others each
        time: anybody can plant some, and an unlock waits for this.
        """
        gone = self._slots_of_all_time() - {one.slot for one in self._desk.roster.members}
        return [(id_, blob) for id_, _, blob in self._opened(gone, most=LOOKED_AT)]

    def _slots_of_all_time(self) -> set[bytes]:
        return slots_of_all_time(self._desk.rosters)

    def _opened(
        self, kept_for: set[bytes], most: int | None = None
    ) -> list[tuple[bytes, bytes, bytes]]:
        """Id, reader and bytes of one's own, and of those that one keeps for these slots."""
        desk, me = self._desk, self._desk.member
        mine = {me.slot: me.slot}
        if me.role == LEADER:
            mine |= {kept(desk.vault, me.slot, to): to for to in kept_for}
        found = []
        for row in desk.read(lambda c: _rows(c, list(mine), most)):
            try:
                id_, slot, box = sound(row, "bbb")
                plain = unpad(open_box(desk.identity.kem, box, info(desk.vault, slot, id_)), STEP)
                found.append((id_, mine[slot], plain))
            except VaultDamaged:
                desk.warn("letter")
        return found

    def pass_on(
        self, connection: Connection, roster: Roster, instead: Mapping[bytes, bytes]
    ) -> None:
        """Seal all that who is signed in can open to the readers of the roster to come.

        `instead`: slots whose letters another slot is to have.
        """
        desk = self._desk
        letters = self._opened(self._slots_of_all_time() - {desk.identity.slot})
        for id_, reader, blob in letters:
            to = self._reader(connection, id_) if reader == desk.identity.slot else reader
            connection.execute(LETTER.delete().where(LETTER.c.id == id_))
            fresh = rows(desk.vault, id_, roster, instead.get(to, to), blob)
            connection.execute(LETTER.insert(), fresh)

    def _reader(self, connection: Connection, id_: bytes) -> bytes:
        """Whose letter it is, of one that the sheet can open: the other row tells."""
        desk = self._desk
        if desk.member.role != RECOVERY:
            return desk.identity.slot
        slots = connection.execute(select(LETTER.c.slot).where(LETTER.c.id == id_)).scalars().all()
        named = [slot for slot in slots if slot in self._slots_of_all_time()]
        return next((slot for slot in named if slot != desk.identity.slot), NOBODY)

    def remove(self, id_: bytes) -> None:
        """Delete a letter that has been read."""

        def work(connection: Connection) -> None:
            connection.execute(LETTER.delete().where(LETTER.c.id == id_))

        self._desk.write(work, frees=True)


def _rows(connection: Connection, slots: Sequence[bytes], most: int | None) -> list[Row[Any]]:
    """All, or at most so many, from a random one on and round."""
    statement = select(LETTER).where(LETTER.c.slot.in_(slots)).order_by(LETTER.c.id)
    if most is None:
        return list(connection.execute(statement).all())
    begin = secrets.token_bytes(ID_SIZE)
    later = connection.execute(statement.where(LETTER.c.id >= begin).limit(most)).all()
    rest = statement.where(LETTER.c.id < begin).limit(most - len(later))
    return [*later, *connection.execute(rest).all()]


def slots_of_all_time(rosters: Sequence[Roster]) -> set[bytes]:
    """Whose letters there may be, NOBODY's too."""
    return {member.slot for one in rosters for member in one.members} | {NOBODY}


def places(vault: bytes, rosters: Sequence[Roster]) -> set[bytes]:
    """Whatever may stand as the reader in a letter's row."""
    newest, ever = rosters[-1].members, slots_of_all_time(rosters)
    leaders = [member.slot for member in newest if member.role == LEADER]
    keeping = {kept(vault, leader, to) for leader in leaders for to in ever}
    return keeping | {member.slot for member in newest}
