"""What is left to be done, as rows above the signed contacts: due first, then the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from intake_tui.guide.model import Guide
from intake_tui.intake.due import Urgency, due, is_due, urgency
from intake_tui.intake.points import DEADLINE, Point
from intake_tui.screens.contacts_rows import Entry, others_forbid
from intake_tui.widgets.caution import caution_of
from intake_tui.widgets.row_layout import Piece, Row, shortened
from intake_tui.widgets.safety_rows import calling
from intake_tui.widgets.saying import deadline_text, due_day, place_name
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.records.persons import Known

ALL_POINTS = "all-points"
FEW = 3  # rows of each kind that stand there at once: the contacts must be in sight too
MANY = 100  # and as many more each time that all of them are asked for
POINT = "point"


@dataclass(frozen=True, slots=True, repr=False)
class _Found:
    """A point, the contact that it is of, and when it is due."""

    contact: Entry
    point: Point
    at: dt.datetime | None


class PointRows:
    """Makes the rows; a point keeps its contact's code and whether to call beside it."""

    def __init__(self, guide: Guide, words: Words, now: dt.datetime, known: Known | None) -> None:
        self._guide, self._words, self._now, self._known = guide, words, now, known

    def all(self, contacts: Sequence[Entry], *, few: int, points: int) -> list[Row]:
        """Both sections; what is too much for them stands behind one row, which says how many.

        `points`: so many there are, those of contacts that are not here as well.
        """
        urgent, others = self._sorted(contacts)
        urgent, others = urgent[:few], others[:few]
        rows = [*self._section("points.due", urgent)]
        if urgent and others:
            rows.append(Row())
        rows += self._section("points.left", others)
        more = points - len(urgent) - len(others)
        if more > 0:
            rows.append(Row(self._words("points.all", n=more), key=ALL_POINTS, look="accent"))
        return [*rows, Row()] if rows else []

    def _sorted(self, contacts: Sequence[Entry]) -> tuple[list[_Found], list[_Found]]:
        """What is due, and the rest, in the order of `ToDo.first`."""
        found = [
            _Found(contact, point, due(point, contact.started))
            for contact in contacts
            for point in contact.outstanding
        ]
        found.sort(key=self._order)
        urgent = [each for each in found if self._is_due(each)]
        return urgent, [each for each in found if not self._is_due(each)]

    def _is_due(self, found: _Found) -> bool:
        return found.at is not None and is_due(found.at, self._now)

    def _order(self, found: _Found) -> Urgency:
        pinned = found.point.kind == DEADLINE
        if found.at is None or not self._is_due(found):
            return not pinned, False, 0.0
        return urgency(found.at.timestamp(), self._now.timestamp(), pinned=pinned)

    def _section(self, heading: str, found: list[_Found]) -> Iterator[Row]:
        if found:
            yield Row(self._words(heading), look="heading", right=self._words("safety.call"))
            yield from map(self._row, found)

    def of(self, contact: Entry) -> Iterator[Row]:
        """Those of one contact."""
        for point in contact.outstanding:
            yield self._row(_Found(contact, point, due(point, contact.started)))

    def _row(self, found: _Found) -> Row:
        contact, point = found.contact, found.point
        no, others = contact.call == "no", others_forbid(self._known, contact.case)
        told: Piece = (self._words("same_person.others-do-not-call"), "warn")
        who = f"{contact.code} {contact.alias}"
        return Row(
            self._dated(found),
            key=f"{POINT}/{contact.id}/{point.key}",
            lead=set_cell_size(shortened(who, 19), 20),
            right=calling(contact.call, None, self._words),
            right_look="warn" if no else "quiet",
            below=(told,) if others and not no else (),
            caution=caution_of({"call": "no"}, self._words, (point.text,))
            if no or others
            else None,
        )

    def _dated(self, found: _Found) -> str:
        """With the day on which it is due, where its words say that."""
        today = self._now.astimezone().date()
        if found.point.kind == DEADLINE:
            return deadline_text(found.point.text, found.at, today, self._words)
        said = self.said(found.point)
        return f"{due_day(found.at, today, self._words)}: {said}" if found.at else said

    def said(self, point: Point) -> str:
        """The point in its own words, with what kind of thing it is where they do not say it."""
        if point.kind == "told":
            return self._words(
                "points.tell", name=place_name(self._guide, point.about, self._words)
            )
        if point.kind == "duty":
            names = {one.id: one.name.at(self._words.language) for one in self._guide.duties}
            return " · ".join(part for part in (names.get(point.about, ""), point.text) if part)
        return point.text
