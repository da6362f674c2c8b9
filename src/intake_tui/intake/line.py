"""The line that is being written: pure changes to it, and how its text is read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import get_args

from intake_tui.guide.model import Guide, Question
from intake_tui.intake.events import Kind

KINDS: tuple[Kind, ...] = get_args(Kind)
_MARKS = {'"': '"', "«": "»", "“": "”"}
_PREFIXES: dict[str, Kind] = {"o:": "observed", "v:": "assessed"}
_NO_SPACE_BEFORE = " \t\n.,;:!?)»”"
_OWN = ("sufficiency", "worksheet", "decision", "next")  # what the counsellor writes, nobody tells
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters (Cc) but the line end, lone surrogates (Cs), and what turns text around.
_NO_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in the note line: not kept yet, but saved with the draft."""

    text: str = ""
    kind: Kind = "told"
    places: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    editing: str | None = None  # the statement that it is, where one was brought back

    def __repr__(self) -> str:
        """Never what was typed."""
        return f"<Line of {len(self.text)} characters>"


def joined(before: str, words: str) -> str:
    """The words after what stands there, with a space between where it needs one."""
    apart = not before or before[-1].isspace() or not words or words[0] in _NO_SPACE_BEFORE
    return f"{before}{words}" if apart else f"{before} {words}"


def typed(line: Line, text: str) -> Line:
    """The line with that text, as it stands in the field."""
    return replace(line, text=text)


def picked(line: Line, place: str) -> Line:
    """The line with that place as its last one, which is the one that Tab answers."""
    others = tuple(other for other in line.places if other != place)
    return replace(line, places=(*others, place))


def dropped(line: Line, place: str) -> Line:
    """The line without that place and its answer."""
    return replace(
        line,
        places=tuple(other for other in line.places if other != place),
        answers={other: value for other, value in line.answers.items() if other != place},
    )


def placed(line: Line, guide: Guide, place: str) -> Line:
    """As `picked`; a told line whose only place is the counsellor's own is assessed from then on.

    The reason for the help chosen is not what the person told. Another kind can still be set.
    """
    more = picked(line, place)
    own = line.kind == "told" and more.places == (place,) and _is_own(guide, place)
    return replace(more, kind="assessed") if own else more


def taken_off(line: Line, guide: Guide, place: str) -> Line:
    """As `dropped`; without the place that made it assessed, the line is told again."""
    less = dropped(line, place)
    own = line.kind == "assessed" and not less.places and _is_own(guide, place)
    return replace(less, kind="told") if own else less


def _is_own(guide: Guide, place: str) -> bool:
    item = guide.by_id.get(place)
    return isinstance(item, Question) and item.kind in _OWN


def turned(line: Line, guide: Guide, by: int = 1) -> Line:
    """The line with the next answer (or, `by` -1, the one before) of its last place.

    After the last answer comes *not asked*. A line without a place stays as it is.
    """
    item = guide.by_id.get(line.places[-1]) if line.places else None
    if item is None or not item.values:
        return line
    values = (None, *item.values)
    now = line.answers.get(item.id)
    at = values.index(now) if now in values else 0
    value = values[(at + by) % len(values)]
    answers = {place: other for place, other in line.answers.items() if place != item.id}
    if value is not None:
        answers[item.id] = value
    return replace(line, answers=answers)


def next_kind(line: Line) -> Line:
    """The line as the next kind: told, quote, observed, assessed, and told again."""
    return replace(line, kind=KINDS[(KINDS.index(line.kind) + 1) % len(KINDS)])


def clean(text: str) -> str:
    """The text as it is kept: composed (NFC), one line end, no control characters."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return _NO_TEXT.sub("", text).strip()


def parsed(line: Line) -> tuple[Kind, str]:
    """The kind and the words of a line, from how it begins where its kind is told.

    The same where it is assessed, unless it was kept as that before: a place may have made it so.
    A quotation mark at the start makes a quote, `o:` observed, `v:` assessed. Where the
    quotation ends in the middle of the line, the line is told and keeps its marks.
    """
    text = clean(line.text)
    if line.kind != "told" and (line.kind != "assessed" or line.editing):
        return line.kind, text
    kind = _PREFIXES.get(text[:2].lower())
    if kind is not None and text[2:].strip():
        return kind, text[2:].strip()
    quoted = _whole_quote(text)
    return ("quote", quoted) if quoted else (line.kind, text)


def _whole_quote(text: str) -> str:
    """The words of a line that is one quote from its first character on; else nothing."""
    closing = _MARKS.get(text[:1])
    if closing is None:
        return ""
    words = text[1:].removesuffix(closing).strip()
    return "" if closing in words else words
