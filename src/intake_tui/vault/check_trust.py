"""Rosters, slots and grants: as signed, and as the log remembers them. And the witness."""

from __future__ import annotations

from dataclasses import replace

from intake_tui.vault import log, trust
from intake_tui.vault.check_log import LogCheck
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultUntrusted
from intake_tui.vault.findings import Findings
from intake_tui.vault.manifest import Manifest
from intake_tui.vault.slots import Slot, planted
from intake_tui.vault.trust import Claims, Grant


def keys(desk: Desk, found: Findings, told: LogCheck) -> None:
    """The key tables, read anew from the file, beside what the log tells of them."""
    claims = desk.read(lambda c: trust.read(c, proved=desk.rosters))
    if claims.vault != desk.vault:
        raise VaultUntrusted("root")
    found.rows += len(claims.rosters) + len(claims.slots) + len(claims.grants)
    trust.keys_for(claims, desk.identity)
    _rosters(claims, found, told.manifest)
    _slots(claims, found, told)
    _grants(claims, found, told)


def _rosters(claims: Claims, found: Findings, manifest: Manifest) -> None:
    there = {(one.n, one.hash(claims.vault)) for one in claims.rosters}
    for n, _ in sorted(manifest.rosters - there):
        found.add("roster-put-back", f"roster {n}")


def _slots(claims: Claims, found: Findings, told: LogCheck) -> None:
    there = {slot.id for slot in claims.slots}
    missing = {one.slot for one in claims.roster.members} - there
    for slot in claims.slots:
        own = _renamed(claims, slot, missing)
        why = "slot-damaged" if own else planted(claims.vault, slot, claims.roster)
        if why is None and told.put_back(slot.id, slot.hash(claims.vault)):
            why = "slot-put-back"
        if why is not None:
            found.add(why, f"slot {slot.id.hex()}")
        missing.discard(own)
    for id_ in missing:
        found.add("slot-missing", f"slot {id_.hex()}")


def _renamed(claims: Claims, slot: Slot, missing: set[bytes]) -> bytes:
    """Whose slot it is, if only its id is damaged: the signature goes over the right one."""
    if claims.roster.member(slot.id) is not None:
        return b""
    own = (
        id_ for id_ in missing if not planted(claims.vault, replace(slot, id=id_), claims.roster)
    )
    return next(own, b"")


def _grants(claims: Claims, found: Findings, told: LogCheck) -> None:
    logged, vault = told.manifest.grants, claims.vault
    listed = {(member.slot, claims.roster.epoch) for member in claims.roster.members}
    missing = listed - {(grant.slot, grant.epoch) for grant in claims.grants}

    def is_damaged(grant: Grant, key: tuple[bytes, int]) -> bool:
        right = replace(grant, slot=key[0], epoch=key[1])
        return logged.get(key) == right.hash(vault)

    for grant in claims.grants:
        key = (grant.slot, grant.epoch)
        where = f"grants {key[0].hex()} {key[1]}"
        own = [one for one in missing if is_damaged(grant, one)] if key not in listed else []
        if own:
            found.add("grant-damaged", where)
        elif key not in listed:
            found.add("planted-grant", where)
        elif logged.get(key) != grant.hash(vault) and (key in logged or told.whole):
            found.add("grant-changed", where)
        missing -= set(own)
    for slot, epoch in missing:
        found.add("grant-missing", f"grants {slot.hex()} {epoch}")


def witness(desk: Desk, found: Findings) -> None:
    """What this device remembers, at the number that it names."""
    known = desk.folder.read(desk.vault)
    if known is None:
        return
    told = (known.device, known.n, known.hash)
    if not desk.read(lambda c: log.is_remembered(c, desk.keys, *told)):
        found.add("put-back", "witness")
    if desk.older:
        found.add("older-roster", f"roster {known.roster}")
