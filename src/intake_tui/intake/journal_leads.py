"""How a sentence of the note begins: «Hun forteller: …», «Sitat: «…»»."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.journal_sentence import Drafted
from intake_tui.intake.record import Intake

_SHARED = ("told", "reason")  # said once in a part
CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Leads:
    """The leads of one note, by their ids, in its language and for its person."""

    words: dict[str, str]

    @classmethod
    def of(cls, guide: Guide, intake: Intake, language: Language) -> Leads:
        """The guide's leads for the pronoun chosen; without one, the words for anybody."""
        person = intake.value(CALLER)
        words = {}
        for lead in guide.journal.leads:
            by_person = {"she": lead.she, "he": lead.he}
            words[lead.id] = by_person.get(person or "", lead.they).at(language)
        words["reason"] = guide.journal.phrases["reason"].at(language)
        return cls(words)

    def after(self, said: Collection[str], line: Drafted) -> str:
        """The sentence where these leads were said before; most are not said again.

        Each quote has its own, so that what goes without one is not taken for a quote.
        """
        return line.body if self.shared(said, line) else self._led(line)

    def alone(self, line: Drafted) -> str:
        """The sentence outside the note: only what keeps quotes apart from the rest."""
        return self._led(line) if line.lead == "quote" else line.body

    def shared(self, said: Collection[str], line: Drafted) -> bool:
        """Whether the sentence goes without its lead."""
        return line.lead in _SHARED and line.lead in said

    def begins(self, text: str, lead: str, *, edited: bool) -> bool:
        """Whether the lead was said with it: by the draft, or still in the counsellor's words."""
        return not edited or text.startswith(self.words[lead])

    def length(self, line: Drafted) -> int:
        """How many words the sentence's lead has."""
        return len(self.words[line.lead].split()) if line.lead else 0

    def _led(self, line: Drafted) -> str:
        return f"{self.words[line.lead]} {line.body}" if line.lead else line.body
