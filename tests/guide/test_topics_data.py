"""The topics that come with the program: complete, short, with sources, and in our own words."""

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest

from intake_tui.guide.model import LANGUAGES, Guide, Topic
from intake_tui.guide.requirements import REQUIREMENTS
from intake_tui.guide.texts import texts

CHECKED = dt.date(2026, 11, 27)
POINTS = 7  # at most: what can be taken in beside a call
RUN = 6  # words: so many in a row are no chance
SOURCE_RUNS = frozenset((Path(__file__).parent / "source_runs.txt").read_text().split())
"""Each run of six words in the chapter that the guide follows: the first 32 bits of its SHA-256.

So the test can tell that no sentence of it is used here, and the chapter need not lie here.
"""


def runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def mark(run: str) -> str:
    return hashlib.sha256(run.encode()).hexdigest()[:8]


@pytest.fixture(params=[f"MORE-{n}" for n in range(1, 11)])
def topic(guide: Guide, request: pytest.FixtureRequest) -> Topic:
    (topic,) = (each for each in guide.topics if request.param in each.covers)
    return topic


def test_each_has_one_topic_and_there_are_no_others(guide: Guide) -> None:
    covered = [id_ for topic in guide.topics for id_ in topic.covers]
    assert sorted(covered) == sorted(id_ for id_, kind in REQUIREMENTS.items() if kind == "topic")


def test_a_topic_has_as_many_points_in_each_language(topic: Topic) -> None:
    for code in LANGUAGES:
        points = topic.text.at(code)
        assert 4 <= len(points) <= POINTS
        assert all(point.startswith("- ") for point in points)
    assert len({len(topic.text.at(code)) for code in LANGUAGES}) == 1


def test_a_topic_is_translated(topic: Topic) -> None:
    for nb, nn, en in zip(topic.text.nb, topic.text.nn, topic.text.en, strict=True):
        assert len({nb, nn, en}) == 3
    assert topic.title.en not in (topic.title.nb, topic.title.nn)


def test_every_topic_says_where_it_is_from_and_when_that_was_read(topic: Topic) -> None:
    assert topic.checked == CHECKED
    assert CHECKED < topic.check_again <= CHECKED.replace(year=2027)
    if "2026" in topic.source:
        assert topic.check_again <= dt.date(2027, 2, 23)  # what the amended act touches


def test_a_topic_stands_with_something_that_a_step_shows(guide: Guide, topic: Topic) -> None:
    shown = {item.id for item in guide.items() if not item.hidden}
    assert shown & set(topic.about)


def test_the_sources_own_sentences_are_nowhere_in_the_guide(guide: Guide) -> None:
    parts = [*guide.items(), *guide.hints, *guide.signals, *guide.rules, *guide.topics]
    said = [text for part in parts for _, language, text in texts(part) if language != "en"]
    ours = {run for text in said for run in runs(text)}
    assert len(ours) > 1500
    assert not {run for run in ours if mark(run) in SOURCE_RUNS}
