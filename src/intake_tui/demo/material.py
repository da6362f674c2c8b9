"""The material of invented conversations: lists of lines and words, read from `lines/`."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

Written: TypeAlias = Literal["nb", "nn"]  # the languages that the notes are written in
WordLists: TypeAlias = "Mapping[str, str | list[str]]"  # what a slot is filled with, by its name
_PIECE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|\{(\w+)\}")
FOLDER = Path(__file__).parent / "lines"


@dataclass(frozen=True, slots=True)
class Template:
    """A line with alternatives and slots still in it, and the items that it bears on."""

    text: str
    places: tuple[str, ...] | None  # None: the item that its list is named for
    slots: frozenset[str]

    def filled(self, rng: random.Random, words: WordLists) -> str:
        """One of the lines that it stands for."""

        def piece(found: re.Match[str]) -> str:
            if found[1] is not None:
                return rng.choice(str(found[1]).split("|"))
            word = words[found[2]]
            return word if isinstance(word, str) else rng.choice(word)

        text = self.text
        while (changed := _PIECE.sub(piece, text)) != text:
            text = changed
        return text


@dataclass(frozen=True)
class Scenario:
    """A kind of situation: who calls, whom they fear, how likely what is."""

    name: str
    facts: Mapping[str, Any]
    relations: Mapping[str, Mapping[Written, list[str]]]
    lines: Mapping[str, Mapping[Written, list[Template]]]


@dataclass(frozen=True)
class Material:
    """All of it."""

    scenarios: tuple[Scenario, ...]
    common: Mapping[str, Mapping[Written, list[Template]]]
    words: Mapping[Written, WordLists]
    aliases: tuple[str, ...]

    def lines(self, scenario: Scenario, topic: str, language: Written) -> list[Template]:
        """The lines of a topic: the scenario's own instead of the common ones, if it has any."""
        lists = scenario.lines.get(topic) or self.common.get(topic) or {}
        return lists.get(language, [])


@cache
def material() -> Material:
    """Reads the lists once."""
    read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
    lists, common = read.pop("words"), read.pop("common")
    words: dict[Written, WordLists] = {"nb": lists["nb"], "nn": lists["nn"]}
    scenarios = tuple(
        Scenario(name, data["scenario"], data["relations"], _topics(data["lines"]))
        for name, data in sorted(read.items())
    )
    return Material(scenarios, _topics(common), words, tuple(lists["aliases"]["both"]))


def _topics(data: Mapping[str, Any]) -> dict[str, dict[Written, list[Template]]]:
    return {
        topic: {language: [_template(line) for line in lines] for language, lines in lists.items()}
        for topic, lists in data.items()
    }


def _template(line: str) -> Template:
    text, arrow, places = line.partition("→")
    slots = frozenset(re.findall(r"\{(\w+)\}", text))
    return Template(text.strip(), tuple(places.split()) if arrow else None, slots)
