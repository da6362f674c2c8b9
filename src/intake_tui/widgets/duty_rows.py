"""The worksheets of the duties as rows: what is asked, and what the counsellor wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import set_cell_size

from intake_tui.guide.model import Choice, Duty, Guide
from intake_tui.intake.duties import TEXTS, Subject, asked, state, written_of
from intake_tui.intake.events import DutyPart
from intake_tui.intake.record import DutyWorksheet, Intake
from intake_tui.widgets.row_layout import Piece, Row, shortened
from intake_tui.widgets.saying import clock, places_line, said
from intake_tui.words import Words

LABEL_WIDTH = 25
LONGEST_LINE = 44  # columns of a supporting line on its row; the list of lines has it whole
LONGEST_CHILD = 28


def sheet_rows(
    duty: Duty, subject: Subject, sheet: DutyWorksheet, intake: Intake, words: Words
) -> Iterator[Row]:
    """A row a part; below them what was written of the duty on its items."""
    for part in asked(duty, subject, sheet):
        values = sheet.values(part)
        text = (
            _lines(values, intake) if part == "supports" else part_text(duty, part, values, words)
        )
        yield Row(
            text or words("duties.no-conclusion" if part == "conclusion" else "duties.empty"),
            key=part,
            lead=label(duty, part, words),
            look="plain" if text else "quiet",
        )
    lines = written_of(duty, intake)
    if lines:
        yield Row()
        yield Row(words("duties.written"), look="quiet")
        yield from (Row(line.text, lead=f"{clock(line.at)}  ", look="quiet") for line in lines)


def _lines(ids: Sequence[str], intake: Intake) -> str:
    """The beginnings of lines, one below the other."""
    lines = (intake.statement(id_) for id_ in ids)
    return "\n".join(shortened(said(line), LONGEST_LINE) for line in lines if line is not None)


def label(duty: Duty, part: DutyPart, words: Words) -> str:
    """What a part is called, as wide as all of them."""
    return set_cell_size(part_name(duty, part, words), LABEL_WIDTH)


def part_name(duty: Duty, part: DutyPart, words: Words) -> str:
    """What a part is called."""
    own = {"grounds": duty.asks_ground, "certain": duty.asks_certain}
    return own[part].at(words.language) if part in own else words(f"duties.part-{part}")


def part_text(duty: Duty, part: DutyPart, values: Sequence[str], words: Words) -> str:
    """What stands in a part, in words; nothing where nothing does."""
    choices = {"grounds": duty.ground, "certain": duty.certain, "way": duty.way}.get(part)
    if choices is not None:
        return ", ".join(_word(choices, value, words) for value in values)
    if part in TEXTS:
        return "".join(values)
    return ", ".join(words(f"duties.value-{value}") for value in values)


def _word(choices: Iterable[Choice], value: str, words: Words) -> str:
    """A choice's own word; its id where a centre has taken it out of its guide."""
    found = (choice.word.at(words.language) for choice in choices if choice.id == value)
    return next(found, value)


def ground_rows(duty: Duty, chosen: Sequence[str], words: Words) -> Iterator[Row]:
    """The acts or grounds to choose from."""
    for ground in duty.ground:
        yield _choice(ground.word.at(words.language), ground.id, chosen, words)


def line_rows(guide: Guide, intake: Intake, chosen: Sequence[str], words: Words) -> Iterator[Row]:
    """The lines of the talk to choose from."""
    for line in intake.statements:
        places = places_line(guide, line.places, intake.answers_of(line.id), words)
        below: tuple[Piece, ...] = (("→ " + places, "quiet"),) if places else ()
        yield _choice(said(line), line.id, chosen, words, lead=f"{clock(line.at)}  ", below=below)
    if not intake.statements:
        yield Row(words("duties.no-lines"), look="quiet")


def _choice(
    text: str,
    id_: str,
    chosen: Sequence[str],
    words: Words,
    *,
    lead: str = "",
    below: tuple[Piece, ...] = (),
) -> Row:
    mark = words("duties.chosen") if id_ in chosen else ""
    return Row(text, key=id_, lead=lead, right=mark, right_look="accent", below=below)


def child_name(subject: Subject, words: Words) -> str:
    """A child's age and where, on one line; all of them where it is none in particular."""
    if subject.text:
        return shortened(subject.text, LONGEST_CHILD)
    return words("duties.a-child" if subject.child else "duties.all-children")


def page_name(duty: Duty, subject: Subject, words: Words) -> str:
    """What a worksheet's page is called."""
    name = duty.name.at(words.language)
    return f"{name}: {child_name(subject, words)}" if duty.per_child else name


def duty_state(guide: Guide, duty: Duty, intake: Intake, words: Words) -> tuple[str, bool]:
    """How far its weighing is, in a word; whether there is anything to see yet."""
    found = state(guide, duty, intake)
    return words(f"duties.state-{found}"), found != "none"
