"""An intake as plain JSON data: the documented shape of `contacts show --json`."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol, TypeAlias

from intake_tui.guide.answers import STANCES, Stance
from intake_tui.guide.model import Guide, Information, Language, Option, Question
from intake_tui.intake.before import Before, before
from intake_tui.intake.children import children
from intake_tui.intake.date_line import date_line
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.decision import POLICE, decision
from intake_tui.intake.duties import Subject, worksheets
from intake_tui.intake.journal import Sentence, draft
from intake_tui.intake.journal_lines import NEXT
from intake_tui.intake.occurred import Span, span_of
from intake_tui.intake.quotes import quoted
from intake_tui.intake.record import Answer, DutyWorksheet, Intake, Statement, Taken
from intake_tui.intake.signals import signals
from intake_tui.intake.taken_over import taken_over

Shape: TypeAlias = dict[str, Any]
FORMAT = 1
ALIAS = "alias"


class Shaped(Protocol):
    """What a shape is made of: a conversation, or a signed record."""

    @property
    def id(self) -> bytes:
        """The conversation's own id."""

    @property
    def case(self) -> bytes:
        """The case's id."""

    @property
    def code(self) -> str:
        """What the case is called aloud."""

    @property
    def started(self) -> dt.datetime:
        """When it began, UTC."""

    @property
    def by(self) -> str:
        """The slot of the counsellor who began it, in hex."""

    @property
    def language(self) -> Language:
        """Of the notes."""

    @property
    def guide(self) -> Guide:
        """The guide that it was held with."""

    @property
    def guide_hash(self) -> str:
        """That guide's hash."""

    @property
    def intake(self) -> Intake:
        """What was said."""


def shape(held: Shaped, *, status: str = "open", signed: dt.datetime | None = None) -> Shape:
    """All of a conversation, with what follows from it. Times are UTC, ISO 8601."""
    guide, intake = held.guide, held.intake
    return {
        "format": FORMAT,
        "id": held.id.hex(),
        "case": held.case.hex(),
        "case_chosen": intake.case.at.isoformat() if intake.case else None,
        "code": held.code,
        "alias": intake.value(ALIAS),
        "status": status,
        "started": held.started.isoformat(),
        "signed": signed.isoformat() if signed else None,
        "by": held.by,
        "language": held.language,
        "guide": held.guide_hash,
        "statements": [_statement(line) for line in intake.statements],
        "date_line": _date_line(intake),
        **_answers(guide, intake),
        "children": [
            {"age": child.age, "where": child.where, "statement": child.statement}
            for child in children(intake)
        ],
        "safety": dict(intake.safety),
        "taken_over": [_taken(each) for each in taken_over(intake)],
        "signals": _signals(guide, intake),
        "decision": _decision(guide, intake),
        "duties": [_duty(subject, sheet) for _, subject, sheet in worksheets(guide, intake)],
        "next": [{"text": line.text, "statement": line.id} for line in intake.placed(NEXT)],
        "journal": _journal(guide, intake, held.language),
        "broke": [at.isoformat() for at in intake.broke],
    }


def _statement(line: Statement) -> Shape:
    return {
        "id": line.id,
        "at": line.at.isoformat(),
        "kind": line.kind,
        "text": line.text,
        "places": list(line.places),
        "quotes": list(quoted(line.text)),
        "occurred": _occurred(line),
    }


def _taken(taken: Taken) -> Shape:
    return {
        "item": taken.item,
        "kind": "safety" if taken.pinned else "answer",
        "at": taken.at.isoformat(),
        "contact": taken.contact,
        "held": taken.held.isoformat(),
    }


def _occurred(line: Statement) -> Shape | None:
    if line.of is None:
        return None
    return {
        "when": line.of.when or None,
        "where": line.of.where or None,
        **_worked_out(span_of(line)),
    }


