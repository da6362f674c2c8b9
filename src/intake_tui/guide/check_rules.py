"""Whether the rules of a guide can do what they are for: none that could never hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

from intake_tui.guide.answers import NO_ANSWER, WITH_WORDS
from intake_tui.guide.model import Condition, Guide, Option, Question

_Leaf: TypeAlias = tuple[str, str | None]  # an item and its answer; None: words on it
_Way: TypeAlias = tuple[_Leaf, ...]  # what has to be true at once for a condition to hold


def check_condition(condition: Condition, guide: Guide, key: str = "when") -> Iterator[str]:
    """What makes a condition, or one of its alternatives, impossible."""
    told: set[str] = set()
    for each in (condition, *_alternatives(condition)):
        reasons = [next(_against_itself(way, guide), "") for way in _ways(each)]
        if all(reasons) and not told.intersection(reasons):
            what = f"`{key}`" if each is condition else f"an alternative of `{key}`"
            yield f"{what} can never hold: {reasons[0]}"
            told.update(reasons)


def check_against(option: Option) -> Iterator[str]:
    """What speaks against an option is shown among what it considers."""
    for against in option.against:
        if against.question not in option.considers:
            yield f"`against` names {against.question}, which is not in its `considers`"


def no_answer(key: str, question: str, value: str) -> Iterator[str]:
    """A rule that waits for what is not known would make a yes or a no of it."""
    if value in NO_ANSWER:
        yield (
            f"`{key}` waits for {value} of {question}; what is not known is no answer, "
            "and nothing follows from it"
        )


def _alternatives(condition: Condition) -> Iterator[Condition]:
    """Each alternative of every `any`, however deep it stands."""
    for part in condition.any or ():
        yield part
    for part in (*(condition.any or ()), *(condition.all or ())):
        yield from _alternatives(part)


def _ways(condition: Condition) -> Iterator[_Way]:
    if condition.all is not None:
        for parts in product(*(tuple(_ways(part)) for part in condition.all)):
            yield tuple(leaf for part in parts for leaf in part)
    elif condition.any is not None:
        for part in condition.any:
            yield from _ways(part)
    else:
        yield ((condition.question or condition.placed or "", condition.is_),)


def _against_itself(way: _Way, guide: Guide) -> Iterator[str]:
    answers: dict[str, str] = {}
    for place, value in way:
        if value is not None and answers.setdefault(place, value) != value:
            yield f"{place} cannot be {answers[place]} and {value} at once"
    for place, value in way:
        item = guide.by_id.get(place)
        if value is None and isinstance(item, Question) and item.is_label:
            yield f"what is written on {place} is its answer, and no line stands there"
        elif value is None and answers.get(place, "yes") not in WITH_WORDS:
            yield f"words on {place} count for nothing where its answer is {answers[place]}"
