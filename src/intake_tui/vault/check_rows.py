"""Drafts, items, the list of devices and letters, held against what the log says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, Table, select, tuple_

from intake_tui.vault import drafts as draft_rows
from intake_tui.vault import erasures, names
from intake_tui.vault import items as item_rows
from intake_tui.vault import letters as letter_rows
from intake_tui.vault.content import Content
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasures import Erased, ErasureList
from intake_tui.vault.errors import OfAnOlderKey, VaultDamaged
from intake_tui.vault.findings import UNREAD, Findings
from intake_tui.vault.framing import ID_SIZE, unpad
from intake_tui.vault.keys import open_box
from intake_tui.vault.manifest import Manifest
from intake_tui.vault.tables import DRAFT, ITEM, LETTER, REVISION, sound

_OWN = (item_rows.PERSON, item_rows.DEVICES, item_rows.GONE, erasures.KIND)


class _Pages:
    """The rows of a table in the order of its key, some at a time."""

    table: ClassVar[Table]
    page_size: ClassVar[int]

    def __init__(self, desk: Desk, found: Findings) -> None:
        self._desk = desk
        self._found = found
        self._after: tuple[bytes, ...] | None = None

    @property
    def name(self) -> str:
        """What findings call it."""
        return self.table.name

    def page(self) -> bool:
        """Read the next rows; False when there are none."""
        keys = list(self.table.primary_key.columns)
        statement = select(self.table).order_by(*keys).limit(self.page_size)
        if self._after is not None:
            statement = statement.where(tuple_(*keys) > self._after)
        rows = self._desk.read(lambda c: c.execute(statement).all())
        for row in rows:
            self.row(row)
        if rows:
            last = tuple(rows[-1][: len(keys)])
            # What is not bytes comes before all that is; it is missed where the log names it.
            self._after = tuple(one if isinstance(one, bytes) else b"" for one in last)
        return len(rows) == self.page_size

    def row(self, row: Row[Any]) -> bool:
        """Look at one row; whether it opens."""
        raise NotImplementedError

    def _where(self, row: Sequence[Any]) -> str:
        return f"{self.name} {row[0].hex() if isinstance(row[0], bytes) else '?'}"


class _Counted(_Pages):
    """Rows with a counter that the log knows. `suspects` are to be judged once more."""

    exactly: ClassVar[bool]

    def __init__(self, desk: Desk, found: Findings, content: Content) -> None:
        super().__init__(desk, found)
        self.suspects: list[bytes] = []
        self._content = content
        self._there: dict[bytes, int] = {}
        self._damaged: dict[object, Sequence[Any]] = {}

    def opened(self, row: Sequence[Any]) -> tuple[bytes, int, bytes]:
        """Id, counter and bytes; raises VaultDamaged."""
        raise NotImplementedError

    def content(self, row: Sequence[Any], plain: bytes) -> str | None:
        """What is wrong with the bytes."""
        raise NotImplementedError

    def code(self, row: Sequence[Any]) -> str:
        """What it is called where it does not open."""
        return f"{self.name}-damaged"

    def row(self, row: Row[Any]) -> bool:
        """Open it."""
        self._found.rows += 1
        try:
            id_, counter, plain = self.opened(row)
        except OfAnOlderKey:
            self._found.add(f"{self.name}-forged", self._where(row))
            return False
        except VaultDamaged:
            self._found.add(self.code(row), self._where(row))
            if len(self._damaged) < UNREAD:
                self._damaged[row[0]] = row
            return False
        self._there[id_] = counter
        wrong = self.content(row, plain)
        if wrong is not None:
            self._found.add(f"{self.name}-unreadable", self._where(row), wrong)
        return True

    def logged(self, manifest: Manifest) -> Mapping[bytes, int]:
        """What the log says there must be, with its counters."""
        raise NotImplementedError

    def logged_of(self, manifest: Manifest, id_: bytes) -> int | None:
        """The counter of one of them."""
        raise NotImplementedError

    def compare(self, manifest: Manifest) -> Iterator[None]:
        """Suspect what is missing, foreign or put back."""
        there, logged = self._there, self.logged(manifest)
        for id_, counter in logged.items():
            if id_ not in there or self._wrong(there[id_], counter):
                self.suspects.append(id_)
        self.suspects += [id_ for id_ in there if id_ not in logged]
        yield

    def judge(self, id_: bytes, manifest: Manifest, *, whole: bool) -> None:
        """One row beside the log, at one moment; `whole`: the log could be read to its end."""
        logged = self.logged_of(manifest, id_)
        statement = select(self.table).where(self.table.c.id == id_)
        row = self._desk.read(lambda c: c.execute(statement).first())
        if row is None:
            if logged is not None and not self._is_elsewhere(id_):
                self.missing(id_, whole=whole)
            return
        where = self._where(row)
        if self.row(row):
            known = whole or manifest.ended(id_)
            self._compared(where, self._there[id_], logged, known=known)
        elif logged is not None and self._is_elsewhere(id_):  # two were exchanged
            self._found.withdraw(self.code(row), where)
            self._found.add(f"{self.name}-changed", where)

    def _compared(self, where: str, counter: int, logged: int | None, *, known: bool) -> None:
        """`known`: no line that cannot be read could have told of it."""
        if logged is not None and counter < logged:
            self._found.add(f"{self.name}-put-back", where)
        elif known and (logged is None or self._wrong(counter, logged)):
            self._found.add(f"{self.name}-unlogged", where)

    def missing(self, id_: bytes, *, whole: bool) -> None:
        """It is gone."""
        self._found.add(f"{self.name}-missing", f"{self.name} {id_.hex()}")

    def _is_elsewhere(self, id_: bytes) -> bool:
        """Whether that row stands under an id that is not its own."""
        return any(one[0] != id_ and self._opens((id_, *one[1:])) for one in self._damaged.values())

    def _opens(self, row: Sequence[Any]) -> bool:
        try:
            self.opened(row)
        except VaultDamaged:
            return False
        return True

    def _wrong(self, counter: int, logged: int) -> bool:
        return counter < logged or (self.exactly and counter != logged)


class DraftCheck(_Counted):
    """A draft may be newer than the log says, never older, and never gone."""

    table = DRAFT
    page_size = 2
    exactly = False

    def logged(self, manifest: Manifest) -> Mapping[bytes, int]:
        """Those that were saved and not ended."""
        return manifest.drafts

    def logged_of(self, manifest: Manifest, id_: bytes) -> int | None:
        """As the log has it."""
        return manifest.draft(id_)

    def opened(self, row: Sequence[Any]) -> tuple[bytes, int, bytes]:
        """As the desk opens it."""
        id_, counter, epoch, blob = sound(row, "biib")
        return id_, counter, draft_rows.opened(self._desk, id_, counter, epoch, blob)

    def content(self, row: Sequence[Any], plain: bytes) -> str | None:
        """Its own form."""
        return self._content.draft(row[0], plain)

    def missing(self, id_: bytes, *, whole: bool) -> None:
        """Where the log has gaps, the record that it became tells that it was signed."""
        signed = select(REVISION.c.n).where(REVISION.c.id == id_)
        if whole or self._desk.read(lambda c: c.execute(signed).first()) is None:
            super().missing(id_, whole=whole)


class ItemCheck(_Counted):
    """Each item as it was last logged."""

    table = ITEM
    page_size = 10
    exactly = True

    def logged(self, manifest: Manifest) -> Mapping[bytes, int]:
        """All, removed ones included."""
        return manifest.items

    def logged_of(self, manifest: Manifest, id_: bytes) -> int | None:
        """As the log has it."""
        return manifest.items.get(id_)

    def opened(self, row: Sequence[Any]) -> tuple[bytes, int, bytes]:
        """As the desk opens it."""
        id_, plain = item_rows.opened(self._desk, row)
        return id_, row[2], plain

    def code(self, row: Sequence[Any]) -> str:
        """The lists that other rows are held against have names of their own."""
        vault = self._desk.vault
        lists = {item_rows.devices_id(vault): "devices", erasures.item_id(vault): "erasures"}
        return f"{lists.get(row[0], self.name)}-damaged"

    def content(self, row: Sequence[Any], plain: bytes) -> str | None:
        """Its own form; a name is held against who may have signed it."""
        id_, kind = row[0], row[1]
        if kind == item_rows.PERSON:
            self._name(id_, plain)
        return None if kind in _OWN else self._content.item(id_, kind, plain)

    def _name(self, slot: bytes, content: bytes) -> None:
        try:
            names.name_in(self._desk.vault, self._desk.rosters, slot, content)
        except VaultDamaged:
            self._found.add("name-changed", f"item {slot.hex()}")


class LetterCheck(_Pages):
    """Letters to whom is signed in open; others' cannot be looked into."""

    table = LETTER
    page_size = 20

    def row(self, row: Row[Any]) -> bool:
        """Open it, or see whether its reader is there."""
        self._found.rows += 1
        desk = self._desk
        try:
            id_, slot, box = sound(row, "bbb")
            if slot == desk.identity.slot:
                about = letter_rows.info(desk.vault, slot, id_)
                unpad(open_box(desk.identity.kem, box, about), letter_rows.STEP)
            elif slot not in letter_rows.places(desk.vault, desk.rosters):
                raise VaultDamaged("letter")
        except VaultDamaged:
            self._found.add("letter-damaged", self._where(row))
            return False
        return True


