"""How a contact is looked for: by the beginnings of its words, its code and its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from intake_tui.guide.find import folded, split


def searchable(codes: Iterable[str], alias: str | None, started: dt.datetime) -> str:
    """The words of a contact in the form that `matches` reads. Holds the alias: never shown."""
    words = (*_of_codes(codes), *_of_date(started), *_of_text(alias or ""))
    return " " + " ".join(dict.fromkeys(words))


def sought(query: str) -> tuple[str, ...]:
    """The words of a query, as they stand in a searchable text."""
    return tuple(f" {folded(word)}" for word in query.casefold().split())


def matches(text: str, words: Iterable[str]) -> bool:
    """Whether each sought word begins some word of a searchable text."""
    return all(word in text for word in words)


def _of_codes(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        whole = code.casefold()
        yield from (whole, whole.removeprefix("k-"))


def _of_date(started: dt.datetime) -> Iterator[str]:
    """By this machine's calendar, as people write it, with zeros or without."""
    here = started.astimezone()
    yield from (f"{here:%d.%m.%Y}", f"{here.day}.{here.month}.{here.year}")
    yield from (f"{here:%Y-%m-%d}", f"{here:%m.%Y}", f"{here.month}.{here.year}")


def _of_text(text: str) -> Iterator[str]:
    """Its words, and what somebody types who types their signs too."""
    yield from (folded(word) for word in split(text))
    yield from (folded(word) for word in text.casefold().split())
