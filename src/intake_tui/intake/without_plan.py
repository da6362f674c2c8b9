"""A record without the safety plan: whoever finds the paper must not learn where somebody goes."""

from __future__ import annotations

from typing import Any

from intake_tui.guide.model import Guide
from intake_tui.intake.plan import is_plan

CODE_WORD = "code-word"


def without_plan(record: dict[str, Any], guide: Guide) -> dict[str, Any]:
    """The record in its documented shape, without what tells of the plan: its lines, the sentences
    drafted from them, the code word, and what was corrected of any of these."""
    planned = {line["id"] for line in record["statements"] if _on_plan(line, guide)}
    keys = {sentence["key"] for sentence in _sentences(record) if _from(sentence, planned)}
    trail = [each for each in record["amendments"] if not _corrects(each, planned, keys)]
    return {
        **_left(record, planned, guide),
        "amendments": trail,
        "amended": record["amended"] and _left(record["amended"], planned, guide),
    }


def _left(record: dict[str, Any], planned: set[str], guide: Guide) -> dict[str, Any]:
    journal = record["journal"]
    parts = [{**part, "sentences": _kept(part["sentences"], planned)} for part in journal["parts"]]
    return {
        **record,
        "statements": [line for line in record["statements"] if line["id"] not in planned],
        "answers": {
            place: answer
            for place, answer in record["answers"].items()
            if not is_plan(guide.by_id.get(place))
        },
        "safety": {kind: text for kind, text in record["safety"].items() if kind != CODE_WORD},
        "journal": {
            **journal,
            "parts": [part for part in parts if part["sentences"] and part["id"] != "plan"],
            "left_out": _kept(journal["left_out"], planned),
        },
    }


def _sentences(record: dict[str, Any]) -> list[dict[str, Any]]:
    journal = record["journal"]
    return [
        *(one for part in journal["parts"] for one in part["sentences"]),
        *journal["left_out"],
    ]


def _on_plan(line: dict[str, Any], guide: Guide) -> bool:
    return any(is_plan(guide.by_id.get(place)) for place in line["places"])


def _from(sentence: dict[str, Any], planned: set[str]) -> bool:
    return not planned.isdisjoint(sentence["sources"])


def _kept(sentences: list[dict[str, Any]], planned: set[str]) -> list[dict[str, Any]]:
    return [sentence for sentence in sentences if not _from(sentence, planned)]


def _corrects(each: dict[str, Any], planned: set[str], keys: set[str]) -> bool:
    """Whether an amendment tells of the plan."""
    of_plan = {"statement": planned, "sentence": keys, "safety": {CODE_WORD}}
    return each["key"] in of_plan.get(each["what"], ())
