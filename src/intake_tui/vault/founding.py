"""Making a new vault: written aside, closed, and only then given its name."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert

from intake_tui.vault import durable, members, names, recovery, roster, slots
from intake_tui.vault.desk import Desk
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import SyncFolder, VaultExists, VaultReadOnly
from intake_tui.vault.items import DEVICES, PERSON, Items, devices_id
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.log import Chain
from intake_tui.vault.place import Location, exists, is_server
from intake_tui.vault.roster import LEADER, RECOVERY, Member
from intake_tui.vault.slots import Slot
from intake_tui.vault.syncfolders import synchronised
from intake_tui.vault.tables import ALL, VAULT
from intake_tui.vault.trust import FORMAT, Grant
from intake_tui.vault.witness import DeviceFolder


class Founding:
    """The keys of a vault to be: one leader and the recovery sheet."""

    def __init__(self, name: str, passphrase: str, cost: Kdf) -> None:
        self.root = Ed25519PrivateKey.generate()
        self.root_public = self.root.public_key().public_bytes_raw()
        vault = roster.vault_id(self.root_public)
        self.keys = Keys.first(vault)
        self.leader, sheet = Identity.new(" ".join(name.split())), Identity.new("")
        printed = recovery.new_key()
        self.printed = recovery.printed(printed)
        self.slots: list[Slot] = [
            slots.for_passphrase(vault, self.leader, passphrase, cost),
            slots.for_recovery(vault, sheet, printed),
        ]
        members = [Member.of(self.leader, LEADER), Member.of(sheet, RECOVERY)]
        self.roster = roster.first(self.root, vault, self.keys.commitment(1), members)
        self.grants = [Grant.new(self.keys, member) for member in members]

    def write(self, database: Database, folder: DeviceFolder) -> None:
        """All tables and first rows in one transaction, and the first witness."""
        chain = Chain(self.keys, folder.device(), self.leader.slot, None)
        desk = Desk(database, self.leader, self.keys, [self.roster], chain, folder)

        def work(connection: Connection) -> None:
            ALL.create_all(connection, checkfirst=False)
            connection.execute(insert(VAULT), {"format": FORMAT, "root": self.root_public})
            members.put_roster(connection, self.roster)
            for slot in self.slots:
                members.put_slot(connection, slot)
            members.put_grants(connection, self.grants)
            self._first_entry(connection, desk)

        database.write(work)
        desk.bear_witness()

    def _first_entry(self, connection: Connection, desk: Desk) -> None:
        items, vault = Items(desk), self.keys.vault
        firsts = (
            (self.leader.slot, PERSON, names.signed(vault, self.leader)),
            (devices_id(vault), DEVICES, desk.chain.device),
        )
        marks = members.marks(vault, self.slots, self.grants)
        marks["items"] = [
            [id_.hex(), items.store(connection, id_, kind, blob)] for id_, kind, blob in firsts
        ]
        desk.chain.append(connection, "created", [slot.id for slot in self.slots], marks)


def found(location: Location, founding: Founding, folder: DeviceFolder) -> None:
    """Write a new vault. Raises VaultExists, SyncFolder, VaultReadOnly, DiskFull."""
    if is_server(location):
        _on_server(str(location), founding, folder)
    else:
        _in_file(Path(location).expanduser().absolute(), founding, folder)


def refuse(location: Location) -> None:
    """Raises VaultExists or SyncFolder before any time is spent on keys."""
    if exists(location):
        raise VaultExists
    if not is_server(location) and synchronised(Path(location)):
        raise SyncFolder


def _on_server(url: str, founding: Founding, folder: DeviceFolder) -> None:
    database = Database(url)
    try:
        founding.write(database, folder)
    finally:
        database.close()


def _in_file(path: Path, founding: Founding, folder: DeviceFolder) -> None:
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        database = Database(aside, create=True)
        try:
            founding.write(database, folder)
        finally:
            database.close()
        aside.chmod(0o600)
        durable.give_name(aside, path)
    except FileExistsError:
        raise VaultExists from None
    except OSError:
        raise VaultReadOnly from None
    finally:
        for left in (aside, *(aside.with_name(aside.name + end) for end in ("-wal", "-journal"))):
            left.unlink(missing_ok=True)
