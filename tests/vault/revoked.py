"""One who has left and kept everything: the file of that day, all keys, the sheet, write access."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from vaults import Made, rid

from intake_tui.vault import Kdf, VaultError, store
from intake_tui.vault.framing import bound, digest
from intake_tui.vault.keys import Identity, Keys, open_box
from intake_tui.vault.letters import info as letter_info
from intake_tui.vault.seal import derive
from intake_tui.vault.tables import ALL
from intake_tui.vault.trust import grant_info

NAMES = {"Bo": "bo-frase", "Liv": "liv-frase", "Eva": "eva-frase"}
LATER = b"skrevet etter at Bo sluttet"


@dataclass
class Centre:
    """A centre whose counsellor Bo has left: the file, everybody's device, what Bo kept."""

    made: Made
    """The file as it is now, and the leader's device."""
    before: Made
    """The file as Bo kept it, with copies of the devices of that day."""
    folder: Path
    sheet: str
    """The recovery sheet of today."""
    bo: Identity
    keys: Keys
    """The vault keys that Bo had."""

    def copy(self, to: Path) -> Centre:
        """The same centre once more, to be broken."""
        shutil.copytree(self.folder, to)
        again = {
            name: Made(to / name / "v.db", to / name / "device", made.recovery)
            for name, made in (("now", self.made), ("before", self.before))
        }
        return Centre(again["now"], again["before"], to, self.sheet, self.bo, self.keys)

    def enter(self, name: str = "", *, device: Path | None = None) -> store.Vault:
        """Somebody opens the file of today, at their own device."""
        made = self.made
        own = made.device if not name else made.device.with_name(f"device-{name}")
        return store.unlock(
            made.path,
            name=name or made.name,
            passphrase=NAMES[name] if name else made.passphrase,
            device=device or own,
        )

    def edit(self, *statements: str | tuple[str, Sequence[object]]) -> None:
        """Plain SQL on the closed file, with the file that Bo kept as `old`."""
        connection = sqlite3.connect(self.made.path)
        connection.execute(f"ATTACH '{self.before.path}' AS old")
        with connection:
            for statement in statements:
                text, values = (statement, ()) if isinstance(statement, str) else statement
                assert connection.execute(text, values).rowcount != 0, text
        connection.close()

    def rows(self, table: str, *, old: bool = False) -> list[tuple[Any, ...]]:
        """All rows of a table of today's file, or of the one that Bo kept."""
        connection = sqlite3.connect(self.before.path if old else self.made.path)
        found = connection.execute(f"SELECT * FROM {table}").fetchall()
        connection.close()
        return found

    # -- what Bo can read ---------------------------------------------------------------

    def readable(self) -> set[bytes]:
        """All that Bo's keys open in today's file, with whatever a row may be bound to."""
        found: set[bytes] = set()
        for table in ALL.tables.values():
            names = [column.name for column in table.columns]
            for row in self.rows(table.name):
                found.update(self._opened(table.name, dict(zip(names, row, strict=True))))
        return found

    def _opened(self, table: str, row: dict[str, Any]) -> Iterator[bytes]:
        vault = self.keys.vault
        if table == "revision":
            yield from self._revision(row)
        elif table == "grants":
            for epoch in (row["epoch"], *self._epochs()):
                yield from self._box(row["box"], grant_info(vault, row["slot"], epoch))
                yield from self._box(row["box"], grant_info(vault, self.bo.slot, epoch))
        elif table == "letter":
            yield from self._box(row["box"], letter_info(vault, row["slot"], row["id"]))
        else:
            yield from self._sealed(table, row)

    def _epochs(self) -> range:
        return range(1, self.keys.epoch + 3)

    def _box(self, box: object, about: bytes) -> Iterator[bytes]:
        try:
            yield open_box(self.bo.kem, box, about)
        except VaultError:
            return

    def _revision(self, row: dict[str, Any]) -> Iterator[bytes]:
        """With the row's key of today, and with the one that it had on the day Bo left."""
        vault, about = self.keys.vault, (row["id"], row["series"])
        wrapped = [(row["wrapped"], row["epoch"])]
        wrapped += [
            (old[4], old[3]) for old in self.rows("revision", old=True) if old[1] == about[0]
        ]
        for sealed, epoch in wrapped:
            for key in self._own_keys("rows", b""):
                for raw in _plain(key, sealed, bound(vault, "row", *about, epoch)):
                    yield from _plain(AESGCM(raw), row["head"], bound(vault, "head", *about))
                    body = bound(vault, "body", *about, digest(row["head"]))
                    yield from _plain(AESGCM(raw), row["body"], body)

    def _sealed(self, table: str, row: dict[str, Any]) -> Iterator[bytes]:
        vault = self.keys.vault
        for epoch in {row.get("epoch"), *self._epochs()} - {None}:
            for purpose, id_, column, fields in (
                ("draft", row.get("id"), "blob", ("id", "counter")),
                ("item", row.get("id"), "blob", ("id", "kind", "counter")),
                ("log", b"", "entry", ("device", "n")),
                ("previous", b"", "previous", ()),
            ):
                if column not in row or not set(fields) <= row.keys():
                    continue
                told = [row[name] for name in fields]
                ends = [row["previous"]] if purpose == "log" else []
                name = "epoch" if purpose == "previous" else purpose
                about = bound(vault, name, *told, epoch, *ends)
                for key in self._own_keys(purpose, id_ or b""):
                    yield from _plain(key, row[column], about)

    def _own_keys(self, purpose: str, id_: bytes) -> list[AESGCM]:
        epochs = range(1, self.keys.epoch + 1)
        return [AESGCM(derive(self.keys._of(one), self.keys.vault, purpose, id_)) for one in epochs]


