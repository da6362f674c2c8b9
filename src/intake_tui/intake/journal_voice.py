"""The words that the note adds to what was said: the guide's own, in the note's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from intake_tui.guide.model import Guide, Language, Option, Question
from intake_tui.intake.quotes import QUOTED

_QUOTED = re.compile(f"({QUOTED.pattern})")
_ENDS = ".!?…:;"
_FEW = 3  # words; a shorter line says nothing without its question


@dataclass(frozen=True, slots=True)
class Voice:
    """A guide speaking one language."""

    guide: Guide
    language: Language

    def phrase(self, name: str) -> str:
        """One of the note's few fixed words."""
        return self.guide.journal.phrases[name].at(self.language)

    def short(self, place: str) -> str:
        """What an item is called."""
        item = self.guide.by_id.get(place)
        return item.short.at(self.language) if item else place

    def names_of(self, places: Iterable[str]) -> str:
        """What items are called, at the beginning of a sentence."""
        return ", ".join(self.short(place) for place in places)

    def names(self, places: Iterable[str]) -> str:
        """What items are called, within a sentence: «samtaler, NAV og politi»."""
        return ", ".join(_within(self.short(place)) for place in places)

    def value(self, place: str, value: str) -> str:
        """An answer in words: a choice's own, else the note's word for it."""
        item = self.guide.by_id.get(place)
        choices = item.choices if isinstance(item, Question) else ()
        for choice in choices:
            if choice.id == value:
                return choice.word.at(self.language)
        if isinstance(self.guide.by_id.get(value), Option):
            return self.short(value)
        return self.phrase(value) if value in self.guide.journal.phrases else value

    def quote(self, text: str) -> str:
        """Words as they were said, marked, and nothing in them changed."""
        return f"«{_one_line(text)}»."

    def line(self, text: str) -> str:
        """A line with its abbreviations written out, quoted words in it untouched."""
        pieces = _QUOTED.split(_one_line(text))
        pieces[::2] = [self.written_out(piece) for piece in pieces[::2]]
        return ended("".join(pieces))

    def asked(self, text: str, places: tuple[str, ...]) -> str:
        """A line; one of a word or two comes after what it is about: «Våpen: nei»."""
        about = self.names_of(places)
        known = set(about.casefold().split()) & set(text.casefold().split())
        if not about or known or len(text.split()) >= _FEW:
            return self.line(text)
        return f"{about}: {self.line(text)}"

    def written_out(self, text: str) -> str:
        """The text with its abbreviations written out."""
        for abbreviation in self.guide.journal.abbreviations:
            if abbreviation.short not in text:
                continue  # most lines have none, and a pattern costs more than this look
            text = _pattern(abbreviation.short).sub(abbreviation.long.at(self.language), text)
        return text


def ended(text: str) -> str:
    """The text with an end to it."""
    return text if text.endswith(tuple(_ENDS)) else f"{text}."


def _within(name: str) -> str:
    """The name with a small first letter, unless it is written in capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _pattern(short: str) -> re.Pattern[str]:
    """The short form as a word of its own, with the point that it may be written with."""
    point = "" if short.endswith(".") else r"(?:\.(?=\s+[^\sA-ZÆØÅ]))?"
    return re.compile(rf"(?<![\w.]){re.escape(short)}(?![\w-]){point}")
