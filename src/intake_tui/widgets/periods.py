"""How long a case is kept, as it is said and as it is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.records.retention import Period

_UNITS = {"d": "days", "m": "months", "å": "years", "a": "years", "y": "years"}
_TYPED = re.compile(r"(\d{1,3})\s*([^\W\d_]+)\.?", re.UNICODE)


def period_said(period: Period | None, words: Words) -> str:
    """«2 år»; «ikke bestemt» where nothing was settled."""
    if period is None:
        return words("keeping.not-settled")
    return words(f"keeping.{period.unit}", n=period.n)


def period_typed(text: str) -> Period:
    """The period that was typed: a number, and a word that begins as a unit does in any language.

    Raises ValueError for anything else.
    """
    from intake_tui.records.retention import Period  # noqa: PLC0415 - records import the database

    found = _TYPED.fullmatch(text.strip().casefold())
    unit = _UNITS.get(found[2][0]) if found else None
    if found is None or unit is None:
        raise ValueError("no period")
    return Period.model_validate({"n": int(found[1]), "unit": unit})
