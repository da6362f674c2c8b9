"""A signed record as a document to print: the note as signed, each correction, and the lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from intake_tui.guide.model import Guide
from intake_tui.intake.without_plan import CODE_WORD, tells_of_plan, without_plan
from intake_tui.widgets.caution import Caution, caution_of
from intake_tui.widgets.corrections import label, said, spoken, when
from intake_tui.widgets.duty_record import PARTS, dates, written
from intake_tui.widgets.duty_rows import part_name
from intake_tui.widgets.happened import recorded
from intake_tui.widgets.printed_blocks import Block, heading, paragraph, point, strong
from intake_tui.widgets.safety_rows import KINDS, Safety, safety_text
from intake_tui.widgets.saying import clock, kind_word, places_line
from intake_tui.widgets.unbroken import glued
from intake_tui.words import Words


def document(
    record: dict[str, Any],
    guide: Guide,
    words: Words,
    *,
    centre: str,
    now: dt.datetime,
    with_plan: bool,
) -> list[Block]:
    """The document; the plan is in it only where that was asked for."""
    left_out = not with_plan and tells_of_plan(record, guide)
    shown = without_plan(record, guide) if left_out else record
    return list(_Document(shown, guide, words, left_out=left_out).blocks(centre, now))


class _Document:
    """Of one record, without the plan where that was left out."""

    def __init__(
        self, record: dict[str, Any], guide: Guide, words: Words, *, left_out: bool
    ) -> None:
        self._record, self._guide, self._words = record, guide, words
        self._left_out = left_out
        self._trail: list[dict[str, Any]] = record["amendments"]
        self._safety: Safety = (record["amended"] or record)["safety"]
        self._caution: Caution | None = caution_of(self._safety, words, _all_said(record))

    def __repr__(self) -> str:
        """Never what was said."""
        return "<_Document>"

    def blocks(self, centre: str, now: dt.datetime) -> Iterator[Block]:
        """All sections, from the top of the page."""
        yield from self._top(centre, now)
        yield from self._note("note", self._record["journal"], self._as_signed)
        yield from self._corrections()
        yield from self._reads_now()
        yield from self._statements()
        yield from self._duties()
        yield from self._pinned()

    def _top(self, centre: str, now: dt.datetime) -> Iterator[Block]:
        record, words = self._record, self._words
        yield heading(words("printed.head", code=record["code"]), 1)
        if centre:
            yield self._item(words("printed.centre", name=centre))
        yield self._item(words("printed.began", at=when(record["started"])))
        yield self._item(_signed(record, words))
        yield self._item(words("printed.made", at=when(now.isoformat())))
        if self._safety.get("call") == "no":
            yield strong(words("safety.do-not-call"))
        yield paragraph(words("printed.unsealed"))
        if self._left_out:
            yield paragraph(words("printed.plan-left-out"))

    # The note

    def _note(
        self, title: str, journal: Mapping[str, Any], about: Callable[[Mapping[str, Any]], str]
    ) -> Iterator[Block]:
        yield heading(self._words(f"printed.{title}"), 2)
        for part in journal["parts"]:
            yield heading(part["heading"], 3)
            for sentence in part["sentences"]:
                yield self._item(f"{sentence['text']}{about(sentence)}")

    def _as_signed(self, sentence: Mapping[str, Any]) -> str:
        """After a sentence that was corrected: where to look."""
        return self._see("see", "sentence", [sentence["key"]])

    def _drafted(self, sentence: Mapping[str, Any]) -> str:
        """After a sentence whose line was corrected: it was not drawn anew."""
        return self._see("source", "statement", sentence["sources"])

    def _see(self, word: str, what: str, keys: Sequence[str]) -> str:
        numbers = [
            str(number)
            for number, each in enumerate(self._trail, 1)
            if each["what"] == what and each["key"] in keys
        ]
        return f" {self._words(f'printed.{word}', numbers=', '.join(numbers))}" if numbers else ""

    def _reads_now(self) -> Iterator[Block]:
        """With all corrections; nothing where there are none, as it reads as it was signed."""
        now = self._record["amended"]
        if not self._trail or now is None:
            return
        yield from self._note("reads-now", now["journal"], self._drafted)
        if now["additions"]:
            yield heading(self._words("amend.additions"), 3)
        for each in now["additions"]:
            yield self._item(each["text"])

    # The corrections

    def _corrections(self) -> Iterator[Block]:
        words = self._words
        yield heading(words("printed.corrections"), 2)
        if self._record["damaged"]:
            yield paragraph(words("amend.some-unreadable"))
        for number, each in enumerate(self._trail, 1):
            yield from self._correction(number, each)
        if not self._trail:
            none = "none-but-plan" if self._record["amended"] else "no-corrections"
            yield paragraph(words(f"printed.{none}"))

    def _correction(self, number: int, each: Mapping[str, Any]) -> Iterator[Block]:
        words, about = self._words, {"at": when(each["at"]), "name": each["by"]}
        name = label(each["what"], each["key"], self._guide, words)
        yield point(f"{name} · {words('printed.by', **about)}", number=number)
        if each["damaged"]:
            yield self._item(words("amend.unreadable", **about), 1)
            if each["now"] is None:
                return
        elif each["what"] != "addition":
            yield self._item(words("printed.was", text=self._said(each, "was")), 1)
        now = words("amend.struck") if each["now"] is None else self._said(each, "now")
        yield self._item(words("printed.now", text=now), 1)
        if each["reason"] is not None:
            yield self._item(words("printed.why", text=each["reason"]), 1)

    def _said(self, each: Mapping[str, Any], name: str) -> str:
        what, key, value = each["what"], each["key"], each[name]
        return said(what, key, value, guide=self._guide, words=self._words, safety=self._safety)

    # What it came from

    def _statements(self) -> Iterator[Block]:
        """As they were kept, each with its time; what was corrected says where to look."""
        words = self._words
        yield heading(words("printed.statements"), 2)
        for line in self._record["statements"]:
            text = f"«{line['text']}»" if line["kind"] == "quote" else line["text"]
            see = self._see("see", "statement", [line["id"]])
            yield self._item(f"{_clock(line['at'])} {kind_word(line['kind'], words)}: {text}{see}")
            for below in (self._places(line), recorded(line, words)):
                if below:
                    yield self._item(below, 1)
        for at in self._record["broke"]:
            yield self._item(f"{_clock(at)} {words('running_note.broke')}")

    def _places(self, line: Mapping[str, Any]) -> str:
        answers = {
            place: each["value"]
            for table in ("answers", "told")
            for place, each in self._record[table].items()
            if each["statement"] == line["id"]
        }
        return places_line(self._guide, line["places"], answers, self._words)

    def _duties(self) -> Iterator[Block]:
        if self._record["duties"]:
            yield heading(self._words("duties.title"), 2)
        for sheet in self._record["duties"]:
            yield from self._sheet(sheet)

    def _sheet(self, sheet: Mapping[str, Any]) -> Iterator[Block]:
        words, duty = self._words, self._guide.duty(sheet["duty"])
        yield heading(duty.name.at(words.language) if duty else sheet["duty"], 3)
        if sheet["child"]:
            yield self._item(f"{words('duties.part-child')}: {sheet['child']}")
        if duty is None:  # the centre took it out of its guide: what was written stands as it is
            values = (sheet[key] for key in PARTS.values() if isinstance(sheet[key], str))
            yield from map(self._item, values)
        else:
            said_ = {line["id"]: line["text"] for line in self._record["statements"]}
            for part, text in written(sheet, duty, said_, words):
                name = part_name(duty, part, words)
                yield self._item(f"{name}: {' / '.join(text.splitlines())}")
        yield from map(self._item, dates(sheet, words))
        yield from self._done(sheet["id"])

    def _done(self, point: str) -> Iterator[Block]:
        """Whether it was marked done after the signing, and is so still."""
        marks = [each for each in self._record["done"] if each["point"] == point]
        if marks and marks[-1]["done"]:
            about = {"at": when(marks[-1]["at"]), "name": marks[-1]["by"]}
            yield self._item(self._words("amend.done", **about))

    def _pinned(self) -> Iterator[Block]:
        """As it is now: whether to call is never printed as it once was alone."""
        yield heading(self._words("safety.title"), 2)
        for kind in KINDS:
            if kind == CODE_WORD and self._left_out:
                continue
            text, _ = safety_text(kind, self._safety, self._words)
            yield self._item(f"{self._words(f'safety.{kind}')}: {text}")

    def _item(self, text: str, depth: int = 0) -> Block:
        """A point; a number that must not be called is never printed without that."""
        return point(_marked(text, self._caution) if self._caution else text, depth=depth)


def _marked(text: str, caution: Caution) -> str:
    """The words stand on the line of their number, also where somebody wrote them there."""
    beside = re.compile(rf"{re.escape(caution.word)}[ ·:]+(?=\+?\d)")
    return beside.sub(lambda found: glued(found[0]), caution.marked(text))


def _all_said(record: dict[str, Any]) -> Iterator[str]:
    """Every text in which a number may stand."""
    yield from spoken(record)
    for sheet in record["duties"]:
        yield from (sheet[key] for key in ("words", "plan", "reason", "not_told") if sheet[key])


def _clock(at: str) -> str:
    return clock(dt.datetime.fromisoformat(at))


def _signed(record: Mapping[str, Any], words: Words) -> str:
    """When and by whom; of one that could not be saved, that it is not."""
    if record["signed"] is None:
        return words("printed.unsigned", name=record["by"])
    return words("printed.signed", at=when(record["signed"]), name=record["by"])
