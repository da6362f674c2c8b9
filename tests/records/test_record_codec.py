"""Drafts and heads go to bytes and come back as they were, or are refused."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.guide.model import Guide
from intake_tui.intake.points import points
from intake_tui.intake.snapshot import Snapshot
from intake_tui.records.codec import (
    draft_from_bytes,
    draft_to_bytes,
    head_to_bytes,
    row_from_head,
    row_of,
)
from intake_tui.records.errors import RecordDamaged
from talk_samples import START, any_snapshot, whole_talk

SECRET = "hemmelig"
SAVED = START + dt.timedelta(minutes=20)


def written(snapshot: Snapshot) -> bytes:
    return draft_to_bytes(snapshot, saved=SAVED)


@given(any_snapshot)
def test_a_draft_comes_back_as_it_was(snapshot: Snapshot) -> None:
    assert draft_from_bytes(written(snapshot)) == (snapshot, SAVED)


@given(any_snapshot)
def test_the_same_draft_gives_the_same_bytes(snapshot: Snapshot) -> None:
    again, _ = draft_from_bytes(written(snapshot))
    assert written(again) == written(snapshot)


@given(any_snapshot, st.data())
def test_a_changed_draft_is_refused_or_read_and_nothing_else(
    snapshot: Snapshot, data: st.DataObject
) -> None:
    whole = bytearray(written(snapshot))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        found, _ = draft_from_bytes(cut)
    except RecordDamaged:
        return
    assert isinstance(found, Snapshot)


@given(
    st.binary()
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(RecordDamaged):
        draft_from_bytes(data)


def _altered(guide: Guide, **changes: object) -> bytes:
    record = json.loads(written(whole_talk(guide).snapshot()))
    return json.dumps({**record, **changes}).encode()


def test_a_draft_of_a_newer_program_is_told_apart(guide: Guide) -> None:
    with pytest.raises(RecordDamaged) as refused:
        draft_from_bytes(_altered(guide, format=2, more=SECRET))
    assert refused.value.code == "newer-format"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "1"},
        {"format": True},
        {"format": 0},
        {"id": "abcd"},
        {"id": SECRET},
        {"step": 9},
        {"step": "3"},
        {"started": "2026-11-23T13:02:00"},
        {"line": {"text": SECRET}},
        {"more": SECRET},
        {"events": [{"type": "line-kept", "text": SECRET}]},
        {"events": None},
    ],
)
def test_a_draft_of_the_wrong_shape_is_refused_without_its_words(
    guide: Guide, changes: dict[str, object]
) -> None:
    with pytest.raises(RecordDamaged) as refused:
        draft_from_bytes(_altered(guide, **changes))
    assert refused.value.code == "wrong-shape"
    assert refused.value.__cause__ is None
    assert SECRET not in str(refused.value)


def test_events_out_of_order_are_refused(guide: Guide) -> None:
    record = json.loads(written(whole_talk(guide).snapshot()))
    record["events"].reverse()
    with pytest.raises(RecordDamaged):
        draft_from_bytes(json.dumps(record).encode())


def test_half_a_character_from_a_terminal_does_not_stop_the_saving(guide: Guide) -> None:
    talk = whole_talk(guide)
    talk.line = type(talk.line)("før \udce5 etter")
    assert draft_from_bytes(written(talk.snapshot()))[0].line.text == "før ? etter"


def test_the_head_says_what_the_list_shows(guide: Guide) -> None:
    talk = whole_talk(guide)
    talk.pin("hours", "før 16")
    snapshot = talk.snapshot()
    left = points(guide, snapshot.intake)
    head = head_to_bytes(snapshot, left, by="Ada", signed=START + dt.timedelta(hours=1))
    row = row_from_head(head, n=7, id=snapshot.id, case=snapshot.case)
    assert (row.code, row.alias, row.by, row.n, row.status) == (
        "K-4F2A",
        "Rogn",
        "Ada",
        7,
        "signed",
    )
    assert (row.channel, row.outcome, row.call, row.broke) == ("telephone", "HELP-1", "no", True)
    assert row.hours == "før 16"
    assert row.next == ("jeg ringer advokatvakta tirsdag kl 9",)
    assert row.started == snapshot.started


def test_the_head_of_a_newer_program_is_told_apart(guide: Guide) -> None:
    snapshot = whole_talk(guide).snapshot()
    head = head_to_bytes(snapshot, (), by="Ada", signed=START).replace(b'"format":1', b'"format":3')
    with pytest.raises(RecordDamaged) as refused:
        row_from_head(head, n=1, id=snapshot.id, case=snapshot.case)
    assert refused.value.code == "newer-format"


def test_a_row_shows_nothing_that_was_said_when_it_is_printed(guide: Guide) -> None:
    row = row_of(whole_talk(guide).snapshot(), (), by="Ada")
    assert row.status == "open"
    for secret in ("Rogn", "Ada", "advokatvakta"):
        assert secret not in repr(row)
