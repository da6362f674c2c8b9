"""The safety items as rows. A number that must not be called never stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, get_args

from rich.cells import set_cell_size

from intake_tui.intake.events import SafetyKind
from intake_tui.intake.taken_over import taken_over
from intake_tui.widgets.row_layout import Look, Row
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.record import Intake
    from intake_tui.records.rows import ContactRow

KINDS: tuple[SafetyKind, ...] = get_args(SafetyKind)
YES_NO: tuple[SafetyKind, ...] = ("call", "voicemail")
LABEL_WIDTH = 24

Safety: TypeAlias = Mapping[SafetyKind, str]


def safety_rows(
    safety: Safety,
    words: Words,
    *,
    taken: Mapping[str, str] | None = None,
    before: Sequence[ContactRow] = (),
) -> list[Row]:
    """A row an item. That an earlier contact forbids calling stands where calling is meant.

    `taken` says of what was taken over, by its kind, from which day.
    """
    forbidden = forbidden_before(before, words)
    rows = (_row(kind, safety, words, forbidden) for kind in KINDS)
    return [replace(row, text=row.text + (taken or {}).get(str(row.key), "")) for row in rows]


def days_taken(intake: Intake, words: Words) -> dict[str, str]:
    """Of the safety items that were taken over, by kind: « (fra 20.11.)»."""
    return {
        taken.item: f" ({words('before.from', date=f'{taken.held.astimezone():%d.%m.}')})"
        for taken in taken_over(intake)
        if taken.pinned
    }


def forbidden_before(before: Sequence[ContactRow], words: Words) -> str:
    """The newest earlier contact that says not to call: «IKKE RING (fra 20.11.)»."""
    days = [row.started for row in before if row.call == "no"]
    if not days:
        return ""
    day = words("before.from", date=f"{max(days).astimezone():%d.%m.}")
    return f"{words('safety.do-not-call')} ({day})"


def safety_text(kind: SafetyKind, safety: Safety, words: Words) -> tuple[str, Look]:
    """What stands on an item's row, and how it looks."""
    value = safety.get(kind)
    if value is None:
        return words("safety.not-agreed" if kind in YES_NO else "safety.nothing"), "quiet"
    if kind == "call":
        return (
            (words("safety.do-not-call"), "warn")
            if value == "no"
            else (
                words("safety.may-call"),
                "plain",
            )
        )
    if kind == "voicemail":
        return (
            (words("safety.no-message"), "warn")
            if value == "no"
            else (
                words("safety.message"),
                "plain",
            )
        )
    return (number_text(safety, words), "plain") if kind == "number" else (value, "plain")


def calling(call: str | None, hours: str | None, words: Words) -> str:
    """Whether it may be called, never nothing; and when, where that was agreed."""
    if call == "no":
        return words("safety.do-not-call")
    if call != "yes":
        return words("safety.not-agreed")
    may = words("safety.may-call")
    return f"{may} · {hours}" if hours else may


def number_text(safety: Safety, words: Words) -> str:
    """The number, with IKKE RING before it where it must not be called."""
    number, call = safety.get("number", ""), safety.get("call")
    if call == "yes":
        return number
    caution = words("safety.do-not-call" if call == "no" else "safety.not-agreed")
    return f"{caution} · {number}"


def _row(kind: SafetyKind, safety: Safety, words: Words, forbidden: str) -> Row:
    text, look = safety_text(kind, safety, words)
    if forbidden and kind == "call" and safety.get("call") != "no":
        text, look = f"{text} · {forbidden}", "warn"
    elif forbidden and kind == "number" and "number" in safety and "call" not in safety:
        text = f"{words('safety.do-not-call')} · {safety['number']}"
    return Row(text, key=kind, lead=set_cell_size(words(f"safety.{kind}"), LABEL_WIDTH), look=look)
