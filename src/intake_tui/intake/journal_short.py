"""Keeping the note short: which sentences there is room for."""

from __future__ import annotations

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.journal_leads import Leads
from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.record import Intake

MOST_WORDS = 350
MOST_ROWS, COLUMNS = 60, 80  # of the note as plain text: one sheet of paper
SHARE = 0.85  # of the words of the notes
UNCUT_BELOW = 60  # words of notes: so short a talk stands whole


def chosen(
    guide: Guide, intake: Intake, lines: tuple[Drafted, ...], leads: Leads, language: Language
) -> frozenset[str]:
    """The keys of the sentences that the note has room for: the weightiest, then the first.

    Where what was told of events does not all fit, nothing less weighty takes the place of it.
    """
    page = _Page(leads, _headings(guide, language))
    room = _room(intake, lines)
    keys, last = set(), Rank.NEVER
    for line in sorted(lines, key=_weight):
        most = MOST_WORDS if line.rank == Rank.DECIDED else room
        if line.rank >= last:
            break
        if page.has_room(line, most):
            page.add(line)
            keys.add(line.key)
        elif line.rank == Rank.EVENT and _Page(leads, page.headings).has_room(line, most):
            last = Rank.DUTY
    return frozenset(keys)


def _room(intake: Intake, lines: tuple[Drafted, ...]) -> float:
    """The words that the note may have. The reason does not lengthen the note it stands in.

    The duties do: what was weighed in them takes the place of nothing that was said.
    """
    said = (line for line in intake.statements if not intake.is_new(line.at))
    words = sum(len(line.text.split()) for line in said if DECISION not in line.places)
    duties = sum(line.length for line in lines if line.part == "duties")
    return min(MOST_WORDS, words * SHARE + duties) if words >= UNCUT_BELOW else MOST_WORDS


def _weight(line: Drafted) -> tuple[Rank, bool]:
    """Its rank; within a rank, the person's own words go before what is told of them."""
    return line.rank, line.lead != "quote"


def rows(text: str) -> int:
    """How many rows of the sheet a sentence takes."""
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > COLUMNS:
            count, used = count + 1, 0
        used += len(word) + bool(used)
        count, used = count + (used - 1) // COLUMNS, (used - 1) % COLUMNS + 1
    return count


def _headings(guide: Guide, language: Language) -> dict[str, int]:
    return {part.id: len(part.heading.at(language).split()) for part in guide.journal.parts}


class _Page:
    """The note while sentences are added: how long it is, and what one more would cost."""

    def __init__(self, leads: Leads, headings: dict[str, int]) -> None:
        self._leads, self.headings = leads, headings
        self._said: dict[str, set[str]] = {}  # by part, the leads that stand in it
        self._words = self._rows = 0

    def has_room(self, line: Drafted, most: float) -> bool:
        """Whether the note has at most so many words, and is one sheet, with this sentence too."""
        within = self._words + self._cost(line) <= most
        return within and self._rows + self._height(line) <= MOST_ROWS

    def _cost(self, line: Drafted) -> int:
        """The words that this sentence adds, with its lead and its part's heading."""
        said = self._said.get(line.part)
        heading = self.headings.get(line.part, 0) if said is None else 0
        lead = 0 if self._leads.shared(said or (), line) else self._leads.length(line)
        return heading + lead + line.length

    def _height(self, line: Drafted) -> int:
        """The rows that this sentence adds, with its part's heading and the blank row before it.

        A lead that is said once may come to stand with another sentence, and take a row there.
        """
        said = self._said.get(line.part)
        led = self._leads.after(() if line.lead == "quote" else (line.lead or "",), line)
        shares = line.lead not in (None, "quote") and line.lead not in (said or ())
        return rows(led) + shares + (2 if said is None else 0)

    def add(self, line: Drafted) -> None:
        """The sentence stands in the note."""
        self._words += self._cost(line)
        self._rows += self._height(line)
        said = self._said.setdefault(line.part, set())
        if line.lead:
            said.add(line.lead)
