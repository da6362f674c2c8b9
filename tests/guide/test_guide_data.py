"""What our own guide has to hold beyond what the check asks of every guide."""

import datetime as dt
import re

import pytest
from pydantic import BaseModel

from intake_tui.guide.check_texts import loaded_words
from intake_tui.guide.model import (
    LANGUAGES,
    Guide,
    Hint,
    Information,
    Option,
    Question,
    Rule,
    Signal,
    Topic,
    Words,
)
from intake_tui.guide.requirements import REQUIREMENTS
from intake_tui.guide.texts import spoken_texts, texts

CHECKED = dt.date(2026, 11, 23)
LAST_READ = dt.date(2026, 11, 27)


def parts(guide: Guide) -> list[BaseModel]:
    return [*guide.items(), *guide.hints, *guide.signals, *guide.rules, *guide.topics]


KINDS = {
    "told": Information,
    "option": Option,
    "guidance": Hint,
    "signal": Signal,
    "rule": Rule,
    "topic": Topic,
}


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_every_requirement_is_served_by_its_own_kind(guide: Guide, requirement: str):
    kind = REQUIREMENTS[requirement]
    serving = [part for part in parts(guide) if requirement in part.covers]
    if kind in KINDS:
        assert any(isinstance(part, KINDS[kind]) for part in serving)
    else:
        assert any(getattr(part, "kind", "") == kind for part in serving)


def test_nothing_serves_more_than_three(guide: Guide):
    assert max(len(part.covers) for part in parts(guide)) <= 3


def test_every_place_has_the_requirement_as_its_id(guide: Guide):
    beside = {"guidance", "rule", "topic"}
    own = {id_ for id_, kind in REQUIREMENTS.items() if kind not in beside} - {"NOTE-2"}
    assert own | {"HELP-6"} <= guide.by_id.keys()
    for id_ in own:
        assert id_ in guide.by_id[id_].covers


def test_what_goes_beyond_the_source_says_so(guide: Guide):
    beyond = {item.id for item in guide.items() if item.supplement}
    assert beyond == {
        *("safe-to-talk", "safe-callback", "choking", "threats-to-kill", "pets", "contact-ban"),
        *("contact-ban-broken", "called"),
    }
    assert all(not item.covers for item in guide.items() if item.supplement)


def test_what_must_not_count_is_named(guide: Guide):
    silent = {q.id for q in guide.items() if isinstance(q, Question) and not q.may_decide}
    assert silent == {"municipality", "residence-permit", "asylum", "trafficking"}


def test_the_three_languages_differ_where_they_should(guide: Guide):
    for part in parts(guide):
        for name in type(part).model_fields:
            words = getattr(part, name)
            if isinstance(words, Words) and len(words.en.split()) > 3:
                assert words.en not in (words.nb, words.nn), (part.id, name)
            if isinstance(words, Words) and len(words.nb.split()) > 9:
                assert words.nb != words.nn, (part.id, name)


# Words that one of the two written forms of Norwegian has and the other has not.
ONLY_NB = frozenset(
    "ikke jeg hva hvem hvor hvordan hvis noe noen fra bare også hun mer være blitt".split()  # noqa: SIM905
)
ONLY_NN = frozenset(
    "ikkje eg kva kven kvar korleis noko nokon frå berre òg ho meir vere vorte no".split()  # noqa: SIM905
)


def test_neither_norwegian_leaks_into_the_other(guide: Guide):
    for part in [*parts(guide), *guide.steps, *guide.numbers]:
        for key, language, text in texts(part):
            words = set(re.findall(r"\w+", text.lower()))
            if language == "nb":
                assert not words & ONLY_NN, (key, text)
            if language == "nn":
                assert not words & ONLY_NB, (key, text)


def test_nothing_heard_holds_a_loaded_word(guide: Guide):
    heard = [row for item in guide.items() for row in spoken_texts(item)]
    assert len(heard) > 200
    for _, language, text in heard:
        assert not list(loaded_words(text, guide.loaded.at(language))), text


