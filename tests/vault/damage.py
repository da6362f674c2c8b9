"""A small vault with something of everything, ways to damage it, and what has to come of that.

Whatever is damaged, one of three things holds: opening is refused with a VaultError; the damage
is named, by an error, a warning or `verify`; or every record is right. What is read is right in
any case.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from intake_tui.desk.jot import Jot
from intake_tui.guide.load import load
from intake_tui.intake.amendment import Amendment
from intake_tui.intake.unfinished import Unfinished
from intake_tui.records.archive import Archive
from intake_tui.records.damage import Checked
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.records.rows import ContactRow
from intake_tui.records.settings import Settings
from intake_tui.vault import VaultError, connecting, durable, tables
from intake_tui.vault.ballast import Ballast
from intake_tui.vault.kdf import Kdf
from talk_samples import whole_talk

LEADER, COLLEAGUE = "Åse Brattli", "Bo Enger"
PASSPHRASE = "nøtt-kano-blekk-ugle-furu-torsk"
OTHER = "kano-blekk-ugle-furu-torsk-nøtt"
AT = dt.datetime(2026, 11, 23, 13, 2, tzinfo=dt.UTC)
COLUMNS = [
    (table.name, column.name) for table in tables.ALL.sorted_tables for column in table.columns
]


@pytest.fixture(scope="module")
def quickly() -> Iterator[None]:
    """Neither Argon2id nor the disk is tried here: thousands of files are opened."""

    def key(self: Kdf, passphrase: str, salt: bytes) -> bytes:
        return hashlib.sha256(repr((self, passphrase)).encode() + salt).digest()

    settings = tuple(
        "synchronous=OFF" if one.startswith("synchronous") else one for one in connecting._SETTINGS
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kdf, "key", key)
        patch.setattr(Ballast, "lay", lambda self: None)
        patch.setattr(durable, "replace", _written)
        patch.setattr(connecting, "_SETTINGS", settings)
        yield


def _written(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@dataclass
class Victim:
    """A vault that can be damaged again and again, and what is right."""

    folder: Path
    path: Path
    whole: bytes = field(repr=False)
    truth: dict[str, Any] = field(repr=False, default_factory=dict)

    @property
    def device(self) -> Path:
        return self.folder / "device"

    def put(self, data: bytes) -> None:
        """The damaged file lies there, and nothing of the one before."""
        for left in self.folder.glob("v.db*"):
            left.unlink()
        shutil.rmtree(self.device, ignore_errors=True)
        shutil.copytree(self.folder / "device-as-it-was", self.device)
        self.path.write_bytes(data)

    def open(self) -> Archive:
        return Archive.unlock(self.path, name=LEADER, passphrase=PASSPHRASE, device=self.device)


def made(folder: Path) -> Victim:
    """Two signed contacts, one amended and marked, a draft, items of all kinds, letters, two
    members and a sheet, two epochs, two devices."""
    path, device = folder / "v.db", folder / "device"
    guide = load()
    archive, _ = Archive.create(
        path,
        name=LEADER,
        passphrase=PASSPHRASE,
        centre="Senteret",
        language="nb",
        kdf=Kdf.FLOOR,
        device=device,
    )
    vault = archive._vault
    talks = [whole_talk(guide, number=number) for number in (1, 2, 3)]
    for talk in talks:
        archive.save(talk.snapshot())
    archive.conversations(guide)
    for talk in talks[:2]:
        archive.sign(talk.snapshot(), guide, at=AT)
    vault.enrol(name=COLLEAGUE, passphrase=OTHER)
    first, second = (talk.id.hex() for talk in talks[:2])
    archive.amend(first, Amendment("addition", "", None, "et tillegg", "glemt"), at=AT)
    (row,) = [row for row in archive.contacts() if row.id == first]
    archive.mark(first, row.points[0].point.key, done=True, at=AT)
    archive.persons.join(row.case, bytes(range(16)).hex(), "samme stemme")
    archive.aside.keep(Unfinished(second, "reason", None, "fordi"), by=archive.me.slot)
    archive.aside.keep(Unfinished(first, "reason", None, "derfor"), by=archive.me.slot)
    archive.aside.drop(first, by=archive.me.slot)
    letterbox = vault.letterbox()
    vault.rotate()
    archive.lock()
    letterbox.post(Jot.of("skrevet mens det var låst").letter())
    other = Archive.unlock(path, name=COLLEAGUE, passphrase=OTHER, device=folder / "device-2")
    other.show(second, guide)
    other.lock()
    victim = Victim(folder, path, b"")
    archive = victim.open()
    archive._vault.note("exported")
    archive.lock()
    victim.whole = path.read_bytes()
    device.rename(folder / "device-as-it-was")
    victim.put(victim.whole)
    archive = victim.open()
    victim.truth = all_of(archive)
    assert victim.truth["errors"] == []
    assert archive.verify().all == (), archive.verify().all
    assert archive.warnings == ()
    archive.lock()
    return victim


def all_of(archive: Archive) -> dict[str, Any]:
    """Everything that can be read, and the errors that were met on the way."""
    vault, errors = archive._vault, []

    def read(work: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return work()
        except (VaultError, RecordDamaged, NoSuchRecord) as error:
            errors.append(type(error).__name__)
            return otherwise

    rows = read(archive.contacts, [])
    signed = [row.id for row in rows if row.status == "signed"]
    kinds = ("settings", "guide", "registration", "link", "aside", "person", "devices")
    found = {
        "rows": {row.id: replace(row, n=None) for row in rows},
        "order": [row.id for row in rows],
        "shown": {one: read(lambda one=one: archive.show(one), None) for one in signed},  # type: ignore[misc]
        "settings": read(lambda: archive.settings, None),
        "items": {id_: (kind, blob) for kind in kinds
                  for id_, blob in read(lambda kind=kind: vault.items(kind), [])},  # type: ignore[misc]
        "drafts": {one.id: one.blob for one in read(vault.drafts, [])},
        "letters": dict(read(archive.letters, [])),
        "names": read(vault.names, {}),
        "aside": read(archive.aside.all, {}),
        "joins": read(lambda: archive.persons.joins.joinings(next(iter(rows)).case), ())
        if rows else (),
        "me": read(lambda: archive.me, None),
        "log": {(one.device, one.n): one for one in read(vault.log, [])
                if one.what not in ("unlocked", "locked", "opened", "drafts-listed", "draft-left")},
    }  # fmt: skip
    return {**found, "errors": errors}


def wrong_in(found: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    """What was read and is not right. Nothing may ever be."""
    wrong = []
    wrong += [
        "rows"
        for id_, row in found["rows"].items()
        if id_ not in truth["rows"] or _as_signed(row) != _as_signed(truth["rows"][id_])
    ]
    # A computer whose own log does not go on begins another one.
    items = {id_: item for id_, item in found["items"].items() if item[0] != "devices"}
    wrong += ["items" for id_, item in items.items() if truth["items"].get(id_) != item]
    for part in ("drafts", "letters", "names", "aside", "log"):
        wrong += [part for key, value in found[part].items() if truth[part].get(key) != value]
    for id_, shown in found["shown"].items():
        if shown is not None and not _as_it_was(shown, truth["shown"].get(id_)):
            wrong.append("shown")
    if found["settings"] not in (None, Settings(centre=""), truth["settings"]):
        wrong.append("settings")
    if found["me"] not in (None, truth["me"]):
        wrong.append("me")
    if any(one not in truth["joins"] for one in found["joins"]):
        wrong.append("joins")
    return wrong


def _as_signed(row: ContactRow) -> ContactRow:
    """Without what was added later, which may be what is damaged."""
    points = tuple(replace(one, done=None) for one in row.points)
    return replace(row, amended=False, points=points)


def _as_it_was(shown: dict[str, Any], right: dict[str, Any] | None) -> bool:
    """A record may lack what was added to it later, where it says that something is damaged."""
    if right is None:
        return False
    added = ("amendments", "amended", "done", "damaged", "joined")
    return all(shown[key] == right[key] for key in right if key not in added) and (
        shown["damaged"] == right["damaged"] or all(
            one["damaged"] or one in right["amendments"] for one in shown["amendments"]
        )
    )  # fmt: skip


def complete(found: dict[str, Any], truth: dict[str, Any]) -> bool:
    """Whether every record is there and right."""
    return {**found, "errors": []} == {**truth, "errors": []}


def outcome(victim: Victim, data: bytes, judge: Callable[[Checked], None] | None = None) -> str:
    """What came of it: "refused", "named" or "right". Fails where it is anything else.

    `judge` is given what a check says.
    """
    victim.put(data)
    try:
        archive = victim.open()
    except VaultError:
        return "refused"
    try:
        warned = archive.warnings
        found = all_of(archive)
        wrong = wrong_in(found, victim.truth)
        assert wrong == [], wrong
        checked = archive.verify()
        if judge is not None:
            judge(checked)
        if checked.all or warned:
            return "named"
        assert complete(found, victim.truth), found["errors"]
        return "right"
    finally:
        desk = archive._vault._desk
        desk.forget()  # what a lock writes is of no use here
        desk.database.close()


# -- columns -----------------------------------------------------------------------------------


def loosened(whole: bytes) -> bytes:
    """The same rows in tables without constraints, as a damaged file may have them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(_keeps_a_log(whole, kept=False))
        for table in tables.ALL.sorted_tables:
            names = ", ".join(column.name for column in table.columns)
            connection.execute(f"CREATE TABLE loose AS SELECT {names} FROM {table.name}")
            connection.execute(f"DROP TABLE {table.name}")
            plain = ", ".join(f"{column.name}" for column in table.columns)
            connection.execute(f"CREATE TABLE {table.name} ({plain})")
            connection.execute(f"INSERT INTO {table.name} SELECT {names} FROM loose")
            connection.execute("DROP TABLE loose")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()


