"""What was backed up when and where, which of it is still needed, and where it goes by itself.

One sealed item: no place is told to whoever cannot open the archive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pydantic import Field

from intake_tui.records.errors import RecordDamaged
from intake_tui.records.sealed_json import from_bytes, to_bytes
from intake_tui.records.strict import Id, Part, Utc, part
from intake_tui.vault.backup import Backup, Made
from intake_tui.vault.copies import Copy
from intake_tui.vault.store import Vault

KIND = "backups"
ID = hashlib.sha256(b"backups").digest()[:16]
DAYS = 7  # after which the contacts screen says how old the last verified one is
CHOICES = (1, 3, 7, 14, 30)
LAST, WEEKS, MONTHS = 7, 8, 12  # the last ones are kept, then one a week, then one a month
REMEMBERED = 200  # copies, those that are gone among them


class Copied(Part):
    """One backup: when it was begun, where it was put, and what was read back.

    `verified` is when every row of it was last read back as it was written; None where it never
    was, since the archive itself had damage. `gone` is True once the program has removed it.
    `here`: on the disk that the archive is on, and lost together with it.
    """

    id: Id
    at: Utc
    place: str = Field(repr=False)
    rows: int
    size: int
    device: Id
    verified: Utc | None
    gone: bool = False
    here: bool = False

    @property
    def path(self) -> Path:
        """Its file."""
        return Path(self.place)


class _Kept(Part):
    copies: tuple[Copied, ...] = ()  # the newest first
    folders: dict[Id, str] = Field(default_factory=dict, repr=False)  # by device
    days: int = Field(default=DAYS, ge=1, le=365)


def kept_from_bytes(data: bytes) -> _Kept:
    """The item's content. Raises RecordDamaged."""
    return part(_Kept, from_bytes(data))


