"""One first conversation as it is held: the line being written, and the changes made so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from intake_tui.intake import events as changes
from intake_tui.intake.duties import TEXTS, Subject, worksheet
from intake_tui.intake.events import DutyPart, Kind, SafetyKind
from intake_tui.intake.held import Held
from intake_tui.intake.journal_kept import sourced
from intake_tui.intake.journal_lines import drafted
from intake_tui.intake.line import Line, clean, parsed, typed
from intake_tui.intake.record import Answer, Occurred, Statement
from intake_tui.intake.undo import undone_next


class Conversation(Held):
    """Holds an intake and the unfinished line. Used from one thread, the screens' own.

    Each method makes events; none of them drops words that were typed.
    """

    # The note line

    def keep(self) -> Statement | Answer | None:
        """Enter: the line becomes a statement, or its answers stand alone where it has no words.

        Where it has neither, it stays as it is and None comes back. The words of a line on a
        label are that label's answer. What is withheld goes from the line; the rest stays in it.
        """
        if self._withhold():
            return None
        kind, text = parsed(self._line)
        if self._edited is not None:
            kept: Statement | Answer | None = self._keep_edited(kind, text)
        elif text:
            kept = self._keep_new(kind, text)
        else:
            kept = self._keep_answers()
        if kept is not None:
            self.line = Line()
        return kept

    def _withhold(self) -> bool:
        """Take out of the line what must never be kept. Whether there was such a thing."""
        rest = self.withholds(self._line.text)
        found = rest != self._line.text
        if found:
            self.line = typed(self._line, rest)
        return found

    def recall(self) -> bool:
        """Backspace in an empty line: the last statement comes back, to be changed."""
        if self._line.text or self._line.editing or not self.intake.statements:
            return False
        self._bring_back(self.intake.statements[-1])
        return True

    def cancel(self) -> bool:
        """Esc: a statement that was brought back stays as it was. False where none was.

        What had been changed in it can be had by redo.
        """
        line, old = self._line, self._edited
        kind, text = parsed(line)
        if line.editing is None or (old is None and text):
            return False
        if old is not None and text and (kind, text) != (old.kind, old.text):
            self._change(old.id, kind, text, self._line_places(), line.answers)
            self.undo()
        self.line = Line()
        return True

    @property
    def _edited(self) -> Statement | None:
        return self.intake.statement(self._line.editing) if self._line.editing else None

    def _bring_back(self, statement: Statement) -> None:
        self.line = Line(
            text=statement.text,
            kind=statement.kind,
            places=statement.places,
            answers=self.intake.answers_of(statement.id),
            editing=statement.id,
        )

    def _keep_new(self, kind: Kind, text: str) -> Statement | Answer:
        answer = self._label(text)
        places = self._line_places()
        if answer is not None and not places:
            return answer
        id_ = f"s{self._next_id}"
        answers = self._line.answers
        self._add(
            changes.LineKept, statement=id_, kind=kind, text=text, places=places, answers=answers
        )
        return self.intake.statements[-1]

    def _keep_edited(self, kind: Kind, text: str) -> Statement | Answer | None:
        old = self._edited
        if old is None:
            return None
        text = text or old.text
        answer, places = self._label(text), self._line_places()
        if answer is not None and not places:
            self._add(changes.LineRetracted, statement=old.id)
            return answer
        self._change(old.id, kind, text, places, self._line.answers)
        return self.intake.statement(old.id)

    def _keep_answers(self) -> Answer | None:
        last = None
        for place, value in self._line.answers.items():
            self._add(changes.Answered, place=place, value=value)
            last = self.intake.answers[place]
        return last

    def _line_places(self) -> tuple[str, ...]:
        return tuple(place for place in self._line.places if not self._is_label(place))

    def _label(self, text: str) -> Answer | None:
        last = None
        for place in self._line.places:
            if self._is_label(place):
                self._add(changes.Answered, place=place, value=text)
                last = self.intake.answers[place]
        return last

    # What was kept before

    def place(self, statement: str, place: str) -> bool:
        """The statement bears on that place, or no longer does. False where it is not there.

        On a label, its words become the answer; the statement goes where it has no other place.
        """
        line = self._settled(statement)
        if line is None:
            return False
        if self._is_label(place):
            self._add(changes.Answered, place=place, value=line.text)
            if not line.places:
                self._add(changes.LineRetracted, statement=line.id)
            return True
        places = tuple(other for other in line.places if other != place)
        if len(places) == len(line.places):
            places = (*places, place)
        self._add(changes.LinePlaced, statement=line.id, places=places)
        return True

    def answer(self, place: str, value: str | None) -> None:
        """That answer, without a line; None: not asked."""
        if self.intake.value(place) != value:
            self._add(changes.Answered, place=place, value=value)

    def edit(self, statement: str, text: str, kind: Kind | None = None) -> bool:
        """Another text for a statement. False where it has no words or is not there."""
        line, text = self._settled(statement), clean(self.withholds(text))
        if line is None or not text:
            return False
        kind = kind or line.kind
        if (kind, text) != (line.kind, line.text):
            self._change(line.id, kind, text, line.places, self.intake.answers_of(line.id))
        return True

    def _change(
        self,
        statement: str,
        kind: Kind,
        text: str,
        places: tuple[str, ...],
        answers: Mapping[str, str],
    ) -> None:
        self._add(
            changes.LineEdited,
            statement=statement,
            kind=kind,
            text=text,
            places=places,
            answers=answers,
        )

    def split(self, statement: str, offset: int) -> str | None:
        """Two statements of one, at that character; the second's id, or None."""
        line = self._settled(statement)
        if line is None or not line.text[:offset].strip() or not line.text[offset:].strip():
            return None
        second = f"s{self._next_id}"
        self._add(changes.LineSplit, statement=line.id, offset=offset, second=second)
        return second

    def merge(self, statement: str) -> bool:
        """The statement takes in the next one. False where there is none of the same kind."""
        first, second = self._settled(statement), self._neighbour(statement, 1)
        second = self._settled(second.id) if second else None
        if first is None or second is None or first.kind != second.kind:
            return False
        self._add(changes.LinesMerged, statement=first.id, second=second.id)
        return True

    def move(self, statement: str, before: str | None) -> bool:
        """The statement stands before that one from now on; None: last."""
        line = self.intake.statement(statement)
        if line is None or before == statement:
            return False
        self._add(changes.LineMoved, statement=line.id, before=before)
        return True

    def shift(self, statement: str, by: int) -> bool:
        """The statement stands one further down (+1) or up (-1). False at the end."""
        if self._neighbour(statement, by) is None:
            return False
        after = self._neighbour(statement, 2 if by > 0 else -1)
        return self.move(statement, after.id if after else None)

    def date(self, statement: str, when: str, where: str) -> bool:
        """When and where what it tells of happened; empty: not said. False where it is not there.

        The words are kept as they are; what date they mean is worked out from them.
        """
        line = self._settled(statement)
        if line is None:
            return False
        when, where = clean(when), clean(where)
        if (line.of or Occurred()) != Occurred(when, where):
            self._add(changes.LineDated, statement=line.id, when=when, where=where)
        return True

    def retract(self, statement: str) -> bool:
        """The statement is taken back; undo brings it again."""
        line = self._settled(statement)
        if line is None:
            return False
        self._add(changes.LineRetracted, statement=line.id)
        return True

    def _settled(self, statement: str) -> Statement | None:
        """The statement, after what the note line has of it is kept."""
        if self._line.editing == statement:
            self.keep()
        return self.intake.statement(statement)

    def _neighbour(self, statement: str, by: int) -> Statement | None:
        lines = self.intake.statements
        at = next((n for n, line in enumerate(lines) if line.id == statement), None)
        if at is None or not 0 <= at + by < len(lines):
            return None
        return lines[at + by]

    # All the rest

    def pin(self, kind: SafetyKind, text: str | None) -> None:
        """That stands on the safety strip; no words: it goes."""
        text = clean(text or "") or None
        if self.intake.safety.get(kind) != text:
            self._add(changes.SafetyPinned, kind=kind, text=text)

    def weigh(self, duty: str, part: DutyPart, *value: str, subject: Subject | None = None) -> bool:
        """That stands in a duty's worksheet; no value: nothing. False where it did so before.

        `subject` is the child that it is about, if any.
        """
        if part in TEXTS:
            value = tuple(text for text in map(clean, value) if text)
        child = subject.child if subject else ""
        if worksheet(self.intake, duty, child).values(part) == value:
            return False
        about = subject.text if subject and not subject.own else ""
        self._add(changes.DutyWeighed, duty=duty, child=child, about=about, part=part, value=value)
        return True

    def add_child(self, duty: str, text: str) -> str | None:
        """A worksheet for a child that no line tells of; the child's key. None without words."""
        key = f"c{self._next_id}"
        subject = Subject(key, "", own=True)
        return key if self.weigh(duty, "child", text, subject=subject) else None

    def take_answer(self, place: str, value: str, *, contact: str, held: dt.datetime) -> None:
        """That answer, as an earlier contact (its id in hex, and when it was) has it."""
        if self.intake.value(place) != value:
            self._add(changes.AnswerTaken, place=place, value=value, contact=contact, held=held)

    def take_pin(self, kind: SafetyKind, text: str, *, contact: str, held: dt.datetime) -> None:
        """That stands on the safety strip, as an earlier contact has it."""
        if self.intake.safety.get(kind) != text:
            self._add(changes.PinTaken, kind=kind, text=text, contact=contact, held=held)

    def choose_case(self, case: bytes) -> bool:
        """It belongs to that case from now on. False where it does already."""
        if case == self.case:
            return False
        self._add(changes.CaseChosen, case=case.hex())
        return True

    def broke(self) -> None:
        """The connection broke; where nothing has changed since it did, it is the same break."""
        if not self.is_broken:
            self._add(changes.LineBroke)

    @property
    def is_broken(self) -> bool:
        """Whether the newest change that counts is that the line broke."""
        newest = undone_next(self.intake.events)
        events = (event for event in reversed(self.intake.events) if event.id == newest)
        return isinstance(next(events, None), changes.LineBroke)

    def edit_sentence(self, key: str, text: str | None) -> None:
        """A sentence of the journal note in the counsellor's words; None: as drafted."""
        sentence, text = sourced(key), clean(text or "") or None
        lines = drafted(self.guide, self.intake, self.language)
        part = next((line.part for line in lines if line.key == sentence), "")
        self._add(changes.SentenceEdited, sentence=sentence, text=text, part=part)

    def take_sentence(self, key: str, taken: bool) -> None:
        """A sentence into the journal note, or out of it."""
        self._add(changes.SentenceTaken, sentence=key, taken=taken)

    def take_over_new(self) -> None:
        """What is new since the note was changed goes into it as into any draft."""
        self._add(changes.NoteTakenOver)
