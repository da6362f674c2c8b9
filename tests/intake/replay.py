"""The invented conversations, held again: line by line, with their answers, through to the end."""

import datetime as dt
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line

FOLDER = Path(__file__).parent.parent / "transcripts"
TRANSCRIPTS = sorted(path.stem for path in FOLDER.glob("*.toml"))
START = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
CALLERS = {"02-walk-in-advice": "he"}


@cache
def guide() -> Guide:
    return load()


@cache
def transcript(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def held(name: str, *, reason: bool = True) -> Conversation:
    """The whole talk; `reason`: the outcome has its reason as a line."""
    talk, clock = transcript(name), _Clock()
    conversation = Conversation.new(
        guide(), by="ab12", now=clock, language=talk["language"], guide_hash="h"
    )
    waiting = {place: value for place, value in talk["answers"].items() if value != "not-asked"}
    for line in talk["line"]:
        clock.at = line["at"]
        answers = {place: waiting.pop(place) for place in line["places"] if place in waiting}
        conversation.line = Line(line["note"], line["kind"], tuple(line["places"]), answers)
        conversation.keep()
    _concluded(conversation, talk, waiting, reason)
    conversation.answer("caller", CALLERS.get(name, "she"))
    return conversation


def _concluded(
    conversation: Conversation, talk: dict[str, Any], waiting: dict[str, str], reason: bool
) -> None:
    for place, value in waiting.items():
        conversation.answer(place, value)
    for place in talk["expect"]["told"]:
        conversation.answer(place, "given")
    conversation.line = Line(talk["alias"], places=("alias",))
    conversation.keep()
    outcome = talk["expect"]["outcome"]
    conversation.line = Line(
        text=talk["expect"]["outcome_reason"] if reason else "",
        kind="assessed",
        places=("decision",),
        answers={"decision": outcome},
    )
    conversation.keep()


class _Clock:
    """Stands at the time of the present line."""

    at = "00:00:00"

    def __call__(self) -> dt.datetime:
        hours, minutes, seconds = map(int, self.at.split(":"))
        return START + dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


Held = Callable[[str], Conversation]
