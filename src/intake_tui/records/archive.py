"""The archive: conversations, contacts and what belongs to them, in a vault.

Synchronous; everything but making it runs in the one thread of the vault. Raises VaultError
for what is wrong with the vault, RecordDamaged for a record that it gave back whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.amendment import Amendment
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.held import utc_now
from intake_tui.intake.points import next_points, points
from intake_tui.intake.snapshot import Snapshot
from intake_tui.records import registrations
from intake_tui.records.additions import NOTHING_ADDED, Additions
from intake_tui.records.backups import Backups
from intake_tui.records.checking import Checking
from intake_tui.records.codec import (
    WrittenEvents,
    draft_from_bytes,
    draft_to_bytes,
    head_to_bytes,
    row_of,
)
from intake_tui.records.damage import Checked
from intake_tui.records.erasing import Erasing
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.records.guide_texts import GuideTexts
from intake_tui.records.heads import PAGE
from intake_tui.records.in_front import InFront
from intake_tui.records.keeping import Keeping
from intake_tui.records.kept_aside import KeptAside
from intake_tui.records.log_lines import Log
from intake_tui.records.me import Me
from intake_tui.records.one_contact import resolved
from intake_tui.records.open_ones import OpenOnes
from intake_tui.records.persons import Person, Persons
from intake_tui.records.rows import ContactRow
from intake_tui.records.sealed_json import FORMAT, to_bytes
from intake_tui.records.settings import CentreSettings, Settings
from intake_tui.records.shown import shown
from intake_tui.records.staff import Staff
from intake_tui.vault import store
from intake_tui.vault.errors import VaultDamaged, VaultError
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.letters import Letterbox
from intake_tui.vault.place import Location
from intake_tui.vault.shapes import LastWrite

__all__ = ["Archive", "ContactRow", "Me", "Settings"]


class Archive:
    """One open vault, as the rest of the program sees it."""

    def __init__(self, vault: store.Vault) -> None:
        self._vault = vault
        self._guides = GuideTexts(vault)
        self._centre = CentreSettings(vault)
        self.registrations = registrations.Registrations(vault)
        self.aside = KeptAside(vault)
        self.staff = Staff(vault, lambda: self.settings.centre)
        self.backups = Backups(vault)
        self._read_nothing()
        self._in_front = InFront(vault)
        self._written: dict[bytes, WrittenEvents] = {}
        self._saved: dict[bytes, dt.datetime] = {}
        self._unreadable = False

    def _read_nothing(self) -> None:
        self.persons = Persons(self._vault)
        self._additions = Additions(self._vault, self.persons.book)
        opened = OpenOnes(self._drafts, self._open_row, self._let_go)
        self.erasing = Erasing(self._vault, self.persons, self.aside, opened)
        self.keeping = Keeping(self._vault, self.persons, self._centre, opened)
        self.log = Log(self._vault, self.persons.book)

    # Opening and closing

    @classmethod
    def create(
        cls,
        location: Location,
        *,
        name: str,
        passphrase: str,
        centre: str,
        language: Language,
        has: tuple[str, ...] = (),
        kdf: Kdf | None = None,
        device: Path | None = None,
    ) -> tuple[Self, str]:
        """A new vault, open, and the text of its recovery sheet."""
        vault, sheet = store.create(
            location, name=name, passphrase=passphrase, kdf=kdf, device=device
        )
        archive = cls(vault)
        archive._centre.put(Settings(centre=centre, language=language, has=has))
        return archive, sheet

    @classmethod
    def unlock(
        cls, location: Location, *, name: str, passphrase: str, device: Path | None = None
    ) -> Self:
        """The vault there, opened with a counsellor's name and passphrase."""
        archive = cls(store.unlock(location, name=name, passphrase=passphrase, device=device))
        with suppress(VaultError):  # a file that can only be read must open
            archive.erasing.replay()
        return archive

    @classmethod
    def unlock_with_recovery(
        cls, location: Location, *, recovery: str, device: Path | None = None
    ) -> Self:
        """The vault there, opened with the printed sheet; a new passphrase comes next."""
        return cls(store.unlock_with_recovery(location, recovery=recovery, device=device))

    def set_passphrase(self, passphrase: str, *, name: str | None = None) -> None:
        """Another passphrase for who is signed in; `name` makes a new slot after recovery."""
        self.staff.set_passphrase(passphrase, name=name)

    def lock(self) -> None:
        """Notes which open conversations are left, and drops the keys. May be called twice."""
        try:
            with suppress(VaultError):  # a full disk must not keep the keys in memory
                self._in_front.leave()
        finally:
            self._in_front.forget()
            self._written.clear()
            self._read_nothing()
            self._vault.lock()

    @property
    def me(self) -> Me:
        """Who is signed in."""
        counsellor = self._vault.counsellor
        return Me(counsellor.name, counsellor.slot.hex(), counsellor.role)

    @property
    def last(self) -> LastWrite:
        """When it was last written before this unlock, and the number of that entry."""
        return self._vault.last

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is odd about the vault; "damaged" where a draft could not be read."""
        found = self._vault.warnings
        unreadable = self._unreadable or self.persons.unreadable
        return (*found, "damaged") if unreadable and "damaged" not in found else found

    def set_aside(self) -> None:
        """It is damaged: from now on it is only read."""
        self._vault.set_aside()

    @property
    def settings(self) -> Settings:
        """What the centre has settled."""
        return self._centre.now

    def guide(self, hash: str) -> Guide | None:  # noqa: A002 - what it is called in the records
        """The guide that a conversation was held with, by its hash.

        None where it is not kept, or cannot be read (see `warnings`): what was said with it can.
        """
        try:
            return self._guides.get(hash)
        except (RecordDamaged, VaultDamaged):
            self._unreadable = True
            return None

    # Open conversations

    def save(self, snapshot: Snapshot, letters: Sequence[bytes] = ()) -> dt.datetime:
        """Writes the draft; the time (UTC) at which it was safe on the disk.

        The letters whose words it has go in the same transaction: they are there once.
        """
        written = self._written.setdefault(snapshot.id, WrittenEvents())
        blob = draft_to_bytes(snapshot, written, saved=utc_now())
        if letters:
            self._vault.save_draft_of_letters(snapshot.id, blob, letters)
        else:
            self._vault.save_draft(snapshot.id, blob)
        self._in_front.saved(snapshot.id)
        return utc_now()

    def conversations(self, guide: Guide) -> list[Conversation]:
        """The open conversations, newest first, each with the guide that it is held with.

        That they were read for the list is logged. One that cannot be read stays where it is
        (see `warnings`).
        """
        self._guides.keep(guide)
        drafts = self._drafts()
        self._in_front.listed(draft.id for draft in drafts)
        return [self.resumed(draft, guide) for draft in drafts]

    def shown(self, id: bytes) -> None:  # noqa: A002 - the record's own name
        """Logs that an open conversation is in front."""
        self._in_front.shown(id)

    def saved_at(self, id: bytes) -> dt.datetime:  # noqa: A002 - the record's own name
        """When an open conversation was last saved (UTC), as it was read last."""
        return self._saved[id]

    def erase(self, id: bytes) -> None:  # noqa: A002 - the record's own name
        """Drops an open conversation: a silent call, a wrong number."""
        self._vault.erase_draft(id)
        self._let_go(id)

    def _let_go(self, id: bytes) -> None:  # noqa: A002 - the record's own name
        """It is no draft any more."""
        self._written.pop(id, None)
        self._in_front.ended(id)

    # Signing

    def sign(self, snapshot: Snapshot, guide: Guide, *, at: dt.datetime | None = None) -> None:
        """Makes an open conversation a signed record; its draft goes in the same transaction.

        `guide` is used where the one that it was held with is not kept. `at` (UTC) is the time
        of signing, now if None. Where its month of statistics cannot be read, it is not counted
        there (see `warnings`).
        """
        conversation = self.resumed(snapshot, guide)
        row = registrations.registered(conversation.guide, snapshot.intake)
        month = registrations.month_of(snapshot.started)
        try:
            items = self.registrations.sealable({month: [row]})
        except RecordDamaged:
            # The answers are in the record too: a damaged count must not keep it from its seal.
            items, self._unreadable = {}, True
        signed = self._insert(conversation, at or utc_now(), draft=snapshot.id, items=items)
        self.persons.book.put([signed])
        self._let_go(snapshot.id)

    def sign_all(self, held: Iterable[tuple[Snapshot, dt.datetime]], guide: Guide) -> int:
        """Signs many conversations that have no draft, each at its time; how many.

        One transaction: all of them are there afterwards, or none.
        """
        self._guides.keep(guide)
        months: dict[str, list[registrations.Row]] = {}
        signed: list[ContactRow] = []
        with self._vault.batch():
            for snapshot, at in held:
                conversation = self.resumed(snapshot, guide)
                signed.append(self._insert(conversation, at))
                row = registrations.registered(conversation.guide, snapshot.intake)
                months.setdefault(registrations.month_of(snapshot.started), []).append(row)
            self.registrations.add(months)
        self.persons.book.put(signed)
        return len(signed)

    def _insert(
        self,
        held: Conversation,
        at: dt.datetime,
        *,
        draft: bytes | None = None,
        items: Mapping[bytes, tuple[str, bytes]] | None = None,
    ) -> ContactRow:
        snapshot, name = held.snapshot(), self.me.name
        left = points(held.guide, snapshot.intake)
        n = self._vault.sign(
            id=snapshot.id,
            case=snapshot.case,
            head=head_to_bytes(snapshot, left, by=name, signed=at),
            body=to_bytes(shown(held, name, signed=at)),
            draft=draft,
            items=items,
        )
        return replace(row_of(snapshot, left, by=name), status="signed", n=n)

    # Contacts

    def contacts(self, *, before: int | None = None, limit: int = 50) -> list[ContactRow]:
        """The contacts, newest first: the open ones (on the first page only), then the signed.

        `before` is the `n` of the last row of the page before; `limit` counts signed ones.
        """
        signed = self.persons.contacts(before, limit)
        if before is not None:
            return signed
        return [*map(self._open_row, self._drafts()), *signed]

    def _open_row(self, draft: Snapshot) -> ContactRow:
        return row_of(draft, next_points(draft.intake), by=self.me.name)

    def all_contacts(self) -> Iterator[ContactRow]:
        """All of them, page by page."""
        rows: Sequence[ContactRow] = self.contacts(limit=PAGE)
        while rows:
            yield from rows
            before = rows[-1].n
            rows = [] if before is None else self.contacts(before=before, limit=PAGE)

    def resolve(self, wanted: str) -> str:
        """The id (hex) of the one contact whose id or code begins so. Raises NoSuchRecord."""
        return resolved(self.all_contacts(), wanted)

    def show(self, id: str, guide: Guide | None = None) -> dict[str, Any]:  # noqa: A002
        """A contact in the documented shape (docs/json.md). Reading it is logged.

        `id` in hex. An open conversation needs a guide where its own is not kept.
        Raises NoSuchRecord.
        """
        try:
            wanted = bytes.fromhex(id)
        except ValueError:
            raise NoSuchRecord from None
        draft = next((one for one in self._drafts() if one.id == wanted), None)
        if draft is not None:
            whole = self._show_open(draft, guide)
        else:
            whole = {"format": FORMAT, **self._additions.whole(wanted)}
        return {**whole, "joined": self._joined(whole["case"])}

    def _joined(self, case: str) -> list[dict[str, Any]]:
        """How the case came to be shown as one with others; no part of what was signed."""
        return [joining.shape() for joining in self.persons.joins.joinings(case)]

    def before(self, id: bytes, case: bytes) -> Person:  # noqa: A002 - the record's own name
        """The other contacts of the person whose case that is: open ones first, then signed.

        Of the heads only, so that nothing is logged; one that nothing was written in is none.
        """
        person = self.persons.of(case.hex())
        drafts = (draft for draft in self._drafts() if draft.case.hex() in person.cases)
        opened = [self._open_row(draft) for draft in drafts if draft.events]
        rows = tuple(row for row in (*opened, *person.rows) if row.id != id.hex())
        return replace(person, rows=rows)

    def _show_open(self, draft: Snapshot, guide: Guide | None) -> dict[str, Any]:
        kept = self.guide(draft.guide_hash) or guide
        if kept is None:
            raise RecordDamaged("wrong-shape")
        self._in_front.read(draft.id)
        held = Conversation.resume(kept, draft)
        return {"format": FORMAT, **shown(held, self.me.name, signed=None), **NOTHING_ADDED}

    def exported(self, id: str) -> None:  # noqa: A002 - the record's own name
        """Logs that a contact is written out unsealed; before it is."""
        self._vault.note("exported", [bytes.fromhex(id)])

    def amend(self, id: str, amendment: Amendment, *, at: dt.datetime | None = None) -> None:  # noqa: A002
        """Seals a correction of a signed record beside it. Raises NoSuchRecord, ValueError."""
        self._additions.amend(id, amendment, at=at or utc_now(), by=self.me.name)

    def mark(self, id: str, point: str, *, done: bool, at: dt.datetime | None = None) -> None:  # noqa: A002
        """Seals that a point of a signed record was done, or is not done after all."""
        self._additions.mark(id, point, done=done, at=at or utc_now(), by=self.me.name)

    def letters(self) -> list[tuple[bytes, str]]:
        """What was posted while it was locked, with ids to remove it by."""
        return [(id_, blob.decode("utf-8", "replace")) for id_, blob in self._vault.letters()]

    def remove_letter(self, id: bytes) -> None:  # noqa: A002 - the letter's own name
        """Drops a letter, once its words are safe somewhere else."""
        self._vault.remove_letter(id)

    def letterbox(self) -> Letterbox:
        """Takes letters for who is signed in, even after the lock; holds no secret."""
        return self._vault.letterbox()

    def verify(self) -> Checked:
        """Reads every row, the roster, the log, the witness, and each record's own form."""
        return self.check().whole()

    def check(self) -> Checking:
        """The same in steps, between which other calls may be made."""
        return Checking(self._vault)

    def _drafts(self) -> list[Snapshot]:
        drafts = []
        for row in self._vault.drafts():
            try:
                draft, self._saved[row.id] = draft_from_bytes(row.blob)
                drafts.append(draft)
            except RecordDamaged:
                self._unreadable = True
        return sorted(drafts, key=lambda draft: draft.started, reverse=True)

    def resumed(self, snapshot: Snapshot, guide: Guide) -> Conversation:
        """The conversation as it stood, with the guide that it was held with, or that one."""
        kept = self.guide(snapshot.guide_hash)
        return Conversation.resume(kept or guide, snapshot, by=self.me.slot)
