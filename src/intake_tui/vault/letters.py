"""Letters: what is typed while the vault is locked, sealed to the counsellor's public key.

And to the recovery sheet's, or a forgotten passphrase would lose what was typed.
Anyone who can write to the vault can post a letter; it proves nothing about its sender.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from intake_tui.vault.desk import Desk
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.framing import ID_SIZE, bound, pad, unpad
from intake_tui.vault.keys import open_box, seal_to
from intake_tui.vault.place import Location
from intake_tui.vault.roster import Member
from intake_tui.vault.tables import LETTER, sound

STEP = 1024


def info(vault: bytes, slot: bytes, id_: bytes) -> bytes:
    """What a letter is bound to."""
    return bound(vault, "letter", slot, id_)


def sealed(vault: bytes, id_: bytes, reader: Member, blob: bytes) -> dict[str, bytes]:
    """The row of a letter for one reader."""
    box = seal_to(reader.kem, pad(blob, STEP), info(vault, reader.slot, id_))
    return {"id": id_, "slot": reader.slot, "box": box}


@dataclass(frozen=True)
class Letterbox:
    """Outlives the lock: where the vault lies and a public key that was verified before it."""

    location: Location = field(repr=False)
    vault: bytes
    readers: tuple[Member, ...]

    def post(self, blob: bytes) -> None:
        """Seal and store, durable when it returns. Raises VaultInUse, DiskFull, NoVault …"""
        id_ = secrets.token_bytes(ID_SIZE)
        rows = [sealed(self.vault, id_, reader, blob) for reader in self.readers]
        database = Database(self.location)
        try:
            database.write(lambda c: c.execute(LETTER.insert(), rows))
        finally:
            database.close()


class Letters:
    """The letters to whom is signed in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[tuple[bytes, bytes]]:
        """Id and bytes of each; one that does not open leaves the warning "letter"."""
        statement = select(LETTER).where(LETTER.c.slot == self._desk.member.slot)
        found = []
        for row in self._desk.read(lambda c: c.execute(statement).all()):
            try:
                id_, slot, box = sound(row, "bbb")
                about = info(self._desk.vault, slot, id_)
                found.append((id_, unpad(open_box(self._desk.identity.kem, box, about), STEP)))
            except VaultDamaged:
                self._desk.warn("letter")
        return found

    def forward(self, connection: Connection, reader: Member) -> None:
        """Seal what who is signed in can read to another reader as well."""
        rows = [sealed(self._desk.vault, id_, reader, blob) for id_, blob in self.all()]
        if rows:
            connection.execute(LETTER.insert(), rows)

    def remove(self, id_: bytes) -> None:
        """Delete a letter that has been read."""

        def work(connection: Connection) -> None:
            connection.execute(LETTER.delete().where(LETTER.c.id == id_))

        self._desk.write(work)
