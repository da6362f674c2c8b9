"""Whatever is done to lines, in whatever order, each word stays where it was put, once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from small_guide import GUIDE
from ticking import begun, ticking

from intake_tui.intake.conversation import Conversation
from intake_tui.intake.date_line import date_line
from intake_tui.intake.events import Kind
from intake_tui.intake.fold import fold
from intake_tui.intake.line import Line, typed
from intake_tui.records.codec import draft_from_bytes, draft_to_bytes
from intake_tui.records.errors import RecordDamaged

PLACES = st.sampled_from(["THREAT-7", "THREAT-10", "OPEN-3", "INFO-2"])
KINDS = st.sampled_from(["told", "quote"])
WHEN = st.sampled_from(["", "lørdag", "i fjor haust", "da mor døde"])
WHERE = st.sampled_from(["", "hjemme", "på hytta"])
SAVED = dt.datetime(2026, 11, 23, 13, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Said:
    """A line as the model has it."""

    kind: Kind
    words: tuple[str, ...]
    places: tuple[str, ...] = ()
    of: tuple[str, str] | None = None


@dataclass(frozen=True)
class Model:
    """What should be there: the lines, what undo and redo bring, and the unfinished line."""

    lines: tuple[Said, ...] = ()
    past: tuple[tuple[Said, ...], ...] = ()
    future: tuple[tuple[Said, ...], ...] = ()
    unfinished: tuple[str, ...] = ()

    def did(self, *lines: Said) -> Model:
        return replace(self, lines=lines, past=(*self.past, self.lines), future=())

    def put(self, at: int, *instead: Said, of: int = 1) -> Model:
        """These instead of so many from there on."""
        return self.did(*self.lines[:at], *instead, *self.lines[at + of :])

    def undone(self) -> Model:
        *past, lines = self.past
        return replace(self, lines=lines, past=tuple(past), future=(*self.future, self.lines))

    def redone(self) -> Model:
        *future, lines = self.future
        return replace(self, lines=lines, past=(*self.past, self.lines), future=tuple(future))


def together(one: tuple[str, str] | None, other: tuple[str, str] | None) -> tuple[str, str] | None:
    """When and where of two lines in one: each the first one's, or else the second one's."""
    (when, where), (when_else, where_else) = one or ("", ""), other or ("", "")
    both = (when or when_else, where or where_else)
    return both if any(both) else None


class Talk(RuleBasedStateMachine):
    """Every line has words of its own; a simple model says what should be there."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = begun()
        self.words = 0
        self.model = Model()
        self.saves: list[tuple[bytes, Model]] = []

    def _new_words(self, count: int = 2) -> tuple[str, ...]:
        self.words += count
        return tuple(f"w{n}" for n in range(self.words - count, self.words))

    def _pick(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.model.lines) - 1))

    def _id(self, at: int) -> str:
        return self.talk.intake.statements[at].id

    @initialize(kinds=st.lists(KINDS, min_size=3, max_size=5))
    def begin(self, kinds: list[Kind]) -> None:
        for kind in kinds:
            self.keep(kind, [])
        self.save()

    @rule()
    def begin_a_line(self) -> None:
        words = self._new_words(1)
        self.model = replace(self.model, unfinished=(*self.model.unfinished, *words))
        self.talk.line = typed(self.talk.line, " ".join(self.model.unfinished))

    @rule(kind=KINDS, places=st.lists(PLACES, unique=True))
    def keep(self, kind: Kind, places: list[str]) -> None:
        words = (*self.model.unfinished, *self._new_words())
        self.talk.line = Line(" ".join(words), kind, tuple(places))
        self.talk.keep()
        said = Said(kind, words, tuple(places))
        self.model = replace(self.model.did(*self.model.lines, said), unfinished=())

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        at, words = self._pick(data), self._new_words(3)
        assert self.talk.edit(self._id(at), " ".join(words))
        self.model = self.model.put(at, replace(self.model.lines[at], words=words))

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data(), pieces=st.integers(1, 3))
    def edit_in_pieces(self, data: st.DataObject, pieces: int) -> None:
        """What is kept while somebody types on is one change."""
        at, words, change = self._pick(data), self._new_words(pieces), None
        id_, line = self._id(at), self.model.lines[at]
        for end in range(1, pieces + 1):
            text = " ".join((*line.words, *words[:end]))
            change = self.talk.instead(change, lambda text=text: self.talk.edit(id_, text))
        self.model = self.model.put(at, replace(line, words=(*line.words, *words)))

    @precondition(lambda self: self.model.lines)
    @rule()
    def edit_in_the_note_line(self) -> None:
        if self.model.unfinished:
            assert not self.talk.recall()
            return
        words = self._new_words(1)
        assert self.talk.recall()
        self.talk.line = typed(self.talk.line, f"{self.talk.line.text} {words[0]}")
        self.talk.keep()
        last = self.model.lines[-1]
        more = replace(last, words=(*last.words, *words))
        self.model = self.model.put(len(self.model.lines) - 1, more)

    @precondition(lambda self: self.model.lines and not self.model.unfinished)
    @rule()
    def recall_and_leave(self) -> None:
        assert self.talk.recall()
        assert self.talk.cancel()

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data(), place=PLACES)
    def place(self, data: st.DataObject, place: str) -> None:
        at = self._pick(data)
        assert self.talk.place(self._id(at), place)
        line = self.model.lines[at]
        others = tuple(other for other in line.places if other != place)
        places = others if place in line.places else (*others, place)
        self.model = self.model.put(at, replace(line, places=places))

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data(), when=WHEN, where=WHERE)
    def date(self, data: st.DataObject, when: str, where: str) -> None:
        at = self._pick(data)
        assert self.talk.date(self._id(at), when, where)
        line = self.model.lines[at]
        of = (when, where) if when or where else None
        if of != line.of:
            self.model = self.model.put(at, replace(line, of=of))

    @precondition(lambda self: any(len(line.words) > 1 for line in self.model.lines))
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        long = [at for at, line in enumerate(self.model.lines) if len(line.words) > 1]
        at = data.draw(st.sampled_from(long))
        line = self.model.lines[at]
        cut = data.draw(st.integers(1, len(line.words) - 1))
        assert self.talk.split(self._id(at), len(" ".join(line.words[:cut])))
        halves = (replace(line, words=line.words[:cut]), replace(line, words=line.words[cut:]))
        self.model = self.model.put(at, *halves)

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        at = self._pick(data)
        line, *after = self.model.lines[at : at + 2]
        merged = self.talk.merge(self._id(at))
        assert merged == (bool(after) and after[0].kind == line.kind)
        if merged:
            second = after[0]
            new = [place for place in second.places if place not in line.places]
            one = replace(
                line,
                words=line.words + second.words,
                places=(*line.places, *new),
                of=together(line.of, second.of),
            )
            self.model = self.model.put(at, one, of=2)

    @precondition(lambda self: len(self.model.lines) > 1)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        at, to = self._pick(data), self._pick(data)
        if at == to:
            return
        self.talk.move(self._id(at), self._id(to))
        others = list(self.model.lines)
        line, before = others[at], others[to]
        others = [other for other in others if other is not line]
        others.insert(next(n for n, other in enumerate(others) if other is before), line)
        self.model = self.model.did(*others)

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data(), by=st.sampled_from([-1, 1]))
    def shift(self, data: st.DataObject, by: int) -> None:
        at = self._pick(data)
        shifted = self.talk.shift(self._id(at), by)
        assert shifted == (0 <= at + by < len(self.model.lines))
        if shifted:
            others = list(self.model.lines)
            others[at], others[at + by] = others[at + by], others[at]
            self.model = self.model.did(*others)

    @precondition(lambda self: self.model.lines)
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        at = self._pick(data)
        assert self.talk.retract(self._id(at))
        self.model = self.model.put(at)

    @rule()
    def undo(self) -> None:
        assert self.talk.undo() == bool(self.model.past)
        if self.model.past:
            self.model = self.model.undone()

    @rule()
    def redo(self) -> None:
        if self.model.future:
            assert self.talk.redo()
            self.model = self.model.redone()

    @rule()
    def save(self) -> None:
        """What the disk holds from now on; the newest two, as an older one is there until then."""
        self.saves = [*self.saves[-1:], (self._bytes(), self.model)]

    @rule()
    def leave_and_resume(self) -> None:
        self.save()
        self._resume(*self.saves[-1])

    @rule(data=st.data())
    def crash_and_resume(self, data: st.DataObject) -> None:
        """All that came after the last save is gone; if that was cut short, after the one before.

        Half a draft is never taken for a whole one.
        """
        newest, _ = self.saves[-1]
        cut = data.draw(st.integers(0, len(newest) - 1) | st.none())
        if cut is not None:
            with pytest.raises(RecordDamaged):
                draft_from_bytes(newest[:cut])
            self.saves = self.saves[:1]
        self._resume(*self.saves[-1])

    def _bytes(self) -> bytes:
        return draft_to_bytes(self.talk.snapshot(), saved=SAVED)

    def _resume(self, draft: bytes, model: Model) -> None:
        snapshot, _ = draft_from_bytes(draft)
        assert fold(snapshot.events) == snapshot.intake
        self.talk = Conversation.resume(GUIDE, snapshot, now=ticking())
        self.model = model

    @invariant()
    def each_word_is_where_it_was_put(self) -> None:
        found = tuple(
            Said(
                line.kind,
                tuple(line.text.split()),
                line.places,
                (line.of.when, line.of.where) if line.of else None,
            )
            for line in self.talk.intake.statements
        )
        assert found == self.model.lines
        assert tuple(self.talk.line.text.split()) == self.model.unfinished

    @invariant()
    def no_statement_is_doubled(self) -> None:
        ids = [line.id for line in self.talk.intake.statements]
        assert len(ids) == len(set(ids))

    @invariant()
    def each_statement_stands_on_the_date_line_once(self) -> None:
        line = date_line(self.talk.intake)
        on_it = [*(each.statement.id for each in line.dated), *(each.id for each in line.undated)]
        assert sorted(on_it) == sorted(each.id for each in self.talk.intake.statements)


TestNothingIsLost = Talk.TestCase
TestNothingIsLost.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
