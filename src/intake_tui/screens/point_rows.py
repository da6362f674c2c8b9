"""What is left to be done, as rows above the signed contacts: due first, then the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from intake_tui.guide.model import Guide
from intake_tui.intake.due import due, is_due, soonest
from intake_tui.intake.points import Point
from intake_tui.screens.contacts_rows import Entry, others_forbid
from intake_tui.widgets.caution import caution_of
from intake_tui.widgets.row_layout import Piece, Row, shortened
from intake_tui.widgets.safety_rows import calling
from intake_tui.widgets.saying import place_name
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.records.persons import Known

ALL_POINTS = "all-points"
FEW = 3  # rows of each kind that stand there at once: the contacts must be in sight too
MANY = 100  # and as many more each time that all of them are asked for
POINT = "point"


class PointRows:
    """Makes the rows; a point keeps its contact's code and whether to call beside it."""

    def __init__(self, guide: Guide, words: Words, now: dt.datetime, known: Known | None) -> None:
        self._guide, self._words, self._now, self._known = guide, words, now, known

    def all(self, contacts: Sequence[Entry], *, few: int, more: bool = False) -> list[Row]:
        """Both sections; what is too much for them stands behind one row.

        `more`: there are further ones that are not among the contacts.
        """
        urgent, others = self._sorted(contacts)
        rows = [*self._section("points.due", urgent[:few])]
        if urgent and others:
            rows.append(Row())
        rows += self._section("points.left", others[:few])
        if more or len(urgent) > few or len(others) > few:
            rows.append(Row(self._words("points.all"), key=ALL_POINTS, look="accent"))
        return [*rows, Row()] if rows else []

    def _sorted(
        self, contacts: Sequence[Entry]
    ) -> tuple[list[tuple[Entry, Point]], list[tuple[Entry, Point]]]:
        urgent: list[tuple[dt.datetime, Entry, Point]] = []
        others: list[tuple[Entry, Point]] = []
        for contact in contacts:
            for point in contact.outstanding:
                at = due(point, contact.started)
                if at is not None and is_due(at, self._now):
                    urgent.append((at, contact, point))
                else:
                    others.append((contact, point))
        now = self._now.timestamp()
        urgent.sort(key=lambda each: soonest(each[0].timestamp(), now))
        return [(contact, point) for _, contact, point in urgent], others

    def _section(self, heading: str, found: list[tuple[Entry, Point]]) -> Iterator[Row]:
        if found:
            yield Row(self._words(heading), look="heading", right=self._words("safety.call"))
            yield from (self._row(contact, point) for contact, point in found)

    def _row(self, contact: Entry, point: Point) -> Row:
        no, others = contact.call == "no", others_forbid(self._known, contact.case)
        told: Piece = (self._words("same_person.others-do-not-call"), "warn")
        who = f"{contact.code} {contact.alias}"
        return Row(
            self.said(point),
            key=f"{POINT}/{contact.id}/{point.key}",
            lead=set_cell_size(shortened(who, 19), 20),
            right=calling(contact.call, None, self._words),
            right_look="warn" if no else "quiet",
            below=(told,) if others and not no else (),
            caution=caution_of({"call": "no"}, self._words, (point.text,))
            if no or others
            else None,
        )

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
