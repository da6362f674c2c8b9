"""The list of erasures outside the vault: what an older copy that is restored is held against.

It lies in the device's own folder, and wherever backups are taken along. The lines are signed
each; they are sealed here to every member of the newest roster. With them goes the chain of
rosters, so that an older copy of the vault believes a leader who came after it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_tui.vault import erasures, roster
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasures import About, Erased
from intake_tui.vault.errors import VaultDamaged, VaultUntrusted
from intake_tui.vault.framing import bound, digest, frame, unframe
from intake_tui.vault.keys import open_box, seal_to
from intake_tui.vault.roster import Roster
from intake_tui.vault.seal import seal_padded, unseal_padded

STEP = 1024
FOREIGN, CLOSED, UNSIGNED = "foreign", "closed", "unsigned"


@dataclass(frozen=True)
class Outside:
    """What a copy says to who is signed in."""

    lines: tuple[Erased, ...] = ()
    """Those that a leader of the newest roster known signed."""
    rosters: tuple[Roster, ...] = ()
    """That it brings along, where they are the vault's own, or go on from those."""
    refused: str = ""
    """Why not all of it is believed: "foreign" (no copy of this vault's list), "closed" (not
    sealed to who is signed in), "unsigned" (lines that no leader of today signed)."""


def packed(desk: Desk, lines: Sequence[Erased], rosters: Sequence[Roster]) -> bytes:
    """A copy of the list for whoever the last of the rosters lists."""
    vault, chain = desk.vault, frame(*map(_row, rosters))
    key = AESGCM.generate_key(256)
    about = bound(vault, "erasures", digest(chain))
    sealed = seal_padded(AESGCM(key), erasures.pack(lines), about, STEP)
    boxes = [
        frame(one.slot, seal_to(one.kem, key, _box_info(vault, one.slot, sealed)))
        for one in rosters[-1].members
    ]
    return frame(vault, chain, sealed, frame(*boxes))


def opened(desk: Desk, copies: Sequence[bytes], known: Collection[Erased] = ()) -> list[Outside]:
    """What copies say. Never raises for what is wrong with one: it is named, and not applied.

    All are judged by the longest chain of rosters among them: who left has no say any more.
    What is `known` from inside the vault counts as it stands there.
    """
    brought = [carried(desk, copy) for copy in copies]
    newest = max([tuple(desk.rosters), *brought], key=len)[-1]
    inside = {line.about: line for line in known} if copies else {}
    return [
        _opened(desk, copy, rosters, newest, inside)
        for copy, rosters in zip(copies, brought, strict=True)
    ]


def carried(desk: Desk, copy: bytes) -> tuple[Roster, ...]:
    """The rosters that a copy brings along, where they go on from what the vault has."""
    try:
        vault, rows, *_ = unframe(copy)
        chain = [_roster(row) for row in unframe(rows)]
    except (VaultDamaged, VaultUntrusted, ValueError):
        return ()
    proved = len(desk.rosters)
    goes_on = vault == desk.vault and chain[:proved] == desk.rosters
    return tuple(chain) if goes_on and roster.unbroken(desk.vault, chain[proved - 1 :]) else ()


def _opened(
    desk: Desk,
    copy: bytes,
    rosters: tuple[Roster, ...],
    newest: Roster,
    known: Mapping[About, Erased],
) -> Outside:
    try:
        vault, chain, sealed, boxes = unframe(copy)
        if vault != desk.vault:
            return Outside(refused=FOREIGN)
    except (VaultDamaged, ValueError):
        return Outside(refused=FOREIGN)
    try:
        key = AESGCM(_key(desk, sealed, boxes))
        about = bound(desk.vault, "erasures", digest(chain))
        lines = erasures.unpack(unseal_padded(key, sealed, about, STEP))
    except (VaultDamaged, ValueError):
        return Outside(refused=CLOSED)
    believed = tuple(
        known.get(line.about, line)
        for line in lines
        if line.about in known or line.is_signed(desk.vault, (newest,))
    )
    refused = "" if len(believed) == len(lines) else UNSIGNED
    return Outside(believed, rosters, refused)


def _row(one: Roster) -> bytes:
    members = roster.pack(one.members)
    return frame(one.n, one.previous, one.epoch, one.commitment, members, one.signature)


def _roster(row: bytes) -> Roster:
    n, previous, epoch, commitment, members, signature = unframe(row)
    numbers = int.from_bytes(n, "big"), int.from_bytes(epoch, "big")
    listed = roster.unpack(members)
    return Roster(numbers[0], previous, numbers[1], commitment, listed, signature)


def _key(desk: Desk, sealed: bytes, boxes: bytes) -> bytes:
    for row in unframe(boxes):
        slot, box = unframe(row)
        if slot == desk.identity.slot:
            return open_box(desk.identity.kem, box, _box_info(desk.vault, slot, sealed))
    raise VaultDamaged("erasures")


def _box_info(vault: bytes, slot: bytes, sealed: bytes) -> bytes:
    return bound(vault, "erasures-key", slot, digest(sealed))