def _plain(key: AESGCM, sealed: object, about: bytes) -> Iterator[bytes]:
    try:
        assert isinstance(sealed, bytes)
        yield key.decrypt(sealed[:12], sealed[12:], about)
    except (InvalidTag, ValueError, AssertionError):
        return


def founded(folder: Path) -> Centre:
    """Built once: a leader, Liv who leads too, Bo and Eva; three devices; then Bo leaves."""
    made = Made(folder / "now" / "v.db", folder / "now" / "device", "")
    vault, sheet = store.create(
        made.path, name=made.name, passphrase=made.passphrase, kdf=Kdf.FLOOR, device=made.device
    )
    made.recovery = sheet
    for name, phrase in NAMES.items():
        vault.enrol(
            name=name, passphrase=phrase, role="leader" if name == "Liv" else "counsellor",
            kdf=Kdf.FLOOR,
        )  # fmt: skip
    draft, item, case = rid(), rid(), rid()
    for number in range(2):
        vault.sign(id=rid(), case=case, head=b"head %d" % number, body=b"body %d" % number)
    vault.save_draft(draft, b"draft")
    vault.put_item(item, "sort", b"item")
    vault.lock()
    centre = Centre(made, made, folder, sheet, None, None)  # type: ignore[arg-type]
    bo = centre.enter("Bo")
    bo.sign(id=rid(), case=rid(), head=b"bos", body=b"bos")
    box, centre.bo, centre.keys = bo.letterbox(), bo._desk.identity, bo._desk.keys
    own = Keys(bo.id, 1, bo._desk.keys._of(1))
    bo.lock()
    centre.keys = own
    box.post(b"bos ord")
    liv = centre.enter("Liv")
    liv.sign(id=rid(), case=rid(), head=b"livs", body=b"livs")
    liv.lock()
    centre.enter("Eva").lock()
    shutil.copytree(folder / "now", folder / "before")
    centre.before = Made(folder / "before" / "v.db", folder / "before" / "device", sheet)
    leader = centre.enter()
    fresh = leader.staff.revoke(centre.bo.slot, new_sheet=True)
    centre.sheet = fresh or ""
    leader.drafts()
    write_on(leader, draft, item)
    leader.lock()
    centre.enter("Eva").lock()
    liv = centre.enter("Liv")
    liv.sign(id=rid(), case=case, head=LATER, body=LATER * 20)
    box = liv.letterbox()
    liv.lock()
    box.post(LATER)
    return centre


def write_on(vault: store.Vault, draft: bytes, item: bytes) -> None:
    """Work goes on, in every kind of row."""
    vault.save_draft(draft, LATER)
    vault.put_item(item, "sort", LATER)
    vault.save_draft(rid(), LATER)
    vault.put_item(rid(), "sort", LATER)
    vault.sign(id=rid(), case=rid(), head=LATER, body=LATER)


def random_like(value: object) -> object:
    """Another value of the same kind and size."""
    if isinstance(value, bytes):
        return os.urandom(len(value) or 1)
    return value + 1 if isinstance(value, int) else "annet"
