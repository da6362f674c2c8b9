"""How a sentence of the note begins: «Hun forteller: …», «Sitat: «…»»."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.journal_sentence import Drafted
from intake_tui.intake.record import Intake

_SHARED = ("told", "reason")  # the sentences after the first one go without
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

    def after(self, before: Drafted | None, line: Drafted) -> str:
        """The sentence as it stands after that one; a lead just said is not said again."""
        return line.body if self.shared(before, line) else self._led(line)

    def alone(self, line: Drafted) -> str:
        """The sentence outside the note: only what keeps quotes apart from the rest."""
        return self._led(line) if line.lead == "quote" else line.body

    def shared(self, before: Drafted | None, line: Drafted) -> bool:
        """Whether the sentence goes without its lead after that one."""
        return before is not None and before.lead == line.lead and line.lead in _SHARED

    def length(self, line: Drafted) -> int:
        """How many words the sentence's lead has."""
        return len(self.words[line.lead].split()) if line.lead else 0

    def _led(self, line: Drafted) -> str:
        return f"{self.words[line.lead]}: {line.body}" if line.lead else line.body
