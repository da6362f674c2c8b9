"""One line of the list of contacts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ContactRow:
    """What the list shows of one contact. Its repr holds nothing that was said."""

    id: str  # hex
    case: str  # hex, shared by the contacts of one case
    code: str  # what the case is called aloud
    alias: str | None = field(repr=False)
    started: dt.datetime  # UTC
    status: Literal["open", "signed"]
    channel: str | None  # the answer of INV-1
    outcome: str | None  # the option that was chosen
    by: str = field(repr=False)  # the counsellor's name
    next: tuple[str, ...] = field(repr=False)  # who does what, when
    call: Literal["yes", "no"] | None  # may be called; None: nothing was agreed
    hours: str | None = field(repr=False)  # when calling is possible, as it was agreed
    broke: bool  # the line broke
    n: int | None  # its number among the signed ones, to ask for those before it
