"""What the guide says of one item: all its hints, what to say, and where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from intake_tui.guide.model import AnyItem, Guide, Hint, Information, Option, Question
from intake_tui.guide.wording import sentences, spoken
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
    yield from _source(item, words, today)
    for hint in guide.hints_about.get(item.id, ()):
        yield Row()
        yield Row(hint.text.at(language))
        yield from _source(hint, words, today)
    yield Row()


def _source(known: AnyItem | Hint, words: Words, today: dt.date) -> Iterator[Row]:
    if known.source is None or known.checked is None:
        return
    checked = words("akutt.checked", date=f"{known.checked:%d.%m.%Y}")
    if known.check_again is not None and today >= known.check_again:
        checked = f"{checked} · {words('akutt.to-check')}"
    yield Row(words("help.source", source=known.source, checked=checked), look="quiet")
