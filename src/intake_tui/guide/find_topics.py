"""Finding a topic by any word of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from intake_tui.guide.find import folded, split
from intake_tui.guide.model import Guide, Language, Topic

_NAMES, _TEXT = 0, 1  # how good a place a word stands in
_ENOUGH = 4  # letters that a word is looked for with in the text: fewer begin too much there


def find_topics(guide: Guide, query: str, *, language: Language) -> list[Topic]:
    """The topics in which each word of the query begins some word, best first.

    Best are those that have it in their names or find words; then come those that have it in their
    text, where it is long enough to mean something. None for an empty query: what is looked for
    then is a place for the line.
    """
    words = tuple(folded(word) for word in split(query))
    if not words:
        return []
    ranks = [(_rank(topic, words, language), topic) for topic in guide.topics]
    found = [(rank, topic) for rank, topic in ranks if rank is not None]
    return [topic for _, topic in sorted(found, key=lambda pair: pair[0])]


def _rank(topic: Topic, words: tuple[str, ...], language: Language) -> int | None:
    places = []
    for word in words:
        place = _place(topic, word, language)
        if place is None:
            return None
        places.append(place)
    return max(places)


def _place(topic: Topic, word: str, language: Language) -> int | None:
    names = (topic.short.at(language), topic.title.at(language), *topic.find.at(language))
    if any(there.startswith(word) for there in _folded(names)):
        return _NAMES
    if word in _folded(texts := topic.text.at(language)):
        return _TEXT
    begun = len(word) >= _ENOUGH and any(there.startswith(word) for there in _folded(texts))
    return _TEXT if begun else None


@lru_cache(maxsize=256)
def _folded(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The words of texts; kept, as each key of the query asks for them again."""
    return tuple(_each(texts))


def _each(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        yield from (folded(word) for word in split(text))
