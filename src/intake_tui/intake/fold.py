"""An intake from its events: one at a time as they come, or all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from intake_tui.intake.answers import given_by_line, handed_on, merged_line, newest
from intake_tui.intake.duties_fold import children_followed, linked_anew, unlinked, weighed
from intake_tui.intake.events import (
    Answered,
    AnswerTaken,
    CaseChosen,
    DutyWeighed,
    Event,
    LineBroke,
    LineDated,
    LineEdited,
    LineKept,
    LineMoved,
    LinePlaced,
    LineRetracted,
    LinesMerged,
    LineSplit,
    NoteTakenOver,
    PinTaken,
    Redone,
    SafetyPinned,
    SentenceEdited,
    SentenceTaken,
    Undone,
)
from intake_tui.intake.journal_sentence import line_of
from intake_tui.intake.record import Edit, Given, InCase, Intake, Occurred, Statement, Taken
from intake_tui.intake.taken_over import pinned_here, without_taken


def apply(intake: Intake, event: Event) -> Intake:
    """The intake after one more event. Only undo and redo fold all events again.

    An event whose line is not there (any more) changes nothing, so that undoing an earlier
    event never fails.
    """
    events = (*intake.events, event)
    if isinstance(event, Undone | Redone):
        return fold(events)
    return replace(_changed(intake, event), events=events)


def fold(events: Iterable[Event]) -> Intake:
    """The intake that those events make, from the first on."""
    events = tuple(events)
    intake = Intake()
    for event in counting(events):
        intake = _changed(intake, event)
    return replace(intake, events=events)


def counting(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events that still count, without the undoing and redoing ones.

    Seen from the last: the newest undo or redo of an event decides, provided that it counts
    itself; so an undone undo undoes nothing.
    """
    counts: dict[int, bool] = {}
    kept: list[Event] = []
    for event in reversed(events):
        if not counts.get(event.id, True):
            continue
        if isinstance(event, Undone | Redone):
            counts.setdefault(event.event, isinstance(event, Redone))
        else:
            kept.append(event)
    return tuple(reversed(kept))


def _changed(intake: Intake, event: Event) -> Intake:
    return _CHANGES[type(event)](intake, event)


def _kept(intake: Intake, event: LineKept) -> Intake:
    line = Statement(event.statement, event.at, event.kind, event.text, event.places)
    intake = replace(intake, statements=(*intake.statements, line))
    return _give_more(intake, given_by_line((), event)) if event.answers else intake


def _edited(intake: Intake, event: LineEdited) -> Intake:
    old = intake.statement(event.statement)
    if old is None:
        return intake
    new = replace(old, kind=event.kind, text=event.text, places=event.places)
    intake = children_followed(_with(intake, old, new), [old], [new], event.id)
    return _give(intake, given_by_line(intake.given, event))


def _placed(intake: Intake, event: LinePlaced) -> Intake:
    old = intake.statement(event.statement)
    if old is None:
        return intake
    still = tuple(
        given for given in intake.given if given.statement != old.id or given.place in event.places
    )
    return _give(_with(intake, old, replace(old, places=event.places)), still)


def _split(intake: Intake, event: LineSplit) -> Intake:
    old = intake.statement(event.statement)
    if old is None:
        return intake
    first, second = old.text[: event.offset].rstrip(), old.text[event.offset :].lstrip()
    if not first or not second:
        return intake
    edit = intake.edits.get(old.id)
    since = event.at if edit and edit.text is not None else old.split
    halves = replace(old, text=first), replace(old, id=event.second, text=second, split=since)
    intake = children_followed(_with(intake, old, *halves), [old], halves, event.id)
    return linked_anew(intake, old.id, event.second)


def _merged(intake: Intake, event: LinesMerged) -> Intake:
    first, second = intake.statement(event.statement), intake.statement(event.second)
    if first is None or second is None or first is second:
        return intake
    whole = merged_line(first, second)
    intake = _with(_with(intake, second), first, whole)
    intake = children_followed(intake, [first, second], [whole], event.id)
    intake = unlinked(intake, second.id, first.id)
    return _give(intake, handed_on(intake.given, second.id, first.id))


def _moved(intake: Intake, event: LineMoved) -> Intake:
    line = intake.statement(event.statement)
    if line is None or event.before == line.id:
        return intake
    others = [other for other in intake.statements if other is not line]
    at = next((n for n, other in enumerate(others) if other.id == event.before), len(others))
    others.insert(at, line)
    return replace(intake, statements=tuple(others))


