"""What is done in the vault's thread to open an archive. Imports the slow half of the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypedDict

from intake_tui.desk.autosave import NEVER_SAVED, Unsaved
from intake_tui.desk.courtesy import COURTESY
from intake_tui.vault.errors import (
    DiskFull,
    DraftConflict,
    VaultDamaged,
    VaultError,
    VaultReadOnly,
)

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide, Language
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.snapshot import Snapshot
    from intake_tui.records.archive import Archive
    from intake_tui.vault.kdf import Kdf
    from intake_tui.vault.letters import Letterbox
    from intake_tui.vault.shapes import LastWrite

Location: TypeAlias = "Path | str"
Letters: TypeAlias = Mapping[bytes, Sequence[bytes]]  # by conversation, those whose words it has


class BrokenGuideError(VaultError):
    """The guide's own files are broken: `intake-tui guide check` says where."""

    code = "guide"


class Founding(NamedTuple):
    """What the first run asks for."""

    centre: str
    language: Language
    name: str
    passphrase: str

    def __repr__(self) -> str:
        """Never a name, never a secret."""
        return "<Founding>"


class Opened(NamedTuple):
    """What is said right after unlocking: when it was last written, and what is odd about it."""

    last_at: dt.datetime | None  # UTC
    last_n: int
    warnings: tuple[str, ...]
    waiting: bool  # words jotted down before are in a conversation now
    back_to: str | None  # the code of the conversation that was in front at the lock
    leads: bool = False  # whether who is signed in is a leader


class Saved(TypedDict):
    """How far a conversation is on disk; see `Autosave.watch`."""

    saved_at: dt.datetime | None
    saved: int | None


class Found(NamedTuple):
    """What stands in an archive."""

    by: str  # the slot of who is signed in, in hex
    language: Language
    letterbox: Letterbox
    conversations: list[Conversation]
    saved_at: dict[bytes, dt.datetime]  # when each was last saved as it stands, UTC
    held: tuple[Unsaved, ...]  # those that are in memory only
    letters: list[tuple[bytes, str]]
    last: LastWrite
    warnings: tuple[str, ...]
    leads: bool  # whether who is signed in is a leader

    def saved(self, id: bytes) -> Saved:  # noqa: A002 - the conversation's own name
        """How far it is on disk."""
        drafts = {one.snapshot.id: one.saved for one in self.held}
        return {"saved_at": self.saved_at.get(id), "saved": drafts.get(id)}

    def __repr__(self) -> str:
        """Never what was said."""
        return "<Found>"


def guide() -> tuple[Guide, str]:
    """The guide and its hash; imports the rest of the program first. Raises BrokenGuideError."""
    with COURTESY.stepping_aside():
        from intake_tui.guide.load import GuideError, guide_hash, load
        from intake_tui.intake import conversation
        from intake_tui.records import archive

        del archive, conversation
        try:
            loaded = load()
        except GuideError:
            raise BrokenGuideError from None
        return loaded, guide_hash(loaded)


def create(
    location: Location, founding: Founding, *, kdf: Kdf | None, device: Path | None
) -> tuple[Archive, str]:
    """A new archive, open, and the text of its recovery sheet. Raises VaultError."""
    from intake_tui.records.archive import Archive

    return Archive.create(
        location,
        name=founding.name,
        passphrase=founding.passphrase,
        centre=founding.centre,
        language=founding.language,
        kdf=kdf,
        device=device,
    )


def unlock(location: Location, name: str, passphrase: str, device: Path | None) -> Archive:
    """The archive, opened by a counsellor. Raises VaultError."""
    from intake_tui.records.archive import Archive

    return Archive.unlock(location, name=name, passphrase=passphrase, device=device)


def unlock_with_recovery(location: Location, recovery: str, device: Path | None) -> Archive:
    """The archive, opened with the printed sheet. Raises VaultError."""
    from intake_tui.records.archive import Archive

    return Archive.unlock_with_recovery(location, recovery=recovery, device=device)


def read(archive: Archive, loaded: Guide, held: Sequence[Unsaved], letters: Letters) -> Found:
    """All that the screens need, after saving what a lock could not. Raises VaultError."""
    from intake_tui.records.errors import RecordDamaged

    try:
        conversations = archive.conversations(loaded)
        still = _still_held(archive, conversations, held, letters)
        if held:
            conversations = _held_beside(archive, archive.conversations(loaded), still, loaded)
        ids = {one.snapshot.id for one in still}
        known = {letter for id_ in ids for letter in letters.get(id_, ())}
        return Found(
            by=archive.me.slot,
            language=archive.settings.language,
            letterbox=archive.letterbox(),
            conversations=conversations,
            saved_at={
                one.id: archive.saved_at(one.id) for one in conversations if one.id not in ids
            },
            held=still,
            letters=[(id_, text) for id_, text in archive.letters() if id_ not in known],
            last=archive.last,
            warnings=archive.warnings,
            leads=archive.me.role == "leader",
        )
    except RecordDamaged as error:
        raise VaultDamaged(error.code) from None


def _saved_at(
    archive: Archive, conversations: Sequence[Conversation], unsaved: set[bytes]
) -> dict[bytes, dt.datetime]:
    return {one.id: archive.saved_at(one.id) for one in conversations if one.id not in unsaved}


def _still_held(
    archive: Archive, there: Sequence[Conversation], held: Sequence[Unsaved], letters: Letters
) -> tuple[Unsaved, ...]:
    """What was held over a lock is saved now; what cannot be now either."""
    snapshots = {one.id: one.snapshot() for one in there}
    still = []
    for unsaved in held:
        id_ = unsaved.snapshot.id
        try:
            _save_held(archive, unsaved, snapshots.get(id_), letters.get(id_, ()))
        except (DiskFull, VaultReadOnly):
            still.append(unsaved)
    return tuple(still)


def _held_beside(
    archive: Archive, there: Sequence[Conversation], held: Sequence[Unsaved], loaded: Guide
) -> list[Conversation]:
    """What cannot be saved now either is shown all the same, in place of what is on the disk."""
    unsaved = [archive.resumed(one.snapshot, loaded) for one in held]
    ids = {one.id for one in unsaved}
    return [*unsaved, *(one for one in there if one.id not in ids)]


def _save_held(
    archive: Archive, unsaved: Unsaved, there: Snapshot | None, letters: Sequence[bytes]
) -> None:
    """Saves it; beside what somebody else wrote, signed or erased meanwhile, never over it.

    Not if its case was deleted for good.
    """
    held = unsaved.snapshot
    if there == held or archive.erasing.is_gone(held.id):
        return
    if (there.changes if there else NEVER_SAVED) != unsaved.saved:
        archive.save(beside(held), letters)
        return
    try:
        archive.save(held, letters)
    except DraftConflict:  # there is one that cannot be read
        archive.save(beside(held), letters)


def beside(held: Snapshot) -> Snapshot:
    """The same under another id, always the same one: trying again makes no third."""
    from hashlib import sha256

    told = held.id + held.changes.to_bytes(8, "big")
    return replace(held, id=sha256(told).digest()[: len(held.id)])
