"""Drafts, items, the list of devices and letters, held against what the log says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from intake_tui.vault import drafts as draft_rows
from intake_tui.vault import items as item_rows
from intake_tui.vault import letters as letter_rows
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasures import ErasureList
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.findings import Findings
from intake_tui.vault.framing import ID_SIZE
from intake_tui.vault.keys import open_box
from intake_tui.vault.manifest import Manifest
from intake_tui.vault.tables import DRAFT, ITEM, LETTER, sound


def _hex(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else "?"


def drafts(desk: Desk, found: Findings, manifest: Manifest) -> None:
    """A draft may be newer than the log says, never older, and never gone."""
    there: dict[bytes, int] = {}
    for row in desk.read(lambda c: c.execute(select(DRAFT)).all()):
        found.rows += 1
        try:
            id_, counter, epoch, blob = sound(row, "biib")
            there[id_] = counter
            draft_rows.opened(desk, id_, counter, epoch, blob)
        except VaultDamaged:
            found.add("draft-damaged", f"draft {_hex(row[0])}")
    _compare(found, "draft", there, manifest.drafts, exactly=False)


def items(desk: Desk, found: Findings, manifest: Manifest) -> None:
    """Each item as it was last logged."""
    there: dict[bytes, int] = {}
    for row in desk.read(lambda c: c.execute(select(ITEM)).all()):
        found.rows += 1
        _item(desk, found, row, there)
    _compare(found, "item", there, manifest.items, exactly=True)


def _item(desk: Desk, found: Findings, row: Row[Any], there: dict[bytes, int]) -> None:
    try:
        id_, _, counter, _, _ = sound(row, item_rows.COLUMNS)
        there[id_] = counter
        item_rows.opened(desk, row)
    except VaultDamaged:
        found.add("item-damaged", f"item {_hex(row[0])}")


def _compare(
    found: Findings,
    table: str,
    there: Mapping[bytes, int],
    logged: Mapping[bytes, int],
    *,
    exactly: bool,
) -> None:
    for id_, counter in logged.items():
        if id_ not in there:
            found.add(f"{table}-missing", f"{table} {id_.hex()}")
        elif there[id_] < counter or (exactly and there[id_] != counter):
            found.add(f"{table}-put-back", f"{table} {id_.hex()}")
    for id_ in there:
        if id_ not in logged:
            found.add(f"{table}-unlogged", f"{table} {id_.hex()}")


def devices(desk: Desk, found: Findings, chains: set[bytes]) -> None:
    """Every listed device has its chain, and every chain is listed."""
    blob = item_rows.Items(desk).get(item_rows.devices_id(desk.vault)) or b""
    listed = {blob[at : at + ID_SIZE] for at in range(0, len(blob), ID_SIZE)}
    for device in listed - chains:
        found.add("log-missing", f"log {device.hex()}", "chain")
    for device in chains - listed:
        found.add("log-unlisted", f"log {device.hex()}", "chain")


def erasures(desk: Desk, found: Findings, manifest: Manifest) -> None:
    """Whatever the log says was erased, a leader signed. Who has the vault key can write a log."""
    lines = ErasureList(desk, item_rows.Items(desk)).lines()
    signed = {id_ for line in lines if line.is_signed(desk.vault, desk.rosters) for id_ in line.ids}
    for id_ in sorted(manifest.erased - signed):
        found.add("erasure-unsigned", f"revision {id_.hex()}")


def letters(desk: Desk, found: Findings) -> None:
    """Letters to whom is signed in open; others' cannot be looked into."""
    for row in desk.read(lambda c: c.execute(select(LETTER)).all()):
        found.rows += 1
        try:
            id_, slot, box = sound(row, "bbb")
            if slot == desk.identity.slot:
                open_box(desk.identity.kem, box, letter_rows.info(desk.vault, slot, id_))
            elif desk.roster.member(slot) is None:
                raise VaultDamaged("letter")
        except VaultDamaged:
            found.add("letter-damaged", f"letter {_hex(row[0])}")
