"""Keeping the note short: which sentences there is room for."""

from __future__ import annotations

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
    page = _Page(leads, _headings(guide, language))
    room = _room(intake)
    keys = set()
    for line in sorted(lines, key=_weight):
        words = page.words + page.cost(line)
        most = MOST_WORDS if line.rank == Rank.DECIDED else room
        if words <= most and line.rank != Rank.NEVER:
            page.add(line)
            keys.add(line.key)
    return frozenset(keys)


def _room(intake: Intake) -> float:
    """The words that the note may have. The reason does not lengthen the note it stands in."""
    lines = (line for line in intake.statements if DECISION not in line.places)
    words = sum(len(line.text.split()) for line in lines)
    return min(MOST_WORDS, words * SHARE) if words >= UNCUT_BELOW else MOST_WORDS


def _weight(line: Drafted) -> tuple[Rank, bool]:
    """Its rank; within a rank, the person's own words go before what is told of them."""
    return line.rank, line.lead != "quote"


def _headings(guide: Guide, language: Language) -> dict[str, int]:
    return {part.id: len(part.heading.at(language).split()) for part in guide.journal.parts}


class _Page:
    """The note while sentences are added: how long it is, and what one more would cost."""

    def __init__(self, leads: Leads, headings: dict[str, int]) -> None:
        self._leads, self._headings = leads, headings
        self._said: dict[str, set[str]] = {}  # by part, the leads that stand in it
        self.words = 0

    def cost(self, line: Drafted) -> int:
        """The words that this sentence adds, with its lead and its part's heading."""
        said = self._said.get(line.part)
        heading = self._headings.get(line.part, 0) if said is None else 0
        lead = 0 if self._leads.shared(said or (), line) else self._leads.length(line)
        return heading + lead + line.length

    def add(self, line: Drafted) -> None:
        """The sentence stands in the note."""
        self.words += self.cost(line)
        said = self._said.setdefault(line.part, set())
        if line.lead:
            said.add(line.lead)
