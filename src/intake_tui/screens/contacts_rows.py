"""The rows of the contacts screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rich.cells import set_cell_size

from intake_tui.guide.model import Guide, Option, Question
from intake_tui.intake.due import deadline_due
from intake_tui.intake.points import DEADLINE, Point, points
from intake_tui.records.rows import states
from intake_tui.records.seeking import matches, sought, spans, terms_of, whole
from intake_tui.widgets.caution import Caution, caution_of
from intake_tui.widgets.desk import Desk
from intake_tui.widgets.row_layout import Look, Piece, Row, shortened
from intake_tui.widgets.safety_rows import calling
from intake_tui.widgets.saying import answer_word, day, deadline_text, place_name
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive, ContactRow
    from intake_tui.records.persons import Known

WIDE = 100  # columns from which the channel is shown
WIDEST = 130  # and from which the counsellor is
Call = Literal["yes", "no"] | None


@dataclass(frozen=True, repr=False)
class Entry:
    """One contact, open or signed, as the list shows it."""

    id: str
    case: str
    code: str
    alias: str
    started: dt.datetime
    channel: str
    outcome: str
    outstanding: tuple[Point, ...]  # what is left to be done
    call: str | None
    hours: str | None
    is_open: bool
    is_empty: bool  # nothing was written in it
    broke: bool
    by: str  # who holds or signed it
    states: tuple[str, ...]  # what its row says in the program's own words
    done: tuple[str, ...] = ()  # what was left to be done, and is not any more

    @property
    def next(self) -> tuple[str, ...]:
        """Who does what, when, as far as it is not done."""
        return tuple(point.text for point in self.outstanding if point.kind == "next")

    @property
    def left(self) -> tuple[str, ...]:
        """The words of all that is not done."""
        return tuple(point.text for point in self.outstanding)

    @cached_property
    def _searched(self) -> str:
        days = (self.started, self.deadline)
        return whole(terms_of((self.code,), days, (self.alias, *self.said)))

    @property
    def deadline(self) -> dt.datetime | None:
        """When what is pinned is due, where that is known."""
        return deadline_due(self.outstanding, self.started)

    @property
    def said(self) -> tuple[str, ...]:
        """All else that it is found by, whether its row shows it or not."""
        told = self.hours or "", self.channel, self.outcome, self.by
        return *self.left, *self.done, *told, *self.states

    def matches(self, query: str) -> bool:
        """Whether each word of the query begins a word of it (see `records.seeking`)."""
        return matches(self._searched, sought(query))


def known_here(desk: Desk) -> Awaitable[Known]:
    """What a list says of the persons: the signed contacts are asked, and the open ones too."""
    opened = frozenset(
        talk.case.hex() for talk in desk.conversations if talk.intake.safety.get("call") == "no"
    )

    def known(archive: Archive) -> Known:
        return archive.persons.known(opened)

    return desk.vault(known)


def open_entry(conversation: Conversation, words: Words) -> Entry:
    """A conversation that is not signed yet."""
    intake, guide = conversation.intake, conversation.guide
    alias, channel, chosen = (intake.value(place) for place in ("alias", "INV-1", "decision"))
    # What is to be told is told in it: it is not left for anybody yet.
    outstanding = tuple(each for each in points(guide, intake) if each.kind != "told")
    call, broke, empty = intake.safety.get("call"), bool(intake.broke), conversation.is_empty
    said = _said_of(words, call, broke=broke, outstanding=outstanding)
    return Entry(
        id=conversation.id.hex(),
        case=conversation.case.hex(),
        code=conversation.code,
        alias=alias or "",
        started=conversation.started,
        channel=answer_word(guide, "INV-1", channel, words) if channel else "",
        outcome=place_name(guide, chosen, words) if chosen else "",
        outstanding=outstanding,
        call=call,
        hours=intake.safety.get("hours"),
        is_open=True,
        is_empty=empty,
        broke=broke,
        by="",
        states=(*said, words("contacts.nothing-written")) if empty else said,
    )


def row_entry(row: ContactRow, guide: Guide, words: Words) -> Entry:
    """A contact as the vault's list gives it."""
    return Entry(
        id=row.id,
        case=row.case,
        code=row.code,
        alias=row.alias or "",
        started=row.started,
        channel=answer_word(guide, "INV-1", row.channel, words) if row.channel else "",
        outcome=place_name(guide, row.outcome, words) if row.outcome else "",
        outstanding=row.outstanding,
        call=row.call,
        hours=row.hours,
        is_open=row.status == "open",
        is_empty=False,
        broke=row.broke,
        by=row.by,
        states=_said_of(words, row.call, broke=row.broke, outstanding=row.outstanding),
        done=tuple(each.point.text for each in row.points if each.done is not None),
    )


def _states(words: Words) -> dict[str, str]:
    """What the list says of a contact's states, by their keys (see `records.rows.states`)."""
    return {
        "call-yes": words("safety.may-call"),
        "call-no": words("safety.do-not-call"),
        "call-open": words("safety.not-agreed"),
        "broke": words("contacts.broke"),
        "deadline": words("safety.deadline"),
        "next": words("contacts.next", text=""),
    }


def _said_of(
    words: Words, call: str | None, *, broke: bool, outstanding: Iterable[Point]
) -> tuple[str, ...]:
    """A contact's states in words."""
    said = _states(words)
    return tuple(said[key] for key in states(call, broke=broke, outstanding=outstanding))


