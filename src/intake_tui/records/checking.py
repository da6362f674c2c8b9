"""`verify` beyond the vault: whether each record is well formed, and whose it is that is not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError

from intake_tui.guide.model import Language
from intake_tui.intake.events import Kind
from intake_tui.intake.snapshot import code
from intake_tui.records import backups, guide_texts, joins, kept_aside, registrations, settings
from intake_tui.records.codec import draft_from_bytes, row_from_head
from intake_tui.records.damage import Checked, Damage
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.later import Amended, amendment_from_bytes
from intake_tui.records.rows import ContactRow
from intake_tui.records.sealed_json import from_bytes
from intake_tui.records.strict import Id, Part, Utc
from intake_tui.vault.errors import VaultError
from intake_tui.vault.shapes import Finding
from intake_tui.vault.store import Vault

NAMED = 200  # findings that are looked up: whose they are


class _Statement(Part):
    id: str
    at: Utc
    kind: Kind
    text: str
    places: tuple[str, ...]
    quotes: tuple[str, ...]
    occurred: dict[str, Any] | None


class _Sentence(Part):
    key: str
    text: str
    sources: tuple[str, ...]
    edited: bool


class _JournalPart(Part):
    id: str
    heading: str
    sentences: tuple[_Sentence, ...]


class _Journal(Part):
    parts: tuple[_JournalPart, ...]
    left_out: tuple[_Sentence, ...]
    new: tuple[str, ...]
    without_source: tuple[str, ...]
    words: int


class _Answer(Part):
    value: str
    at: Utc
    statement: str | None
    before: tuple[dict[str, str], ...]


class _Record(Part):
    """The long part of a signed record: the documented shape (docs/json.md)."""

    format: Literal[1]
    id: Id
    case: Id
    case_chosen: Utc | None
    code: str
    alias: str | None
    status: Literal["signed"]
    started: Utc
    signed: Utc
    by: str
    language: Language
    guide: str
    statements: tuple[_Statement, ...]
    date_line: dict[str, tuple[str, ...]]
    answers: dict[str, _Answer]
    told: dict[str, _Answer]
    registration: dict[str, str]
    children: tuple[dict[str, Any], ...]
    safety: dict[str, str]
    taken_over: tuple[dict[str, Any], ...]
    signals: tuple[dict[str, Any], ...]
    decision: dict[str, Any]
    duties: tuple[dict[str, Any], ...]
    next: tuple[dict[str, str], ...]
    journal: _Journal
    broke: tuple[Utc, ...]


def record_check(data: bytes) -> None:
    """Raises RecordDamaged for what is not the long part of a signed record."""
    try:
        _Record.model_validate_json(data)
    except ValidationError:
        from_bytes(data)  # says it closer, where it can
        raise RecordDamaged("wrong-shape") from None


def _guide_text(id_: bytes, data: bytes) -> None:
    if hashlib.sha256(data).digest()[: len(id_)] != id_:
        raise RecordDamaged("wrong-shape")


def _month(id_: bytes, data: bytes) -> None:
    registrations.month_from_bytes(data)
    if registrations.item_id(from_bytes(data)["month"]) != id_:
        raise RecordDamaged("wrong-shape")


ITEMS: dict[str, Callable[[bytes, bytes], object]] = {
    settings.KIND: lambda _, data: settings.settings_from_bytes(data),
    guide_texts.KIND: _guide_text,
    registrations.KIND: _month,
    joins.KIND: joins.link_from_bytes,
    kept_aside.KIND: lambda _, data: kept_aside.kept_from_bytes(data),
    backups.KIND: lambda _, data: backups.kept_from_bytes(data),
}
"""By an item's kind, what reads it. Raises RecordDamaged."""


class Contents:
    """What the vault is told of the bytes that it keeps: see `vault.content`."""

    def revision(self, head: bytes, body: bytes) -> str | None:
        """A record, or what was added to one."""
        return _code(lambda: _revision(head, body))

    def draft(self, id_: bytes, blob: bytes) -> str | None:
        """A conversation that is open."""
        return _code(lambda: _draft(id_, blob))

    def item(self, id_: bytes, kind: str, blob: bytes) -> str | None:
        """Of the kinds that are known here; others are some newer program's."""
        read = ITEMS.get(kind)
        return None if read is None else _code(lambda: read(id_, blob))


def _code(read: Callable[[], object]) -> str | None:
    try:
        read()
    except RecordDamaged as damaged:
        return damaged.code
    return None


def _revision(head: bytes, body: bytes) -> None:
    found = row_from_head(head, n=0, id=b"", case=b"")
    if isinstance(found, ContactRow):
        record_check(body)
    elif isinstance(found, Amended):
        amendment_from_bytes(body)
    else:
        from_bytes(body)


def _draft(id_: bytes, blob: bytes) -> None:
    snapshot, _ = draft_from_bytes(blob)
    if snapshot.id != id_:
        raise RecordDamaged("wrong-shape")


class Checking:
    """A check under way, in steps of a few milliseconds each."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._check = vault.check(Contents())
        self._steps = self._check.steps()

    def step(self) -> tuple[int, int] | None:
        """Rows done and rows there are; None when all is done. Raises VaultLocked."""
        return next(self._steps, None)

    def whole(self) -> Checked:
        """All steps at once."""
        while self.step() is not None:
            pass
        return self.result()

    def result(self) -> Checked:
        """What was found, and whose it is."""
        report = self._check.report()
        found = tuple(self._named(report.findings))
        codes = {one.code for one in found}
        noticed = (Damage(each, "") for each in self._vault.warnings if not _is_named(each, codes))
        return Checked(report.rows, found, tuple(noticed))

    def _named(self, findings: tuple[Finding, ...]) -> Iterator[Damage]:
        for number, each in enumerate(findings):
            whose, at = _whose(self._vault, each.where) if number < NAMED else (None, None)
            yield Damage(each.code, each.where, each.detail, whose, each.at or at)


_CLOSER = {
    "damaged": ("-damaged", "-forged"),
    "log": ("log-damaged",),
    "letter": ("letter-damaged",),
    "planted-slot": ("slot-damaged",),
    "planted-grant": ("grant-damaged",),
}
"""By what opening or reading came upon, how a check says the same closer."""


def _is_named(warning: str, codes: set[str]) -> bool:
    closer = _CLOSER.get(warning, ())
    return warning in codes or any(code.endswith(closer) for code in codes)


def _whose(vault: Vault, where: str) -> tuple[str | None, datetime | None]:
    """The code of the contact that a revision belongs to, and when it began, as far as known."""
    table, _, n = where.partition(" ")
    if table != "revision" or not n.isdecimal() or len(n) > 18:
        return None, None
    try:
        case, head = vault.whose(int(n))
    except VaultError:
        return None, None
    return (None if case is None else code(case)), _began(head)


def _began(head: bytes | None) -> datetime | None:
    try:
        found = None if head is None else row_from_head(head, n=0, id=b"", case=b"")
    except RecordDamaged:
        return None
    return found.started if isinstance(found, ContactRow) else None
