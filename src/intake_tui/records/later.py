"""What is added to a signed record later: amendments, and marks on what was done.

Each is a sealed, immutable revision of its own in the record's case. Its head says which record
it belongs to, and as much as the list of contacts needs of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from intake_tui.intake.amendment import Amendment, Shape, What, is_value
from intake_tui.intake.points import DEADLINE, Point
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.rows import ContactRow, Done, RowPoint
from intake_tui.records.sealed_json import from_bytes, to_bytes
from intake_tui.records.strict import Id, Part, Utc, Whole, part

AMENDMENT, DONE = "amendment", "done"


class AmendmentHead(Whole):
    """The short part of an amendment."""

    kind: Literal["amendment"]
    of: Id
    parents: tuple[Id, ...]
    at: Utc
    by: str
    what: What
    key: str
    now: str | None  # of a value, or of words that the list shows; of all else it is in the body


class MarkHead(Whole):
    """The short part of a mark."""

    kind: Literal["done"]
    of: Id
    parents: tuple[Id, ...]
    at: Utc
    by: str
    point: str
    done: bool


class _Body(Part):
    what: What
    key: str
    was: str | None
    now: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Amended:
    """That a record was amended, as far as the list needs it."""

    n: int
    id: str  # hex
    of: str  # the record's id, in hex
    parents: tuple[str, ...]  # the amendments of the same part that its writer had seen
    at: dt.datetime
    by: str = field(repr=False)
    what: What
    key: str
    now: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Marked:
    """That a point was done, or is not done after all."""

    n: int
    id: str
    of: str
    parents: tuple[str, ...]
    at: dt.datetime
    by: str = field(repr=False)
    point: str
    done: bool


Later: TypeAlias = Amended | Marked


def later_from(head: AmendmentHead | MarkHead, *, n: int, id: bytes) -> Later:  # noqa: A002
    """An addition from its head."""
    if isinstance(head, MarkHead):
        return Marked(n, id.hex(), head.of, head.parents, head.at, head.by, head.point, head.done)
    return Amended(
        n,
        id.hex(),
        head.of,
        head.parents,
        head.at,
        head.by,
        head.what,
        head.key,
        head.now,
    )


def amendment_to_bytes(
    amendment: Amendment,
    *,
    of: str,
    parents: Iterable[str],
    at: dt.datetime,
    by: str,
    in_row: bool,
) -> tuple[bytes, bytes]:
    """Head and body; `in_row`: the list of contacts shows the words that are amended."""
    about = {"kind": AMENDMENT, **_about(of, parents, at, by)}
    part_of = {"what": amendment.what, "key": amendment.key}
    head = to_bytes(
        {**about, **part_of, "now": amendment.now if in_row or is_value(amendment.what) else None}
    )
    body = {**part_of, "was": amendment.was, "now": amendment.now, "reason": amendment.reason}
    return head, to_bytes(body)


def mark_to_bytes(
    point: str, *, done: bool, of: str, parents: Iterable[str], at: dt.datetime, by: str
) -> tuple[bytes, bytes]:
    """Head and body of a mark; all of it stands in the head."""
    head = {"kind": DONE, **_about(of, parents, at, by), "point": point, "done": done}
    return to_bytes(head), to_bytes({})


def _about(of: str, parents: Iterable[str], at: dt.datetime, by: str) -> dict[str, Any]:
    return {"of": of, "parents": list(parents), "at": at.isoformat(), "by": by}


def amendment_from_bytes(body: bytes) -> _Body:
    """The long part of an amendment. Raises RecordDamaged."""
    return part(_Body, from_bytes(body))


def trail_entry(head: Amended, body: bytes | None) -> Shape:
    """One amendment in the documented shape; of a damaged one, what its head says."""
    about = {
        "id": head.id,
        "at": head.at.isoformat(),
        "by": head.by,
        "parents": list(head.parents),
        "what": head.what,
        "key": head.key,
    }
    try:
        found = None if body is None else amendment_from_bytes(body)
    except RecordDamaged:
        found = None
    if found is None or (found.what, found.key) != (head.what, head.key):
        return {**about, "was": None, "now": head.now, "reason": None, "damaged": True}
    said = {"was": found.was, "now": found.now, "reason": found.reason}
    return {**about, **said, "damaged": False}


def marks_of(laters: Iterable[Later]) -> list[Shape]:
    """The marks in the documented shape, oldest first."""
    return [
        {"point": one.point, "done": one.done, "at": one.at.isoformat(), "by": one.by}
        for one in laters
        if isinstance(one, Marked)
    ]


# How the list reads with what was added


def shows(row: ContactRow, amendment: Amendment) -> bool:
    """Whether the list of contacts shows the words that are amended."""
    return _point(amendment, row) is not None


def folded(row: ContactRow, laters: Iterable[Later]) -> ContactRow:
    """The row with what was added to its record, the newest last."""
    for one in sorted(laters, key=lambda later: later.n):
        row = _marked(row, one) if isinstance(one, Marked) else _amended(row, one)
    return row


def _marked(row: ContactRow, mark: Marked) -> ContactRow:
    done = Done(mark.at, mark.by) if mark.done else None
    return _with_point(row, mark.point, lambda one: replace(one, done=done))


def _amended(row: ContactRow, amended: Amended) -> ContactRow:
    row = replace(row, amended=True)
    change = _FIELDS.get((amended.what, amended.key))
    if change is not None:
        row = change(row, amended.now)
    return _with_words(row, _point(amended, row), amended.now)


def _with_words(row: ContactRow, key: str | None, text: str | None) -> ContactRow:
    """A point in other words is another thing to do: what was done before them does not count."""
    if key is None:
        return row
    if text is None:
        return replace(row, points=tuple(one for one in row.points if one.point.key != key))
    if key == DEADLINE and all(one.point.key != key for one in row.points):
        return replace(row, points=(RowPoint(Point(DEADLINE, DEADLINE, text)), *row.points))
    return _with_point(row, key, lambda one: RowPoint(replace(one.point, text=text)))


def _with_point(row: ContactRow, key: str, change: Callable[[RowPoint], RowPoint]) -> ContactRow:
    points = tuple(change(one) if one.point.key == key else one for one in row.points)
    return replace(row, points=points)


def _point(amended: Amendment | Amended, row: ContactRow) -> str | None:
    """The key of the point that an amendment bears on."""
    if (amended.what, amended.key) == ("safety", DEADLINE):
        return DEADLINE
    if amended.what not in ("sentence", "statement"):
        return None
    key = f"next:{amended.key}"
    return key if any(one.point.key == key for one in row.points) else None


def _with_call(row: ContactRow, now: str | None) -> ContactRow:
    """Whatever is not yes or no was not agreed, and then nobody calls."""
    return replace(row, call="yes" if now == "yes" else "no" if now == "no" else None)


_FIELDS: Mapping[tuple[str, str], Callable[[ContactRow, str | None], ContactRow]] = {
    ("safety", "call"): _with_call,
    ("safety", "hours"): lambda row, now: replace(row, hours=now),
    ("answer", "alias"): lambda row, now: replace(row, alias=now),
    ("answer", "INV-1"): lambda row, now: replace(row, channel=now),
    ("decision", ""): lambda row, now: replace(row, outcome=now),
}