def _keeps_a_log(whole: bytes, *, kept: bool) -> bytes:
    """One that keeps a log beside it, as the vault does, cannot be opened in memory."""
    return whole[:18] + (b"\2\2" if kept else b"\1\1") + whole[20:]


def _flip(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(40)
    data = bytearray(value.encode() if isinstance(value, str) else value or b"\0")
    at = chance.randrange(len(data)) if data else 0
    if data:
        data[at] ^= 1 << chance.randrange(8)
    return data.decode("latin-1") if isinstance(value, str) else bytes(data)


def _cut(value: Any, chance: random.Random) -> Any:
    return value // 2 if isinstance(value, int) else value[: chance.randrange(len(value) or 1)]


def _lengthen(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value * chance.choice((3, 1 << 20, 1 << 40)) + 1
    return value + ("x" if isinstance(value, str) else chance.randbytes(chance.randrange(1, 99)))


def _zero(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return chance.choice((0, -1, -(1 << 63)))
    return "" if isinstance(value, str) else bytes(chance.choice((len(value), 0)))


def _other_type(value: Any, chance: random.Random) -> Any:
    kinds = [7, 1.5, "tekst", b"bytes", str(value), "\ud7ff", float("inf")]
    return chance.choice([one for one in kinds if type(one) is not type(value)])


def _null(value: Any, chance: random.Random) -> Any:
    return None


WAYS: dict[str, Callable[[Any, random.Random], Any]] = {
    "flipped": _flip,
    "cut": _cut,
    "lengthened": _lengthen,
    "zeroed": _zero,
    "other type": _other_type,
    "null": _null,
}


def columns_damaged(
    loose: bytes, where: tuple[str, str], way: str, chance: random.Random
) -> bytes | None:
    """The file with one value of the column damaged; None where it would stay as it is."""
    table, column = where
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(loose)
        rows = connection.execute(f"SELECT rowid, {column} FROM {table}").fetchall()
        rowid, value = chance.choice(rows)
        if way == "swapped":
            others = [(id_, other) for id_, other in rows if other != value]
            if not others:
                return None
            other, new = chance.choice(others)
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, other))
        else:
            new = WAYS[way](value, chance)
            if isinstance(new, int) and not -(1 << 63) <= new < 1 << 63:
                new = (1 << 63) - 1
        if new == value and type(new) is type(value):
            return None
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, rowid))
        connection.commit()
        return _keeps_a_log(connection.serialize(), kept=True)


