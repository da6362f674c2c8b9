"""The changes that make an intake: it is the fold of its events, undo included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from intake_tui.intake.closed_models import CLOSED

Kind: TypeAlias = Literal["told", "quote", "observed", "assessed"]
SafetyKind: TypeAlias = Literal[
    "call",  # value "yes" or "no": may be called, or IKKE RING
    "number",
    "hours",
    "code-word",
    "voicemail",  # value "yes" or "no": a message may be left
    "deadline",
    "where-now",
]
DutyPart: TypeAlias = Literal[
    "child",  # a child that no line tells of: age and where, no name
    "grounds",  # several of the duty's grounds
    "supports",  # several statements
    "words",  # what supports it, in the counsellor's words
    "certain",
    "possible",  # whether it can still be prevented: yes, no, unknown
    "way",
    "plan",  # who does what, when
    "told",  # whether the person was told first: yes, no
    "not-told",  # why not
    "conclusion",  # applies, not, unsettled; without one, nobody has concluded
    "reason",
    "done",  # yes: what was to be done is done
]


class _Event(BaseModel):
    """One change: `id` counts up from 1 within its intake, `at` is UTC."""

    model_config = CLOSED | ConfigDict(frozen=True, extra="forbid")
    id: int = Field(ge=1)
    at: dt.datetime
    by: str  # the counsellor's slot, in hex

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Never what was said."""
        yield "id", self.id


class LineKept(_Event):
    """A line was kept, with the answers that it gave to its places."""

    type: Literal["line-kept"] = "line-kept"
    statement: str
    kind: Kind
    text: str
    places: tuple[str, ...] = ()
    answers: dict[str, str] = Field(default_factory=dict)


class LineEdited(_Event):
    """A kept line got another text, kind, places or answers; its time stays."""

    type: Literal["line-edited"] = "line-edited"
    statement: str
    kind: Kind
    text: str
    places: tuple[str, ...] = ()
    answers: dict[str, str] = Field(default_factory=dict)


class LinePlaced(_Event):
    """A kept line got these places, all of them."""

    type: Literal["line-placed"] = "line-placed"
    statement: str
    places: tuple[str, ...]


class LineSplit(_Event):
    """A line became two at `offset` (characters); the second keeps its time, kind, places."""

    type: Literal["line-split"] = "line-split"
    statement: str
    offset: int = Field(ge=1)
    second: str


class LinesMerged(_Event):
    """A line took in the text, places and answers of the one after it."""

    type: Literal["lines-merged"] = "lines-merged"
    statement: str
    second: str


class LineMoved(_Event):
    """A line stands before another one now, or last."""

    type: Literal["line-moved"] = "line-moved"
    statement: str
    before: str | None


class LineDated(_Event):
    """When and where what a line tells of happened, in the counsellor's words; empty: not said."""

    type: Literal["line-dated"] = "line-dated"
    statement: str
    when: str
    where: str


class LineRetracted(_Event):
    """A line was taken back."""

    type: Literal["line-retracted"] = "line-retracted"
    statement: str


class Answered(_Event):
    """An item got an answer or state without a line, or lost it (`value` None: not asked)."""

    type: Literal["answered"] = "answered"
    place: str
    value: str | None


class SafetyPinned(_Event):
    """A safety item was pinned, changed, or taken off the strip (`text` None)."""

    type: Literal["safety-pinned"] = "safety-pinned"
    kind: SafetyKind
    text: str | None


class DutyWeighed(_Event):
    """A part of a duty's worksheet was written by the counsellor, or emptied (no `value`)."""

    type: Literal["duty-weighed"] = "duty-weighed"
    duty: str
    child: str = ""  # a child's key; empty: no child, or all of them
    about: str = ""  # that child as its line told of it then
    part: DutyPart
    value: tuple[str, ...] = ()


class _Taken(_Event):
    """Something was taken over from an earlier contact of the same person, held at that time."""

    contact: str = Field(pattern=r"^[0-9a-f]{32}$")
    held: dt.datetime


class AnswerTaken(_Taken):
    """An item got the answer that it has in an earlier contact."""

    type: Literal["answer-taken"] = "answer-taken"
    place: str
    value: str


class PinTaken(_Taken):
    """A safety item was pinned as it is in an earlier contact."""

    type: Literal["pin-taken"] = "pin-taken"
    kind: SafetyKind
    text: str


class CaseChosen(_Event):
    """The person turned out to have a case: the contact belongs to that one.

    What was taken over before is somebody else's, and goes.
    """

    type: Literal["case-chosen"] = "case-chosen"
    case: str = Field(pattern=r"^[0-9a-f]{32}$")


class LineBroke(_Event):
    """The connection broke."""

    type: Literal["line-broke"] = "line-broke"


class SentenceEdited(_Event):
    """A sentence of the journal note got the counsellor's own words (None: the draft's again)."""

    type: Literal["sentence-edited"] = "sentence-edited"
    sentence: str
    text: str | None
    part: str = ""  # of the note, where it stood then; empty: as before


class SentenceTaken(_Event):
    """A sentence was taken into the journal note, or out of it."""

    type: Literal["sentence-taken"] = "sentence-taken"
    sentence: str
    taken: bool


class NoteTakenOver(_Event):
    """What is new since the counsellor changed the note went into its draft."""

    type: Literal["note-taken-over"] = "note-taken-over"


class Undone(_Event):
    """An earlier event does not count."""

    type: Literal["undone"] = "undone"
    event: int


class Redone(_Event):
    """An undone event counts again."""

    type: Literal["redone"] = "redone"
    event: int


Event: TypeAlias = Annotated[
    LineKept
    | LineEdited
    | LinePlaced
    | LineSplit
    | LinesMerged
    | LineMoved
    | LineDated
    | LineRetracted
    | Answered
    | SafetyPinned
    | DutyWeighed
    | AnswerTaken
    | PinTaken
    | CaseChosen
    | LineBroke
    | SentenceEdited
    | SentenceTaken
    | NoteTakenOver
    | Undone
    | Redone,
    Field(discriminator="type"),
]

EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(
    tuple[Event, ...],
    config=CLOSED,
)
