"""An invented person: the facts that all lines of a conversation agree with."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from intake_tui.demo.material import Material, Scenario, WordLists, Written

T = TypeVar("T")

_HE: dict[Written, dict[str, tuple[str, str, str]]] = {
    "nb": {
        "he": ("han", "ham", "hans"),
        "she": ("hun", "henne", "hennes"),
        "they": ("de", "dem", "deres"),
    },
    "nn": {
        "he": ("han", "han", "hans"),
        "she": ("ho", "henne", "hennar"),
        "they": ("dei", "dei", "deira"),
    },
}
_AND_CHILDREN: dict[Written, str] = {"nb": " og barna", "nn": " og borna"}
ALONE_ANSWERED = 0.25  # how often an answer comes without words of its own
SETTLED = ("years", "tongue", "season", "since")  # the same in all lines of one person


@dataclass(frozen=True)
class Person:
    """Who got in touch, in which situation. `answers` are of the questions on events."""

    scenario: Scenario
    language: Written
    caller: str
    feared: str
    alias: str | None
    age: int
    children: tuple[int, ...]  # ages
    answers: Mapping[str, str]
    words: WordLists  # what slots may be filled with

    @property
    def nobody(self) -> bool:
        """Whether nobody is feared."""
        return bool(self.scenario.facts.get("nobody"))


def somebody(rng: random.Random, material: Material) -> Person:
    """A new invented person."""
    scenario = rng.choices(material.scenarios, [s.facts["weight"] for s in material.scenarios])[0]
    language: Written = "nb" if rng.random() < 0.8 else "nn"
    caller = picked(rng, {"she": 86, "he": 12, "they": 2})
    feared = _feared(rng, scenario, caller)
    who = rng.choice(scenario.relations[feared][language])
    children = _children(rng, scenario)
    return Person(
        scenario=scenario,
        language=language,
        caller=caller,
        feared=feared,
        alias=rng.choice(material.aliases) if rng.random() < 0.75 else None,
        age=_age(rng, scenario, children),
        children=children,
        answers=_answers(rng, material, scenario, language, bool(children)),
        words=_words(rng, material.words[language], language, feared, who, children=bool(children)),
    )


def picked(rng: random.Random, weights: Mapping[T, float]) -> T:
    """One of the keys, by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def _feared(rng: random.Random, scenario: Scenario, caller: str) -> str:
    known = list(scenario.relations)
    if len(known) == 1:
        return known[0]
    likely = "she" if caller == "he" else "he"
    return likely if rng.random() < 0.88 else next(one for one in known if one != likely)


def _children(rng: random.Random, scenario: Scenario) -> tuple[int, ...]:
    if rng.random() >= scenario.facts["children"]:
        return ()
    count = picked(rng, {1: 40, 2: 42, 3: 15, 4: 3})
    return tuple(sorted(rng.sample(range(1, 17), count), reverse=True))


def _age(rng: random.Random, scenario: Scenario, children: tuple[int, ...]) -> int:
    low, high = scenario.facts.get("age", [19, 68])
    if children:
        low, high = max(low, children[0] + 18), min(high, children[-1] + 44)
    return rng.randint(min(low, high), high)


def _answers(
    rng: random.Random, material: Material, scenario: Scenario, language: Written, children: bool
) -> dict[str, str]:
    """Most questions are asked; some are not, and that is another thing than a no."""
    found: dict[str, str] = {}
    for place, danger in scenario.facts["danger"].items():
        if rng.random() < 0.25 or place in scenario.facts.get("skip", ()):
            continue
        value = (
            "yes"
            if rng.random() < danger
            else picked(rng, {"no": 80, "unknown": 14, "declined": 6})
        )
        has_words = bool(material.lines(scenario, f"{place}.{value}", language))
        if danger == 0 or has_words or rng.random() < ALONE_ANSWERED:
            found[place] = "no" if danger == 0 else value
    if children and scenario.facts["lives"] == "with-others":
        found["THREAT-8"] = "yes" if rng.random() < 0.45 else "no"
    return found


def _words(
    rng: random.Random,
    lists: WordLists,
    language: Written,
    feared: str,
    who: str,
    *,
    children: bool,
) -> WordLists:
    he, him, his = _HE[language][feared]
    return {
        **lists,
        "who": who,
        "who_with": who + (_AND_CHILDREN[language] if children else ""),
        "he": he,
        "him": him,
        "his": his,
        **{name: rng.choice(lists[name]) for name in SETTLED},
    }