def _worked_out(span: Span | None) -> Shape:
    """Days here, not in UTC; with the clock where it was said."""
    if span is None:
        return {"from": None, "to": None, "precision": None}
    first, last = span.begin.isoformat(), span.end.isoformat()
    clock = f"T{span.clock:%H:%M}" if span.clock else ""
    return {"from": first + clock, "to": last + clock, "precision": span.precision}


def _date_line(intake: Intake) -> Shape:
    line = date_line(intake)
    return {
        "dated": [each.statement.id for each in line.dated],
        "undated": [statement.id for statement in line.undated],
    }


def _answers(guide: Guide, intake: Intake) -> Shape:
    """Each answer in the one list that its item belongs to; the decision has its own."""
    answers: Shape = {"answers": {}, "told": {}, "registration": {}}
    earlier = before(intake)
    for place, answer in intake.answers.items():
        item = guide.by_id.get(place)
        if isinstance(item, Information):
            answers["told"][place] = _answer(answer, earlier.get(place, ()))
        elif isinstance(item, Question) and item.kind == "registration":
            answers["registration"][place] = answer.value
        elif not isinstance(item, Option) and place not in (ALIAS, DECISION, POLICE):
            answers["answers"][place] = _answer(answer, earlier.get(place, ()))
    return answers


def _answer(answer: Answer, earlier: tuple[Before, ...]) -> Shape:
    return {
        "value": answer.value,
        "at": answer.at.isoformat(),
        "statement": answer.statement,
        "before": [{"value": each.value, "at": each.at.isoformat()} for each in earlier],
    }


def _signals(guide: Guide, intake: Intake) -> list[Shape]:
    return [
        {
            "id": found.signal.id,
            "because": [
                {"place": each.place, "value": each.value, "statements": list(each.statements)}
                for each in found.because
            ],
        }
        for found in signals(guide, intake)
    ]


def _decision(guide: Guide, intake: Intake) -> Shape:
    decided, earlier = decision(guide, intake), before(intake)
    return {
        "chosen": decided.chosen,
        "before": [{"value": each.value, "at": each.at.isoformat()} for each in decided.before],
        "reason": "\n".join(line.text for line in decided.reason),
        "statements": [line.id for line in decided.reason],
        "options": {
            option: {
                **stance._asdict(),
                "before": [
                    {**STANCES.get(each.value, Stance())._asdict(), "at": each.at.isoformat()}
                    for each in earlier.get(option, ())
                ],
            }
            for option, stance in decided.stances.items()
        },
        "police": decided.police,
    }


def _duty(subject: Subject, sheet: DutyWorksheet) -> Shape:
    concluded, done = sheet.parts.get("conclusion"), sheet.parts.get("done")
    return {
        "id": sheet.id,
        "duty": sheet.duty,
        "child": subject.text or None,
        "grounds": list(sheet.values("grounds")),
        "statements": list(sheet.values("supports")),
        "words": sheet.value("words"),
        "certain": sheet.value("certain"),
        "possible": sheet.value("possible"),
        "way": sheet.value("way"),
        "plan": sheet.value("plan"),
        "told": sheet.value("told"),
        "not_told": sheet.value("not-told"),
        "conclusion": sheet.value("conclusion"),
        "reason": sheet.value("reason"),
        "concluded": concluded.at.isoformat() if concluded else None,
        "done": done.at.isoformat() if done else None,
    }


def _journal(guide: Guide, intake: Intake, language: Language) -> Shape:
    note = draft(guide, intake, language)
    return {
        "parts": [
            {
                "id": part.id,
                "heading": part.heading,
                "sentences": [_sentence(sentence) for sentence in part.sentences],
            }
            for part in note.parts
        ],
        "left_out": [_sentence(sentence) for sentence in note.left_out],
        "new": [sentence.key for sentence in note.left_out if sentence.new],
        "without_source": [sentence.key for sentence in note.all if sentence.without_source],
        "words": note.words,
    }


def _sentence(sentence: Sentence) -> Shape:
    return {
        "key": sentence.key,
        "text": sentence.text,
        "sources": list(sentence.sources),
        "edited": sentence.edited,
    }
