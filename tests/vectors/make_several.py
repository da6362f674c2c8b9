"""Makes several.db and several.json: a vault of three epochs, written on two computers.

    .venv/bin/python tests/vectors/make_several.py FOLDER

What is in tests/vectors/format-1 was made once, by the program that first wrote format 1 so,
and is never made anew: every later program has to open it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from intake_tui.vault import Kdf, store

LEADER = ("Åse Brattli", "nøtt-kano-blekk-ugle-furu-torsk")
LIV = ("Liv", "lampe-myr-seil-kopp-brygge-and")
EVA = ("Eva", "hage-stige-brød-vott-fjøs-sol")
BO = ("Bo", "bølge-mose-ravn-lykt-stein-vind")


def rid() -> bytes:
    """A random id."""
    return os.urandom(16)


class Making:
    """The vault under way, and what it holds."""

    def __init__(self, folder: Path, devices: Path) -> None:
        self.path, self.devices = folder / "several.db", devices
        self.held: dict[str, dict[str, Any]] = {"revisions": {}, "drafts": {}, "items": {}}

    def enter(self, who: tuple[str, str], device: str) -> store.Vault:
        """One of them, at one of the two computers."""
        name, passphrase = who
        place = self.devices / device
        return store.unlock(self.path, name=name, passphrase=passphrase, device=place)

    def sign(self, vault: store.Vault, draft: bytes | None = None) -> None:
        """One more record."""
        number = len(self.held["revisions"]) + 1
        one, case = rid(), rid()
        head, body = f"hode {number}", f"kropp {number} – «æøå»" * 40
        vault.sign(id=one, case=case, head=head.encode(), body=body.encode(), draft=draft)
        self.held["revisions"][one.hex()] = {"case": case.hex(), "head": head, "body": body}

    def put(self, vault: store.Vault, one: bytes, text: str) -> None:
        """An item."""
        vault.put_item(one, "sort", text.encode())
        self.held["items"][one.hex()] = {"plain": text}

    def save(self, vault: store.Vault, one: bytes, counter: int) -> None:
        """A draft, as often as it says."""
        vault.save_draft(one, b"utkast %d" % counter)
        self.held["drafts"][one.hex()] = {"counter": counter, "plain": f"utkast {counter}"}


def make(folder: Path, devices: Path) -> dict[str, Any]:
    """Write several.db; what several.json says of it."""
    making = Making(folder, devices)
    vault, old_sheet = store.create(
        making.path, name=LEADER[0], passphrase=LEADER[1], kdf=Kdf.FLOOR, device=devices / "one"
    )
    slots = {
        who: vault.enrol(name=who[0], passphrase=who[1], role=role, kdf=Kdf.FLOOR)
        for who, role in ((LIV, "leader"), (BO, "counsellor"), (EVA, "counsellor"))
    }
    draft, kept, removed = rid(), rid(), rid()
    making.sign(vault)
    making.save(vault, draft, 1)
    making.put(vault, kept, "ting 1")
    vault.put_item(removed, "sort", b"borte")
    vault.lock()
    bo = making.enter(BO, "two")
    making.sign(bo)
    bo.drafts()
    making.save(bo, draft, 2)
    box = bo.letterbox()
    bo.lock()
    box.post(b"Bos ord")
    vault = making.enter(LEADER, "one")
    vault.drafts()
    sheet = vault.staff.revoke(slots[BO], new_sheet=True)  # epoch 2
    vault.remove_item(removed)
    making.sign(vault)
    making.save(vault, draft, 3)
    vault.lock()
    eva = making.enter(EVA, "two")
    making.sign(eva)
    making.put(eva, kept, "ting 2")
    box = eva.letterbox()
    eva.lock()
    box.post(b"Evas ord")
    liv = making.enter(LIV, "two")
    ended = rid()
    liv.save_draft(ended, b"blir signert")
    making.sign(liv, draft=ended)
    liv.staff.rotate()  # epoch 3
    liv.staff.change_role(slots[EVA], "leader")
    making.sign(liv)
    liv.change_passphrase(LIV[1] + "-ny")
    liv.lock()
    vault = making.enter(LEADER, "one")
    vault.staff.renew(slots[EVA], EVA[1] + "-ny")
    vault.staff.change_role(slots[LIV], "counsellor")
    making.sign(vault)
    vault.lock()
    return {
        "about": "What opens several.db, and what is in it. It must open for ever",
        "who": [
            {"name": LEADER[0], "passphrase": LEADER[1], "role": "leader", "letters": ["Bos ord"]},
            {"name": LIV[0], "passphrase": LIV[1] + "-ny", "role": "counsellor", "letters": []},
            {
                "name": EVA[0],
                "passphrase": EVA[1] + "-ny",
                "role": "leader",
                "letters": ["Bos ord", "Evas ord"],
            },
            {"recovery": sheet, "role": "recovery", "letters": ["Bos ord", "Evas ord"]},
        ],
        "refused": [dict(zip(("name", "passphrase"), who, strict=True)) for who in (BO, LIV, EVA)]
        + [{"recovery": old_sheet}],
        **making.held,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as devices:
        target = Path(sys.argv[1])
        told = make(target, Path(devices))
        (target / "several.db-reserve").unlink(missing_ok=True)
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (target / "several.json").write_text(text + "\n", encoding="utf-8")
