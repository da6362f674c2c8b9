"""A topic is found by any of its words, in each language, and never stands in a place's way."""

import pytest

from intake_tui.guide.find import find, split
from intake_tui.guide.find_topics import find_topics
from intake_tui.guide.model import LANGUAGES, Guide, Language


def ids(guide: Guide, query: str, language: Language = "nb") -> list[str]:
    return [topic.id for topic in find_topics(guide, query, language=language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_word_finds_its_topic(guide: Guide, language: Language) -> None:
    for topic in guide.topics:
        said = (topic.title.at(language), *topic.find.at(language), *topic.text.at(language))
        for word in {word for text in said for word in split(text)}:
            assert topic.id in ids(guide, word, language), word


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("tolk", "using-an-interpreter"),
        ("sprak", "using-an-interpreter"),
        ("æresrel", "when-honour-is-at-stake"),
        ("udi", "staying-in-norway"),
        ("barnev meld", "the-two-duties"),
        ("erstatning", "keeping-the-journal"),
        ("rullest", "an-adapted-offer"),
    ],
)
def test_what_is_called_so_comes_first(guide: Guide, query: str, wanted: str) -> None:
    assert ids(guide, query)[0] == wanted


@pytest.mark.parametrize("query", ["", "  ", "xyzzy", "tolk xyzzy"])
def test_no_word_or_a_strange_one_finds_none(guide: Guide, query: str) -> None:
    assert ids(guide, query) == []


def test_places_are_found_without_topics(guide: Guide) -> None:
    topics = {topic.id for topic in guide.topics}
    assert not topics & {item.id for item in find(guide, "tolk", language="nb")}
    assert not topics & {item.id for item in find(guide, "", language="nb", line="tolk")}
