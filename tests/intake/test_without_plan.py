"""A record without the plan has nothing of it anywhere, and all else as it was."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from replay import guide, held

from intake_tui.intake.amendment import as_it_reads
from intake_tui.intake.plan import plan_items, plan_statements
from intake_tui.intake.shape import shape
from intake_tui.intake.without_plan import tells_of_plan, without_plan
from talk_samples import keep, whole_talk

SECRET = "jordkjelleren"
PLACES = st.sampled_from(
    [
        *(item.id for item in plan_items(guide())),
        "OPEN-4",
        "THREAT-10",
        "OPEN-8",
        "decision",
        "next",
    ]
)
ON_PLAN = {item.id for item in plan_items(guide())}


def record_of(talk: Any) -> dict[str, Any]:
    signed = shape(talk, status="signed", signed=dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC))
    return {**signed, "by": "Ada", "amendments": [], "amended": None, "done": [], "damaged": []}


def amendment(what: str, key: str, was: str | None, now: str | None) -> dict[str, Any]:
    about = {"id": "a", "at": "2026-11-24T08:30:00+00:00", "by": "Bo", "parents": []}
    said = {"what": what, "key": key, "was": was, "now": now, "reason": f"på {SECRET}"}
    return {**about, **said, "damaged": False}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLACES, min_size=1, max_size=3, unique=True), max_size=5), st.booleans())
def test_no_word_of_it_is_left_and_no_other_line_goes(lines: list[list[str]], word: bool) -> None:
    talk = whole_talk(guide())
    for number, places in enumerate(lines):
        planned = ON_PLAN.intersection(places)
        keep(talk, f"{SECRET if planned else 'annet'} {number}", *places)
    if word:
        talk.pin("code-word", SECRET)
    talk.weigh("avert", "supports", *(line.id for line in talk.intake.statements))
    record = record_of(talk)
    for line in record["statements"]:
        if SECRET in line["text"]:
            said = (line["id"], line["text"], f"{SECRET} igjen")
            record["amendments"] += [amendment("statement", *said), amendment("sentence", *said)]
            record["done"].append({"point": f"next:{line['id']}", "done": True, "at": "", "by": ""})
    record["amendments"].append({**amendment("safety", "call", "no", "yes"), "reason": "annet"})
    record["amended"] = as_it_reads(record, record["amendments"])
    before = copy.deepcopy(record)
    shown = without_plan(record, guide())
    assert record == before
    hidden = plan_statements(guide(), talk.intake)
    told = json.dumps(shown)
    assert SECRET not in told
    assert [id_ for id_ in hidden if f'"{id_}"' in told or f"next:{id_}" in told] == []
    kept = [line for line in record["statements"] if line["id"] not in hidden]
    assert shown["statements"] == kept
    assert [each["key"] for each in shown["amendments"]] == ["call"]
    assert tells_of_plan(record, guide()) == bool(hidden or word)
    assert not tells_of_plan(shown, guide())


def test_a_record_without_a_plan_is_left_as_it_is() -> None:
    record = record_of(whole_talk(guide()))
    assert without_plan(record, guide()) == record


def test_where_its_guide_is_not_kept_the_part_of_the_note_still_tells() -> None:
    record = record_of(held("04-interpreter-permit"))
    places = {place: f"eldre-{place}" for place in ON_PLAN}
    for line in record["statements"]:
        line["places"] = [places.get(place, place) for place in line["places"]]
    assert "nabo i etg under" in json.dumps(record)
    assert "nabo i etg under" not in json.dumps(without_plan(record, guide()))
