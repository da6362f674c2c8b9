"""Sentences from the worksheets of the duties: what was weighed, on what, and the conclusion.

They say what the counsellor chose and wrote, and no more. Their source is the worksheet, by its
id, and the statements that it is linked to; their keys name the change that gave them their words,
so that what the counsellor made of a sentence never stands for another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake_tui.guide.model import Choice, Duty, Guide
from intake_tui.intake.duties import Subject, worksheets
from intake_tui.intake.events import DutyPart
from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.journal_voice import Voice, ended
from intake_tui.intake.record import DutyWorksheet, Intake
from intake_tui.intake.weighable import weighable


def weighed_duties(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """The sentences of each worksheet that was begun, the reasoned no as well as the yes."""
    counts = weighable(guide, intake)
    for duty, subject, sheet in worksheets(guide, counts):
        yield from _Sheet(duty, subject, sheet, intake, counts, voice).sentences()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One worksheet in words."""

    duty: Duty
    subject: Subject
    sheet: DutyWorksheet
    intake: Intake
    counts: Intake  # it without what must not count
    voice: Voice

    def sentences(self) -> Iterator[Drafted]:
        """In the order of the worksheet; that nobody concluded is said as well."""
        yield from self._sentence(self._question(), "grounds", "certain", "possible")
        yield from self._sentence(self._support(), "supports", "words")
        yield from self._sentence(self._conclusion(), "conclusion", "reason")
        yield from self._sentence(self._doing(), "way", "plan", "told", "not-told", "done")

    def _sentence(self, said: Iterable[str], *parts: DutyPart) -> Iterator[Drafted]:
        text = " ".join(said)
        if not text:
            return
        there = [self.sheet.parts[part] for part in parts if part in self.sheet.parts]
        newest = max(there or self.sheet.parts.values(), key=lambda weighed: weighed.event)
        key = f"{self.sheet.id}:{parts[0]}:{newest.event if there else 0}"
        if parts[0] == "supports":  # its words change with the lines that are taken back as well
            key = f"{key}:{','.join(self.sheet.values('supports'))}"
        name = self.duty.name.at(self.voice.language)
        about = f" ({self.subject.text})" if self.subject.text else ""
        sources = (self.sheet.id, *self.sheet.values("supports"))
        yield Drafted(
            key, "duties", f"{name}{about}: {text}", Rank.DECIDED, sources, since=newest.at
        )

    def _question(self) -> Iterator[str]:
        grounds = self.sheet.values("grounds")
        if grounds:
            yield ended(", ".join(self._word(self.duty.ground, each) for each in grounds))
        certain, possible = self.sheet.value("certain"), self.sheet.value("possible")
        if certain is not None:
            asked = self.duty.asks_certain.at(self.voice.language)
            yield ended(f"{asked}: {self._word(self.duty.certain, certain)}")
        if possible is not None:
            yield ended(f"{self.voice.phrase('duty-possible')} {self.voice.phrase(possible)}")

    def _support(self) -> Iterator[str]:
        """What the linked lines are about, each name once."""
        ids = self.sheet.values("supports")
        names = dict.fromkeys(name for id_ in ids for name in self._names(id_))
        if names:
            yield ended(f"{self.voice.phrase('duty-builds-on')} {', '.join(names)}")
        yield from self._words("words")

    def _names(self, id_: str) -> Iterator[str]:
        """What a line is about. One that is placed nowhere is named by its words."""
        line, counts = self.intake.statement(id_), self.counts.statement(id_)
        if line is None or counts is None:
            return
        if line.places:  # where none of them counts, nothing is said of it
            yield from (self.voice.names([place]) for place in counts.places)
        elif line.kind == "quote":
            yield self.voice.quote(line.text).removesuffix(".")
        else:
            words = self.voice.line(line.text)
            yield words if words.endswith("..") else words.removesuffix(".")

    def _conclusion(self) -> Iterator[str]:
        yield self.voice.phrase(f"duty-{self.sheet.value('conclusion') or 'open'}")
        yield from self._words("reason")

    def _doing(self) -> Iterator[str]:
        way, told = self.sheet.value("way"), self.sheet.value("told")
        if way is not None:
            yield ended(f"{self.voice.phrase('duty-way')} {self._word(self.duty.way, way)}")
        yield from self._words("plan")
        if told is not None:
            yield self.voice.phrase(f"duty-told-{told}")
        yield from self._words("not-told")
        if self.sheet.values("done"):
            yield self.voice.phrase("duty-done")

    def _words(self, part: DutyPart) -> Iterator[str]:
        text = self.sheet.value(part)
        if text:
            yield self.voice.line(text)

    def _word(self, choices: tuple[Choice, ...], id_: str) -> str:
        words = (choice.word.at(self.voice.language) for choice in choices if choice.id == id_)
        return next(words, id_)
