"""A contact on the command line is read as it reads now, with what was corrected and why."""

from __future__ import annotations

from typing import Any

from intake_tui.command_line.plain import record_lines
from intake_tui.guide.load import load
from intake_tui.intake.amendment import as_it_reads
from intake_tui.intake.shape import shape
from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.words import Words
from talk_samples import keep, whole_talk

AT, NUMBER = "2026-11-24T09:30:00+00:00", "000 00 000"


def entry(what: str, key: str, was: str | None, now: str) -> dict[str, Any]:
    said = {"what": what, "key": key, "was": was, "now": now, "reason": "ringte igjen"}
    return {**said, "at": AT, "by": "Ada Eksempel", "damaged": False}


def test_do_not_call_after_all_is_what_stands_first() -> None:
    guide = load()
    talk = whole_talk(guide)
    keep(talk, f"svarer på {NUMBER}", "OPEN-1")
    talk.pin("call", "yes")
    record = {**shape(talk, status="signed", signed=talk.started), "by": "Ada", "joined": []}
    trail = [
        entry("safety", "call", "yes", "no"),
        entry("addition", "", None, "hun ringte igjen"),
    ]
    added = {**NOTHING_ADDED, "amendments": trail, "amended": as_it_reads(record, trail)}
    lines = list(record_lines({**record, **added}, guide, Words("nb")))
    (call,) = [line for line in lines[:5] if "ringe" in line.casefold()]
    assert "IKKE RING" in call
    numbered = [line for line in lines if NUMBER in line]
    assert numbered
    assert all(f"IKKE RING {NUMBER}" in line for line in numbered)
    text = "\n".join(lines)
    for part in ("sto: kan ringes", "hun ringte igjen", "av Ada Eksempel: ringte igjen"):
        assert part in text
