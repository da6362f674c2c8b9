"""How an invented contact is registered, as far as the guide asks for it."""

from __future__ import annotations

import random
from collections.abc import Iterator

from intake_tui.demo.person import picked
from intake_tui.demo.talk import AT_THE_CENTRE, Plan
from intake_tui.guide.model import Guide

_BRACKETS = ((18, "under-18"), (30, "18-29"), (40, "30-39"), (50, "40-49"), (60, "50-59"))
_GENDER = {"she": "woman", "he": "man", "they": "other"}


def registration(rng: random.Random, plan: Plan, guide: Guide) -> Iterator[tuple[str, str]]:
    """Question and answer, for what this guide has of them."""
    wish = picked(rng, {"done": 88, "later": 7, "not-wanted": 5})
    known = {"REG-1": wish} if wish == "not-wanted" else {**_facts(rng, plan), "REG-1": wish}
    for id_, value in known.items():
        item = guide.by_id.get(id_)
        if item is not None and value in item.values:
            yield id_, value


def _facts(rng: random.Random, plan: Plan) -> dict[str, str]:
    person = plan.person
    facts = {
        "unit": _unit(plan),
        "reg-gender": _GENDER[person.caller],
        "reg-age": _bracket(person.age),
        "reg-children": "yes" if person.children and _unit(plan) == "stay" else "no",
        "reg-earlier": "this-year"
        if plan.again
        else picked(rng, {"none": 58, "this-year": 24, "earlier": 12, "not-given": 6}),
        "reg-referrer": _referrer(rng, plan),
        "reg-relation": person.scenario.facts.get("relation", "other"),
    }
    return {id_: value for id_, value in facts.items() if rng.random() < 0.93}


def _unit(plan: Plan) -> str:
    if plan.outcome in AT_THE_CENTRE:
        return "stay"
    return "telephone" if plan.channel == "telephone" else "visit"


def _bracket(age: int) -> str:
    return next((name for below, name in _BRACKETS if age < below), "60-plus")


def _referrer(rng: random.Random, plan: Plan) -> str:
    if plan.channel == "brought-by-police":
        return "police"
    if plan.channel == "brought-by-service":
        return picked(rng, {"health": 4, "child-welfare": 3, "other-service": 5})
    return picked(rng, {"self": 75, "family-friends": 20, "not-given": 5})
