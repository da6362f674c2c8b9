"""How places, answers, kinds and times are said on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from intake_tui.guide.answers import STANCES, Stance
from intake_tui.guide.model import AnyItem, Guide, Information, Option, Question
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.record import Statement


def clock(at: dt.datetime) -> str:
    """The hour and minute here, such as 14:05."""
    return f"{at.astimezone():%H:%M}"


def joined_text(joining: Mapping[str, Any], words: Words, day: str = "%d.%m.%Y") -> str:
    """That two cases are one person, since which `day`, by whom and why."""
    one, other = joining["codes"]
    date = dt.datetime.fromisoformat(joining["at"]).astimezone().strftime(day)
    told = {"date": date, "name": joining["by"], "reason": joining["reason"]}
    return words("same_person.joined", one=one, other=other, **told)


def day(at: dt.datetime, today: dt.date, words: Words) -> str:
    """The day and time here: today 14:05; 22.11. 14:05 this year; 22.11.2025 before that."""
    here = at.astimezone()
    if here.date() == today:
        return words("contacts.today", at=f"{here:%H:%M}")
    if here.year == today.year:
        return f"{here:%d.%m. %H:%M}"
    return f"{here:%d.%m.%Y}"


def due_day(at: dt.datetime, today: dt.date, words: Words) -> str:
    """The day on which something is due: today, 22.11. this year, 22.11.2025 before that."""
    here = at.astimezone().date()
    if here == today:
        return words("points.today")
    return f"{here:%d.%m.}" if here.year == today.year else f"{here:%d.%m.%Y}"


def deadline_text(text: str, at: dt.datetime | None, today: dt.date, words: Words) -> str:
    """«Frist 15.11.: han hjem 15.30»: a pinned deadline, with its day where its words say that."""
    if at is None:
        return words("points.deadline", text=text)
    return words("points.deadline-on", day=due_day(at, today, words), text=text)


def place_name(guide: Guide, place: str, words: Words) -> str:
    """The short name of an item; its id where a centre has taken it out of its guide."""
    item = guide.by_id.get(place)
    return item.short.at(words.language) if item else place


def not_yet(item: AnyItem, words: Words) -> str:
    """What stands where an item has no answer: not asked, not told, not offered."""
    if isinstance(item, Information):
        return words("answers.not-told")
    return words("answers.not-offered" if isinstance(item, Option) else "answers.not-asked")


def answer_word(guide: Guide, place: str, value: str, words: Words) -> str:
    """The word for an item's answer: a choice's own, or the common one."""
    item = guide.by_id.get(place)
    if isinstance(item, Question):
        for choice in item.choices:
            if choice.id == value:
                return choice.word.at(words.language)
        if item.kind == "decision" or value in guide.by_id:
            return place_name(guide, value, words)
    if isinstance(item, Option) and value == "not-wanted":
        return words("answers.help-not-wanted")
    return words(f"answers.{value}") if words.has(f"answers.{value}") else value


def stance_word(stance: Stance, words: Words) -> str:
    """Whether an option was offered, and the person's own view of it."""
    value = next((value for value, other in STANCES.items() if other == stance), None)
    if value is None:
        return words("answers.not-offered")
    return words("answers.help-not-wanted" if value == "not-wanted" else f"answers.{value}")


def before_words(earlier: Iterable[str], words: Words) -> str:
    """What was answered first, in the order in which it was: «før: ja, vet ikke»."""
    return words("answers.before", value=", ".join(earlier))


def kind_word(kind: str, words: Words) -> str:
    """The word for a line's kind."""
    return words(f"answers.kind-{kind}")


def places_line(
    guide: Guide, places: Iterable[str], answers: Mapping[str, str], words: Words
) -> str:
    """The places of a line with their answers: Våpen: ja · Verre."""
    names = []
    for place in places:
        name = place_name(guide, place, words)
        value = answers.get(place)
        names.append(f"{name}: {answer_word(guide, place, value, words)}" if value else name)
    return " · ".join(names)


def in_words(statement: Statement, words: Words) -> str:
    """The text of a line, with its kind where it was neither told nor a quote."""
    if statement.kind in ("told", "quote"):
        return said(statement)
    return f"{kind_word(statement.kind, words)}: {statement.text}"


def said(statement: Statement) -> str:
    """The text of a line, in quotation marks where it is one."""
    return f"«{statement.text}»" if statement.kind == "quote" else statement.text


def as_said(kind: str, text: str) -> str:
    """A line's words; those of a quote between their marks."""
    return f"«{text}»" if kind == "quote" else text
