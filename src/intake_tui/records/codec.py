"""Drafts and the heads of signed records, to bytes and back; strict about what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from operator import is_
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from intake_tui.guide.model import Language
from intake_tui.intake.closed_models import CLOSED
from intake_tui.intake.events import EVENTS, Event, Kind
from intake_tui.intake.fold import fold
from intake_tui.intake.line import Line
from intake_tui.intake.points import Point, PointKind
from intake_tui.intake.snapshot import Snapshot, code
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.later import AmendmentHead, Later, MarkHead, later_from
from intake_tui.records.rows import ContactRow, RowPoint
from intake_tui.records.sealed_json import encoded, from_bytes, to_bytes
from intake_tui.records.strict import Id, Part, Utc, Whole, is_time, part, read


class _Line(Part):
    text: str
    kind: Kind
    places: tuple[str, ...]
    answers: dict[str, str]
    editing: str | None


class _Draft(Part):
    """All but the events, which have a validator of their own."""

    id: Id
    case: Id
    started: Utc
    by: str
    language: Language
    guide: str
    step: int = Field(ge=1, le=8)
    changes: int = Field(ge=0)
    saved: Utc
    line: _Line


class _Point(Part):
    key: str
    kind: PointKind
    text: str
    about: str


class _Head(Whole):
    kind: Literal["record"]
    alias: str | None
    started: Utc
    signed: Utc
    by: str
    channel: str | None
    outcome: str | None
    points: tuple[_Point, ...]
    call: Literal["yes", "no"] | None
    hours: str | None
    broke: bool
    language: Language
    guide: str
    parents: tuple[Id, ...]


_HEAD: TypeAdapter[_Head | AmendmentHead | MarkHead] = TypeAdapter(
    Annotated[_Head | AmendmentHead | MarkHead, Field(discriminator="kind")],
    config=CLOSED,
)


class WrittenEvents:
    """The events of one draft as bytes. Each is encoded once: a save must not hold up a key."""

    def __init__(self) -> None:
        self._events: tuple[Event, ...] = ()
        self._bytes: list[bytes] = []

    def of(self, events: tuple[Event, ...]) -> Sequence[bytes]:
        """Those events; only the ones that came since the last call are encoded."""
        known = len(self._events)
        if known > len(events) or not all(map(is_, self._events, events)):
            known, self._bytes = 0, []
        self._bytes += [encoded(event.model_dump(mode="json")) for event in events[known:]]
        self._events = events
        return self._bytes


def draft_to_bytes(
    snapshot: Snapshot, written: WrittenEvents | None = None, *, saved: dt.datetime
) -> bytes:
    """A conversation as it stands, undone changes and the unfinished line included.

    `saved` is the time (UTC) of writing it. `written` remembers the bytes of its events for the
    next time.
    """
    events = (written or WrittenEvents()).of(snapshot.events)
    line = snapshot.line
    about = to_bytes(
        {
            "id": snapshot.id.hex(),
            "case": snapshot.began_in.hex(),
            "started": snapshot.started.isoformat(),
            "by": snapshot.by,
            "language": snapshot.language,
            "guide": snapshot.guide_hash,
            "step": snapshot.step,
            "changes": snapshot.changes,
            "saved": saved.isoformat(),
            "line": {
                "text": line.text,
                "kind": line.kind,
                "places": line.places,
                "answers": line.answers,
                "editing": line.editing,
            },
        }
    )
    return b'%b,"events":[%b]}' % (about.removesuffix(b"}"), b",".join(events))


def draft_from_bytes(data: bytes) -> tuple[Snapshot, dt.datetime]:
    """The conversation as it stood, and when (UTC) it was written. Raises RecordDamaged."""
    record = from_bytes(data)
    events = _events(record.pop("events", None))
    draft = part(_Draft, record)
    line = draft.line
    snapshot = Snapshot(
        id=bytes.fromhex(draft.id),
        began_in=bytes.fromhex(draft.case),
        started=draft.started,
        by=draft.by,
        language=draft.language,
        guide_hash=draft.guide,
        step=draft.step,
        changes=draft.changes,
        line=Line(line.text, line.kind, line.places, dict(line.answers), line.editing),
        intake=fold(events),
    )
    return snapshot, draft.saved


def head_to_bytes(
    snapshot: Snapshot, left: Iterable[Point], *, by: str, signed: dt.datetime
) -> bytes:
    """What the list of contacts shows of a signed record. `by` is the counsellor's name."""
    row = row_of(snapshot, left, by=by)
    return to_bytes(
        {
            "kind": "record",
            "alias": row.alias,
            "started": row.started.isoformat(),
            "signed": signed.isoformat(),
            "by": row.by,
            "channel": row.channel,
            "outcome": row.outcome,
            "points": [asdict(each.point) for each in row.points],
            "call": row.call,
            "hours": row.hours,
            "broke": row.broke,
            "language": snapshot.language,
            "guide": snapshot.guide_hash,
            "parents": (),
        }
    )


def row_from_head(
    data: bytes,
    *,
    n: int,
    id: bytes,  # noqa: A002 - the record's own name
    case: bytes,
) -> ContactRow | Later:
    """The list's row of a signed record, or what was added to one. Raises RecordDamaged."""
    head = read(_HEAD, data)
    if not isinstance(head, _Head):
        return later_from(head, n=n, id=id)
    return ContactRow(
        id=id.hex(),
        case=case.hex(),
        code=code(case),
        alias=head.alias,
        started=head.started,
        status="signed",
        channel=head.channel,
        outcome=head.outcome,
        by=head.by,
        points=tuple(
            RowPoint(Point(one.key, one.kind, one.text, one.about)) for one in head.points
        ),
        call=head.call,
        hours=head.hours,
        broke=head.broke,
        n=n,
    )


def row_of(snapshot: Snapshot, left: Iterable[Point], *, by: str) -> ContactRow:
    """The list's row of a conversation that is still open; `left` is what is left to be done."""
    intake = snapshot.intake
    call = intake.safety.get("call")
    return ContactRow(
        id=snapshot.id.hex(),
        case=snapshot.case.hex(),
        code=code(snapshot.case),
        alias=intake.value("alias"),
        started=snapshot.started,
        status="open",
        channel=intake.value("INV-1"),
        outcome=intake.value("decision"),
        by=by,
        points=tuple(RowPoint(point) for point in left),
        call="yes" if call == "yes" else "no" if call == "no" else None,
        hours=intake.safety.get("hours"),
        broke=bool(intake.broke),
        n=None,
    )


def _events(events: object) -> tuple[Event, ...]:
    try:
        found = EVENTS.validate_python(events)
    except ValidationError:
        raise RecordDamaged("wrong-shape") from None
    times = (at for event in found for at in (event.at, getattr(event, "held", event.at)))
    if any(one.id >= other.id for one, other in pairwise(found)) or not all(map(is_time, times)):
        raise RecordDamaged("wrong-shape")
    return found
