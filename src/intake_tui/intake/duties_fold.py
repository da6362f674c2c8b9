"""What events do to the worksheets of the duties: weighed by the counsellor, and by nothing else.

A line that is taken back, split or merged only takes its link along: the words and the conclusion
of a worksheet change by `DutyWeighed` alone.
"""

from __future__ import annotations

from dataclasses import replace

from intake_tui.intake.children import children_in
from intake_tui.intake.events import DutyPart, DutyWeighed
from intake_tui.intake.record import DutyWorksheet, Intake, Statement, Weighed


def weighed(intake: Intake, event: DutyWeighed) -> Intake:
    """The intake after the counsellor wrote a part of a worksheet. An empty worksheet is none."""
    value = _there(intake, event.value) if event.part == "supports" else event.value
    key = (event.duty, event.child)
    old = next((sheet for sheet in intake.duties if (sheet.duty, sheet.child) == key), None)
    sheet = old or DutyWorksheet(event.duty, event.child)
    sheet = replace(sheet, about=event.about or sheet.about)
    sheet = _written(sheet, event.part, Weighed(value, event.at, event.id))
    if old is None:
        return _kept(intake, (*intake.duties, sheet))
    return _kept(intake, tuple(sheet if other is old else other for other in intake.duties))


def unlinked(intake: Intake, gone: str, instead: str | None = None) -> Intake:
    """The intake where that line supports nothing (any more), or another one in its place."""
    more = (instead,) if instead else ()
    return _relinked(intake, gone, more)


def linked_anew(intake: Intake, first: Statement, second: Statement) -> Intake:
    """The intake where both halves of a line support what the whole line did.

    The children that its second half tells of keep their worksheets.
    """
    before = len(list(children_in(first)))
    moved = {f"{first.id}.{before + child.row}": child.key for child in children_in(second)}
    duties = tuple(
        replace(sheet, child=moved.get(sheet.child, sheet.child)) for sheet in intake.duties
    )
    return _relinked(_kept(intake, duties), first.id, (first.id, second.id))


def _relinked(intake: Intake, line: str, instead: tuple[str, ...]) -> Intake:
    if not any(line in sheet.values("supports") for sheet in intake.duties):
        return intake
    return _kept(intake, tuple(_linked(sheet, line, instead) for sheet in intake.duties))


def _linked(sheet: DutyWorksheet, line: str, instead: tuple[str, ...]) -> DutyWorksheet:
    part = sheet.parts.get("supports")
    if part is None or line not in part.value:
        return sheet
    links = [new for old in part.value for new in (instead if old == line else (old,))]
    return _written(sheet, "supports", replace(part, value=tuple(dict.fromkeys(links))))


def _written(sheet: DutyWorksheet, part: DutyPart, weighed: Weighed) -> DutyWorksheet:
    parts = {name: other for name, other in sheet.parts.items() if name != part}
    if weighed.value:
        parts[part] = weighed
    return replace(sheet, parts=parts)


def _kept(intake: Intake, duties: tuple[DutyWorksheet, ...]) -> Intake:
    return replace(intake, duties=tuple(sheet for sheet in duties if sheet.parts))


def _there(intake: Intake, statements: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id_ for id_ in dict.fromkeys(statements) if intake.statement(id_))
