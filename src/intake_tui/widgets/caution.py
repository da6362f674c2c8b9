"""A number that must not be called says so wherever it is shown, whichever words it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from intake_tui.widgets.unbroken import GLUE, glued

if TYPE_CHECKING:
    from textual.widget import Widget

    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.events import SafetyKind
    from intake_tui.intake.record import Intake
    from intake_tui.words import Words

_BETWEEN = rf"[ {GLUE}]?"
_PINNED = re.compile(rf"\d(?:[ {GLUE}.-]?\d){{4,}}")  # digits enough to be called
_ANY = (  # as numbers are written in Norway: 000 00 000, 00 00 00 00, 0000 0000
    rf"\d{{3}}{_BETWEEN}\d{{2}}{_BETWEEN}\d{{3}}",
    rf"\d{{2}}(?:{_BETWEEN}\d{{2}}){{3}}",
    rf"\d{{4}}{_BETWEEN}\d{{4}}",
)
_COUNTRY = rf"(?:(?:\+|00)\d{{2}}{_BETWEEN})?"
_SAID = re.compile(rf"(?<!\d){_COUNTRY}({'|'.join(_ANY)})(?!\d)")


@dataclass(frozen=True, slots=True, repr=False)
class Caution:
    """The words that stand before such a number, and what such a number looks like."""

    word: str
    number: re.Pattern[str]

    def marked(self, text: str) -> str:
        """The text with the words before each such number, which no line's end parts from it."""
        return self.number.sub(self._marked, text)

    def beside(self, text: str) -> str:
        """The same for a text right after the words: a number that it begins with has them."""
        first = self.number.match(text)
        if first is None:
            return self.marked(text)
        return glued(first[0]) + self.marked(text[first.end() :])

    def _marked(self, found: re.Match[str]) -> str:
        before = found.string[: found.start()].rstrip(f" ·:{GLUE}")
        number = glued(found[0])
        return number if before.endswith(self.word) else f"{glued(self.word)}{GLUE}{number}"


@runtime_checkable
class Cautious(Protocol):
    """A screen that knows which numbers must not be called."""

    @property
    def caution(self) -> Caution | None:
        """None: whatever is shown may be called, or it was not said that it may not."""


def caution_of(
    safety: Mapping[SafetyKind, str], words: Words, said: Iterable[str] = ()
) -> Caution | None:
    """What to say of numbers where calling is not safe.

    With a number pinned that one is meant, otherwise any that was said. The guide's own numbers,
    of those who can help, are neither.
    """
    if safety.get("call") != "no":
        return None
    found = _PINNED.findall(safety.get("number", "")) or _numbers((*safety.values(), *said))
    numbers = dict.fromkeys(_as_written(re.sub(r"\D", "", number)) for number in found)
    if not numbers:
        return None
    pattern = rf"(?<!\d){_COUNTRY}(?:{'|'.join(numbers)})(?!\d)"
    return Caution(words("safety.do-not-call"), re.compile(pattern))


def as_agreed(
    safety: Mapping[SafetyKind, str], *, do_not_call_before: bool
) -> Mapping[SafetyKind, str]:
    """What is pinned; what an earlier contact says of calling holds until something is agreed."""
    return {**safety, "call": "no"} if do_not_call_before and "call" not in safety else safety


class CautionIn:
    """What a screen says of numbers in a conversation: the same on each screen over it.

    The kept lines are looked through once for each intake, not at each key.
    """

    def __init__(self) -> None:
        self._intake: Intake | None = None
        self._said: tuple[str, ...] = ()

    def of(self, talk: Conversation, words: Words) -> Caution | None:
        """What holds now, the unfinished line included."""
        safety = as_agreed(talk.intake.safety, do_not_call_before=talk.do_not_call_before)
        if safety.get("call") != "no":
            return None
        if talk.intake is not self._intake:
            lines = (line.text for line in talk.intake.statements)
            self._intake, self._said = talk.intake, tuple(_numbers(lines))
        return caution_of(safety, words, (*self._said, talk.line.text))


def _numbers(texts: Iterable[str]) -> list[str]:
    return [number for text in texts for number in _SAID.findall(text)]


def unparted(text: str) -> str:
    """The text with each telephone number in it as one word."""
    return _SAID.sub(lambda found: glued(found[0]), text)


def unparted_by(caution: Caution | None, text: str) -> str:
    """The same, with what must be said of those that must not be called."""
    return unparted(caution.marked(text) if caution else text)


def caution_on(widget: Widget) -> Caution | None:
    """What its screen says of numbers."""
    screen = widget.screen if widget.is_attached else None
    return screen.caution if isinstance(screen, Cautious) else None


def _as_written(digits: str) -> str:
    """Those digits, with or without blanks and the like between them."""
    return rf"[ {GLUE}.-]?".join(digits[-8:])
