"""The spoken words, with the words for the person feared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.guide.load import load
from intake_tui.guide.model import LANGUAGES, Guide, Language
from intake_tui.guide.texts import spoken_texts
from intake_tui.guide.wording import spoken

PRONOUNS = (None, "he", "she", "they")


@pytest.mark.parametrize(
    ("pronoun", "language", "words"),
    [
        (None, "nb", "Kan den du er redd for, få tak i våpen?"),
        ("he", "nb", "Kan han få tak i våpen?"),
        ("she", "nb", "Kan hun få tak i våpen?"),
        ("they", "nb", "Kan de få tak i våpen?"),
        (None, "nn", "Kan den du er redd for, få tak i våpen?"),
        ("she", "nn", "Kan ho få tak i våpen?"),
        ("they", "nn", "Kan dei få tak i våpen?"),
        (None, "en", "Can the person you are afraid of get hold of weapons?"),
        ("they", "en", "Can they get hold of weapons?"),
    ],
)
def test_weapons(guide: Guide, pronoun: str | None, language: Language, words: str):
    assert spoken(guide.question("THREAT-10").ask.at(language), guide, pronoun, language) == words


@pytest.mark.parametrize("pronoun", ["unknown", "declined", "no-such", ""])
def test_no_pronoun_chosen_is_the_same_whatever_the_answer_says(guide: Guide, pronoun: str):
    ask = guide.question("THREAT-8").ask.nb
    assert spoken(ask, guide, pronoun, "nb") == "Er det barn hos den du er redd for, nå?"


def test_objects_and_possessives(guide: Guide):
    text = "Hva sier familien {possessive} til {object}?"
    assert spoken(text, guide, "she", "nb") == "Hva sier familien hennes til henne?"
    assert spoken("Kva gjer familien {possessive}?", guide, "they", "nn") == (
        "Kva gjer familien deira?"
    )
    assert spoken("Who is {possessive} brother?", guide, "he", "en") == "Who is his brother?"


def test_the_comma_goes_where_another_mark_stands(guide: Guide):
    assert spoken("Bor du hos {object}?", guide, None, "nb") == "Bor du hos den du er redd for?"
    assert spoken("Når {subject}, da", guide, None, "nb") == "Når den du er redd for, da"
    assert spoken("Hos {object}", guide, None, "nb") == "Hos den du er redd for"


def test_a_sentence_begins_with_a_capital(guide: Guide):
    text = "{subject} ringer. {subject} venter. Da kommer {subject}."
    assert spoken(text, guide, "he", "nb") == "Han ringer. Han venter. Da kommer han."


def test_a_text_without_slots_stays_as_it_is(guide: Guide):
    assert spoken("Hos oss,", guide, "he", "nb") == "Hos oss,"


def test_everything_said_reads_well_with_every_pronoun(guide: Guide):
    for item in guide.items():
        for _, language, text in spoken_texts(item):
            for pronoun in PRONOUNS:
                words = spoken(text, guide, pronoun, language)
                assert not re.search(r"[{}]|,[,.;:!?]|\s[,.?!]|\s\s|^\s|\s$|,$", words), words
                assert words[0] == words[0].upper()
                assert words[-1] in ".?!"


def test_english_verbs_stand_with_he_and_with_they(guide: Guide):
    agreeing = r"\b(does|do|is|are|has|have|was|were)(n't)? \{subject\}"
    bent = r"\{subject\} (is|are|has|have|was|were|does|do|\w+s)\b"
    for item in guide.items():
        for _, language, text in spoken_texts(item):
            if language == "en":
                assert not re.search(f"{agreeing}|{bent}", text, re.IGNORECASE), text


AFTER = {
    "nb": r"\b(hos|til|av|med|mot|for|fra)",
    "nn": r"\b(hos|til|av|med|mot|for|frå)",
    "en": r"\b(on|with|of|to|for|from|by|about)",
}


def test_after_a_preposition_stands_the_object(guide: Guide):
    for item in guide.items():
        for _, language, text in spoken_texts(item):
            assert not re.search(rf"{AFTER[language]} \{{subject\}}", text), text
            assert not re.match(r"\{object\}", text), text


GUIDE = load()
TEXTS = [
    (text, language)
    for item in GUIDE.items()
    for _, language, text in spoken_texts(item)
    if "{" in text
]


@given(st.sampled_from(TEXTS), st.sampled_from(PRONOUNS[1:]))
def test_only_the_slots_change(row: tuple[str, Language], pronoun: str):
    text, language = row
    words = spoken(text, GUIDE, pronoun, language)
    pieces = re.split(r"\{\w+\}", text)
    assert words.startswith(pieces[0])
    assert words.endswith(pieces[-1])


def test_every_language_has_its_own_words_for_the_four(guide: Guide):
    assert [pronoun.id for pronoun in guide.pronouns] == ["not-chosen", "he", "she", "they"]
    for code in LANGUAGES:
        assert len({pronoun.subject.at(code) for pronoun in guide.pronouns}) == 4
