"""A record without the safety plan: whoever finds the paper must not learn where somebody goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import sentences
from intake_tui.intake.plan import of_plan, plan_items

Shape: TypeAlias = dict[str, Any]  # a record in its documented shape
CODE_WORD = "code-word"  # pinned under safety, and part of the plan
PART = "plan"  # of the journal note


def without_plan(record: Shape, guide: Guide) -> Shape:
    """The record without what tells of the plan, and what was corrected of it.

    Lines on the plan go wherever they stand, and so do the sentences of the note that have one of
    them as a source, answers to its questions, and the code word. `record` is left as it is.
    """
    return _Planned(record, guide).out_of(record)


def tells_of_plan(record: Shape, guide: Guide) -> bool:
    """Whether anything of the plan is in it."""
    return without_plan(record, guide) != record


class _Planned:
    """What of one record tells of the plan."""

    def __init__(self, record: Shape, guide: Guide) -> None:
        by_sentence = {
            source
            for part in record["journal"]["parts"]
            if part["id"] == PART  # even where the guide that it was held with is not kept
            for each in part["sentences"]
            for source in each["sources"]
        }
        placed = ((line["id"], line["places"]) for line in record["statements"])
        self._lines = of_plan(guide, placed) | by_sentence
        self._items = {item.id for item in plan_items(guide)}
        in_part = _in_part(record)
        self._sentences = {
            each["key"]
            for each in sentences(record)
            if each["key"] in in_part or not self._lines.isdisjoint(each["sources"])
        }

    def out_of(self, record: Shape) -> Shape:
        """The whole record, with how it reads now."""
        amended = record["amended"]
        return {
            **self._parts(record),
            "date_line": {
                name: self._ids(record["date_line"][name]) for name in ("dated", "undated")
            },
            "children": self._lasting(record["children"], "statement"),
            "taken_over": [
                each
                for each in record["taken_over"]
                if each["item"] != CODE_WORD and each["item"] not in self._items
            ],
            "signals": [self._signal(each) for each in record["signals"]],
            "duties": [self._supported(each) for each in record["duties"]],
            "amendments": [each for each in record["amendments"] if not self._corrected(each)],
            "amended": amended and self._parts(amended),
            "done": [each for each in record["done"] if not self._point(each["point"])],
        }

    def _parts(self, record: Shape) -> Shape:
        """What may be amended, and all else as it is."""
        return {
            **record,
            "statements": self._lasting(record["statements"], "id"),
            "answers": self._answers(record["answers"]),
            "told": self._answers(record["told"]),
            "safety": {kind: text for kind, text in record["safety"].items() if kind != CODE_WORD},
            "decision": self._decision(record),
            "next": self._lasting(record["next"], "statement"),
            "journal": self._journal(record["journal"]),
        }

    def _lasting(self, each: Iterable[Shape], name: str) -> list[Shape]:
        return [one for one in each if one[name] not in self._lines]

    def _ids(self, ids: Iterable[str]) -> list[str]:
        return [id_ for id_ in ids if id_ not in self._lines]

    def _answers(self, answers: Shape) -> Shape:
        """An answer elsewhere that came with a line on the plan stands without that line."""
        return {
            place: {**each, "statement": None} if each["statement"] in self._lines else each
            for place, each in answers.items()
            if place not in self._items
        }

    def _decision(self, record: Shape) -> Shape:
        decided = record["decision"]
        left = self._ids(decided["statements"])
        if left == decided["statements"]:
            return dict(decided)
        texts = {line["id"]: line["text"] for line in record["statements"]}
        reason = "\n".join(texts[id_] for id_ in left if id_ in texts)
        return {**decided, "statements": left, "reason": reason}

    def _journal(self, journal: Shape) -> Shape:
        parts = [
            {**part, "sentences": kept}
            for part in journal["parts"]
            if (kept := self._kept(part["sentences"]))
        ]
        listed = {
            name: [key for key in journal[name] if key not in self._sentences]
            for name in ("new", "without_source")
        }
        return {
            **journal,
            "parts": parts,
            "left_out": self._kept(journal["left_out"]),
            **listed,
        }

    def _kept(self, found: Iterable[Shape]) -> list[Shape]:
        return [each for each in found if each["key"] not in self._sentences]

    def _signal(self, signal: Shape) -> Shape:
        because = [self._supported(each) for each in signal["because"]]
        return {**signal, "because": [each for each in because if each["place"] not in self._items]}

    def _supported(self, each: Shape) -> Shape:
        return {**each, "statements": self._ids(each["statements"])}

    def _corrected(self, amendment: Shape) -> bool:
        """Whether it tells of the plan, by what it corrects."""
        of_plan_: dict[str, Iterable[str]] = {
            "statement": self._lines,
            "sentence": self._sentences,
            "answer": self._items,
            "safety": (CODE_WORD,),
        }
        return amendment["key"] in of_plan_.get(amendment["what"], ())

    def _point(self, point: str) -> bool:
        kind, _, which = point.partition(":")
        return kind == "next" and which in self._lines


def _in_part(record: Shape) -> set[str]:
    """The keys of the sentences in the note's part on the plan, as signed."""
    parts = (part for part in record["journal"]["parts"] if part["id"] == PART)
    return {each["key"] for part in parts for each in part["sentences"]}
