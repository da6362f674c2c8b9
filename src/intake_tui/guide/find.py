"""Finding an item by any word of it, or by what was just typed in the note line."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from intake_tui.guide.model import AnyItem, Guide, Language, Question

_Terms: TypeAlias = dict[tuple[str, ...], dict[int, float]]  # words: weight by item

_WORD = re.compile(r"[^\W_]+")
_SLOT = re.compile(r"\{\w+\}")
_STEM = 3  # letters: a word of the line that begins with so short a find word counts as it
_FOLDED = str.maketrans({"å": "a", "ø": "o", "æ": "e", "ö": "o", "ä": "e"})
_LAST = "\U0010ffff"
_KEPT = 4  # indexes kept: the present guide in a language or two, and an old record's


def find(
    guide: Guide,
    query: str,
    *,
    language: Language,
    line: str = "",
    step: int = 1,
    exclude: Collection[str] = (),
) -> list[AnyItem]:
    """The items that the query means, best first.

    Each word of the query has to begin some word of the item: of its short name (best), of its
    find words or id, or of its question (last). Registration comes last but in its own step. With
    an empty query come first the items whose words stand in `line`, then the other items of the
    step. `exclude` leaves ids out.
    """
    index = _index(guide, language)
    words = split(query)
    order = index.matching(words, step) if words else index.meant(line, step)
    return [item for n in order if (item := index.items[n]).id not in exclude]


def split(text: str) -> tuple[str, ...]:
    """The words of a text, composed and in lower case."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def folded(word: str) -> str:
    """The word as somebody without å, ø, æ on the keyboard types it."""
    plain = unicodedata.normalize("NFD", word.translate(_FOLDED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One word of an item: how good a place it stands in (0 best), and how far back in it."""

    item: int
    place: int
    position: int
    word: str


class _Index:
    """The words of a guide in one language, sorted for looking up by their beginnings."""

    def __init__(self, guide: Guide, language: Language) -> None:
        self.guide, self.language = guide, language
        self.items = tuple(item for item in guide.items() if guide.is_here(item))
        self.steps = tuple(guide.step_of[item.id] for item in self.items)
        entries = sorted(
            (
                (folded(entry.word), entry)
                for n, item in enumerate(self.items)
                for entry in _entries(n, item, language)
            ),
            key=lambda pair: (pair[0], pair[1].item, pair[1].place, pair[1].position),
        )
        self._words = [word for word, _ in entries]
        self._entries = [entry for _, entry in entries]
        self._terms = _terms(self.items, language)
        self._longest = max((len(term) for term in self._terms), default=1)

    def matching(self, words: tuple[str, ...], step: int) -> list[int]:
        """The items in which every word begins some word, best first."""
        found = [self._best(word) for word in words]
        everywhere = set(found[0]).intersection(*found[1:])

        def rank(item: int) -> tuple[bool, int, bool, int, int]:
            ranks = [best[item] for best in found]
            place = max(place for place, _ in ranks)
            elsewhere = self.steps[item] != step
            counted = elsewhere and self._counts(item)
            return counted, place, elsewhere, sum(fine for _, fine in ranks), item

        return sorted(everywhere, key=rank)

    def _counts(self, item: int) -> bool:
        """Whether it is registration, which comes after all that is asked in the conversation."""
        found = self.items[item]
        return isinstance(found, Question) and found.kind == "registration"

    def _best(self, word: str) -> dict[int, tuple[int, int]]:
        """Where the word is met best in each item: its place, and how closely (0 best)."""
        plain = folded(word)
        best: dict[int, tuple[int, int]] = {}
        start = bisect_left(self._words, plain)
        end = bisect_left(self._words, plain + _LAST, start)
        for entry in self._entries[start:end]:
            fine = 0 if entry.word == word else 1 if entry.word.startswith(word) else 20
            rank = (entry.place, fine + min(entry.position, 5) * 2)
            if rank < best.get(entry.item, (9, 99)):
                best[entry.item] = rank
        return best

    def meant(self, line: str, step: int) -> list[int]:
        """The items whose words stand in the line, then the others that the step's list shows."""
        scores: dict[int, float] = {}
        for weights in self._terms_in(split(line)):
            for item, weight in weights.items():
                scores[item] = scores.get(item, 0.0) + weight
        first = sorted(scores, key=lambda n: (-scores[n], self.steps[n] != step, n))
        others = (
            n
            for n, item in enumerate(self.items)
            if self.steps[n] == step and not item.hidden and n not in scores
        )
        return [*first, *others]

    def _terms_in(self, words: tuple[str, ...]) -> Iterator[dict[int, float]]:
        seen: set[tuple[str, ...]] = set()
        for start in range(len(words)):
            for length in range(1, min(self._longest, len(words) - start) + 1):
                for term in _stems(words[start : start + length]):
                    if term in self._terms and term not in seen:
                        seen.add(term)
                        yield self._terms[term]


def _stems(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and with the last one cut shorter and shorter: drikker, drikke, drikk."""
    *before, last = words
    yield words
    for length in range(len(last) - 1, _STEM - 1, -1):
        yield (*before, last[:length])


def _terms(
    items: tuple[AnyItem, ...], language: Language
) -> dict[tuple[str, ...], dict[int, float]]:
    """What to look for in a line, and how much it says about each item: rare and long says more."""
    terms: _Terms = {}
    for n, item in enumerate(items):
        for text in (item.short.at(language), *item.find.at(language)):
            if words := split(text):
                terms.setdefault(words, {})[n] = 1.0
    return {
        words: {n: (len(words) + len("".join(words)) / 20) / len(found) for n in found}
        for words, found in terms.items()
    }


def _entries(n: int, item: AnyItem, language: Language) -> Iterator[_Entry]:
    yield from _of(n, 0, item.short.at(language))
    yield from _of(n, 1, item.id)
    for text in item.find.at(language):
        yield from _of(n, 1, text)
    if isinstance(item, Question):
        for choice in item.choices:
            yield from _of(n, 1, choice.word.at(language))
        yield from _of(n, 2, _SLOT.sub("", item.ask.at(language)))


def _of(n: int, place: int, text: str) -> Iterator[_Entry]:
    for position, word in enumerate(split(text)):
        yield _Entry(n, place, position, word)


_indexes: list[_Index] = []


def _index(guide: Guide, language: Language) -> _Index:
    for index in _indexes:
        if index.guide is guide and index.language == language:
            return index
    index = _Index(guide, language)
    _indexes[_KEPT - 1 :] = []
    _indexes.insert(0, index)
    return index
