"""The guide as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from intake_tui.guide.model import AnyItem, Guide, Information, Language, Question
from intake_tui.guide.wording import spoken

WIDTH = 22  # of the column with ids


def guide_lines(guide: Guide, language: Language) -> Iterator[str]:
    """Each step with its items: id, then what is asked, told or offered."""
    for step in guide.steps:
        yield f"{step.number} {step.title.at(language)}"
        for item in step.items:
            for number, text in enumerate(_texts(item, guide, language)):
                yield f"  {item.id if number == 0 else '':<{WIDTH}} {text}"
        yield ""


def _texts(item: AnyItem, guide: Guide, language: Language) -> tuple[str, ...]:
    if isinstance(item, Information):
        texts = item.say.at(language)
    else:
        texts = ((item.ask if isinstance(item, Question) else item.about).at(language),)
    return tuple(spoken(text, guide, None, language) for text in texts)