def _dated(intake: Intake, event: LineDated) -> Intake:
    old = intake.statement(event.statement)
    if old is None:
        return intake
    of = Occurred(event.when, event.where) if event.when or event.where else None
    return _with(intake, old, replace(old, of=of))


def _retracted(intake: Intake, event: LineRetracted) -> Intake:
    line = intake.statement(event.statement)
    if line is None:
        return intake
    still = tuple(given for given in intake.given if given.statement != line.id)
    return _give(unlinked(_with(intake, line), line.id), still)


def _answered(intake: Intake, event: Answered) -> Intake:
    return _give_more(intake, (Given(event.place, event.value, event.at),))


def _pinned(intake: Intake, event: SafetyPinned) -> Intake:
    safety = {kind: text for kind, text in intake.safety.items() if kind != event.kind}
    if event.text is not None:
        safety[event.kind] = event.text
    return replace(intake, safety=safety)


def _answer_taken(intake: Intake, event: AnswerTaken) -> Intake:
    given = Given(event.place, event.value, event.at, held=event.held)
    intake = _give_more(intake, (given,))
    taken = Taken(event.place, False, event.value, event.at, event.contact, event.held)
    return replace(intake, taken=(*intake.taken, taken))


def _pin_taken(intake: Intake, event: PinTaken) -> Intake:
    safety = {kind: text for kind, text in intake.safety.items() if kind != event.kind}
    safety[event.kind] = event.text
    own = pinned_here(intake, event.kind)
    taken = Taken(event.kind, True, event.text, event.at, event.contact, event.held, own)
    return replace(intake, safety=safety, taken=(*intake.taken, taken))


def _case_chosen(intake: Intake, event: CaseChosen) -> Intake:
    """What was taken over was another person's: nothing of it stays."""
    return replace(without_taken(intake), case=InCase(event.case, event.at))


def _broke(intake: Intake, event: LineBroke) -> Intake:
    return replace(intake, broke=(*intake.broke, event.at))


def _sentence_edited(intake: Intake, event: SentenceEdited) -> Intake:
    edit = intake.edits.get(event.sentence, Edit())
    line = intake.statement(line_of(event.sentence))
    of = line.reads if line else edit.of
    edits = {
        **intake.edits,
        event.sentence: replace(edit, text=event.text, of=of, part=event.part or edit.part),
    }
    own = any(each.text is not None for each in edits.values())
    return replace(intake, edits=edits, settled=(intake.settled or event.at) if own else None)


def _sentence_taken(intake: Intake, event: SentenceTaken) -> Intake:
    edit = intake.edits.get(event.sentence, Edit())
    return replace(intake, edits={**intake.edits, event.sentence: replace(edit, taken=event.taken)})


def _note_taken_over(intake: Intake, event: NoteTakenOver) -> Intake:
    return replace(intake, settled=event.at) if intake.settled else intake


def _with(intake: Intake, line: Statement, *instead: Statement) -> Intake:
    """The intake with these lines, or none, where that line stood."""
    at = next(n for n, other in enumerate(intake.statements) if other is line)
    return replace(
        intake, statements=(*intake.statements[:at], *instead, *intake.statements[at + 1 :])
    )


def _give(intake: Intake, given: tuple[Given, ...]) -> Intake:
    if given == intake.given:
        return intake
    return replace(intake, given=given, answers=newest(given, {}))


def _give_more(intake: Intake, given: tuple[Given, ...]) -> Intake:
    answers = newest(given, intake.answers)
    return replace(intake, given=(*intake.given, *given), answers=answers)


_CHANGES: dict[type, Callable[[Intake, Any], Intake]] = {
    LineKept: _kept,
    LineEdited: _edited,
    LinePlaced: _placed,
    LineSplit: _split,
    LinesMerged: _merged,
    LineMoved: _moved,
    LineDated: _dated,
    LineRetracted: _retracted,
    Answered: _answered,
    SafetyPinned: _pinned,
    DutyWeighed: weighed,
    AnswerTaken: _answer_taken,
    PinTaken: _pin_taken,
    CaseChosen: _case_chosen,
    LineBroke: _broke,
    SentenceEdited: _sentence_edited,
    SentenceTaken: _sentence_taken,
    NoteTakenOver: _note_taken_over,
}
