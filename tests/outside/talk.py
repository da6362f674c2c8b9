"""An invented conversation, and the keys that take it down: what a quick counsellor would press."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from intake_tui.guide.find import find
from intake_tui.guide.model import Guide
from terminal import key

FOLDER = Path(__file__).parents[1] / "transcripts"
SAFETY = tomllib.loads(FOLDER.with_name("transcripts-safety.toml").read_text("utf-8"))
TALKS = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
KINDS = {"told": "", "quote": '"', "observed": "o:", "assessed": "v:"}  # typed before the text
CALLERS = {"02-walk-in-advice": "he"}
FIND = key("ctrl+f")
TAB = key("tab")
ENTER = key("enter")


@dataclass(frozen=True)
class Line:
    """One line as the counsellor means it: its words, kind, places, and their answers."""

    text: str = ""
    kind: str = "told"
    places: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> str:
        """The text with what stands for its kind before it."""
        return KINDS[self.kind] + self.text

    @property
    def statement(self) -> dict[str, Any]:
        """What is kept of it."""
        own = self.kind == "told" and self.places in (("decision",), ("next",))
        kind = "assessed" if own else self.kind  # the counsellor's own, though nothing said so
        return {"kind": kind, "text": self.text, "places": list(self.places)}


@dataclass(frozen=True)
class Keys:
    """The bytes of one line, and how many key presses they are beyond its text."""

    data: bytes
    beyond: int


@dataclass(frozen=True)
class Talk:
    """A transcript, read."""

    name: str
    data: Mapping[str, Any]

    @classmethod
    def read(cls, name: str) -> Talk:
        return cls(name, tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")))

    @property
    def pins(self) -> dict[int, dict[str, str]]:
        """What is pinned, by the line that it is pinned after, counted from 1."""
        pins: list[dict[str, Any]] = SAFETY[self.name].get("pin", [])
        return {pin["after"]: {k: v for k, v in pin.items() if k != "after"} for pin in pins}

    @property
    def safety(self) -> dict[str, str]:
        """All that is pinned in the end."""
        return {kind: text for pin in self.pins.values() for kind, text in pin.items()}

    @property
    def broke(self) -> int | None:
        """The line at which the connection breaks."""
        at: int | None = SAFETY[self.name].get("broke")
        return at

    @property
    def next(self) -> tuple[Line, ...]:
        """Who does what, and when."""
        text = SAFETY[self.name].get("next")
        return (Line(text, places=("next",)),) if text else ()

    @property
    def all(self) -> tuple[Line, ...]:
        """What is kept of it as statements, in its order."""
        return (*self.lines, self.decision, *self.next)

    @property
    def canaries(self) -> list[str]:
        """Words found in these notes only, and what the case is called."""
        return [*self.data["journal"]["canaries"], self.data["alias"]]

    @cached_property
    def answers(self) -> dict[str, str]:
        """What was answered by the end of the talk, and what was told."""
        told = dict.fromkeys(self.data["expect"]["told"], "given")
        answers = {k: v for k, v in self.data["answers"].items() if v != "not-asked"}
        return {**answers, **told}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the talk; each answer comes with the first line placed on its item."""
        left = dict(self.answers)
        return tuple(
            Line(
                row["note"],
                row["kind"],
                tuple(row["places"]),
                {place: left.pop(place) for place in row["places"] if place in left},
            )
            for row in self.data["line"]
        )

    @property
    def alone(self) -> tuple[Line, ...]:
        """What is recorded without words of its own: who calls, and answers without a line."""
        with_lines = {place for line in self.lines for place in line.answers}
        without = [place for place in self.answers if place not in with_lines]
        caller = CALLERS.get(self.name, "she")
        return (
            Line(places=("caller",), answers={"caller": caller}),
            *(Line(places=(place,), answers={place: self.answers[place]}) for place in without),
        )

    @property
    def alias(self) -> Line:
        """The line that names the case."""
        return Line(self.data["alias"], places=("alias",))

    @property
    def decision(self) -> Line:
        """What was decided, and why."""
        expected = self.data["expect"]
        return Line(
            expected["outcome_reason"],
            places=("decision",),
            answers={"decision": expected["outcome"]},
        )


def keys(guide: Guide, line: Line, *, step: int = 1) -> Keys:
    """The keys that keep a line: its text, find for each place, Tab for answers, Enter."""
    data, beyond = line.typed.encode(), len(KINDS[line.kind])
    for number, place in enumerate(line.places):
        letters = fewest_letters(guide, place, line.typed, step, line.places[:number])
        tabs = presses(guide, place, line.answers.get(place))
        data += FIND + letters.encode() + ENTER + TAB * tabs
        beyond += 2 + len(letters) + tabs
    return Keys(data + ENTER, beyond + 1)


def presses(guide: Guide, place: str, answer: str | None) -> int:
    """How often Tab is pressed for an answer."""
    return 0 if answer is None else guide.by_id[place].values.index(answer) + 1


def fewest_letters(guide: Guide, place: str, line: str, step: int, picked: tuple[str, ...]) -> str:
    """The shortest query that puts an item first, as somebody types it who knows its name.

    Without a query the places that the line has are left out.
    """
    for query in queries(guide, place):
        left_out = () if query else picked
        found = find(guide, query, language="nb", line=line, step=step, exclude=left_out)
        if found and found[0].id == place:
            return query
    raise AssertionError(f"no words put {place} first")


def queries(guide: Guide, place: str) -> Iterator[str]:
    """Nothing, then beginnings of the item's own words, shorter before longer, then two of them."""
    item = guide.by_id[place]
    words = [*item.short.nb.lower().split(), *item.find.at("nb"), place.lower()]
    yield ""
    for length in range(1, 25):
        yield from (word[:length] for word in words if len(word) >= length)
    for length in range(1, 25):
        yield from (f"{a[:length]} {b[:length]}" for a in words for b in words if a != b)
