"""The guide as plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from intake_tui.guide.ageing import to_check
from intake_tui.guide.model import AnyItem, Guide, Information, Language, Question
from intake_tui.guide.wording import spoken
from intake_tui.words import Words

WIDTH = 22  # of the column with ids


def guide_lines(guide: Guide, language: Language) -> Iterator[str]:
    """Each step with its items: id, then what is asked, told or offered; then the topics."""
    for step in guide.steps:
        yield f"{step.number} {step.title.at(language)}"
        for item in step.items:
            for number, text in enumerate(_texts(item, guide, language)):
                yield f"  {item.id if number == 0 else '':<{WIDTH}} {text}"
        yield ""
    for topic in guide.topics:
        yield topic.title.at(language)
        yield from (f"  {text}" for text in topic.text.at(language))
        yield f"  ({topic.source})"
        yield ""


def due_lines(guide: Guide, words: Words, today: dt.date) -> Iterator[str]:
    """Each text that is to be checked again, in a line: noted, and no mistake."""
    for each in to_check(guide, today):
        date = f"{each.check_again:%Y-%m-%d}"
        yield words("to_check.note", id=each.id, date=date, source=each.source)


def today() -> dt.date:
    """The day, here."""
    return dt.datetime.now(dt.UTC).astimezone().date()


def _texts(item: AnyItem, guide: Guide, language: Language) -> tuple[str, ...]:
    if isinstance(item, Information):
        texts = item.say.at(language)
    else:
        texts = ((item.ask if isinstance(item, Question) else item.about).at(language),)
    return tuple(spoken(text, guide, None, language) for text in texts)