# -- the file ----------------------------------------------------------------------------------


def bit_flipped(whole: bytes, chance: random.Random) -> bytes:
    """One bit, anywhere."""
    data = bytearray(whole)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def mangled(whole: bytes, chance: random.Random) -> bytes:
    """Cut, zeroed in a piece, or with two of its pages swapped."""
    size = int.from_bytes(whole[16:18], "big")
    pages = len(whole) // size
    data = bytearray(whole)
    way = chance.randrange(4)
    if way == 0:
        return whole[: chance.randrange(len(whole))]
    if way == 1:
        at = chance.randrange(pages) * size
        data[at : at + size] = bytes(size)
    elif way == 2:
        at = chance.randrange(len(data))
        length = min(chance.choice((1, 16, 512, 8192)), len(data) - at)
        data[at : at + length] = bytes(length)
    else:
        one, other = (chance.randrange(pages) * size for _ in range(2))
        data[one : one + size], data[other : other + size] = (
            data[other : other + size],
            data[one : one + size],
        )
    return bytes(data)


def counted(outcomes: Iterable[str]) -> str:
    """How often each came out, as one line."""
    counts = Counter(outcomes)
    return f"{sum(counts.values())} tried: " + ", ".join(
        f"{counts[one]} {one}" for one in ("refused", "named", "right")
    )
