"""An intake as it stands after its events: what the screens show and signing keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from intake_tui.intake.events import DutyPart, Event, Kind, SafetyKind


@dataclass(frozen=True, slots=True)
class Occurred:
    """When and where what a line tells of happened, in the counsellor's words; empty: not said."""

    when: str = ""
    where: str = ""

    def __repr__(self) -> str:
        """Never what was said."""
        return "<Occurred>"


@dataclass(frozen=True, slots=True)
class Statement:
    """One line: when it was kept (UTC), its kind, its text, and what it bears on."""

    id: str
    at: dt.datetime
    kind: Kind
    text: str
    places: tuple[str, ...] = ()
    of: Occurred | None = None  # the event that it tells of
    split: dt.datetime | None = None  # when it came out of a line whose sentence was own words

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Statement {self.id}>"

    @property
    def reads(self) -> tuple[Kind, str, Occurred | None]:
        """What a sentence of the note is drafted from."""
        return self.kind, self.text, self.of


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of an item (none: not asked), and the statement that it came with, if any."""

    value: str
    at: dt.datetime
    statement: str | None = None
    held: dt.datetime | None = None  # where it was taken over: when that contact was

    def __repr__(self) -> str:
        """Never what was said: a label's answer is a name."""
        return "<Answer>"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in the order given, kept so that the one before it can come back."""

    place: str
    value: str | None  # None: taken back, so that the item counts as not asked
    at: dt.datetime
    statement: str | None = None
    held: dt.datetime | None = None  # where it was taken over: when that contact was

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Given to {self.place}>"


@dataclass(frozen=True, slots=True)
class Edit:
    """What the counsellor did to a sentence of the journal note."""

    text: str | None = None
    taken: bool | None = None
    of: tuple[Kind, str, Occurred | None] | None = (
        None  # the line as it was when its sentence was edited
    )
    part: str = ""  # of the note, where the sentence stood when it was edited

    def still_of(self, line: Statement) -> bool:
        """Whether the line reads as it did then; always so where no words were changed."""
        return self.text is None or self.of in (None, line.reads)

    def __repr__(self) -> str:
        """Never what was written."""
        return "<Edit>"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One part of a worksheet: its values, and the event that gave them."""

    value: tuple[str, ...]
    at: dt.datetime
    event: int

    def __repr__(self) -> str:
        """Never what was written."""
        return f"<Weighed by event {self.event}>"


@dataclass(frozen=True, slots=True)
class DutyWorksheet:
    """The counsellor's weighing of a duty. Nothing in it comes from anybody but the counsellor."""

    duty: str
    child: str = ""
    about: str = ""  # the child as its line told of it when this was weighed
    parts: dict[DutyPart, Weighed] = field(default_factory=dict)  # those that have a value

    @property
    def id(self) -> str:
        """The name by which the note's sentences mean it: «duty:avert», «duty:inform:s9.0»."""
        return f"duty:{self.duty}:{self.child}" if self.child else f"duty:{self.duty}"

    def values(self, part: DutyPart) -> tuple[str, ...]:
        """What stands there."""
        weighed = self.parts.get(part)
        return weighed.value if weighed else ()

    def value(self, part: DutyPart) -> str | None:
        """What stands there, where it is one thing; None: nothing."""
        return next(iter(self.values(part)), None)

    def __repr__(self) -> str:
        """Never what was written."""
        return f"<DutyWorksheet {self.id}>"


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer or a safety item that was taken over from an earlier contact."""

    item: str  # the place that it is the answer of, or the kind of the safety item
    pinned: bool  # whether it is a safety item
    value: str
    at: dt.datetime  # when it was taken over
    contact: str  # whose it was: the id in hex
    held: dt.datetime  # when that contact was
    instead: str | None = None  # of a safety item: what was pinned here before it

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Taken {self.item}>"


@dataclass(frozen=True, slots=True)
class InCase:
    """The case that the contact was put in, and when."""

    case: str  # hex
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Intake:
    """One conversation. Made by folding events; never changed in place."""

    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()  # in the order of the talk, retracted ones left out
    answers: dict[str, Answer] = field(default_factory=dict)
    safety: dict[SafetyKind, str] = field(default_factory=dict)
    duties: tuple[DutyWorksheet, ...] = ()  # in the order in which they were begun
    edits: dict[str, Edit] = field(default_factory=dict)  # by sentence key
    settled: dt.datetime | None = None  # what came later than this is offered to the edited note
    broke: tuple[dt.datetime, ...] = ()
    taken: tuple[Taken, ...] = ()  # from earlier contacts; `taken_over` says what still stands
    case: InCase | None = None  # where it is another one than it began in
    given: tuple[Given, ...] = ()  # every answer that still counts; `answers` has the newest

    def value(self, place: str) -> str | None:
        """The answer of an item, or None where it was not asked."""
        answer = self.answers.get(place)
        return answer.value if answer else None

    def placed(self, place: str) -> tuple[Statement, ...]:
        """The statements that bear on an item."""
        return tuple(line for line in self.statements if place in line.places)

    def statement(self, id: str) -> Statement | None:  # noqa: A002 - the field's own name
        """The statement with that id, or None where there is none (any more)."""
        return next((line for line in self.statements if line.id == id), None)

    def answers_of(self, statement: str) -> dict[str, str]:
        """The answers that came with a line and have not been changed since."""
        return {
            place: answer.value
            for place, answer in self.answers.items()
            if answer.statement == statement
        }

    def first_answered(self, place: str) -> dt.datetime | None:
        """When an item was first answered; an answer that was changed is not a new one."""
        return min((each.at for each in self.given if each.place == place), default=None)

    def is_new(self, at: dt.datetime | None) -> bool:
        """Whether something of that time came after the counsellor had changed the note."""
        return self.settled is not None and at is not None and at > self.settled

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Intake of {len(self.statements)} statements>"
