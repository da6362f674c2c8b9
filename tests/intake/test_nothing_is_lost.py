"""Whatever is done to lines, in whatever order, each word stays where it was put, once."""

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
from intake_tui.intake.fold import fold
from intake_tui.intake.line import Line, typed

PLACES = st.sampled_from(["THREAT-7", "THREAT-10", "OPEN-3", "INFO-2"])
KINDS = st.sampled_from(["told", "quote"])


class Talk(RuleBasedStateMachine):
    """Every line has words of its own; a list of lists of words says what should be there."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = begun()
        self.words = 0
        self.lines: list[tuple[str, list[str]]] = []
        self.past: list[list[tuple[str, list[str]]]] = []
        self.future: list[list[tuple[str, list[str]]]] = []

    def _new_words(self, count: int = 2) -> list[str]:
        self.words += count
        return [f"w{n}" for n in range(self.words - count, self.words)]

    def _did(self, lines: list[tuple[str, list[str]]]) -> None:
        self.past.append(self.lines)
        self.future.clear()
        self.lines = lines

    def _pick(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.lines) - 1))

    def _id(self, at: int) -> str:
        return self.talk.intake.statements[at].id

    @initialize(kinds=st.lists(KINDS, min_size=3, max_size=5))
    def begin(self, kinds: list[str]) -> None:
        for kind in kinds:
            self.keep(kind, [])

    @rule(kind=KINDS, places=st.lists(PLACES, unique=True))
    def keep(self, kind: str, places: list[str]) -> None:
        words = self._new_words()
        self.talk.line = Line(" ".join(words), kind, tuple(places))  # type: ignore[arg-type]
        self.talk.keep()
        self._did([*self.lines, (kind, words)])

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        at, words = self._pick(data), self._new_words(3)
        assert self.talk.edit(self._id(at), " ".join(words))
        kind = self.lines[at][0]
        self._did([*self.lines[:at], (kind, words), *self.lines[at + 1 :]])

    @precondition(lambda self: self.lines)
    @rule()
    def edit_in_the_note_line(self) -> None:
        words = self._new_words(1)
        assert self.talk.recall()
        self.talk.line = typed(self.talk.line, f"{self.talk.line.text} {words[0]}")
        self.talk.keep()
        kind, before = self.lines[-1]
        self._did([*self.lines[:-1], (kind, [*before, *words])])

    @precondition(lambda self: self.lines)
    @rule()
    def recall_and_leave(self) -> None:
        assert self.talk.recall()
        assert self.talk.cancel()

    @precondition(lambda self: self.lines)
    @rule(data=st.data(), place=PLACES)
    def place(self, data: st.DataObject, place: str) -> None:
        assert self.talk.place(self._id(self._pick(data)), place)
        self._did(self.lines)

    @precondition(lambda self: any(len(words) > 1 for _, words in self.lines))
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        long = [at for at, (_, words) in enumerate(self.lines) if len(words) > 1]
        at = data.draw(st.sampled_from(long))
        kind, words = self.lines[at]
        cut = data.draw(st.integers(1, len(words) - 1))
        assert self.talk.split(self._id(at), len(" ".join(words[:cut])))
        halves = [(kind, words[:cut]), (kind, words[cut:])]
        self._did([*self.lines[:at], *halves, *self.lines[at + 1 :]])

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        at = self._pick(data)
        kind, words = self.lines[at]
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        merged = self.talk.merge(self._id(at))
        assert merged == (after is not None and after[0] == kind)
        if merged and after:
            self._did([*self.lines[:at], (kind, words + after[1]), *self.lines[at + 2 :]])

    @precondition(lambda self: len(self.lines) > 1)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        at, to = self._pick(data), self._pick(data)
        if at == to:
            return
        before = self._id(to)
        self.talk.move(self._id(at), before)
        line, others = self.lines[at], [*self.lines[:at], *self.lines[at + 1 :]]
        others.insert(others.index(self.lines[to]), line)
        self._did(others)

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        at = self._pick(data)
        assert self.talk.retract(self._id(at))
        self._did([*self.lines[:at], *self.lines[at + 1 :]])

    @rule()
    def undo(self) -> None:
        assert self.talk.undo() == bool(self.past)
        if self.past:
            self.future.append(self.lines)
            self.lines = self.past.pop()

    @rule()
    def redo(self) -> None:
        if self.future:
            assert self.talk.redo()
            self.past.append(self.lines)
            self.lines = self.future.pop()

    @rule()
    def crash_and_resume(self) -> None:
        snapshot = self.talk.snapshot()
        assert fold(snapshot.events) == snapshot.intake
        self.talk = Conversation.resume(GUIDE, snapshot, now=ticking())

    @invariant()
    def each_word_is_where_it_was_put(self) -> None:
        assert [(line.kind, line.text.split()) for line in self.talk.intake.statements] == [
            (kind, words) for kind, words in self.lines
        ]

    @invariant()
    def no_statement_is_doubled(self) -> None:
        ids = [line.id for line in self.talk.intake.statements]
        assert len(ids) == len(set(ids))


TestNothingIsLost = Talk.TestCase
TestNothingIsLost.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
