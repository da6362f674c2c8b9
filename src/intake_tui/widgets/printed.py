"""A signed record as a plain document to print: the note as signed, the corrections, the lines."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from intake_tui.guide.model import Guide
from intake_tui.widgets.caution import caution_of
from intake_tui.widgets.corrections import label, said, spoken, when
from intake_tui.widgets.safety_rows import Safety
from intake_tui.widgets.saying import clock, kind_word
from intake_tui.widgets.unbroken import GLUE
from intake_tui.words import Words

WIDTH = 80  # columns of a plain A4 page


def document(
    record: Mapping[str, Any], guide: Guide, words: Words, *, centre: str, now: dt.datetime
) -> str:
    """The document, in Markdown that reads as well when it is printed as it stands."""
    return "\n".join(_Document(record, guide, words).lines(centre, now)) + "\n"


class _Document:
    def __init__(self, record: Mapping[str, Any], guide: Guide, words: Words) -> None:
        self._record, self._guide, self._words = record, guide, words
        self._safety: Safety = (record["amended"] or record)["safety"]

    def lines(self, centre: str, now: dt.datetime) -> Iterator[str]:
        yield from self._top(centre, now)
        yield from self._note()
        yield from self._corrections()
        yield from self._statements()

    def _top(self, centre: str, now: dt.datetime) -> Iterator[str]:
        record, words = self._record, self._words
        yield f"# {centre} · {record['code']}"
        yield ""
        yield from _wrapped(words("printed.unsealed"))
        yield ""
        yield words("printed.began", at=when(record["started"]))
        if record["signed"]:
            yield words("printed.signed", at=when(record["signed"]), name=record["by"])
        yield words("printed.made", at=when(now.isoformat()))
        if self._safety.get("call") == "no":
            yield ""
            yield f"**{words('safety.do-not-call')}**"
        yield ""

    def _note(self) -> Iterator[str]:
        yield f"## {self._words('printed.note')}"
        yield ""
        for part in self._record["journal"]["parts"]:
            yield f"### {_plain(part['heading'])}"
            yield ""
            for sentence in part["sentences"]:
                yield from self._item(sentence["text"])
            yield ""

    def _corrections(self) -> Iterator[str]:
        words = self._words
        yield f"## {words('printed.corrections')}"
        yield ""
        if self._record["damaged"]:
            yield from _wrapped(words("amend.some-unreadable"))
            yield ""
        for number, each in enumerate(self._record["amendments"], 1):
            yield from self._correction(number, each)
            yield ""
        if not self._record["amendments"]:
            yield words("printed.no-corrections")
            yield ""

    def _correction(self, number: int, each: Mapping[str, Any]) -> Iterator[str]:
        words, about = self._words, {"at": when(each["at"]), "name": each["by"]}
        yield f"### {number}. {label(each['what'], each['key'], self._guide, words)}"
        yield ""
        if each["damaged"]:
            yield from self._item(words("amend.unreadable", **about))
            return
        if each["what"] != "addition":
            yield from self._item(f"{words('amend.was')}: {self._said(each, 'was')}")
        now = words("amend.struck") if each["now"] is None else self._said(each, "now")
        yield from self._item(f"{words('amend.now')}: {now}")
        yield from self._item(f"{words('amend.why')}: {each['reason']}")
        yield from self._item(words("printed.by", **about))

    def _said(self, each: Mapping[str, Any], name: str) -> str:
        what, key, value = each["what"], each["key"], each[name]
        return said(what, key, value, guide=self._guide, words=self._words, safety=self._safety)

    def _item(self, text: str) -> Iterator[str]:
        """A point of a list; a number that must not be called is never written without that."""
        caution = caution_of(self._safety, self._words, spoken(self._record))
        yield from _item(caution.marked(text) if caution else text)

    def _statements(self) -> Iterator[str]:
        yield f"## {self._words('printed.statements')}"
        yield ""
        for line in self._record["statements"]:
            text = f"«{line['text']}»" if line["kind"] == "quote" else line["text"]
            kind = kind_word(line["kind"], self._words)
            yield from self._item(f"{clock(dt.datetime.fromisoformat(line['at']))} {kind}: {text}")


def _item(text: str) -> Iterator[str]:
    """A point of a list, over as many lines as it needs."""
    first, *others = _lines(text, WIDTH - 2) or [""]
    yield f"- {first}"
    yield from (f"  {line}" for line in others)


def _wrapped(text: str) -> Iterator[str]:
    yield from _lines(text, WIDTH)


def _lines(text: str, width: int) -> list[str]:
    """What is glued together stands on one line."""
    return [line.replace(GLUE, " ") for line in textwrap.wrap(_plain(text), width)]


def _plain(text: str) -> str:
    """The text in one line, without anything that a terminal or a printer would obey."""
    shown = "".join(sign if sign.isprintable() or sign == GLUE else " " for sign in text)
    return re.sub(" +", " ", shown).strip()
