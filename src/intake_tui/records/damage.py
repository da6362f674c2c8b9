"""What a check of the archive says, and what that means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

OF_THE_PLACE = frozenset({"disk-full", "no-witness", "not-logged", "read-only", "witness-damaged"})
"""Codes that are no matter of the archive's own."""

NOTES = OF_THE_PLACE | {"put-back"}
"""Codes that say nothing of damage: how things stand, or what a restored backup always says."""

CHANGED = (
    "planted",
    "put-back",
    "unlogged",
    "changed",
    "forged",
    "reordered",
    "unlisted",
    "broken",
    "removed",
)


@dataclass(frozen=True)
class Damage:
    """One thing that was found: a stable code, its place, and which contact it is, if known.

    `at` is when that contact began, or when it was signed where it is not there any more.
    """

    code: str
    where: str
    detail: str = ""
    contact: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Checked:
    """What a whole check said: rows that were read, and what is wrong.

    `noticed` is what opening and reading had come upon besides.
    """

    rows: int
    findings: tuple[Damage, ...]
    noticed: tuple[Damage, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the check found nothing."""
        return not self.findings

    @property
    def all(self) -> tuple[Damage, ...]:
        """Everything that is to be said."""
        return (*self.findings, *self.noticed)


def sets_aside(checked: Checked) -> bool:
    """Whether what was found is such that nothing had better be written any more.

    A page that cannot be read may be one that the next write relies on, and what is written under
    rosters or behind a log that do not hold could not be believed later. A damaged row is no
    reason, a line of the log neither, which anybody can plant without a key: the rest is as sound
    as before, and what is typed now has to be kept.
    """
    grave = ("log-", "roster-", "root-", "epoch-")
    return any(
        one.detail == "page" or (one.code != "log-damaged" and one.code.startswith(grave))
        for one in checked.findings
    )


def serious(damages: Iterable[Damage]) -> bool:
    """Whether something is damaged, gone or was changed."""
    return any(damage.code not in NOTES for damage in damages)


def tampered(damages: Iterable[Damage]) -> bool:
    """Whether something was changed that no fault of a disk changes by itself."""
    found = (one.code for one in damages if one.code not in NOTES)
    return any(code.endswith(CHANGED) or code.startswith(CHANGED) for code in found)