def listed_devices(desk: Desk) -> set[bytes] | None:
    """Every device that has a chain; None where the list is gone or damaged, as is named then."""
    try:
        blob = item_rows.Items(desk).get(item_rows.devices_id(desk.vault))
    except VaultDamaged:
        return None
    if blob is None:
        return None
    return {blob[at : at + ID_SIZE] for at in range(0, len(blob), ID_SIZE)}


class ErasureCheck:
    """Whatever the log says was erased, a leader signed. Who has the vault key can write a log."""

    page_size = 20

    def __init__(self, desk: Desk, found: Findings) -> None:
        self._desk = desk
        self._found = found
        self._lines: list[Erased] | None = None
        self._at = 0
        self._signed: set[bytes] = set()
        self._damaged = False

    def page(self) -> bool:
        """Look at some lines of the list; False when there are no more."""
        if self._lines is None:
            self._lines = self._read()
        lines = self._lines[self._at : self._at + self.page_size]
        self._at += self.page_size
        vault, rosters = self._desk.vault, self._desk.rosters
        for line in lines:
            if line.is_signed(vault, rosters):
                self._signed.update(line.ids)
        return self._at < len(self._lines)

    def _read(self) -> list[Erased]:
        try:
            return ErasureList(self._desk, item_rows.Items(self._desk)).lines()
        except VaultDamaged:
            self._damaged = True
            return []

    def compare(self, manifest: Manifest) -> None:
        """What was erased without a leader. Where the list is gone, that is named, and all."""
        if self._damaged or self._is_gone(manifest):
            return
        for id_ in sorted(manifest.erased - self._signed):
            self._found.add("erasure-unsigned", f"revision {id_.hex()}")

    def _is_gone(self, manifest: Manifest) -> bool:
        id_ = erasures.item_id(self._desk.vault)
        there = select(ITEM.c.id).where(ITEM.c.id == id_)
        logged = id_ in manifest.items
        return logged and self._desk.read(lambda c: c.execute(there).first()) is None
