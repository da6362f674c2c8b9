"""Drafts, items, the list of devices and letters, held against what the log says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import Row, Table, select, tuple_

from intake_tui.vault import drafts as draft_rows
from intake_tui.vault import erasures, names
from intake_tui.vault import items as item_rows
from intake_tui.vault import letters as letter_rows
from intake_tui.vault.content import Content
from intake_tui.vault.desk import Desk
from intake_tui.vault.erasures import Erased, ErasureList
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.findings import Findings
from intake_tui.vault.framing import ID_SIZE, unpad
from intake_tui.vault.keys import open_box
from intake_tui.vault.manifest import Manifest
from intake_tui.vault.tables import DRAFT, ITEM, LETTER, sound

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
            self._found.rows += 1
            self.row(row)
        if rows:
            last = tuple(rows[-1][: len(keys)])
            # What is not bytes comes before all that is; it is missed where the log names it.
            self._after = tuple(one if isinstance(one, bytes) else b"" for one in last)
        return len(rows) == self.page_size

    def row(self, row: Row[Any]) -> None:
        """Look at one row."""
        raise NotImplementedError

    def _damaged(self, row: Row[Any]) -> None:
        name = row[0].hex() if isinstance(row[0], bytes) else "?"
        self._found.add(f"{self.name}-damaged", f"{self.name} {name}")


class _Counted(_Pages):
    """Rows with a counter that the log knows. `suspects` are to be judged once more."""

    exactly: ClassVar[bool]

    def __init__(self, desk: Desk, found: Findings, content: Content) -> None:
        super().__init__(desk, found)
        self.suspects: list[bytes] = []
        self._content = content
        self._there: dict[bytes, int] = {}

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
            if logged is not None:
                self._found.add(f"{self.name}-missing", f"{self.name} {id_.hex()}")
            return
        self._there.pop(id_, None)
        self.row(row)
        counter = self._there.get(id_)
        if logged is None:
            if whole:
                self._found.add(f"{self.name}-unlogged", f"{self.name} {id_.hex()}")
        elif counter is not None and self._wrong(counter, logged):
            self._found.add(f"{self.name}-put-back", f"{self.name} {id_.hex()}")

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

    def row(self, row: Row[Any]) -> None:
        """Open it."""
        try:
            id_, counter, epoch, blob = sound(row, "biib")
            self._there[id_] = counter
            plain = draft_rows.opened(self._desk, id_, counter, epoch, blob)
        except VaultDamaged:
            self._damaged(row)
            return
        wrong = self._content.draft(id_, plain)
        if wrong is not None:
            self._found.add("draft-unreadable", f"draft {id_.hex()}", wrong)


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

    def row(self, row: Row[Any]) -> None:
        """Open it."""
        try:
            id_, kind, counter, _, _ = sound(row, item_rows.COLUMNS)
            self._there[id_] = counter
            _, plain = item_rows.opened(self._desk, row)
        except VaultDamaged:
            self._damaged(row)
            return
        if kind == item_rows.PERSON:
            self._name(id_, plain)
        wrong = None if kind in _OWN else self._content.item(id_, kind, plain)
        if wrong is not None:
            self._found.add("item-unreadable", f"item {id_.hex()}", wrong)

    def _name(self, slot: bytes, content: bytes) -> None:
        try:
            names.name_in(self._desk.vault, self._desk.rosters, slot, content)
        except VaultDamaged:
            self._found.add("name-changed", f"item {slot.hex()}")


class LetterCheck(_Pages):
    """Letters to whom is signed in open; others' cannot be looked into."""

    table = LETTER
    page_size = 20

    def row(self, row: Row[Any]) -> None:
        """Open it, or see whether its reader is there."""
        desk = self._desk
        try:
            id_, slot, box = sound(row, "bbb")
            if slot == desk.identity.slot:
                about = letter_rows.info(desk.vault, slot, id_)
                unpad(open_box(desk.identity.kem, box, about), letter_rows.STEP)
            elif slot not in letter_rows.places(desk.vault, desk.rosters):
                raise VaultDamaged("letter")
        except VaultDamaged:
            self._damaged(row)


def devices(desk: Desk, found: Findings, chains: set[bytes]) -> None:
    """Every listed device has its chain, and every chain is listed."""
    blob = item_rows.Items(desk).get(item_rows.devices_id(desk.vault)) or b""
    listed = {blob[at : at + ID_SIZE] for at in range(0, len(blob), ID_SIZE)}
    for device in listed - chains:
        found.add("log-missing", f"log {device.hex()}", "chain")
    for device in chains - listed:
        found.add("log-unlisted", f"log {device.hex()}", "chain")


class ErasureCheck:
    """Whatever the log says was erased, a leader signed. Who has the vault key can write a log."""

    page_size = 20

    def __init__(self, desk: Desk, found: Findings) -> None:
        self._desk = desk
        self._found = found
        self._lines: list[Erased] | None = None
        self._at = 0
        self._signed: set[bytes] = set()

    def page(self) -> bool:
        """Look at some lines of the list; False when there are no more."""
        if self._lines is None:
            self._lines = []
            self._lines = ErasureList(self._desk, item_rows.Items(self._desk)).lines()
        lines = self._lines[self._at : self._at + self.page_size]
        self._at += self.page_size
        vault, rosters = self._desk.vault, self._desk.rosters
        for line in lines:
            if line.is_signed(vault, rosters):
                self._signed.update(line.ids)
        return self._at < len(self._lines)

    def compare(self, manifest: Manifest) -> None:
        """What was erased without a leader."""
        for id_ in sorted(manifest.erased - self._signed):
            self._found.add("erasure-unsigned", f"revision {id_.hex()}")
