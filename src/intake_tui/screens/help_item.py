"""What the guide says of one item: all its hints, what to say, and where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from intake_tui.guide.model import AnyItem, Guide, Information, Option, Question
from intake_tui.guide.wording import sentences, spoken
from intake_tui.widgets.ageing import source_line
from intake_tui.widgets.row_layout import Row
from intake_tui.words import Words


def item_rows(
    item: AnyItem, guide: Guide, pronoun: str | None, words: Words, today: dt.date
) -> Iterator[Row]:
    """The item's own words, then each hint as a paragraph, then its source and date."""
    language = words.language
    yield Row(item.short.at(language), look="heading")
    if isinstance(item, Question):
        yield Row(spoken(item.ask.at(language), guide, pronoun, language), look="strong")
    elif isinstance(item, Information):
        yield from (Row(sentence) for sentence in sentences(item, guide, pronoun, language))
    elif isinstance(item, Option):
        yield Row(item.about.at(language))
    if item.supplement:
        yield Row(words("help.supplement"), look="quiet")
    if said := source_line(item, today, words):
        yield Row(said, look="quiet")
    for hint in guide.hints_about.get(item.id, ()):
        yield Row()
        yield Row(hint.text.at(language))
        if said := source_line(hint, today, words):
            yield Row(said, look="quiet")
    yield Row()
