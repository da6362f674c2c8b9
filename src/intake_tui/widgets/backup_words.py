"""What was restored from a backup, in sentences."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.vault.restore import Restored


def told(done: Restored, words: Words) -> list[str]:
    """What was restored, and what of it is to be known, a sentence each."""
    lines = [words("backup.restored", at=moment(done.at), n=done.rows)]
    if done.kept:
        lines.append(words("backup.kept", name=done.kept))
    if done.missing is None:
        lines.append(words("backup.unremembered"))
    elif done.aside:
        lines.append(words("backup.aside", n=done.aside))
    elif done.missing:
        lines.append(words("backup.missing", n=done.missing))
    if done.erased is None:
        lines.append(words("backup.no-list"))
    elif done.erased:
        lines.append(words("backup.erased", n=done.erased))
    if done.older:
        lines.append(words("errors.warning-older-roster"))
    return lines


def moment(at: dt.datetime) -> str:
    """A time here, to the minute."""
    return f"{at.astimezone():%d.%m.%Y %H:%M}"
