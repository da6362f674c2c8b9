# ruff: noqa: A002  # `id` is what the rest of the program calls a row's random name
"""The vault as the rest of the program uses it: create, unlock, and one open `Vault`.

Synchronous, one thread at a time. Everything that goes wrong is a VaultError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from intake_tui.vault import log, log_pages, opening
from intake_tui.vault.backups import Backups
from intake_tui.vault.check import Check
from intake_tui.vault.content import Content
from intake_tui.vault.drafts import Drafts
from intake_tui.vault.erasing import Doomed, Erasing, Waiting
from intake_tui.vault.erasures import ErasureList, mark_of
from intake_tui.vault.errors import VaultDamaged, VaultError, VaultLocked, VaultSetAside
from intake_tui.vault.founding import Founding, found, refuse
from intake_tui.vault.items import Items
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.letters import Letterbox, Letters
from intake_tui.vault.log_pages import LogPage, LogPlace
from intake_tui.vault.place import Location, device_folder
from intake_tui.vault.revisions import Known, Revisions, Sealed, no
from intake_tui.vault.roster import COUNSELLOR, RECOVERY
from intake_tui.vault.rotation import Progress
from intake_tui.vault.shapes import Counsellor, Draft, Head, LogEntry, OfCase, Report
from intake_tui.vault.slots import SignIn
from intake_tui.vault.staff import Staff
from intake_tui.vault.witness import DeviceFolder

_NOTES = ("exported", "backed-up", "backup-verified")


def create(
    location: Location,
    *,
    name: str,
    passphrase: str,
    kdf: Kdf | None = None,
    device: Path | None = None,
) -> tuple[Vault, str]:
    """A new vault with one leader, open, and the text of its recovery sheet.

    Raises VaultExists, SyncFolder, VaultReadOnly, DiskFull.
    """
    refuse(location)
    founding = Founding(name, passphrase, kdf or Kdf.calibrated())
    folder = DeviceFolder(device or device_folder(), location)
    found(location, founding, folder)
    vault = _open(location, lambda _: founding.leader, folder)
    return vault, founding.printed


def unlock(location: Location, *, name: str, passphrase: str, device: Path | None = None) -> Vault:
    """Open a vault. One Argon2id run, about 0.7 s.

    Raises WrongPassphrase, VaultInUse, VaultUntrusted, VaultDamaged, NoVault, NotAVault,
    VaultReadOnly, NoServer.
    """
    folder = DeviceFolder(device or device_folder(), location)
    return _open(location, lambda doors: doors.with_passphrase(name, passphrase), folder)


def unlock_with_recovery(location: Location, *, recovery: str, device: Path | None = None) -> Vault:
    """Open a vault with its printed key. Raises WrongRecovery, and what `unlock` raises."""
    folder = DeviceFolder(device or device_folder(), location)
    return _open(location, lambda doors: doors.with_recovery(recovery), folder)


def _open(location: Location, who: Callable[[SignIn], Identity], folder: DeviceFolder) -> Vault:
    return Vault(location, opening.open_desk(location, who, folder))


class Vault:
    """One open vault. After `lock` every call raises VaultLocked."""

    def __init__(self, location: Location, opened: opening.Opened) -> None:
        desk = opened.desk
        self.id = desk.vault
        self.last = opened.last
        self.put_back = opened.put_back
        self._location = location
        self._desk = desk
        self._items = Items(desk)
        self._erased = ErasureList(desk, self._items)
        self._drafts = Drafts(desk, self._erased)
        self._revisions = Revisions(desk, self._drafts, self._items)
        self._letters = Letters(desk)
        self.staff = Staff(desk, self._items)
        self._erasing = Erasing(desk, self._drafts, self._items, self._erased)
        desk.roster_changed = self._erasing.tend
        self._erasing.tend()
        self._counsellor = self.counsellor
        self.backups = Backups(desk, location, self._erasing)

    def __repr__(self) -> str:
        return f"<Vault {'locked' if self._desk.locked else 'open'}>"

    @property
    def counsellor(self) -> Counsellor:
        """Who is signed in, or was at the lock; the role is the signed roster's."""
        if not self._desk.locked:
            member = self._desk.member
            self._counsellor = Counsellor(member.slot, self._desk.identity.name, member.role)
        return self._counsellor

    @property
    def shared(self) -> bool:
        """Whether other desks may write to it while it is open here."""
        return self._desk.database.shared

    def set_aside(self) -> None:
        """It is damaged: from now on it is only read."""
        self._desk.only_read(VaultSetAside)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is not as it should be, in the order in which it was noticed."""
        return tuple(self._desk.warnings)

    def names(self) -> dict[bytes, str]:
        """The counsellors' names by slot, also of those who have left, for the log."""
        return self.staff.names()

    def sheets(self) -> frozenset[bytes]:
        """The slots of every recovery sheet that there is or was, for the log."""
        members = (one for roster in self._desk.rosters for one in roster.members)
        return frozenset(one.slot for one in members if one.role == RECOVERY)

    # -- who may read: the rest is in `staff` ----------------------------------------

    def change_passphrase(
        self, passphrase: str, *, name: str | None = None, kdf: Kdf | None = None
    ) -> None:
        """A new passphrase (and name). After recovery: a new leader's slot, then signed in.

        A slot with the same name goes. An old copy of the file still opens with what opened
        it then: after a leak the vault key has to be changed as well. Raises NameTaken.
        """
        self.staff.change_passphrase(passphrase, name=name, kdf=kdf)

    def enrol(
        self, *, name: str, passphrase: str, role: str = COUNSELLOR, kdf: Kdf | None = None
    ) -> bytes:
        """A further counsellor; the new slot's id. Raises NotALeader, NameTaken."""
        return self.staff.enrol(name=name, passphrase=passphrase, role=role, kdf=kdf)

    def rotate(self, *, without: Sequence[bytes] = (), progress: Progress | None = None) -> None:
        """A new vault key, granted to all but the slots `without`: what is written from now
        on is unknown to every older key. Raises NotALeader, LastLeader, TooFewWays."""
        self.staff.rotate(without=without, progress=progress)

    # -- drafts -----------------------------------------------------------------

    def save_draft(self, id: bytes, blob: bytes) -> None:
        """Durable when it returns. Raises DiskFull; DraftConflict (saved elsewhere, or ended)."""
        self._drafts.save(id, blob)

    def drafts(self) -> list[Draft]:
        """Every open intake."""
        return self._drafts.all()

    def list_drafts(self, ids: Sequence[bytes]) -> None:
        """Log that open intakes were read for a list, and at which saves; not as opened ones."""
        self._drafts.note_listed(ids)

    def enter_draft(self, id: bytes) -> None:
        """Log that an open intake was opened, in front of somebody."""
        self._drafts.note("draft-opened", id)

    def leave_draft(self, id: bytes) -> None:
        """Log that it was left, and at which save."""
        self._drafts.note("draft-left", id)

    def erase_draft(self, id: bytes) -> None:
        """Delete an open intake for good."""
        self._drafts.erase(id)

    # -- revisions --------------------------------------------------------------

    def sign(
        self,
        *,
        id: bytes,
        case: bytes,
        head: bytes,
        body: bytes,
        draft: bytes | None = None,
        items: Mapping[bytes, tuple[str, bytes]] | None = None,
    ) -> int:
        """One transaction: the revision, its log entry, its items, and its draft goes.

        Returns the row's number. Raises DraftConflict when the id is taken or the draft changed.
        """

        def revision(keys: Keys) -> Sealed:
            return Sealed.new(keys, id, case, head, body)

        return self._revisions.sign(revision, draft, items or {})

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything inside is one transaction with one witness."""
        with self._desk.batch():
            yield

    def save_draft_of_letters(self, id: bytes, blob: bytes, letters: Sequence[bytes]) -> None:
        """`save_draft`, and the letters whose words it has go in the same transaction.

        On a full disk with the room that is kept for it, as every other save.
        """

        def both() -> None:
            self.save_draft(id, blob)
            for letter in letters:
                self.remove_letter(letter)

        self._desk.write(lambda _: both())

    def heads(self, before: int | None = None, limit: int = 50, known: Known = no) -> list[Head]:
        """Newest first; of those with `known` ids nothing is opened. Damaged ones are left out."""
        return self._revisions.heads(before, limit, known)

    def body(self, id: bytes) -> bytes:
        """One revision's long part; the log says that it was read. Raises VaultDamaged."""
        return self._revisions.body(id)

    def head(self, id: bytes) -> Head | None:
        """One revision's short part; None if there is none. Raises VaultDamaged."""
        return self._revisions.head(id)

    def of_case(self, case: bytes) -> OfCase:
        """The short parts of all revisions of a case, oldest first."""
        return self._revisions.of_case(case)

    def whose(self, n: int) -> tuple[bytes | None, bytes | None]:
        """The case of the row of that number, and its short part, as far as they can be read."""
        return self._revisions.whose(n)

    def bodies(self, ids: Sequence[bytes]) -> list[bytes | None]:
        """Several long parts, read together; None for a damaged one, which is warned of."""
        return self._revisions.bodies(ids)

    def erase(
        self, doomed: Sequence[Doomed], put: Mapping[bytes, tuple[str, bytes]] | None = None
    ) -> int:
        """Delete cases for good: how many revisions there were. Older backups keep them.

        `put` are items that are put in the same transaction. Raises NotALeader.
        """
        return self._erasing.erase(doomed, put)

    def erased_of(self, cases: Iterable[bytes]) -> set[bytes]:
        """Those of the cases that were erased."""
        marks = self._erased.marks()
        return {case for case in cases if mark_of(self.id, case) in marks} if marks else set()

    def was_erased(self, id: bytes) -> bool:
        """Whether a row with that id went with its case."""
        return self._erased.names(id)

    def erasures_waiting(self, copies: Sequence[bytes] = ()) -> Waiting:
        """What was erased, and is here again because an older copy was put in its place.

        `copies` are lists besides that in the device's folder, such as one beside a backup.
        """
        return self._erasing.waiting(copies)

    def replay_erasures(self, copies: Sequence[bytes] = (), also: Sequence[Doomed] = ()) -> int:
        """Erase that again; of how many cases there was something.

        `also` says what belongs to such cases that only its content tells.
        """
        return self._erasing.replay(copies, also)

    def cases(self) -> list[bytes]:
        """The cases of which there are revisions."""
        return self._revisions.cases()

    def count(self) -> int:
        """How many revisions there are."""
        return self._revisions.count()

    # -- items, letters -----------------------------------------------------------

    def put_item(self, id: bytes, kind: str, blob: bytes) -> None:
        """Insert or replace."""
        self._items.put(id, kind, blob)

    def get_item(self, id: bytes) -> bytes | None:
        """One item; None if there is none. Raises VaultDamaged."""
        return self._items.get(id)

    def items(self, kind: str) -> list[tuple[bytes, bytes]]:
        """Id and bytes of all of a kind."""
        return self._items.of_kind(kind)

    def remove_item(self, id: bytes) -> None:
        """Delete an item."""
        self._items.remove(id)

    def letterbox(self) -> Letterbox:
        """For what is typed while locked; holds no secret."""
        member, rosters = self._desk.member, tuple(self._desk.rosters)
        return Letterbox(self._location, self.id, member.slot, rosters, doubtful=self._desk.older)

    def letters(self) -> list[tuple[bytes, bytes]]:
        """What was typed while locked. Whoever can write to the file can post here, too."""
        return self._letters.all()

    def remove_letter(self, id: bytes) -> None:
        """Delete a letter."""
        self._letters.remove(id)

    # -- log, verify, lock --------------------------------------------------------

    def note(self, what: str, ids: Sequence[bytes] = ()) -> None:
        """Log one of `_NOTES`; not where it is only read ("not-logged" warns of it)."""
        if what not in _NOTES:
            raise ValueError(what)
        if self._desk.read_only is None:
            self._desk.write(lambda c: self._desk.chain.append(c, what, ids))

    def log(self) -> list[LogEntry]:
        """Every entry that can be read, oldest first; others leave the warning "log"."""
        entries = []
        for line in self._desk.read(log.everything):
            try:
                entries.append(line.shown(line.opened(self._desk.keys)))
            except VaultDamaged:
                self._desk.warn("log")
        return sorted(entries, key=lambda entry: (entry.at, entry.device, entry.n))

    def log_page(self, place: LogPlace | None = None, *, most: int = 200) -> LogPage:
        """The log from its newest entry back: `most` entries after `place`, no others are opened.

        An entry that cannot be read is "unreadable", one that is not there "missing".
        """
        return self._desk.read(lambda c: log_pages.page(c, self._desk.keys, place, most))

    def verify(self) -> Report:
        """Read every row back: 0.4 s for each 1 000 revisions or so."""
        return self.check().whole()

    def check(self, content: Content | None = None) -> Check:
        """`verify` in steps of a few milliseconds; `content` looks at what the rows hold."""
        self._must_be_open()
        return Check(self._desk, put_back=self.put_back, content=content)

    def lock(self) -> None:
        """Log where all chains end, write the witness, drop the keys, give the file back."""
        desk = self._desk
        if desk.locked:
            return
        self.backups.stop()
        try:
            with suppress(VaultError):
                opening.note_heads(desk, "locked")
        finally:
            self._counsellor = self.counsellor
            desk.forget()
            with suppress(VaultError):
                desk.database.close()

    def _must_be_open(self) -> None:
        if self._desk.locked:
            raise VaultLocked
