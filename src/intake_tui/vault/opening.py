"""Opening a vault: what is claimed is checked, a slot opened, the witness asked, the log told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from intake_tui.vault import log, trust
from intake_tui.vault.desk import Desk
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import (
    DiskFull,
    OlderRoster,
    VaultDamaged,
    VaultError,
    VaultReadOnly,
    VaultSetAside,
    VaultUntrusted,
)
from intake_tui.vault.framing import ID_SIZE, digest
from intake_tui.vault.items import DEVICES, Items, devices_id
from intake_tui.vault.kdf import PRINTED, Kdf
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.log import Chain, Line
from intake_tui.vault.place import Location, is_server
from intake_tui.vault.shapes import LastWrite
from intake_tui.vault.slots import SignIn, planted
from intake_tui.vault.trust import Claims
from intake_tui.vault.witness import DeviceFolder, Mark, Witness

_CLOCKS_DIFFER = timedelta(minutes=2)
"""As much as the clocks of two desks may, without anybody having set one."""
_LINES = 20  # of the log, enough to tell damage from another key


@dataclass(frozen=True)
class Opened:
    """An open desk and what was found on the way."""

    desk: Desk
    last: LastWrite
    put_back: bool


def open_desk(
    location: Location, who: Callable[[SignIn], Identity], folder: DeviceFolder
) -> Opened:
    """Open the vault for whomever `who` finds. Whatever fails, the file is given back."""
    database = _database(location)
    try:
        return _opened(database, who, folder)
    except BaseException:
        with suppress(VaultError):
            database.close()
        raise


def _database(location: Location) -> Database:
    """On a read-only stick or in a folder that may not be written, to be read only."""
    try:
        return Database(location)
    except VaultReadOnly:
        if is_server(location):
            raise
        return Database(location, reading=True)


def _opened(database: Database, who: Callable[[SignIn], Identity], folder: DeviceFolder) -> Opened:
    claims = database.read(trust.read)
    doors = SignIn(claims.vault, claims.slots, claims.roster)
    identity = who(doors)
    keys = trust.keys_for(claims, identity)
    device = folder.device(claims.vault)
    database.hold(int.from_bytes(digest(claims.vault + device)[:8], "big", signed=True))
    ends = database.read(log.ends)
    witness = folder.read(claims.vault)
    put_back = _put_back(database, claims, keys, witness, ends)
    if not database.read(lambda c: log.goes_on(c, keys, device)):
        device = folder.begin_anew()
    own = next((line for line in ends if line.device == device), None)
    if put_back and witness is not None:
        folder.mark(claims.vault, Mark(witness, own.n if own else 0))
    chain = Chain(keys, device, identity.slot, own)
    desk = Desk(database, identity, keys, claims.rosters, chain, folder)
    of_witness = [("put-back", put_back), ("witness-damaged", bool(folder.damaged))]
    told = [code for code, is_so in of_witness if is_so]
    for code in [*doors.warnings, *trust.suspicious(claims), *told]:
        desk.warn(code)
    if witness is not None and (witness.older or (put_back and not _knows(claims, witness))):
        desk.grow_old()
    last = _last(desk, ends)
    if database.synchronised:
        desk.warn("sync-folder")
    if last.at is not None and last.at > datetime.now(UTC) + _CLOCKS_DIFFER:
        desk.warn("clock-back")
    _note_unlocked(desk, put_back=put_back)
    if database.ballast is not None and not desk.read_only:
        database.ballast.lay()
    return Opened(desk, last, put_back)


def _put_back(
    database: Database,
    claims: Claims,
    keys: Keys,
    witness: Witness | None,
    ends: Sequence[Line],
) -> bool:
    """Whether the whole file is older than this device remembers: it may be a backup.

    Rosters alone put back, or others than the log was written under, would make us write
    under a key that somebody has who should not: VaultUntrusted("roster"). Where the whole
    file was put back and the rosters are older too, see `Desk.older`.
    """
    if witness is None:
        newest = claims.roster.epoch
        later = any(line.epoch > newest for line in ends)
        if later or not database.read(lambda c: _told_under(c, keys, newest)):
            raise VaultUntrusted("roster")
        return False
    told = (witness.device, witness.n, witness.hash)
    if not database.read(lambda c: log.is_remembered(c, keys, *told)):
        return True
    if not _knows(claims, witness):
        raise VaultUntrusted("roster")
    return False


def _told_under(connection: Connection, keys: Keys, epoch: int) -> bool:
    """Whether the log was written under that vault key; a damaged line or two say nothing."""
    lines = log.of_epoch(connection, epoch, _LINES)
    for line in lines:
        with suppress(VaultDamaged):
            line.opened(keys)
            return True
    return not lines


def _knows(claims: Claims, witness: Witness) -> bool:
    if not 0 <= witness.roster < len(claims.rosters):
        return False
    return claims.rosters[witness.roster].hash(claims.vault) == witness.roster_hash


def _last(desk: Desk, ends: Sequence[Line]) -> LastWrite:
    newest = LastWrite(None, desk.chain.n)
    for line in ends:
        try:
            at = line.shown(line.opened(desk.keys)).at
        except VaultDamaged:
            desk.warn("log")
            continue
        if newest.at is None or at > newest.at:
            newest = LastWrite(at, line.n)
    return newest


def _note_unlocked(desk: Desk, *, put_back: bool) -> None:
    # A vault that can only be read must open: what is in it may be needed tonight.
    if desk.database.reading:
        desk.only_read(VaultReadOnly)
        return
    try:
        note_heads(desk, "unlocked", put_back=put_back)
    except OlderRoster:
        pass  # said already
    except DiskFull:
        desk.warn("disk-full")
        desk.warn("not-logged")
    except VaultDamaged:
        desk.warn("damaged")
        desk.only_read(VaultSetAside)
    except VaultReadOnly:
        desk.only_read(VaultReadOnly)


def note_heads(desk: Desk, what: str, *, put_back: bool = False) -> None:
    """Log where every other chain ends and which roster is the newest."""
    desk.write(lambda connection: tell_heads(connection, desk, what, put_back=put_back))


def tell_heads(
    connection: Connection,
    desk: Desk,
    what: str,
    ids: Sequence[bytes] = (),
    *,
    put_back: bool = False,
) -> None:
    """`note_heads` in the transaction under way. A chain that begins with it is listed."""
    marks: dict[str, object] = {
        "heads": log.others(connection, desk.keys, desk.chain.device),
        "roster": [desk.roster.n, desk.roster.hash(desk.vault).hex()],
    }
    if put_back:
        marks["put_back"] = True
    if desk.chain.n == 0:
        marks["items"] = _listed(connection, desk)
    desk.chain.append(connection, what, ids, marks)


def _listed(connection: Connection, desk: Desk) -> list[list[object]]:
    """Add this device to the list; the item's mark for the log."""
    items, id_ = Items(desk), devices_id(desk.vault)
    known = items.get(id_) or b""
    split = [known[at : at + ID_SIZE] for at in range(0, len(known), ID_SIZE)]
    if desk.chain.device in split:
        return []
    return [[id_.hex(), items.store(connection, id_, DEVICES, known + desk.chain.device)]]


def dearest(desk: Desk) -> Kdf:
    """The highest cost among the slots that are trusted; never less than the usual floor."""
    costs = [Kdf.FLOOR]
    for slot in desk.read(trust.slots):
        if slot.kdf != PRINTED and planted(desk.vault, slot, desk.roster) is None:
            with suppress(VaultUntrusted):
                costs.append(Kdf.parse(slot.kdf))
    return max(costs, key=lambda cost: cost.memory_kib * cost.rounds)
