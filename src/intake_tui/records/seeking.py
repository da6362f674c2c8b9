"""How a contact is looked for: by its words, its code and its date, as they stand in the list.

A word of a query is met at the beginning of a word, or of a part of a compound: «senter» finds
«senteret» and «krisesenteret». A part has three letters or more, and two or more stand before it.
Letters that a keyboard may lack count as what is typed for them: «ase», «aase» and «Åse» are one.

A term is what a contact is found by: one word, or the several forms of a day or a code, each on a
line of its own.
"""

from __future__ import annotations

import datetime as dt
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

_FOLDED = (("å", "a"), ("ø", "o"), ("æ", "e"), ("ö", "o"), ("ä", "e"))
_WORD = re.compile(r"[^\W_]+")
_FURTHER = re.compile(r"[^\x00-\x7f]+")  # letters beyond ASCII, where a text has few of them
_TYPED = re.compile(r"[^\W_](?:\S*[^\W_])?")  # with the signs inside, without those around it
FIRST_FOUND = 20  # contacts that a list asks for first: about as many as it has room for
MOST_FOUND = 50  # contacts that it has at most of one query
LINE = "\n"
VALUE = "="  # no word begins with it
CODE = "k-"  # every code does
FIGURES = "0123456789abcdef"
PART = 3  # letters that a part of a compound has at least
BEFORE = 2  # letters that stand before it at least


def folded(text: str) -> str:
    """The text as somebody without å, ø, æ on the keyboard types it, in lower case."""
    text = _plain(text.casefold())
    if not text.isascii():
        text = _plain(unicodedata.normalize("NFC", text))
        text = _plain(_FURTHER.sub(_standing_alone, unicodedata.normalize("NFD", text)))
    while "aa" in text:
        text = text.replace("aa", "a")
    return text


def _plain(text: str) -> str:
    if not text.isascii():
        for letter, typed in _FOLDED:
            text = text.replace(letter, typed)
    return text


def _standing_alone(found: re.Match[str]) -> str:
    return "".join(letter for letter in found[0] if not unicodedata.combining(letter))


def sought(query: str) -> tuple[str, ...]:
    """The words of a query, in the form in which terms are kept."""
    return tuple(dict.fromkeys(_TYPED.findall(folded(query))))


# What a contact is found by


def code_term(code: str) -> str:
    """A code, found with its «K-» and without; in the form in which it is sought."""
    whole = folded(code)
    return f"{whole}{LINE}{whole.removeprefix(CODE)}"


def code_sought(word: str) -> str | None:
    """The figures that a code begins with which a sought word meets; None where it meets none."""
    figures = "" if CODE.startswith(word) else word.removeprefix(CODE)
    return None if figures.strip(FIGURES) else figures


def day_terms(started: dt.datetime) -> tuple[str, str]:
    """Its day by this machine's calendar, and its month, which many contacts have in common."""
    return _day(*time.localtime(started.timestamp())[:3])


@lru_cache(maxsize=1024)
def _day(year: int, month: int, day: int) -> tuple[str, str]:
    """As people write it, with zeros or without. Says nothing of anybody: it may be kept."""
    zeros, plain = f"{month:02}.{year}", f"{month}.{year}"
    days = (f"{day:02}.{zeros}", f"{day}.{plain}", f"{year}-{month:02}-{day:02}")
    return LINE.join(dict.fromkeys(days)), LINE.join(dict.fromkeys((zeros, plain)))


def word_terms(text: str) -> set[str]:
    """The words of a text, and what somebody types who types the signs inside them too."""
    plain = folded(text)
    words = set(_WORD.findall(plain))
    signed = set(plain.split()).difference(words)
    words.update(found[0] for typed in signed if (found := _TYPED.search(typed)))
    return words


def value_term(value: str) -> str:
    """A value of the guide, for which each language has a name; no query meets it."""
    return f"{VALUE}{value}"


def named(names: Mapping[str, str]) -> dict[str, str]:
    """By value, the terms of what it is called."""
    return {value: LINE.join(word_terms(name)) for value, name in names.items()}


def terms_of(
    codes: Iterable[str], days: Iterable[dt.datetime | None], texts: Iterable[str | None]
) -> set[str]:
    """All that a contact is found by. Holds what was said: never shown."""
    terms = word_terms(LINE.join(filter(None, texts)))
    for day in filter(None, days):
        terms.update(day_terms(day))
    terms.update(map(code_term, codes))
    return terms


# Where a word is met


def whole(terms: Iterable[str]) -> str:
    """The terms as one text in which words can be looked for; values are not words."""
    return f"{LINE}{LINE.join(term for term in terms if term[0] != VALUE)}"


def meets(text: str, word: str) -> bool:
    """Whether a sought word is met in terms put together."""
    return f"{LINE}{word}" in text or any(True for _ in parts(text, word))


def matches(text: str, words: Iterable[str]) -> bool:
    """Whether each of the sought words is."""
    return all(meets(text, word) for word in words)


def parts(text: str, word: str) -> Iterator[int]:
    """Where a sought word begins a part of a compound."""
    if len(word) < PART or not word.isalpha():
        return
    at = text.find(word)
    while at >= 0:
        if at >= BEFORE and text[at - BEFORE : at].isalpha():
            yield at
        at = text.find(word, at + 1)


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the sought words are met in a text as it is shown: from which character to which."""
    plain, origins = _letter_by_letter(text)
    found = {
        (origins[at], origins[at + len(word) - 1] + 1)
        for word in words
        for at in _met_at(plain, word)
    }
    return tuple(sorted(found))


def _met_at(plain: str, word: str) -> Iterator[int]:
    at = plain.find(word)
    while at >= 0:
        if at == 0 or not plain[at - 1].isalnum():
            yield at
        at = plain.find(word, at + 1)
    yield from parts(plain, word)


def _letter_by_letter(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters which one of the text it comes from."""
    letters: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(text):
        for plain in folded(letter):
            if plain != "a" or letters[-1:] != ["a"]:
                letters.append(plain)
                origins.append(at)
    return "".join(letters), origins
