"""What a conversation holds, and how an event comes to it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any, Self, TypeAlias

from intake_tui.guide.load import guide_hash as hash_of
from intake_tui.guide.model import Guide, Language, Question
from intake_tui.intake.events import Event, Redone, Undone
from intake_tui.intake.fold import apply
from intake_tui.intake.line import Line
from intake_tui.intake.record import Intake
from intake_tui.intake.snapshot import Snapshot, code
from intake_tui.intake.undo import redone_next, undone_next

Withholds: TypeAlias = Callable[[str], str]
Clock: TypeAlias = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def _as_it_is(text: str) -> str:
    return text


class Held:
    """Holds an intake and the unfinished line, and adds events to it. Counts its changes."""

    def __init__(
        self, guide: Guide, snapshot: Snapshot, *, by: str | None = None, now: Clock = utc_now
    ) -> None:
        self.guide = guide
        self.id, self._began_in = snapshot.id, snapshot.began_in
        self.started, self.by = snapshot.started, snapshot.by
        self.guide_hash = snapshot.guide_hash
        self.language: Language = snapshot.language
        self.intake: Intake = snapshot.intake
        self.changes = snapshot.changes
        self._line, self._step = snapshot.line, snapshot.step
        self._actor, self._now = by or snapshot.by, now
        self.do_not_call_before = False  # an earlier contact says so, as far as is known
        self.withholds: Withholds = _as_it_is  # what must never be kept is taken out by it

    @classmethod
    def new(
        cls,
        guide: Guide,
        *,
        by: str,
        now: Clock = utc_now,
        language: Language = "nb",
        id: bytes | None = None,  # noqa: A002 - the field's own name
        case: bytes | None = None,
        guide_hash: str | None = None,
    ) -> Self:
        """A conversation that begins now. `by` is the counsellor's slot, in hex."""
        snapshot = Snapshot(
            id=id or os.urandom(16),
            began_in=case or os.urandom(16),
            started=now(),
            by=by,
            language=language,
            guide_hash=guide_hash or hash_of(guide),
            step=1,
            changes=0,
            line=Line(),
            intake=Intake(),
        )
        return cls(guide, snapshot, now=now)

    @classmethod
    def resume(
        cls, guide: Guide, snapshot: Snapshot, *, by: str | None = None, now: Clock = utc_now
    ) -> Self:
        """The conversation as it was; `by` is who goes on with it, where that is another."""
        return cls(guide, snapshot, by=by, now=now)

    def snapshot(self) -> Snapshot:
        """Everything that the draft needs."""
        return Snapshot(
            id=self.id,
            began_in=self._began_in,
            started=self.started,
            by=self.by,
            language=self.language,
            guide_hash=self.guide_hash,
            step=self._step,
            changes=self.changes,
            line=self._line,
            intake=self.intake,
        )

    @property
    def case(self) -> bytes:
        """The case that it belongs to."""
        chosen = self.intake.case
        return bytes.fromhex(chosen.case) if chosen else self._began_in

    @property
    def code(self) -> str:
        """What the case is called aloud."""
        return code(self.case)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, answered or pinned, nor ever was; no unfinished line."""
        return not self.intake.events and self.line == Line()

    @property
    def line(self) -> Line:
        """The unfinished line."""
        return self._line

    @line.setter
    def line(self, line: Line) -> None:
        if line != self._line:
            self._line = line
            self.changes += 1

    @property
    def step(self) -> int:
        """The step that is open, 1 to 8."""
        return self._step

    @step.setter
    def step(self, step: int) -> None:
        if step != self._step:
            self._step = step
            self.changes += 1

    def undo(self) -> bool:
        """The newest change does not count. False where there is none."""
        event = undone_next(self.intake.events)
        if event is not None:
            self._add(Undone, event=event)
        return event is not None

    def instead(self, change: int | None, make: Callable[[], object]) -> int | None:
        """Make a change instead of that one, where it is the newest; the new one's id, if any.

        So that what is kept while somebody types is one change to undo.
        """
        if change is not None and change == undone_next(self.intake.events):
            self.undo()
        before = self._next_id
        make()
        return undone_next(self.intake.events) if self._next_id > before else None

    def redo(self) -> bool:
        """The change undone last counts again. False where there is none."""
        event = redone_next(self.intake.events)
        if event is not None:
            self._add(Redone, event=event)
        return event is not None

    @property
    def _next_id(self) -> int:
        events = self.intake.events
        return events[-1].id + 1 if events else 1

    def _add(self, change: type[Event], /, **fields: Any) -> None:
        made = change(id=self._next_id, at=self._now(), by=self._actor, **fields)
        self.intake = apply(self.intake, made)
        self.changes += 1

    def _is_label(self, place: str) -> bool:
        item = self.guide.by_id.get(place)
        return isinstance(item, Question) and item.is_label

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Conversation after {self.changes} changes>"
