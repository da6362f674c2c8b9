"""Whether the texts of a guide can be said aloud, fit on the screen, and know their sources."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from pydantic import BaseModel

from intake_tui.guide.build import Built
from intake_tui.guide.findings import Finding
from intake_tui.guide.model import (
    LANGUAGES,
    Duty,
    Guide,
    Hint,
    Information,
    Item,
    Language,
    Number,
    Option,
    Question,
    Signal,
    Topic,
    WordLists,
    Words,
)
from intake_tui.guide.texts import spoken_texts, texts
from intake_tui.guide.wording import SLOTS, spoken

LONGEST_SENTENCE = 15  # words, with the words that stand before a pronoun is chosen
LONGEST_SHORT = 24  # characters: what a chip has room for
LONGEST_CHOICE = 80  # characters: two rows beside a label
LONGEST_HINT = 220  # characters: three rows of 76 with the ends of lines
LONGEST_TITLE = 60  # characters: what has room beside the number of the page
LONGEST_TOPIC = 12  # lines of 76 columns: half a screen
COLUMNS = 76

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_WORD = re.compile(r"[\w-]+")
_BRACES = re.compile(r"\{([^}]*)\}")
_LEGAL = re.compile(
    r"§|\b\w*plikt\w*|\b\w*loven\b|\b\w*lova\b|\bforskrift\w*"
    r"|\bdut(?:y|ies)\b|\bby law\b|\bthe law\b|\bact of\b|\bregulations?\b|\d+",
    re.IGNORECASE,
)
_NEEDED = ("say", "text")  # lists that no language may lack
_NOT_LATER = "`check_again` has to be later than `checked`"
_AGEING = ("source", "checked", "check_again")


def check_texts(built: Built, guide: Guide) -> Iterator[Finding]:
    """Everything that is wrong with the texts of the entries."""
    known = {id_ for signal in guide.signals for id_ in signal.known}
    for entry in built.entries:
        if isinstance(entry.value, Hint) and entry.id in known and (gaps := _undated(entry.value)):
            yield entry.finding(f"stands under a remark as known, so it needs {', '.join(gaps)}")
        for check in (_gaps, _slots, _short, _sources):
            yield from (entry.finding(text) for text in check(entry.value))
        for key, language, text in spoken_texts(entry.value):
            yield from (entry.finding(f"`{key}` {what}") for what in _said(text, guide, language))
        if isinstance(entry.value, Topic):
            yield from (entry.finding(text) for text in _topic(entry.value, guide))
    for code in LANGUAGES:
        if not guide.loaded.at(code):
            yield Finding("wording.toml", 1, "loaded", f"`{code}` is missing")


def _said(text: str, guide: Guide, language: Language) -> Iterator[str]:
    for word in loaded_words(text, guide.loaded.at(language)):
        yield f"is said aloud and holds the loaded word «{word}»; say what happens instead"
    for sentence in _SENTENCE_END.split(spoken(text, guide, None, language)):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield f"is too long to say aloud: {words} words, at most {LONGEST_SENTENCE} a sentence"


def _topic(topic: Topic, guide: Guide) -> Iterator[str]:
    for code in LANGUAGES:
        lines = sum(len(textwrap.wrap(text, COLUMNS)) for text in topic.text.at(code))
        if lines > LONGEST_TOPIC:
            yield f"`text.{code}` takes {lines} lines of {COLUMNS} columns, at most {LONGEST_TOPIC}"
    if topic.check_again <= topic.checked:
        yield _NOT_LATER
    needed = {word.casefold() for word in topic.loaded}
    found = {
        (key, word)
        for key, code, text in texts(topic)
        for word in loaded_words(text, guide.loaded.at(code))
    }
    for key, word in sorted(found):
        if word.casefold() not in needed:
            yield (
                f"`{key}` holds the loaded word «{word}»; say what happens instead,"
                " or name it in `loaded` where the topic cannot do without it"
            )
    said = {word.casefold() for _, _, text in texts(topic) for word in _WORD.findall(text)}
    for word in sorted(needed - said):
        yield f"`loaded` names «{word}», which stands nowhere in its texts; take it out"


def loaded_words(text: str, patterns: tuple[str, ...]) -> Iterator[str]:
    """The words of a text that one of the patterns names: `word`, `word*`, `*word`, `*word*`."""
    if not patterns:
        return
    any_of = "|".join(re.escape(pattern).replace(r"\*", r"[\w-]*") for pattern in patterns)
    named = re.compile(any_of, re.IGNORECASE)
    for word in _WORD.findall(_BRACES.sub(" ", text)):
        if any(named.fullmatch(part) for part in (word, *word.split("-"))):
            yield word


def _gaps(value: BaseModel) -> Iterator[str]:
    for name in type(value).model_fields:
        held = getattr(value, name)
        if isinstance(held, WordLists) and (any(map(held.at, LANGUAGES)) or name in _NEEDED):
            yield from (f"`{name}.{code}` is missing" for code in LANGUAGES if not held.at(code))
    if isinstance(value, Information) and _lengths(value.say) > 1:
        yield "`say` has not as many sentences in each language"
    yield from (f"`{key}` is empty" for key, _, text in texts(value) if not text.strip())


def _lengths(lists: WordLists) -> int:
    return len({len(held) for code in LANGUAGES if (held := lists.at(code))})


def _slots(value: BaseModel) -> Iterator[str]:
    slotted = isinstance(value, Question | Information)
    for key, _, text in texts(value):
        known = SLOTS if slotted and key.startswith(("ask.", "say.")) else ()
        for slot in _BRACES.findall(text):
            if slot not in known:
                usable = ", ".join(f"{{{name}}}" for name in known) or "none here"
                yield f"`{key}` has the unknown slot {{{slot}}}; known are {usable}"


def _short(value: BaseModel) -> Iterator[str]:
    if isinstance(value, Item):
        yield from _room("short", value.short, LONGEST_SHORT)
    elif isinstance(value, Topic):
        yield from _room("short", value.short, LONGEST_SHORT)
        yield from _room("title", value.title, LONGEST_TITLE)
    elif isinstance(value, Hint):
        yield from _room("text", value.text, LONGEST_HINT)
    elif isinstance(value, Duty):
        yield from _duty(value)
    if isinstance(value, Option | Signal | Duty):
        yield from _room("about", value.about, LONGEST_HINT)


def _duty(duty: Duty) -> Iterator[str]:
    for name in ("name", "asks_ground", "asks_certain"):
        yield from _room(name, getattr(duty, name), LONGEST_SHORT)
    for name in ("ground", "certain", "way"):
        for choice in getattr(duty, name):
            yield from _room(f"{name} {choice.id}", choice.word, LONGEST_CHOICE)


def _room(name: str, words: Words, longest: int) -> Iterator[str]:
    for code in LANGUAGES:
        length = len(words.at(code))
        if length > longest:
            yield f"`{name}.{code}` has {length} characters, at most {longest}"


def _undated(value: BaseModel) -> list[str]:
    return [key for key in _AGEING if getattr(value, key) is None]


def _sources(value: BaseModel) -> Iterator[str]:
    if not {*_AGEING} <= type(value).model_fields.keys() or isinstance(value, Number):
        return
    missing = _undated(value)
    checked, again = getattr(value, "checked", None), getattr(value, "check_again", None)
    legal = next((found[0] for _, _, text in texts(value) if (found := _LEGAL.search(text))), None)
    if missing and legal:
        yield f"«{legal}» is law or a number, so it needs {', '.join(missing)}"
    elif missing and isinstance(value, Information):
        yield f"what is told to people grows old, so it needs {', '.join(missing)}"
    elif missing and len(missing) < len(_AGEING):
        yield f"{', '.join(missing)} is missing: source, checked and check_again go together"
    if checked and again and again <= checked:
        yield _NOT_LATER
