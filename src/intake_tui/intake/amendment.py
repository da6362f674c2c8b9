"""What is corrected after signing: what stood, what stands instead, and why.

A signed record is never changed. Its amendments lie beside it, and how it reads now is worked out
from both, the newest amendment of each part last.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from intake_tui.guide.answers import STANCES
from intake_tui.guide.model import Guide, Option

Shape: TypeAlias = dict[str, Any]  # a record in its documented shape
What: TypeAlias = Literal[
    "sentence",  # of the journal note, by its key
    "statement",  # by its id
    "answer",  # of a question, by the question's id; "alias" and "police" among them
    "told",  # of a piece of information, by its id
    "option",  # what was offered, by the option's id
    "decision",  # what was chosen; no key
    "safety",  # what is pinned, by its kind
    "addition",  # what stood nowhere; no key
]
Problem: TypeAlias = Literal["no-reason", "no-change", "nowhere", "no-such-answer"]
NO_KEY: tuple[What, ...] = ("decision", "addition")
YES_NO = (("safety", "call"), ("safety", "voicemail"))
ANSWERED: Mapping[What, str] = {"answer": "answers", "told": "told"}  # where they stand
ADDITIONS = "additions"
AMENDED = ("alias", "statements", "answers", "told", "safety", "decision", "next", "journal")
"""The parts of a record that an amendment may change; the registration is none of them."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction, as the counsellor writes it."""

    what: What
    key: str
    was: str | None  # as it stood when it was written; None: nothing stood there
    now: str | None  # None: what stood there holds no longer, and nothing stands instead
    reason: str

    def __repr__(self) -> str:
        """Never what was written."""
        return f"<Amendment of {self.what}>"


def problem(amendment: Amendment) -> Problem | None:
    """Why an amendment says nothing; None where it does."""
    if not amendment.reason.strip():
        return "no-reason"
    if amendment.now == amendment.was or (amendment.now is not None and not amendment.now.strip()):
        return "no-change"
    if bool(amendment.key) == (amendment.what in NO_KEY):
        return "nowhere"
    if (amendment.what, amendment.key) in YES_NO and amendment.now not in ("yes", "no", None):
        return "no-such-answer"
    return None


def choices(guide: Guide, what: What, key: str) -> tuple[str, ...]:
    """The answers that a part is corrected with; none where it is corrected in words."""
    if (what, key) in YES_NO:
        return ("no", "yes")  # the safe answer comes first
    if what == "decision":
        return tuple(item.id for item in guide.items() if isinstance(item, Option))
    item = guide.by_id.get(key)
    return item.values if item and what in ("answer", "told", "option") else ()


def is_value(what: What) -> bool:
    """Whether it is an answer or a pinned item, and not words of the note or of a line."""
    return what not in ("sentence", "statement", "addition")


def standing(record: Shape, what: What, key: str) -> str | None:
    """What stands at a part of a record; None where nothing does."""
    if what in ("sentence", "statement"):
        lines = sentences(record) if what == "sentence" else record["statements"]
        name = "key" if what == "sentence" else "id"
        return next((line["text"] for line in lines if line[name] == key), None)
    if what == "addition":
        return None
    if what == "option":
        return _stance_of(record["decision"]["options"].get(key))
    if _is_answer(what, key):
        answer = record[ANSWERED[what]].get(key)
        return answer["value"] if answer else None
    table, name = _entry(record, what, key)
    return table.get(name)


def _is_answer(what: What, key: str) -> bool:
    """Whether it stands in the record with its time, as answers do."""
    return what in ANSWERED and key not in ("alias", "police")


def _stance_of(option: Shape | None) -> str | None:
    """What an option's entry is called as an answer."""
    for name, stance in STANCES.items():
        if option and (option["offered"], option["view"]) == (stance.offered, stance.view):
            return name
    return None


def sentences(record: Shape) -> list[Shape]:
    """All sentences of the journal note, those that were left out of it last."""
    journal = record["journal"]
    noted = [each for part in journal["parts"] for each in part["sentences"]]
    return [*noted, *journal["left_out"]]


def reading(record: Shape) -> Shape:
    """A whole record as it reads now: what was amended stands in place of what was signed."""
    return {**record, **(record["amended"] or {})}


def as_it_reads(record: Shape, amendments: Iterable[Shape]) -> Shape:
    """The parts that may be amended, as they read with all amendments, given oldest first.

    `record` is left as it is. Of a damaged amendment, the value is known where it was one. What
    a correction bears on beyond its own words (signals, a sentence drafted from a line) is not
    drawn anew: it stands as it was signed.
    """
    now: Shape = {part: copy.deepcopy(record[part]) for part in AMENDED}
    now[ADDITIONS] = []
    for each in amendments:
        if each["damaged"] and not is_value(each["what"]):
            continue
        _CHANGES[each["what"]](now, each)
    return _without_struck(now)


def _sentence(record: Shape, each: Shape) -> None:
    _reword(sentences(record), "key", each)
    _reword(record["next"], "statement", each)


def _statement(record: Shape, each: Shape) -> None:
    _reword(record["statements"], "id", each)
    _reword(record["next"], "statement", each)


def _reword(lines: Iterable[Shape], name: str, each: Shape) -> None:
    for line in lines:
        if line[name] == each["key"]:
            line["text"] = each["now"]


def _without_struck(record: Shape) -> Shape:
    """Lines are struck last of all: a later amendment may have brought one back."""
    journal = record["journal"]
    for table in (*journal["parts"], {"sentences": journal["left_out"]}):
        table["sentences"][:] = _standing(table["sentences"])
    for name in ("statements", "next"):
        record[name][:] = _standing(record[name])
    return record


def _standing(lines: Iterable[Shape]) -> list[Shape]:
    return [line for line in lines if line["text"] is not None]


def _answer(record: Shape, each: Shape) -> None:
    what, key, now = each["what"], each["key"], each["now"]
    if not _is_answer(what, key):
        _set(record, each)
    elif now is None:
        record[ANSWERED[what]].pop(key, None)
    else:
        signed = record[ANSWERED[what]].get(key, {"statement": None, "before": []})
        record[ANSWERED[what]][key] = {**signed, "value": now, "at": each["at"]}


def _option(record: Shape, each: Shape) -> None:
    options, stance = record["decision"]["options"], STANCES.get(each["now"])
    if stance is None:
        options.pop(each["key"], None)
    else:
        signed = options.get(each["key"], {"before": []})
        options[each["key"]] = {**signed, "offered": stance.offered, "view": stance.view}


def _set(record: Shape, each: Shape) -> None:
    table, name = _entry(record, each["what"], each["key"])
    if each["now"] is None and each["what"] == "safety":
        table.pop(name, None)  # what is not pinned has no key there
    else:
        table[name] = each["now"]


def _entry(record: Shape, what: What, key: str) -> tuple[Shape, str]:
    """Where a value stands that has no time of its own."""
    if what == "decision":
        return record["decision"], "chosen"
    if what == "safety":
        return record["safety"], key
    return (record, key) if key == "alias" else (record["decision"], key)


def _addition(record: Shape, each: Shape) -> None:
    record[ADDITIONS].append({"text": each["now"], "at": each["at"], "by": each["by"]})


_CHANGES: dict[What, Callable[[Shape, Shape], None]] = {
    "sentence": _sentence,
    "statement": _statement,
    "answer": _answer,
    "told": _answer,
    "option": _option,
    "decision": _set,
    "safety": _set,
    "addition": _addition,
}
