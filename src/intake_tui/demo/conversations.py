"""Invented conversations as the program holds them, spread back over time."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from intake_tui.demo.material import material
from intake_tui.demo.person import Person, picked, somebody
from intake_tui.demo.registration import registration
from intake_tui.demo.talk import Plan, planned, turns
from intake_tui.demo.writer import Lately, Turn, Writer
from intake_tui.guide.load import guide_hash
from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line

A_YEAR = 600  # contacts of a centre
SHORTEST = 21.0  # days over which even a few contacts are spread
AGAIN = 0.1  # how often somebody got in touch before
BREAKS = 0.07  # how often the line breaks on the telephone
_HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 9, 12, 12, 11, 10, 11, 11, 10, 9, 8, 8, 9, 9, 8, 6, 4)


@dataclass(frozen=True)
class Invented:
    """One conversation; `signed` is None where it is still open (parked)."""

    conversation: Conversation
    signed: dt.datetime | None


@dataclass(frozen=True)
class Known:
    """Somebody who may get in touch again."""

    person: Person
    case: bytes


class Clock:
    """The time in an invented conversation (UTC)."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        """The time now."""
        return self.at

    def on(self, seconds: int) -> None:
        """Time goes on."""
        self.at += dt.timedelta(seconds=seconds)


class Inventor:
    """Invents conversations; the same seed gives the same ones, as of the same day."""

    def __init__(self, guide: Guide, *, seed: int, by: str, today: dt.date) -> None:
        self._guide = guide
        self._hash = guide_hash(guide)
        self._rng = random.Random(seed)  # noqa: S311 - what is invented is no secret
        self._by = by
        self._midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
        self._material = material()
        self._lately = Lately()
        self._known: list[Known] = []

    def signed(self, count: int) -> Iterator[Invented]:
        """That many signed conversations, oldest first, none later than yesterday."""
        for start in self._starts(count):
            conversation, clock = self._held(start, whole=True)
            clock.on(self._rng.randint(240, 2400))
            yield Invented(conversation, clock())

    def parked(self, count: int) -> Iterator[Invented]:
        """That many conversations of last night that nobody has signed yet, oldest first."""
        for n in range(count, 0, -1):
            start = self._midnight - dt.timedelta(minutes=95 * n + self._rng.randint(0, 60))
            yield Invented(self._held(start, whole=False)[0], None)

    def _starts(self, count: int) -> list[dt.datetime]:
        days = max(SHORTEST, count / A_YEAR * 365)
        offsets = sorted((self._rng.uniform(1, days) for _ in range(count)), reverse=True)
        return sorted(self._midnight - self._moment(int(offset) + 1) for offset in offsets)

    def _moment(self, days: int) -> dt.timedelta:
        hour = self._rng.choices(range(24), _HOURS)[0]
        return dt.timedelta(days=days) - dt.timedelta(
            hours=hour, minutes=self._rng.randint(0, 59), seconds=self._rng.randint(0, 59)
        )

    def _held(self, start: dt.datetime, *, whole: bool) -> tuple[Conversation, Clock]:
        rng, clock = self._rng, Clock(start)
        known, again = self._somebody()
        plan = planned(rng, known.person, again=again)
        writer = Writer(rng, self._material, known.person, self._lately, plan.channel)
        conversation = Conversation.new(
            self._guide,
            by=self._by,
            now=clock,
            language=known.person.language,
            id=rng.randbytes(16),
            case=known.case,
            guide_hash=self._hash,
        )
        taken = list(turns(plan, writer))
        taken = taken if whole else taken[: rng.randint(len(taken) // 2, len(taken) * 4 // 5)]
        safety = sorted(rng.sample(range(2, len(taken)), min(3, len(taken) - 2)))
        breaks = self._breaks(plan, len(taken))
        for number, turn in enumerate(taken):
            clock.on(rng.randint(15, 95))
            self._keep(conversation, turn)
            if number in safety:
                self._keep_safe(conversation, plan, writer, safety.index(number))
            if number == breaks:
                self._break(conversation, plan, writer, clock)
        if whole:
            self._close(conversation, plan, clock)
        else:
            self._leave(conversation, writer)
        return conversation, clock

    def _somebody(self) -> tuple[Known, bool]:
        if len(self._known) > 5 and self._rng.random() < AGAIN:
            return self._rng.choice(self._known[-60:-4]), True
        known = Known(somebody(self._rng, self._material), self._rng.randbytes(16))
        self._known.append(known)
        return known, False

    def _keep(self, conversation: Conversation, turn: Turn) -> None:
        conversation.line = Line(turn.text, places=turn.places, answers=dict(turn.answers))
        conversation.keep()

    def _keep_safe(
        self, conversation: Conversation, plan: Plan, writer: Writer, number: int
    ) -> None:
        if plan.call is None:
            return
        if number == 0:
            self._agree_on_calls(conversation, plan, writer)
        elif number == 1 and not plan.person.nobody and self._rng.random() < 0.5:
            conversation.pin("where-now", writer.words("safety.where-now"))
        elif number == 2 and not plan.person.nobody and self._rng.random() < 0.4:
            kind = picked(self._rng, {"code-word": 1, "deadline": 1})
            conversation.pin(
                "code-word" if kind == "code-word" else "deadline", writer.words(f"safety.{kind}")
            )

    def _agree_on_calls(self, conversation: Conversation, plan: Plan, writer: Writer) -> None:
        hours = self._rng.choice(plan.person.words["hours"])
        text = writer.words(f"safety.{plan.call}", hours=hours)
        if not text:
            return
        self._keep(conversation, Turn(text, ("safe-callback",)))
        conversation.pin("call", plan.call)
        if plan.call == "yes":
            conversation.pin("number", "000 00 000")
            conversation.pin("hours", hours)
            conversation.pin("voicemail", "no")

    def _breaks(self, plan: Plan, length: int) -> int | None:
        """The turn after which the line breaks, if it does."""
        if plan.channel != "telephone" or self._rng.random() >= BREAKS:
            return None
        return self._rng.randint(length // 3, length * 2 // 3)

    def _break(self, conversation: Conversation, plan: Plan, writer: Writer, clock: Clock) -> None:
        conversation.broke()
        minutes = self._rng.choice(plan.person.words["minutes"])
        clock.on(60 * int(minutes))
        self._keep(conversation, Turn(writer.words("broke", minutes=minutes)))

    def _close(self, conversation: Conversation, plan: Plan, clock: Clock) -> None:
        clock.on(self._rng.randint(60, 400))
        for id_, value in registration(self._rng, plan, self._guide):
            conversation.answer(id_, value)
        conversation.step = 8

    def _leave(self, conversation: Conversation, writer: Writer) -> None:
        conversation.step = self._rng.randint(2, 5)
        if self._rng.random() < 0.6:
            conversation.line = Line(writer.words("unfinished"))