class Backups:
    """The backups of one open archive."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    # Making and reading back

    def begin(self, target: Path, *, over: bool = False) -> Backup:
        """One under way, to be stepped through. Raises CopyRefused."""
        return self._vault.backups.begin(target, over=over)

    def open(self, path: Path) -> Copy:
        """One that lies there, to be read back; to be closed. Raises CopyRefused."""
        return self._vault.backups.open(path)

    def note(self, made: Made, target: Path) -> Copied:
        """Remembers one that has its place."""
        copied = Copied(
            id=made.id.hex(),
            at=made.at,
            place=str(target.expanduser().absolute()),
            rows=made.rows,
            size=made.size,
            device=self._vault.backups.device.hex(),
            verified=_now() if made.sound else None,
            here=self._vault.backups.lies_beside(target),
        )
        others = [one for one in self.all() if one.place != copied.place]
        self._change(copies=(copied, *others)[:REMEMBERED])
        if made.sound:
            self._vault.note("backup-verified", [made.id])
        return copied

    def note_verified(self, id: bytes) -> None:  # noqa: A002 - the copy's own name
        """Every row of one that is remembered was read back."""
        self._replace(id.hex(), verified=_now())
        self._vault.note("backup-verified", [id])

    def note_gone(self, id: str) -> None:  # noqa: A002 - the copy's own name
        """The program has removed it."""
        self._replace(id, gone=True)

    def _replace(self, id_: str, **fields: object) -> None:
        copies = (
            one.model_copy(update=fields) if one.id == id_ else one for one in self._kept().copies
        )
        self._change(copies=tuple(copies))

    # What is known

    @property
    def is_needed(self) -> bool:
        """Whether there is anything signed that could be lost."""
        return self._vault.count() > 0

    def all(self) -> tuple[Copied, ...]:
        """Those that were not removed, the newest first."""
        return tuple(one for one in self._kept().copies if not one.gone)

    @property
    def last_verified(self) -> Copied | None:
        """The newest of those that were read back."""
        return next((one for one in self.all() if one.verified is not None), None)

    @property
    def last_elsewhere(self) -> Copied | None:
        """The newest of those that are not lost together with the archive."""
        verified = (one for one in self.all() if one.verified is not None)
        return next((one for one in verified if not one.here), None)

    @property
    def days(self) -> int:
        """After how many days the contacts screen speaks of it."""
        return self._kept().days

    def turn_days(self) -> None:
        """The next of the usual numbers."""
        later = (days for days in CHOICES if days > self.days)
        self._change(days=next(later, CHOICES[0]))

    @property
    def folder(self) -> Path | None:
        """Where a copy goes by itself from this computer; None: nowhere."""
        place = self._kept().folders.get(self._vault.backups.device.hex())
        return None if place is None else Path(place)

    def set_folder(self, folder: Path | None) -> None:
        """Another folder, or none."""
        folders = {**self._kept().folders}
        folders.pop(self._vault.backups.device.hex(), None)
        if folder is not None:
            folders[self._vault.backups.device.hex()] = str(folder.expanduser().absolute())
        self._change(folders=folders)

    def due(self, now: dt.datetime) -> Path | None:
        """The folder, where the last copy in it is older than a day.

        Whether it is there is not asked here: a drive that does not answer would hold up saving.
        One from a day that is still to come was made under a wrong clock: its age is not known.
        """
        folder = self.folder
        if folder is None:
            return None
        there = [one.at for one in self.all() if one.path.parent == folder and one.verified]
        return folder if not there or is_older(there[0], now, days=1) else None

    # Those that are not needed any more

    def prune(self, folder: Path) -> list[Copied]:
        """Removes from a folder what the rule does not keep; what was removed.

        Only a file that is listed, carries this archive's id and that copy's own.
        """
        here = [one for one in self.all() if one.path.parent == folder]
        last = here[:LAST]  # were made last, whatever the clock said then
        return self._remove(one for one in superfluous(here) if one not in last)

    def outdated(self, since: dt.datetime) -> list[Copied]:
        """Those from before that time, once one from after it was read back; else none."""
        last = self.last_verified
        if last is None or last.at < since:
            return []
        return [one for one in self.all() if one.at < since]

    def remove_outdated(self, since: dt.datetime) -> tuple[list[Copied], list[Copied]]:
        """Removes those, which still open what was deleted at that time; and what is not here."""
        outdated = self.outdated(since)
        removed = self._remove(outdated)
        return removed, [one for one in outdated if one not in removed]

    def _remove(self, copies: Iterable[Copied]) -> list[Copied]:
        removed = []
        for one in copies:
            if self._vault.backups.has_made(one.path, bytes.fromhex(one.id)) and _removed(one.path):
                self.note_gone(one.id)
                removed.append(one)
        return removed

    # The item

    def _kept(self) -> _Kept:
        try:
            data = self._vault.get_item(ID)
            return kept_from_bytes(data) if data else _Kept()
        except RecordDamaged:
            return _Kept()  # a list that cannot be read must not keep anybody from a backup

    def _change(self, **fields: object) -> None:
        changed = self._kept().model_copy(update=fields)
        self._vault.put_item(ID, KIND, to_bytes(changed.model_dump(mode="json")))


def is_older(at: dt.datetime, now: dt.datetime, *, days: int) -> bool:
    """Whether a moment is that many days ago; also where it is days ahead: a clock was wrong."""
    age, day = now - at, dt.timedelta(days=1)
    return age >= days * day or age <= -day


def superfluous(copies: Iterable[Copied]) -> list[Copied]:
    """Those that the rule does not keep.

    It keeps the last seven, of each of the eight weeks before them the newest, and of each of the
    twelve months before those; only verified ones count there, and the newest of them stays.
    """
    ordered = sorted(copies, key=lambda one: one.at, reverse=True)
    verified = [one for one in ordered if one.verified is not None]
    last = ordered[:LAST]
    weekly = _newest_of_each(_before(last, verified), _week, WEEKS)
    full = len(weekly) == WEEKS
    monthly = _newest_of_each(_before(weekly, verified) if full else [], _month, MONTHS)
    keep = {one.id for one in (*last, *weekly, *monthly, *verified[:1])}
    return [one for one in ordered if one.id not in keep]


def _before(newer: Sequence[Copied], copies: Iterable[Copied]) -> list[Copied]:
    return [one for one in copies if not newer or one.at < newer[-1].at]


def _newest_of_each(
    copies: Iterable[Copied], period: Callable[[Copied], object], most: int
) -> list[Copied]:
    found: dict[object, Copied] = {}
    for one in copies:
        if len(found) < most:
            found.setdefault(period(one), one)
    return list(found.values())


def _week(one: Copied) -> object:
    return one.at.isocalendar()[:2]


def _month(one: Copied) -> object:
    return one.at.year, one.at.month


def name_in(folder: Path, day: dt.date) -> Path:
    """A free name that says nothing but the day."""
    path, number = folder / f"kopi-{day:%Y-%m-%d}.db", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"kopi-{day:%Y-%m-%d}-{number}.db"
    return path


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
