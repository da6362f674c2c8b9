"""A row of the list of contacts as few bytes: ten thousand of them are kept in memory.

They never leave it: what is on the disk is read by `codec`, strictly.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Sequence
from typing import Any

from intake_tui.intake.points import Point
from intake_tui.intake.snapshot import code
from intake_tui.records.rows import ContactRow, Done, RowPoint

_ID = 16  # bytes of an id, and of a case's


def pack(row: ContactRow) -> bytes:
    """A signed row; what follows from the rest is left out."""
    told = (
        row.alias,
        _seconds(row.started),
        row.channel,
        row.outcome,
        row.by,
        tuple(_point(each) for each in row.points),
        row.call,
        row.hours,
        row.broke,
        row.amended,
    )
    return bytes.fromhex(row.id) + bytes.fromhex(row.case) + marshal.dumps(told)


def unpack(packed: bytes, n: int) -> ContactRow:
    """The row with that number; of bytes that `pack` made in this process, and of no others."""
    case = packed[_ID : 2 * _ID]
    alias, started, channel, outcome, by, points, call, hours, broke, amended = marshal.loads(  # noqa: S302
        memoryview(packed)[2 * _ID :]
    )
    return ContactRow(
        id=packed[:_ID].hex(),
        case=case.hex(),
        code=code(case),
        alias=alias,
        started=_time(started),
        status="signed",
        channel=channel,
        outcome=outcome,
        by=by,
        points=tuple(map(_row_point, points)),
        call=call,
        hours=hours,
        broke=broke,
        n=n,
        amended=amended,
    )


def id_of(packed: bytes) -> bytes:
    """The record's id."""
    return packed[:_ID]


def case_of(packed: bytes) -> bytes:
    """The id of its case."""
    return packed[_ID : 2 * _ID]


def _point(each: RowPoint) -> tuple[Any, ...]:
    point = each.point
    told = point.key, point.kind, point.text, point.about
    return told if each.done is None else (*told, _seconds(each.done.at), each.done.by)


def _row_point(told: Sequence[Any]) -> RowPoint:
    key, kind, text, about, *done = told
    point = Point(key, kind, text, about)
    return RowPoint(point, Done(_time(done[0]), done[1]) if done else None)


def _seconds(at: dt.datetime) -> int | str:
    """Seconds since 1970; in full where there is more to it."""
    return at.isoformat() if at.microsecond else int(at.timestamp())


def _time(at: int | str) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, dt.UTC) if isinstance(at, int) else _full(at)


def _full(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at).astimezone(dt.UTC)
