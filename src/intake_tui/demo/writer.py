"""Writes lines for one invented person, and seldom the same line twice in a row of talks."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_tui.demo.material import Material, Template, WordLists
from intake_tui.demo.person import Person

TRIES = 8
CONTACT = {"nb": ("ringer", "er her"), "nn": ("ringjer", "er her")}  # what is done now
_ABOUT_THE_FEARED = frozenset({"who", "he", "him", "his", "who_with"})
_CHILDREN = re.compile(r"\b(barn|born|unge)(a|ene|ane|as)\b|foreldremøte|henting")


@dataclass(frozen=True, slots=True)
class Turn:
    """What the counsellor enters at once: words, places, answers."""

    text: str = ""
    places: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


class Lately:
    """The lines of the last talks, so that the next ones differ."""

    def __init__(self, size: int = 4000) -> None:
        self._order: deque[str] = deque()
        self._lines: set[str] = set()
        self._size = size

    def __contains__(self, line: str) -> bool:
        return line in self._lines

    def add(self, line: str) -> None:
        """Remembers a line, and forgets the oldest one."""
        if line in self._lines:
            return
        self._lines.add(line)
        self._order.append(line)
        if len(self._order) > self._size:
            self._lines.remove(self._order.popleft())


class Writer:
    """Finds lines that fit a person."""

    def __init__(
        self,
        rng: random.Random,
        material: Material,
        person: Person,
        lately: Lately,
        channel: str,
    ) -> None:
        self.rng = rng
        self.person = person
        self._material = material
        self._ways = ("telephone",) if channel == "telephone" else ("here", channel)
        self._contact = CONTACT[person.language]["here" in self._ways]
        self._lately = lately
        self._written: set[str] = set()
        self._used: set[str] = set()  # templates
        self.stale = False  # whether the line written last was heard lately

    def has(self, topic: str) -> bool:
        """Whether there is a line on that topic for this person."""
        return bool(self._fitting(topic))

    def turn(
        self, topic: str, *, place: str | None = None, answers: Mapping[str, str] | None = None
    ) -> Turn | None:
        """A line on a topic; None where nothing fits. `place` is what it bears on by default."""
        found = self._line(topic, {})
        if found is None:
            return None
        template, text = found
        places = (place,) if place else ()
        return Turn(text, places if template.places is None else template.places, answers or {})

    def words(self, topic: str, **more: str) -> str:
        """The words of a line only; empty where nothing fits."""
        found = self._line(topic, more)
        return found[1] if found else ""

    def _line(self, topic: str, more: WordLists) -> tuple[Template, str] | None:
        fitting = self._fitting(topic)
        unused = [one for one in fitting if one.text not in self._used] or fitting
        if not unused:
            return None
        words = {**self.person.words, "contact": self._contact, **more}
        found = None
        for _ in range(TRIES):
            template = self.rng.choice(unused)
            text = template.filled(self.rng, words)
            if text in self._written or not self._fits(text):
                continue
            found = template, text
            if text not in self._lately:
                break
        if found is not None:
            self._used.add(found[0].text)
            self._written.add(found[1])
            self.stale = found[1] in self._lately
            self._lately.add(found[1])
        return found

    def _fitting(self, topic: str) -> list[Template]:
        person = self.person
        topics = (topic, *(f"{topic}.{way}" for way in self._ways))
        lines = [
            line
            for one in topics
            for line in self._material.lines(person.scenario, one, person.language)
        ]
        return [one for one in lines if not (person.nobody and one.slots & _ABOUT_THE_FEARED)]

    def _fits(self, text: str) -> bool:
        return bool(self.person.children) or not _CHILDREN.search(text)
