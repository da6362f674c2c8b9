"""What stands above the contacts and leads somewhere: a quiet line each, for whom it concerns.

To add a line, add one `Lead` to `LEADS`. `text` is read through `desk.vault` when the contacts are
shown and when somebody comes back to them; None, where there is nothing to say, shows no line.
It may raise VaultError: then there is none either, and the list itself says what is wrong.
`screen` makes what it leads to (`archive_screens`). A lead says what is so and what can be done
about it, in a sober sentence: no alarm, and no count of anything that was said in a conversation.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from intake_tui.guide.ageing import to_check
from intake_tui.records.damage import serious
from intake_tui.screens import archive_screens as screens
from intake_tui.screens.archive_screens import EVERYBODY, LEADERS
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.row_layout import Row

if TYPE_CHECKING:
    from intake_tui.screens.frame import Frame


@dataclass(frozen=True)
class Lead:
    """A line that may stand above the contacts; the module says how to add one."""

    key: str  # of its row
    roles: frozenset[str]
    text: Callable[[Desk], Awaitable[str | None]]
    screen: Callable[[], Frame[str | None]]


async def _texts_to_check(desk: Desk) -> str | None:
    """Whoever leads the centre is told which texts of the guide are past their date."""
    found = to_check(desk.guide, desk.now().astimezone().date())
    return desk.words("to_check.line", n=len(found)) if found else None


async def _damage(desk: Desk) -> str | None:
    """Everybody is told that something is damaged: whoever sees it first calls somebody."""
    checked = desk.soundness.checked
    return desk.words("check.lead") if checked is not None and serious(checked.all) else None


async def _only_read(desk: Desk) -> str | None:
    """Nobody is to find out by losing what was written."""
    warnings = await desk.vault(lambda archive: tuple(archive.warnings))
    return desk.words("check.lead-read-only") if "read-only" in warnings else None


async def _age_of_backup(desk: Desk) -> str | None:
    """Everybody is told when the last one is old: whoever has the stick makes one."""
    from intake_tui.screens.backup import lead  # noqa: PLC0415 - not before unlocking

    return await lead(desk)


async def _past_their_time(desk: Desk) -> str | None:
    """Whoever leads the centre is told what has reached the time that was settled."""
    today = desk.now().astimezone().date()
    found = await desk.vault(lambda archive: archive.keeping.due(today))
    n = sum(one.held is None for one in found)
    return desk.words("due.line", n=n) if n else None


LEADS: tuple[Lead, ...] = (
    Lead("lead/read-only", EVERYBODY, _only_read, screens.archive_check),
    Lead("lead/check", EVERYBODY, _damage, screens.archive_check),
    Lead("lead/backup", EVERYBODY, _age_of_backup, screens.backup),
    Lead("lead/due", LEADERS, _past_their_time, screens.due),
    Lead("lead/to-check", LEADERS, _texts_to_check, screens.to_check),
)


UNFINISHED = "lead/unfinished/"  # begins the key of a row; the record follows


async def _unfinished(desk: Desk) -> list[Row]:
    """Whoever was locked out of a correction is told that it is kept, and led to it."""
    kept = await desk.vault(lambda archive: list(archive.aside.all()))
    parts = (concerns.split(":") for concerns in kept)
    records = dict.fromkeys(record for about, record, *_ in parts if about == "amend")
    text = desk.words("amend.lead")
    return [Row(text, key=UNFINISHED + record, look="quiet") for record in records]


async def read_leads(desk: Desk) -> tuple[Row, ...]:
    """The rows for whoever is signed in, in the order of `LEADS`. Raises VaultError."""
    role = await desk.vault(lambda archive: str(archive.me.role))
    rows = await _unfinished(desk)
    for lead in LEADS:
        with suppress(VaultError):
            text = await lead.text(desk) if role in lead.roles else None
            if text:
                rows.append(Row(text, key=lead.key, look="quiet"))
    return tuple(rows)


def led_to(key: str | None) -> Frame[Any] | None:
    """The screen that the row with that key leads to; None for other rows."""
    if key is not None and key.startswith(UNFINISHED):
        from intake_tui.screens.signed import SignedScreen  # noqa: PLC0415 - when it is opened

        return SignedScreen(key.removeprefix(UNFINISHED))
    return next((lead.screen() for lead in LEADS if lead.key == key), None)
