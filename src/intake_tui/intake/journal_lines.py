"""Everything that may stand in the note, in its order: lines by their kind, then answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake_tui.guide.model import AnyItem, Guide, Information, Language, Question
from intake_tui.intake.children import is_children
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.decision import decision
from intake_tui.intake.journal_answers import (
    answers_alone,
    changed_answers,
    chosen_option,
    own_view,
    told_items,
)
from intake_tui.intake.journal_dates import dated
from intake_tui.intake.journal_duties import weighed_duties
from intake_tui.intake.journal_sentence import ANEW, Drafted, LeadId, Rank
from intake_tui.intake.journal_voice import Voice
from intake_tui.intake.plan import WHOLE, is_plan
from intake_tui.intake.record import Intake, Statement

NEXT = "next"
CALLED = "called"  # an emergency number: what was done about it is never left out for room


def drafted(guide: Guide, intake: Intake, language: Language) -> tuple[Drafted, ...]:
    """All sentences, whether there is room for them or not."""
    voice = Voice(guide, language)
    chosen = _chosen_before(guide, intake)
    lines = [
        sentence
        for line in intake.statements
        for sentence in _anew(intake, line, _from_line(guide, line, voice, chosen))
    ]
    return (
        *chosen_option(guide, intake, voice),
        *lines,
        *weighed_duties(guide, intake, voice),
        *changed_answers(guide, intake, voice),
        *answers_alone(guide, intake, voice),
        *told_items(guide, intake, voice),
        *own_view(guide, intake, voice),
    )


def _chosen_before(guide: Guide, intake: Intake) -> str | None:
    """The option by which lines are weighed. What is new moves nothing in a changed note."""
    new = intake.is_new(intake.first_answered(DECISION))
    return None if new else decision(guide, intake).chosen


def _anew(intake: Intake, line: Statement, sentence: Drafted) -> Iterator[Drafted]:
    """The sentence; where its line was changed after it was edited, it is offered anew as well.

    So is what was made of that offer, each time that the line is changed.
    """
    yield sentence
    edit = intake.edits.get(sentence.key)
    if edit is not None and not edit.still_of(line):
        anew = replace(sentence, key=sentence.key + ANEW, rank=Rank.NEVER)
        yield from _anew(intake, line, anew)


def _from_line(guide: Guide, line: Statement, voice: Voice, chosen: str | None) -> Drafted:
    part = _part(guide, line)
    return Drafted(
        key=line.id,
        part=part,
        body=_dated_body(guide, line, part, voice),
        rank=_rank(guide, line, part, chosen),
        sources=(line.id,),
        lead=_lead(line, part),
        since=line.split or line.at,
    )


def _part(guide: Guide, line: Statement) -> str:
    """Each kind stands apart; so do the reason, what happens next, and what we said."""
    if DECISION in line.places:
        return "decision"
    if NEXT in line.places:
        return "next"
    items = [guide.by_id.get(place) for place in line.places]
    if line.kind in ("told", "quote") and items and all(is_plan(item) for item in items):
        return "plan"
    if line.kind == "told" and items and all(_is_informing(item) for item in items):
        return "information"
    return "told" if line.kind == "quote" else line.kind


def _is_informing(item: AnyItem | None) -> bool:
    """Whether a line on it is what we said."""
    return isinstance(item, Information) and not item.wish


def _lead(line: Statement, part: str) -> LeadId | None:
    if part == "decision":
        return "reason"
    if line.kind == "quote":
        return "quote"
    return "told" if part == "told" else None


def _dated_body(guide: Guide, line: Statement, part: str, voice: Voice) -> str:
    """What was told of says when and where; a row on a child is not an event."""
    body = _body(guide, line, part, voice)
    return dated(line, body, voice) if part == "told" and not is_children(line) else body


def _body(guide: Guide, line: Statement, part: str, voice: Voice) -> str:
    if line.kind == "quote":
        return voice.quote(line.text)
    if part == "plan":
        return _planned(line, voice)
    if part == "information":
        about = voice.phrase("about").replace("{short}", voice.names(line.places))
        return f"{about} {voice.line(line.text)}"
    if part == "told" and is_children(line):
        return f"{voice.phrase('child')} {voice.line(line.text)}"
    questions = tuple(p for p in line.places if isinstance(guide.by_id.get(p), Question))
    return voice.asked(line.text, questions) if part == "told" else voice.line(line.text)


def _planned(line: Statement, voice: Voice) -> str:
    """A line of the plan after its part; those of the plan as a whole stand alone."""
    parts = [place for place in line.places if place != WHOLE]
    text = voice.line(line.text)
    return f"{voice.names_of(parts)}: {text}" if parts else text


def _rank(guide: Guide, line: Statement, part: str, chosen: str | None) -> Rank:
    if part in ("decision", "next") or CALLED in line.places:
        return Rank.DECIDED
    items = [guide.by_id.get(place) for place in line.places]
    notes = {_note(item, part) for item in items}
    if notes == {"never"}:
        return Rank.NEVER
    if "first" in notes and part != "assessed":
        return Rank.EVENT
    if any(isinstance(item, Question) and item.kind == "worksheet" for item in items):
        return Rank.DUTY
    if chosen in line.places and part != "observed":
        return Rank.CHOSEN
    return Rank.ALWAYS if {"first", "always"} & notes else _rank_by_part(part, notes)


def _rank_by_part(part: str, notes: set[str]) -> Rank:
    by_part = {
        "assessed": Rank.ASSESSED,
        "information": Rank.INFORMED,
        "observed": Rank.OBSERVED,
    }
    return by_part.get(part, Rank.SAID if notes else Rank.UNPLACED)


def _note(item: AnyItem | None, part: str) -> str:
    """Whether lines on that item belong in the note: first, always, where there is room, never.

    What an information item says of it goes for what we said, or for the wish that stands there,
    not for all that was said there.
    """
    if isinstance(item, Information) and (part == "information" or (item.wish and part == "told")):
        return item.note
    if not isinstance(item, Question):
        return "room"
    return "never" if item.kind in ("registration", "label") else item.note
