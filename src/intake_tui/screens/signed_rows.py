"""A signed record as rows, from its documented shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from rich.cells import set_cell_size

from intake_tui.guide.ageing import Ages
from intake_tui.guide.answers import Stance
from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import What, reading
from intake_tui.intake.due import due
from intake_tui.intake.points import DEADLINE, Point
from intake_tui.screens.signed_duties import signed_duties
from intake_tui.screens.signed_targets import SignedTargets
from intake_tui.widgets.ageing import mark
from intake_tui.widgets.corrections import Corrections, when
from intake_tui.widgets.happened import recorded_date
from intake_tui.widgets.row_layout import LIST_MARK, Piece, Row
from intake_tui.widgets.safety_rows import calling, safety_rows, safety_text
from intake_tui.widgets.said_rows import read_time, said_row, words_of
from intake_tui.widgets.saying import (
    answer_word,
    as_said,
    before_words,
    clock,
    deadline_text,
    joined_text,
    place_name,
    places_line,
    stance_word,
)
from intake_tui.words import Words

LABELS = 26
ALIAS = "alias"
ADD = "addition:"  # the key of the row to add from


class SignedRows(SignedTargets):
    """Makes the rows; nothing of the record is left out."""

    def __init__(
        self,
        record: dict[str, Any],
        guide: Guide,
        words: Words,
        today: dt.date,
        *,
        as_signed: bool = False,
    ) -> None:
        super().__init__(record, guide, words)
        self._today = today
        amendments = [] if as_signed else record["amendments"]
        self._fixed = Corrections(amendments, words)
        self._added = [each for each in amendments if each["what"] == "addition"]
        self._reads = record if as_signed else reading(record)

    def heading(self) -> tuple[str, str]:
        """The code and alias; when and by whom it was signed."""
        record = self._record
        title = " · ".join(part for part in (record["code"], self._reads["alias"]) if part)
        if not record["signed"]:
            return title, self._words("signed.open")
        at = read_time(record["signed"]).astimezone()
        return title, self._words("signed.by", at=f"{at:%d.%m.%Y %H:%M}", name=record["by"])

    def rows(self) -> Iterator[Row]:
        """All parts, each with its heading; every row with words can be come to."""
        for number, row in enumerate(self._all()):
            passed_by = row.key or row.look == "heading" or not row.text or number == 0
            yield row if passed_by else replace(row, key=f"-{number}")

    def _all(self) -> Iterator[Row]:
        yield from self._top()
        yield from self._journal()
        yield from self._statements()
        yield from self._dates()
        yield from self._answers()
        yield from self._told()
        yield from self._signals()
        yield from self._decision()
        yield from signed_duties(self._record, self._guide, self._words)
        yield from self._safety()
        yield from self._registration()
        yield from self._additions()

    def _top(self) -> Iterator[Row]:
        """When and how the contact came; whether to call is seen before anything else is read."""
        started = f"{read_time(self._record['started']).astimezone():%d.%m.%Y %H:%M}"
        channel = self._reads["answers"].get("INV-1")
        parts = [started]
        if channel:
            parts.append(answer_word(self._guide, "INV-1", channel["value"], self._words))
        safety = self.safety
        _, look = safety_text("call", safety, self._words)
        call = calling(safety.get("call"), safety.get("hours"), self._words)
        label = self._words("safety.call")
        yield Row(" · ".join(parts), look="quiet", right=f"{label}: {call}", right_look=look)
        yield from self._deadline()
        yield from (
            Row(joined_text(joining, self._words), look="quiet")
            for joining in self._record["joined"]
        )
        yield self._alias()
        yield Row()

    def _deadline(self) -> Iterator[Row]:
        """The pinned one, as long as nobody marked it done."""
        text, mark = self.safety.get(DEADLINE), self._newest_marks.get(DEADLINE)
        if text and not (mark and mark["done"]):
            at = due(Point(DEADLINE, DEADLINE, text), read_time(self._record["started"]))
            yield Row(deadline_text(text, at, self._today, self._words), look="strong")

    def _alias(self) -> Row:
        """What the case is called, to be corrected; where it has no such name, to be given one."""
        alias = self._reads["alias"]
        lead = set_cell_size(place_name(self._guide, ALIAS, self._words), LABELS)
        row = Row(alias or self._words("amend.nothing"), lead=lead, look="quiet")
        return self._corrected(row, "answer", ALIAS)

    def _journal(self) -> Iterator[Row]:
        if self._record["damaged"]:
            yield Row(self._words("amend.some-unreadable"), look="warn")
            yield Row()
        journal = self._record["journal"]
        for part in journal["parts"]:
            yield Row(part["heading"], look="heading")
            yield from map(self._sentence, part["sentences"])
            yield Row()
        if journal["left_out"]:
            yield Row(self._words("journal.left-out"), look="heading")
            yield from (replace(self._sentence(each), look="quiet") for each in journal["left_out"])
            yield Row()

    def _sentence(self, each: dict[str, Any]) -> Row:
        row = self._corrected(Row(each["text"], lead=LIST_MARK), "sentence", each["key"])
        if any(self._fixed.of("statement", source) for source in each["sources"]):
            told: Piece = (self._words("amend.source-corrected"), "quiet")
            row = replace(row, below=(*row.below, told))
        return row

    def _corrected(self, row: Row, what: What, key: str) -> Row:
        return self._fixed.shown(row, what, key, partial(self._said, what, key))

    def _additions(self) -> Iterator[Row]:
        """What was added, and the row to add more from; it is the last one."""
        yield Row()
        yield Row(self._words("amend.additions"), look="heading")
        for each in self._added:
            about = {"at": when(each["at"]), "name": each["by"]}
            said = self._words("amend.unreadable", **about)
            if not each["damaged"]:
                said = self._words("amend.added", reason=each["reason"], **about)
            yield Row(each["now"] or "", lead=LIST_MARK, below=((said, "quiet"),))
        yield Row(self._words("amend.add"), key=ADD, look="accent")

    def _statements(self) -> Iterator[Row]:
        yield Row(self._words("running_note.title"), look="heading")
        for line in self._record["statements"]:
            yield self._statement(line)
        for at in self._record["broke"]:
            yield Row(self._words("running_note.broke"), lead=f"{clock(read_time(at))}  ")
        yield Row()

    def _statement(self, line: dict[str, Any]) -> Row:
        row = said_row(line, self._record["answers"], self._guide, self._words)
        return self._fixed.shown(row, "statement", line["id"], partial(self._quoted, line))

    def _quoted(self, line: dict[str, Any], text: str | None) -> str:
        """What a line reads after or before a correction; a quote keeps its marks."""
        said = self._said("statement", line["id"], text)
        return said if text is None else as_said(line["kind"], said)

    def _dates(self) -> Iterator[Row]:
        """What has a date, in the order in which it happened; the rest stands above."""
        lines = {line["id"]: line for line in self._reads["statements"]}
        dated = [lines[id_] for id_ in self._record["date_line"]["dated"] if id_ in lines]
        if not dated:
            return
        yield Row(self._words("running_note.date-line"), look="heading")
        for line in dated:
            lead = set_cell_size(recorded_date(line, self._words), LABELS)
            yield Row(words_of(line), lead=lead, quoting=True)
        yield Row()

    def _answers(self) -> Iterator[Row]:
        yield from self._listed("signed.answers", "answer", self._both("answers"), self._answer)

    def _told(self) -> Iterator[Row]:
        yield from self._listed("signed.told", "told", self._both("told"), self._answer)

    def _options(self) -> Iterator[Row]:
        options: dict[str, Any] = {
            **self._reads["decision"]["options"],
            **self._record["decision"]["options"],
        }
        yield from self._listed("signed.options", "option", options, self._stance)

    def _both(self, table: str) -> dict[str, Any]:
        """As it was signed, and what was not there then."""
        return {**self._record[table], **self._reads[table], **self._record[table]}

    def _listed(
        self,
        heading: str,
        what: What | None,
        found: dict[str, dict[str, Any]],
        said: Callable[[str, Any], str],
    ) -> Iterator[Row]:
        """Each by its name, with what was said before it in the quiet line under it."""
        if not found:
            return
        yield Row(self._words(heading), look="heading")
        for place, each in found.items():
            lead = set_cell_size(place_name(self._guide, place, self._words), LABELS)
            row = Row(
                said(place, each),
                lead=lead,
                right=self._mark(self._guide.by_id.get(place)),
                below=self._before(place, each, said),
            )
            yield row if what is None else self._corrected(row, what, place)
        yield Row()

    def _before(
        self, place: str, each: dict[str, Any], said: Callable[[str, Any], str]
    ) -> tuple[Piece, ...]:
        earlier = [said(place, one) for one in each["before"]]
        return ((before_words(earlier, self._words), "quiet"),) if earlier else ()

    def _answer(self, place: str, each: dict[str, Any]) -> str:
        return answer_word(self._guide, place, str(each["value"]), self._words)

    def _stance(self, _place: str, each: dict[str, Any]) -> str:
        return stance_word(Stance(each["offered"], each["view"]), self._words)

    def _signals(self) -> Iterator[Row]:
        """By name, with the answers and words it followed from; one that is gone, by its id."""
        there = {one.id: one for one in self._guide.signals}
        yield Row(self._words("overview.signals"), look="heading")
        found = self._record["signals"]
        for each in found:
            signal = there.get(each["id"])
            name = signal.name.at(self._words.language) if signal else each["id"]
            below = tuple(piece for one in each["because"] for piece in self._because(one))
            yield Row(name, right=self._mark(signal), below=below, hang=2)
        if not found:
            yield Row(self._words("overview.no-signals"))
        yield Row()

    def _because(self, because: dict[str, Any]) -> Iterator[Piece]:
        place, value = because["place"], because["value"]
        answers = {place: value} if value else {}
        said = places_line(self._guide, (place,), answers, self._words)
        yield f"{self._words('overview.because')} {said}", "quiet"
        for line in self._record["statements"]:
            if line["id"] in because["statements"]:
                yield words_of(line), "quiet"

    def _mark(self, part: Ages | None) -> str:
        return mark(part, self._today, self._words)

    def _decision(self) -> Iterator[Row]:
        decision = self._record["decision"]
        yield Row(self._words("signed.decision"), look="heading")
        chosen = decision["chosen"]
        row = Row(
            place_name(self._guide, chosen, self._words)
            if chosen
            else self._words("signed.nothing-chosen"),
            below=self._before("decision", decision, self._answer),
        )
        yield self._corrected(row, "decision", "")
        if decision["reason"]:
            yield Row(decision["reason"], quoting=True)
        if decision["police"]:
            police = answer_word(self._guide, "police", decision["police"], self._words)
            row = Row(police, lead=set_cell_size(self._words("signed.police"), LABELS))
            yield self._corrected(row, "answer", "police")
        for each in self._reads["next"]:
            yield Row(self._words("contacts.next", text=each["text"]))
        yield from self._marks()
        yield Row()
        yield from self._options()

    @property
    def _newest_marks(self) -> dict[str, dict[str, Any]]:
        """By point, what was said last of whether it is done."""
        return {each["point"]: each for each in self._record["done"]}

    def _marks(self) -> Iterator[Row]:
        """What was marked done and has not been unmarked since, by whom and when."""
        for point, each in self._newest_marks.items():
            if each["done"]:
                said = self._words("amend.done", at=when(each["at"]), name=each["by"])
                yield Row(f"{self._point(point)} · {said}", look="quiet")

    def _point(self, key: str) -> str:
        kind, _, which = key.partition(":")
        if kind == "next":
            lines = (*self._reads["next"], *self._record["next"])
            return next((one["text"] for one in lines if one["statement"] == which), key)
        if kind == "told":
            return place_name(self._guide, which, self._words)
        if kind == DEADLINE:
            return self.safety.get(DEADLINE, self._words("safety.deadline"))
        names = {one.id: one.name.at(self._words.language) for one in self._guide.duties}
        return names.get(which.partition(":")[0], key)

    def _safety(self) -> Iterator[Row]:
        """As it is now in either view, with what stood."""
        yield Row(self._words("safety.title"), look="heading")
        fixed = Corrections(self._record["amendments"], self._words)
        for row in safety_rows(self.safety, self._words):
            kind = row.key or ""
            below = fixed.below("safety", kind, partial(self._said, "safety", kind))
            yield Row(row.text, f"safety:{kind}", row.lead, below=below, look=row.look)
        yield from self._taken_over()

    def _taken_over(self) -> Iterator[Row]:
        taken = self._record["taken_over"]
        if taken:
            yield Row()
            yield Row(self._words("signed.taken-over"), look="heading")
        for each in taken:
            is_pin = each["kind"] == "safety"
            name = (
                self._words(f"safety.{each['item']}")
                if is_pin
                else place_name(self._guide, each["item"], self._words)
            )
            held = f"{read_time(each['held']).astimezone():%d.%m.%Y}"
            yield Row(self._words("before.from", date=held), lead=set_cell_size(name, LABELS))

    def _registration(self) -> Iterator[Row]:
        found = {
            place: {"value": value, "before": ()}
            for place, value in self._record["registration"].items()
        }
        if found:
            yield Row()
        yield from self._listed("signed.registration", None, found, self._answer)
