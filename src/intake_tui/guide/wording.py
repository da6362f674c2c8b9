"""The spoken words, made whole for the person feared."""

from __future__ import annotations

import re

from intake_tui.guide.model import Guide, Information, Language, Pronoun

SLOTS = ("subject", "object", "possessive")
NOT_CHOSEN = "not-chosen"

_SLOT = re.compile(r"\{(\w+)\}")
# «den du er redd for» brings the comma that a clause needs; before another mark it is one too many.
_EXTRA_COMMA = re.compile(r",(?=\s*[,.;:!?]|\s*$)")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?]\s))\{(\w+)\}")


def spoken(text: str, guide: Guide, pronoun: str | None, language: Language) -> str:
    """The text with {subject}, {object}, {possessive} filled.

    `pronoun` is the id of one of the guide's pronouns; None, or an id that is not one of them
    (such as the answer *unknown*), gives the words that stand before one is chosen.
    """
    if "{" not in text:
        return text
    words = _words(guide, pronoun, language)
    text = _SENTENCE_START.sub(lambda slot: _capital(words.get(slot[1], slot[0])), text)
    text = _SLOT.sub(lambda slot: words.get(slot[1], slot[0]), text)
    return _EXTRA_COMMA.sub("", text)


def sentences(
    item: Information, guide: Guide, pronoun: str | None, language: Language
) -> tuple[str, ...]:
    """What is said aloud of a piece of information, sentence by sentence, made whole."""
    return tuple(spoken(text, guide, pronoun, language) for text in item.say.at(language))


def _words(guide: Guide, pronoun: str | None, language: Language) -> dict[str, str]:
    by_id = {known.id: known for known in guide.pronouns}
    chosen = by_id.get(pronoun or NOT_CHOSEN) or by_id.get(NOT_CHOSEN)
    return {} if chosen is None else {slot: _word(chosen, slot, language) for slot in SLOTS}


def _word(pronoun: Pronoun, slot: str, language: Language) -> str:
    words = {
        "subject": pronoun.subject,
        "object": pronoun.object,
        "possessive": pronoun.possessive,
    }
    return words[slot].at(language)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
