"""The texts of a guide's entries, by the key under which they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from intake_tui.guide.model import LANGUAGES, Information, Language, Question, WordLists, Words

_NOT_READ = ("find", "loaded")  # words to look up by; nobody is shown them


def texts(value: BaseModel) -> Iterator[tuple[str, Language, str]]:
    """Every text that somebody may read or hear: key (`ask.nb`), language, text."""
    for name in type(value).model_fields:
        held = getattr(value, name)
        if name in _NOT_READ:
            continue
        if isinstance(held, Words):
            yield from ((f"{name}.{code}", code, held.at(code)) for code in LANGUAGES)
        elif isinstance(held, WordLists):
            yield from ((f"{name}.{code}", code, t) for code in LANGUAGES for t in held.at(code))


def spoken_texts(value: BaseModel) -> Iterator[tuple[str, Language, str]]:
    """The texts that are said aloud: a spoken question, the sentences of information."""
    if isinstance(value, Question) and value.spoken:
        yield from (row for row in texts(value) if row[0].startswith("ask."))
    elif isinstance(value, Information):
        yield from (row for row in texts(value) if row[0].startswith("say."))
