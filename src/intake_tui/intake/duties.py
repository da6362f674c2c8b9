"""The worksheets of the duties: whom they are about, when they come up, what is left to be done.

The program asks and records. Nothing here reads a signal, and nothing concludes: a worksheet has
a conclusion only where the counsellor wrote one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from intake_tui.guide.answers import NO_ANSWER, YES_NO
from intake_tui.guide.model import Duty, Guide
from intake_tui.intake.children import children
from intake_tui.intake.events import DutyPart
from intake_tui.intake.record import DutyWorksheet, Intake, Statement
from intake_tui.intake.signals import holds
from intake_tui.intake.weighable import weighable

APPLIES = "applies"
CONCLUSIONS: tuple[str, ...] = (APPLIES, "not", "unsettled")
TEXTS: tuple[DutyPart, ...] = ("child", "words", "plan", "not-told", "reason")
SEVERAL: tuple[DutyPart, ...] = ("grounds", "supports")

DutyState: TypeAlias = Literal["applies", "not", "unsettled", "begun", "at-hand", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a worksheet is about: a child, or nobody in particular (an empty key)."""

    child: str
    text: str  # the child's age and where; empty: all, or no child
    own: bool  # whether its words are the worksheet's own, as no line tells of it

    def __repr__(self) -> str:
        """Never whom."""
        return f"<Subject {self.child}>"


@dataclass(frozen=True, slots=True)
class DutyLeft:
    """A duty that the counsellor concluded on, and what is to be done about it."""

    worksheet: str  # its id
    duty: str
    about: str  # the child's age and where; empty: all, or no child
    way: str | None  # one of the duty's ways
    plan: str  # who does what, when; empty where nothing was written

    def __repr__(self) -> str:
        """Never what was written."""
        return f"<DutyLeft {self.worksheet}>"


def worksheet(intake: Intake, duty: str, child: str = "") -> DutyWorksheet:
    """The worksheet as it stands; an empty one where nothing was weighed."""
    found = (sheet for sheet in intake.duties if (sheet.duty, sheet.child) == (duty, child))
    return next(found, DutyWorksheet(duty, child))


def worksheets(guide: Guide, intake: Intake) -> Iterator[tuple[Duty, Subject, DutyWorksheet]]:
    """Those that were begun, in the order of the guide, each with whom it is about."""
    for duty in guide.duties:
        for subject in subjects(duty, intake):
            sheet = worksheet(intake, duty.id, subject.child)
            if sheet.parts:
                yield duty, subject, sheet


def subjects(duty: Duty, intake: Intake) -> tuple[Subject, ...]:
    """Whom the duty is weighed for: each child, or all of them where none is known of.

    A worksheet whose child no line tells of any more stays, with the words it was weighed under.
    """
    if not duty.per_child:
        return (Subject("", "", own=False),)
    found = [Subject(child.key, child.text, own=False) for child in children(intake)]
    known = {subject.child for subject in found}
    begun = [sheet for sheet in intake.duties if sheet.duty == duty.id]
    own = [sheet for sheet in begun if sheet.child and sheet.child not in known]
    found += [Subject(sheet.child, sheet.value("child") or sheet.about, own=True) for sheet in own]
    if not found or any(not sheet.child for sheet in begun):
        found.insert(0, Subject("", "", own=False))
    return tuple(found)


def asked(duty: Duty, subject: Subject, sheet: DutyWorksheet) -> Iterator[DutyPart]:
    """The parts that a worksheet asks for as it stands, in their order. None has to be written."""
    if subject.own:
        yield "child"
    yield from ("grounds", "supports", "words", "certain")
    if duty.while_possible:
        yield "possible"
    yield from ("way", "plan", "told")
    if sheet.value("told") == "no" or sheet.values("not-told"):
        yield "not-told"
    yield from ("conclusion", "reason")
    if sheet.value("conclusion") == APPLIES or sheet.values("done"):
        yield "done"


def choices(duty: Duty, part: DutyPart) -> tuple[str, ...]:
    """The values that a part goes through, or that may be chosen for it; none: it is words."""
    of_duty = {"grounds": duty.ground, "certain": duty.certain, "way": duty.way}
    if part in of_duty:
        return tuple(choice.id for choice in of_duty[part])
    fixed: dict[DutyPart, tuple[str, ...]] = {
        "possible": (*YES_NO, NO_ANSWER[0]),
        "told": YES_NO,
        "conclusion": CONCLUSIONS,
        "done": ("yes",),
    }
    return fixed.get(part, ())


def at_hand(guide: Guide, duty: Duty, intake: Intake) -> bool:
    """Whether the guide says that the duty is to be weighed. No more follows from it."""
    return bool(holds(duty.relevant, weighable(guide, intake)))


def state(guide: Guide, duty: Duty, intake: Intake) -> DutyState:
    """How far the weighing is: the least settled of its worksheets decides.

    A child without a worksheet is not weighed yet, unless one was written for all of them.
    """
    sheets = {sheet.child: sheet for sheet in intake.duties if sheet.duty == duty.id}
    if not sheets:
        return "at-hand" if at_hand(guide, duty, intake) else "none"
    concluded = {sheet.value("conclusion") for sheet in sheets.values()}
    if "" not in sheets and any(s.child not in sheets for s in subjects(duty, intake)):
        return "begun"
    if None in concluded:
        return "begun"
    if "unsettled" in concluded:
        return "unsettled"
    return "applies" if APPLIES in concluded else "not"


def written_of(duty: Duty, intake: Intake) -> tuple[Statement, ...]:
    """The counsellor's own lines on the duty: they stay what they are, and are shown beside."""
    return tuple(
        line
        for line in intake.statements
        if line.kind == "assessed" and any(place in line.places for place in duty.places)
    )


def decided_not_done(guide: Guide, intake: Intake) -> tuple[DutyLeft, ...]:
    """The duties that the counsellor concluded to apply and has not marked as done.

    In the order of the guide, the children in the order of the talk. For whoever has the next
    shift: `plan` is who does what and when, in the counsellor's words, and may be empty; `way` is
    the id of one of the duty's ways. A worksheet without the conclusion «applies» is never here,
    whatever was said; nor is one that says «not» or is not settled.
    """
    return tuple(
        DutyLeft(sheet.id, duty.id, subject.text, sheet.value("way"), sheet.value("plan") or "")
        for duty, subject, sheet in worksheets(guide, intake)
        if sheet.value("conclusion") == APPLIES and not sheet.values("done")
    )
