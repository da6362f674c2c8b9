"""Whether the ids of a guide fit together, and whether what must not count stays out (HELP-1x).

A guide with any of these mistakes is refused: the program would ask for what is not there, or
weigh what it must not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake_tui.guide.build import Built, Entry
from intake_tui.guide.check_rules import check_against, check_condition, no_answer
from intake_tui.guide.findings import Finding
from intake_tui.guide.model import (
    Condition,
    Duty,
    Guide,
    Hint,
    Information,
    Item,
    Option,
    Question,
    Signal,
    Topic,
)
from intake_tui.guide.requirements import (
    FIXED_DUTIES,
    FIXED_ITEMS,
    FIXED_LEADS,
    FIXED_PARTS,
    FIXED_PHRASES,
    FIXED_PRONOUNS,
)

_LEAF = "has to be one of: question and is; placed; all; any"


def check_ids(built: Built, guide: Guide) -> Iterator[Finding]:
    """Doubled ids, ids of nothing, values that no question has, and what must not count."""
    yield from _doubled(built.entries)
    for entry in built.entries:
        yield from (entry.finding(text) for text in _mistakes(entry, guide))
    yield from _fixed(guide)


def _doubled(entries: Iterable[Entry]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        table = "item" if isinstance(entry.value, Item | Topic) else entry.table  # find has both
        other = first.setdefault((table, entry.id), entry)
        if other is not entry:
            where = f"{other.file}:{other.line}"
            yield entry.finding(f"this id stands at {where} already; each id is used once")


def _mistakes(entry: Entry, guide: Guide) -> Iterator[str]:
    value = entry.value
    if isinstance(value, Hint):
        yield from (_unknown("about", id_) for id_ in value.about if id_ not in guide.by_id)
    elif isinstance(value, Topic):
        steps = {step.id for step in guide.steps}
        there = guide.by_id.keys() | steps
        yield from (
            _unknown("about", id_, "item or step") for id_ in value.about if id_ not in there
        )
    elif isinstance(value, Option):
        yield from _option(value, guide)
    elif isinstance(value, Information) and value.when:
        yield from _rule(value.when, guide, weighs=False)
    elif isinstance(value, Signal):
        yield from _rule(value.when, guide, weighs=True)
        hints = {hint.id for hint in guide.hints}
        yield from (_unknown("known", id_, "hint") for id_ in value.known if id_ not in hints)
    elif isinstance(value, Duty):
        yield from _duty(value, guide)
    elif isinstance(value, Question) and value.kind == "decision":
        yield from (
            _unknown("choices", choice.id)
            for choice in value.choices
            if not isinstance(guide.by_id.get(choice.id), Option)
        )


def _option(option: Option, guide: Guide) -> Iterator[str]:
    mistakes = list(_named(option, guide))
    yield from mistakes or check_against(option)


def _named(option: Option, guide: Guide) -> Iterator[str]:
    for id_ in option.considers:
        yield from _question("considers", id_, guide, weighs=True)
    for against in option.against:
        yield from _question("against", against.question, guide, weighs=True)
        yield from _value("against", against.question, against.is_, guide)


def _rule(condition: Condition, guide: Guide, *, weighs: bool, key: str = "when") -> Iterator[str]:
    mistakes = list(_condition(condition, guide, weighs=weighs, key=key))
    yield from mistakes or check_condition(condition, guide, key)


def _duty(duty: Duty, guide: Guide) -> Iterator[str]:
    yield from (_unknown("places", id_) for id_ in duty.places if id_ not in guide.by_id)
    yield from _rule(duty.relevant, guide, weighs=True, key="relevant")
    for name in ("ground", "certain", "way"):
        ids = [choice.id for choice in getattr(duty, name)]
        for id_ in dict.fromkeys(id_ for id_ in ids if ids.count(id_) > 1):
            yield f"`{name}` has {id_} more than once; each id is used once"


def _condition(condition: Condition, guide: Guide, *, weighs: bool, key: str) -> Iterator[str]:
    question, placed = condition.question, condition.placed
    parts = [*(condition.all or ()), *(condition.any or ())]
    forms = (condition.all, condition.any, question, placed)
    if sum(bool(form) for form in forms) != 1 or (question is None) != (condition.is_ is None):
        yield f"`{key}` {_LEAF}"
    elif question is not None and condition.is_ is not None:
        yield from _question(key, question, guide, weighs=weighs)
        yield from _value(key, question, condition.is_, guide)
    elif placed is not None:
        yield from _question(key, placed, guide, weighs=weighs)
    for part in parts:
        yield from _condition(part, guide, weighs=weighs, key=key)


def _question(key: str, id_: str, guide: Guide, *, weighs: bool) -> Iterator[str]:
    item = guide.by_id.get(id_)
    if item is None:
        yield _unknown(key, id_)
    elif weighs and isinstance(item, Question) and not item.may_decide:
        yield f"`{key}` names {id_}, which must not count (may_decide = false); take it out"


def _value(key: str, id_: str, value: str, guide: Guide) -> Iterator[str]:
    item = guide.by_id.get(id_)
    if item is not None and value not in item.values:
        known = ", ".join(item.values)
        yield f"`{key}` waits for the answer {value} of {id_}, which has only {known}"
    yield from no_answer(key, id_, value)


def _unknown(key: str, id_: str, what: str = "item") -> str:
    return f"`{key}` names {id_}, and there is no such {what}"


def _fixed(guide: Guide) -> Iterator[Finding]:
    for id_, fixed in FIXED_ITEMS.items():
        item = guide.by_id.get(id_)
        if item is None or getattr(item, "kind", None) != fixed.kind:
            yield Finding(fixed.file, 1, id_, f"the program needs this item, of kind {fixed.kind}")
    journal = guide.journal
    for file, what, needed, there in (
        ("wording.toml", "pronoun", FIXED_PRONOUNS, [pronoun.id for pronoun in guide.pronouns]),
        ("duties.toml", "duty", FIXED_DUTIES, [duty.id for duty in guide.duties]),
        ("journal.toml", "lead", FIXED_LEADS, [lead.id for lead in journal.leads]),
        ("journal.toml", "part", FIXED_PARTS, [part.id for part in journal.parts]),
        ("journal.toml", "phrase", FIXED_PHRASES, list(journal.phrases)),
    ):
        for id_ in needed:
            if id_ not in there:
                yield Finding(file, 1, id_, f"the program needs this {what}")