@pytest.mark.parametrize(
    "word", ["vold", "utøver", "overgriper", "offer", "misbruk", "mishandling"]
)
def test_the_words_that_were_named_are_listed(guide: Guide, word: str):
    assert list(loaded_words(word, guide.loaded.nb)) == [word]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voldsutøveren, og partnervold.", ["Voldsutøveren", "partnervold"]),
        ("offer-perspektiv", ["offer-perspektiv"]),
        ("krenkelser", ["krenkelser"]),
        ("tilbudet og den vi tilbyr", []),
        ("Offerdal", []),
    ],
)
def test_a_loaded_word_counts_as_a_word_or_in_a_compound(guide: Guide, text: str, found: list[str]):
    assert list(loaded_words(text, guide.loaded.nb)) == found


@pytest.mark.parametrize("text", ["The battery is low.", "We offer a room.", "A violet coat."])
def test_words_that_only_look_alike_are_left_alone(guide: Guide, text: str):
    assert not list(loaded_words(text, guide.loaded.en))


def test_whatever_ages_was_checked_and_will_be_again(guide: Guide):
    ageing = [part for part in [*parts(guide), *guide.numbers] if getattr(part, "source", None)]
    assert len(ageing) > 30
    for part in ageing:
        assert CHECKED <= part.checked <= LAST_READ
        assert CHECKED < part.check_again <= CHECKED.replace(year=2027)


def test_what_the_amended_act_touches_is_checked_sooner(guide: Guide):
    for part in parts(guide):
        if "krisesenterlova" in (getattr(part, "source", None) or ""):
            assert part.check_again <= dt.date(2027, 2, 23), part.id


def test_emergency_numbers_are_there(guide: Guide):
    assert [number.number for number in guide.numbers if number.akutt] == ["112", "113"]
    assert {n.number for n in guide.numbers} >= {"116 117", "02800", "116 006", "116 111"}
    for number in guide.numbers:
        assert number.id == number.number.replace(" ", "")


def test_the_most_specific_hint_comes_first(guide: Guide):
    general = {"THREAT-0", "THREAT-15", "four-answers", "OPEN-0", "INFO-0", "no-signals"}
    for item in guide.items():
        hints = [hint.id in general for hint in guide.hints_about.get(item.id, ())]
        assert hints == sorted(hints), item.id


def test_the_step_bar_fits(guide: Guide):
    for code in LANGUAGES:
        bar = " ".join(f"{step.number} {step.tab.at(code)}" for step in guide.steps)
        assert len(bar) <= 78, (code, len(bar))


def test_the_fixed_choices(guide: Guide):
    ids = {id_: [choice.id for choice in guide.question(id_).choices] for id_ in FIXED}
    assert ids == FIXED


FIXED = {
    "INV-1": ["telephone", "walk-in", "brought-by-service", "brought-by-police"],
    "INV-2": ["accepted", "declined", "later"],
    "INV-3": ["telephone", "in-person", "none"],
    "OPEN-7": ["alone", "with-others"],
    "THREAT-1": ["one", "several"],
    "pronoun": ["he", "she", "they"],
    "caller": ["she", "he", "they"],
    "decision": ["HELP-1", "HELP-2", "HELP-3", "HELP-4", "HELP-5", "HELP-6"],
    "unit": ["stay", "visit", "telephone", "no-data"],
}


def test_an_answer_speaks_against_an_option_only_where_the_source_says_so(guide: Guide):
    against = {
        (option.id, against.question, against.is_)
        for option in guide.items()
        if isinstance(option, Option)
        for against in option.against
    }
    assert against == {("HELP-4", "police", "no")}


def test_only_the_unclear_picture_is_the_counsellors_own_choice(guide: Guide):
    own = [item.id for item in guide.items() if isinstance(item, Option) and item.own_choice]
    assert own == ["HELP-6"]
    assert guide.by_id["HELP-6"].considers == ()
