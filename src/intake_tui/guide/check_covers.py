"""Whether everything that a first contact asks for has its place in the guide."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from intake_tui.guide.build import Built
from intake_tui.guide.findings import Finding
from intake_tui.guide.model import (
    Duty,
    Hint,
    Information,
    Option,
    Question,
    Rule,
    Signal,
    Topic,
)
from intake_tui.guide.requirements import BESIDE, FILES, REQUIREMENTS

_KINDS: dict[type[BaseModel], str] = {
    Information: "told",
    Option: "option",
    Hint: "guidance",
    Duty: "worksheet",
    Signal: "signal",
    Rule: "rule",
    Topic: "topic",
}


def check_covers(built: Built) -> Iterator[Finding]:
    """Ids of no requirement, parts of another kind than is asked for, requirements left out."""
    covered: set[str] = set()
    for entry in built.entries:
        kind = _kind(entry.value)
        for id_ in getattr(entry.value, "covers", ()):
            needed = REQUIREMENTS.get(id_)
            if needed is None:
                yield entry.finding(f"`covers` names {id_}, and there is no such requirement")
            elif kind == needed:
                covered.add(id_)
            elif kind not in BESIDE.get(needed, ()):
                yield entry.finding(
                    f"`covers` names {id_}, which asks for {needed}; this is {kind}"
                )
    for id_, needed in REQUIREMENTS.items():
        if id_ not in covered:
            file = FILES[id_.split("-")[0]]
            yield Finding(file, 1, id_, f"nothing covers this; it asks for {needed}")


def _kind(value: BaseModel) -> str:
    return value.kind if isinstance(value, Question) else _KINDS.get(type(value), "other")
