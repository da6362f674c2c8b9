"""How a backup stands to what this computer remembers: behind it, beside it, or against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake_tui.vault import log
from intake_tui.vault.copies import Copy
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import CopyRefused
from intake_tui.vault.witness import DeviceFolder, Mark, Witness


@dataclass(frozen=True)
class Behind:
    """What this computer remembers and the copy has not.

    `missing` counts the log entries; None where it remembers nothing of this vault. `aside` counts
    those that were written here after an older file had been put back, while the copy goes on
    from what there was before.
    """

    missing: int | None
    aside: int = 0


def behind(copy: Copy, folder: DeviceFolder) -> Behind:
    """Raises CopyRefused("contradicts") where it goes on otherwise, and nothing says why.

    What this computer marked (its own backups, and where it stood when an older file came in the
    place of the newest) are ends of its own chain. A copy that has such an end has all before it
    as it was written here, and what contradicts it was written after the older file came.
    """
    desk, seen = copy.open_desk, folder.seen(copy.vault)
    marks = folder.marks(copy.vault)
    rosters = dict(enumerate(one.hash(copy.vault) for one in desk.rosters))
    own = [one for one in marks if _has(desk, one.of) and _is_in(rosters, one.of)]
    for known in seen:
        vouched = [one.of for one in own if one.of.device == known.device]
        if not _follows(desk, known) and not any(one.n >= known.n for one in vouched):
            raise CopyRefused("contradicts")
    # Where the vault was restored here once, the rosters may have gone on in two ways since.
    known_rosters = (*seen, *(one.of for one in own))
    agreed = max((one.roster for one in known_rosters if _is_in(rosters, one)), default=-1)
    if any(one.roster > agreed and not _agrees(rosters, one) for one in seen):
        raise CopyRefused("contradicts")
    if not seen:
        return Behind(None)
    aside = _aside(seen[0], marks, own)
    ends = {line.device: line.n for line in desk.read(log.ends)}
    return Behind(0 if aside else max(0, seen[0].n - ends.get(seen[0].device, 0)), aside)


def _has(desk: Desk, known: Witness) -> bool:
    line = desk.read(lambda c: log.line(c, known.device, known.n))
    return line is not None and line.hash == known.hash


def _follows(desk: Desk, known: Witness) -> bool:
    """Whether it has that line, or ends before it."""
    line = desk.read(lambda c: log.line(c, known.device, known.n))
    return line is None or line.hash == known.hash


def _is_in(rosters: dict[int, bytes], known: Witness) -> bool:
    return rosters.get(known.roster) == known.roster_hash


def _agrees(rosters: dict[int, bytes], known: Witness) -> bool:
    """Whether it has that roster, or ends before it."""
    return known.roster not in rosters or _is_in(rosters, known)


def _aside(known: Witness, marks: Sequence[Mark], own: Sequence[Mark]) -> int:
    """Entries since the last older file was put back, if the copy is of what there was before."""
    for place in reversed(range(len(marks))):
        put_back = marks[place]
        if put_back.since is None or put_back.of.device != known.device:
            continue
        before = [one for one in marks[: place + 1] if one in own]
        if any(one.of.n > put_back.since for one in before):
            return max(0, known.n - put_back.since)
    return 0
