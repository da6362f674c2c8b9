"""Contacts as plain text: aligned lines, no colours, no control characters."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from intake_tui.intake.amendment import What, reading
from intake_tui.widgets.caution import caution_of
from intake_tui.widgets.corrections import label, said, spoken, when
from intake_tui.widgets.safety_rows import calling
from intake_tui.widgets.saying import answer_word, clock, joined_text, kind_word, place_name
from intake_tui.widgets.unbroken import shown as unglued
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.records.rows import ContactRow

ID = 10  # characters of an id that tell contacts apart
GAP = "  "
DAY = "%Y-%m-%d"  # in an order that sorts
KnownAs: TypeAlias = Mapping[str, tuple[str, ...]]  # by case, the codes of the same person


def contact_lines(
    rows: Iterable[ContactRow], known_as: KnownAs, guide: Guide, words: Words
) -> list[str]:
    """One aligned line for each contact; last, with which codes it is one person."""
    return aligned([_columns(row, known_as, guide, words) for row in rows])


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The rows with all columns as wide as their widest text."""
    table = [[printable(text) for text in row] for row in table]
    widths = [max(len(text) for text in column) for column in zip(*table, strict=True)]
    return [
        GAP.join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def printable(text: str) -> str:
    """The text in one line, without anything that a terminal would obey."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def row_json(row: ContactRow, known_as: KnownAs) -> dict[str, Any]:
    """A row in the documented shape."""
    return {
        "id": row.id,
        "case": row.case,
        "code": row.code,
        "joined": list(known_as.get(row.case, ())),
        "alias": row.alias,
        "status": row.status,
        "started": row.started.isoformat(),
        "by": row.by,
        "channel": row.channel,
        "outcome": row.outcome,
        "next": list(row.next),
        "call": row.call,
        "hours": row.hours,
        "broke": row.broke,
    }


def record_lines(record: dict[str, Any], guide: Guide, words: Words) -> Iterator[str]:
    """A whole contact as it reads now: who, the journal note, all statements, what was corrected.

    A number that must not be called says so wherever it stands.
    """
    shown = reading(record)
    caution = caution_of(shown["safety"], words, spoken(record))
    for line in _record_lines(record, shown, guide, words):
        yield unglued(caution.marked(line)) if caution else line


def _record_lines(
    record: dict[str, Any], shown: Mapping[str, Any], guide: Guide, words: Words
) -> Iterator[str]:
    yield from _heading(shown, words)
    for part in shown["journal"]["parts"]:
        yield ""
        yield printable(part["heading"])
        for sentence in part["sentences"]:
            yield f"  {printable(sentence['text'])}"
    yield ""
    yield words("cli.statements")
    table = [_statement(line, guide, words) for line in shown["statements"]]
    yield from (f"  {line}" for line in aligned(table))
    yield from _corrections(record, guide, words)


def _corrections(record: dict[str, Any], guide: Guide, words: Words) -> Iterator[str]:
    """What was corrected and added, by whom, when and why; what stood is among it."""
    if record["amendments"]:
        yield ""
        yield words("printed.corrections")
    safety = reading(record)["safety"]
    for each in record["amendments"]:
        what, key = each["what"], each["key"]
        about = {"at": when(each["at"]), "name": each["by"]}

        def value(text: str | None, what: What = what, key: str = key) -> str:
            return said(what, key, text, guide=guide, words=words, safety=safety)

        now = words("amend.struck") if each["now"] is None else value(each["now"])
        yield printable(f"  {label(what, key, guide, words)}: {now}")
        if each["damaged"]:
            yield printable(f"    {words('amend.unreadable', **about)}")
            continue
        if what != "addition":
            yield printable(f"    {words('amend.stood', text=value(each['was']))}")
        yield printable(f"    {words('amend.corrected', reason=each['reason'], **about)}")


def _heading(shown: Mapping[str, Any], words: Words) -> Iterator[str]:
    alias = f" · {shown['alias']}" if shown["alias"] else ""
    started = _here(dt.datetime.fromisoformat(shown["started"]))
    yield printable(f"{shown['code']}{alias} · {started} · {words('cli.' + shown['status'])}")
    yield printable(f"{words('cli.by')}: {shown['by']}")
    safety = shown["safety"]
    call = calling(safety.get("call"), safety.get("hours"), words)
    yield printable(f"{words('safety.call')}: {call}")
    yield from (printable(joined_text(joining, words, DAY)) for joining in shown["joined"])


def _statement(line: Mapping[str, Any], guide: Guide, words: Words) -> tuple[str, ...]:
    text = f"«{line['text']}»" if line["kind"] == "quote" else line["text"]
    places = ", ".join(place_name(guide, place, words) for place in line["places"])
    at = clock(dt.datetime.fromisoformat(line["at"]))
    return at, kind_word(line["kind"], words), f"{text} → {places}" if places else text


def _columns(row: ContactRow, known_as: KnownAs, guide: Guide, words: Words) -> tuple[str, ...]:
    codes = known_as.get(row.case, ())
    return (
        row.id[:ID],
        row.code,
        words(f"cli.{row.status}"),
        _here(row.started),
        answer_word(guide, "INV-1", row.channel, words) if row.channel else "",
        place_name(guide, row.outcome, words) if row.outcome else "",
        row.alias or "",
        calling(row.call, row.hours, words),
        words("same_person.also", codes=", ".join(codes)) if codes else "",
    )


def _here(at: dt.datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
