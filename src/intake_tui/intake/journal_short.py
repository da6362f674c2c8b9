"""Keeping the note short: which sentences there is room for."""

from __future__ import annotations

from bisect import bisect_left, insort

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.journal_leads import Leads
from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.record import Intake

MOST_WORDS = 350
SHARE = 0.85  # of the words of the notes
UNCUT_BELOW = 60  # words of notes: so short a talk stands whole


def chosen(
    guide: Guide, intake: Intake, lines: tuple[Drafted, ...], leads: Leads, language: Language
) -> frozenset[str]:
    """The keys of the sentences that the note has room for: the weightiest, then the first."""
    page = _Page(lines, leads, _headings(guide, language))
    words = _words_of_notes(intake)
    room = min(MOST_WORDS, int(words * SHARE)) if words >= UNCUT_BELOW else None
    for at in sorted(range(len(lines)), key=lambda at: lines[at].rank):
        must = lines[at].rank == Rank.DECIDED
        if lines[at].rank != Rank.NEVER and (
            must or room is None or page.words + page.cost(at) <= room
        ):
            page.add(at)
    return frozenset(page.keys())


def _headings(guide: Guide, language: Language) -> dict[str, int]:
    return {part.id: len(part.heading.at(language).split()) for part in guide.journal.parts}


def _words_of_notes(intake: Intake) -> int:
    """The words as typed, without the reason: the decision must not lengthen its own note."""
    return sum(len(line.text.split()) for line in intake.statements if DECISION not in line.places)


class _Page:
    """The note while sentences are added: how long it is, and what one more would cost."""

    def __init__(self, lines: tuple[Drafted, ...], leads: Leads, headings: dict[str, int]) -> None:
        self._lines, self._leads, self._headings = lines, leads, headings
        self._taken: dict[str, list[int]] = {}  # by part, positions in order
        self.words = 0

    def cost(self, at: int) -> int:
        """The words that this sentence adds, its lead and its neighbours' included."""
        line = self._lines[at]
        taken = self._taken.get(line.part, [])
        place = bisect_left(taken, at)
        before = self._lines[taken[place - 1]] if place else None
        after = self._lines[taken[place]] if place < len(taken) else None
        cost = line.length + self._lead(before, line)
        if after is not None:
            cost += self._lead(line, after) - self._lead(before, after)
        return cost + (0 if taken else self._headings.get(line.part, 0))

    def add(self, at: int) -> None:
        """The sentence stands in the note."""
        self.words += self.cost(at)
        insort(self._taken.setdefault(self._lines[at].part, []), at)

    def keys(self) -> list[str]:
        """The keys of the sentences that stand in it."""
        return [self._lines[at].key for part in self._taken.values() for at in part]

    def _lead(self, before: Drafted | None, line: Drafted) -> int:
        return 0 if self._leads.shared(before, line) else self._leads.length(line)
