"""Rosters, slots and grants: as signed, and as the log remembers them. And the witness."""

from __future__ import annotations

from intake_tui.vault import log, trust
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import VaultUntrusted
from intake_tui.vault.findings import Findings
from intake_tui.vault.manifest import Manifest
from intake_tui.vault.slots import planted
from intake_tui.vault.trust import Claims


def keys(desk: Desk, found: Findings, manifest: Manifest) -> None:
    """The key tables, read anew from the file."""
    claims = desk.read(lambda c: trust.read(c, proved=desk.rosters))
    if claims.vault != desk.vault:
        raise VaultUntrusted("root")
    found.rows += len(claims.rosters) + len(claims.slots) + len(claims.grants)
    trust.keys_for(claims, desk.identity)
    _rosters(claims, found, manifest)
    _slots(claims, found, manifest)
    _grants(claims, found, manifest)


def _rosters(claims: Claims, found: Findings, manifest: Manifest) -> None:
    there = {(one.n, one.hash(claims.vault)) for one in claims.rosters}
    for n, _ in sorted(manifest.rosters - there):
        found.add("roster-put-back", f"roster {n}")


def _slots(claims: Claims, found: Findings, manifest: Manifest) -> None:
    there = {slot.id: slot for slot in claims.slots}
    for slot in claims.slots:
        why = planted(claims.vault, slot, claims.roster)
        if why is not None:
            found.add(why, f"slot {slot.id.hex()}")
        elif manifest.slots.get(slot.id) != slot.hash(claims.vault):
            found.add("slot-put-back", f"slot {slot.id.hex()}")
    for member in claims.roster.members:
        if member.slot not in there:
            found.add("slot-missing", f"slot {member.slot.hex()}")


def _grants(claims: Claims, found: Findings, manifest: Manifest) -> None:
    there = {(grant.slot, grant.epoch): grant for grant in claims.grants}
    listed = {(member.slot, claims.roster.epoch) for member in claims.roster.members}
    for key, grant in there.items():
        where = f"grants {key[0].hex()} {key[1]}"
        if key not in listed:
            found.add("planted-grant", where)
        elif manifest.grants.get(key) != grant.hash(claims.vault):
            found.add("grant-changed", where)
    for slot, epoch in listed - set(there):
        found.add("grant-missing", f"grants {slot.hex()} {epoch}")


def witness(desk: Desk, found: Findings) -> None:
    """What this device remembers, at the number that it names."""
    known = desk.folder.read(desk.vault)
    if known is None:
        return
    line = desk.read(lambda c: log.line(c, known.device, known.n))
    if line is None or line.hash != known.hash:
        found.add("put-back", "witness")
    if desk.older:
        found.add("older-roster", f"roster {known.roster}")