def names(guide: Guide, words: Words) -> dict[str, str]:
    """What the list calls how a contact came, what was chosen and how it stands, by value."""
    came = guide.by_id.get("INV-1")
    ways = came.choices if isinstance(came, Question) else ()
    chosen = {
        one.id: one.short.at(words.language) for one in guide.items() if isinstance(one, Option)
    }
    return {**chosen, **_states(words), **{way.id: way.word.at(words.language) for way in ways}}


def others_forbid(known: Known | None, case: str) -> bool:
    """Whether some contact of the person says not to call."""
    return known is not None and case in known.do_not_call


class ContactRows:
    """Makes the rows, in the columns that the width has room for.

    What was looked for is shown in them where it stands.
    """

    def __init__(
        self, words: Words, today: dt.date, width: int, known: Known | None, query: str = ""
    ) -> None:
        self._words, self._today, self._width, self._known = words, today, width, known
        self._query, self._sought = query, sought(query)

    def all(
        self,
        entries: Sequence[Entry],
        left: Sequence[Row] = (),
        *,
        more: bool = False,
    ) -> list[Row]:
        """The open ones, what is left to do, the signed ones.

        `more`: not all that there are were looked through yet.
        """
        opened = [entry for entry in entries if entry.is_open]
        signed = [entry for entry in entries if not entry.is_open]
        rows = [*self._group("contacts.open", opened)]
        if opened and (signed or left):
            rows.append(Row())
        rows += left
        rows += self._group("contacts.signed", signed)
        if not rows and not more:
            rows = list(self._empty(self._query))
        if self._query and more:
            rows += [Row(), Row(self._words("contacts.still-reading"), look="quiet")]
        return rows

    def contact(self, entry: Entry) -> Row:
        """One contact; what happens next stands under it, and what is known of the person."""
        call = calling(entry.call, None, self._words)  # when stands below: there is room for it
        look: Look = "warn" if entry.call == "no" else "quiet"
        below = (*self._hours(entry), *self._of_person(entry), *self._left(entry))
        columns = self._columns(entry)
        shown = columns, call, *(text for text, _ in below)
        below = (*below, *self._found_elsewhere(entry, shown))
        return Row(
            columns,
            key=entry.id,
            right=call,
            right_look=look,
            below=below,
            hang=8,
            caution=self._caution(entry),
            found=self._sought,
        )

    def _found_elsewhere(self, entry: Entry, shown: Sequence[str]) -> Iterator[Piece]:
        """What the query met where the row would not show it."""
        unseen = [word for word in self._sought if not any(spans(text, (word,)) for text in shown)]
        for text in dict.fromkeys((entry.alias, *entry.said)):
            if unseen and spans(text, unseen):
                yield text, "quiet"

    def _caution(self, entry: Entry) -> Caution | None:
        if entry.call != "no" and not others_forbid(self._known, entry.case):
            return None
        return caution_of({"call": "no"}, self._words, (entry.alias, *entry.left))

    def _left(self, entry: Entry) -> Iterator[Piece]:
        """The pinned deadline, which can cost a life, then who does what."""
        for point in entry.outstanding:
            if point.kind == DEADLINE:
                text = deadline_text(point.text, entry.deadline, self._today, self._words)
                yield text, "strong"
        for text in entry.next:
            yield self._words("contacts.next", text=text), "quiet"

    def _hours(self, entry: Entry) -> Iterator[Piece]:
        if entry.call == "yes" and entry.hours:
            yield calling(entry.call, entry.hours, self._words), "quiet"

    def _of_person(self, entry: Entry) -> Iterator[Piece]:
        if self._known is None:
            return
        codes = self._known.codes.get(entry.case)
        if codes:
            yield self._words("same_person.also", codes=", ".join(codes)), "quiet"
        if entry.call != "no" and others_forbid(self._known, entry.case):
            yield self._words("same_person.others-do-not-call"), "warn"

    def _group(self, heading: str, entries: list[Entry]) -> Iterator[Row]:
        if entries:
            yield Row(self._words(heading), look="heading", right=self._words("safety.call"))
            yield from (self.contact(entry) for entry in entries)

    def _empty(self, query: str) -> Iterator[Row]:
        words = self._words
        yield Row()
        if query:
            where = words("contacts.find-in")
            yield Row(words("contacts.none-found", query=query, where=where), look="strong")
            yield Row(words("contacts.none-found-do"), look="quiet")
            return
        yield Row(words("contacts.empty"), look="strong")
        yield Row()
        for key in ("contacts.empty-new", "contacts.empty-saved", "contacts.empty-silent"):
            yield Row(words(key), look="quiet")

    def _columns(self, entry: Entry) -> str:
        when = day(entry.started, self._today, self._words)
        outcome = self._standing(entry)
        columns = [(entry.code, 8), (entry.alias, 15), (when, 14), (outcome, 26)]
        if self._width >= WIDE:
            columns = [*columns[:3], (entry.channel, 21), (outcome, 26)]
        if self._width >= WIDEST:
            columns.append((entry.by, 18))
        cells = (set_cell_size(shortened(text, size - 1), size) for text, size in columns)
        return "".join(cells).rstrip()

    def _standing(self, entry: Entry) -> str:
        """What became of it; of an open one how it came, where that has no column of its own."""
        if entry.is_empty:
            return self._words("contacts.nothing-written")
        broke = self._words("contacts.broke") if entry.broke else ""
        channel = entry.channel if entry.is_open and self._width < WIDE else ""
        return entry.outcome or " · ".join(part for part in (channel, broke) if part)
