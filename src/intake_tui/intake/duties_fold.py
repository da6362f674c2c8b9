"""What events do to the worksheets of the duties: weighed by the counsellor, and by nothing else.

A line that is taken back, changed, split or merged only takes its link and its children along: the
words and the conclusion of a worksheet change by `DutyWeighed` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from intake_tui.intake.children import Child, children_in
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


def linked_anew(intake: Intake, first: str, second: str) -> Intake:
    """The intake where both halves of a line support what the whole line did."""
    return _relinked(intake, first, (first, second))


def children_followed(
    intake: Intake, before: Iterable[Statement], after: Iterable[Statement], event: int
) -> Intake:
    """The intake where the worksheet of a child is that child's, wherever its row is now.

    `before` and `after` are the same lines before and after that event. A worksheet whose row is
    not there any more is nobody's else: it stays under the words that it was weighed under.
    """
    old = [child for line in before for child in children_in(line)]
    new = [child for line in after for child in children_in(line)]
    keys = {child.key: f"{child.key}-{event}" for child in old} | _same_children(old, new)
    if all(one == other for one, other in keys.items()):
        return intake
    duties = tuple(
        replace(sheet, child=keys.get(sheet.child, sheet.child)) for sheet in intake.duties
    )
    edits = {_of_child(key, keys): edit for key, edit in intake.edits.items()}
    return replace(intake, duties=duties, edits=edits)


def _same_children(old: list[Child], new: list[Child]) -> dict[str, str]:
    """Which row became which: the one that reads the same, else the one that stands there."""
    same: dict[str, str] = {}
    left = list(new)
    for child in old:
        again = next((other for other in left if other.text == child.text), None)
        if again is not None:
            left.remove(again)
            same[child.key] = again.key
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        same |= {one.key: two.key for one, two in pairs if one.key not in same and two in left}
    return same


def _of_child(key: str, keys: Mapping[str, str]) -> str:
    """The key of a sentence on a worksheet, where its child's key has changed."""
    name, _, rest = key.partition(":")
    duty, _, rest = rest.partition(":")
    child, colon, rest = rest.partition(":")
    known = name == "duty" and child in keys
    return f"{name}:{duty}:{keys[child]}{colon}{rest}" if known else key


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
