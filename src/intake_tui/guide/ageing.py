"""Knowledge that ages: which texts of a guide are to be read again in their source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from intake_tui.guide.model import Frozen, Guide, Language, Words

_NAMES = ("short", "name", "title", "text")  # what a part is called, by the first that it has


class Ages(Protocol):
    """Any part of a guide that names the day from which on it is to be read again."""

    @property
    def check_again(self) -> dt.date | None:
        """The last day on which it stands unmarked."""


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A text that is to be checked: what it is and is called, where and when it was read."""

    kind: str  # the table of its file: question, information, option, hint, signal, number …
    id: str
    name: Words
    source: str
    checked: dt.date
    check_again: dt.date

    def named(self, language: Language) -> str:
        """What it is called."""
        return self.name.at(language)


def stale(part: Ages, today: dt.date) -> bool:
    """Whether its day is past. It still works, and is shown as to be checked."""
    return part.check_again is not None and part.check_again < today


def to_check(guide: Guide, today: dt.date) -> tuple[ToCheck, ...]:
    """Every part of a guide, of whatever kind, whose day is past; the longest past first."""
    found = [each for part in _parts(guide) if (each := _to_check(part, today)) is not None]
    return tuple(sorted(found, key=lambda each: each.check_again))


def _parts(value: object) -> Iterator[Frozen]:
    """A part and all that it is made of, so that no kind of part can be forgotten."""
    if isinstance(value, Frozen):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _parts(each)


def _to_check(part: Frozen, today: dt.date) -> ToCheck | None:
    again: dt.date | None = getattr(part, "check_again", None)
    if again is None or again >= today:
        return None
    name = next(held for key in _NAMES if isinstance(held := getattr(part, key, None), Words))
    return ToCheck(
        kind=type(part).__name__.lower(),
        id=getattr(part, "id", ""),
        name=name,
        source=getattr(part, "source", None) or "",
        checked=getattr(part, "checked", None) or again,
        check_again=again,
    )
