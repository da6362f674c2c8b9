"""The journal note: sentences with their sources, drafted by the guide's rules, short."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.journal_kept import is_without_source, without_source
from intake_tui.intake.journal_leads import Leads
from intake_tui.intake.journal_lines import drafted
from intake_tui.intake.journal_sentence import Drafted, is_anew
from intake_tui.intake.journal_short import chosen
from intake_tui.intake.record import Edit, Intake


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the note. `key` stays the same while it says the same."""

    key: str
    part: str
    sources: tuple[str, ...]  # the statements and worksheets it comes from; none: answers alone
    drafted: str
    text: str  # as edited, else as drafted
    edited: bool
    taken: bool
    new: bool  # it came after the counsellor had changed the note, and is not in it
    without_source: bool  # the counsellor's words, whose line or answer is no longer there

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Sentence of {self.part}>"  # its key may hold an answer


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the note that has sentences."""

    id: str
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class JournalNote:
    """The note as it stands, and the sentences that are not in it."""

    parts: tuple[Part, ...]
    left_out: tuple[Sentence, ...]
    words: int  # of headings and sentences

    @property
    def can_take_over(self) -> bool:
        """Whether something new would go into it as into any draft."""
        return any(sentence.new and not is_anew(sentence.key) for sentence in self.left_out)

    @property
    def all(self) -> tuple[Sentence, ...]:
        """Every sentence, in the note or not."""
        return (*(one for part in self.parts for one in part.sentences), *self.left_out)


def draft(guide: Guide, intake: Intake, language: Language) -> JournalNote:
    """The note of an intake, drafted anew; what the counsellor edited or took stays so.

    A sentence is the line with its lead, and nothing is reworded. The draft has at most 350 words
    and 85 % of the words of the notes; the counsellor's own choices come on top of that. Once a
    sentence is in the counsellor's words, what comes later is offered and goes in when it is taken.
    """
    lines = drafted(guide, intake, language)
    leads = Leads.of(guide, intake, language)
    known = tuple(line for line in lines if not intake.is_new(line.since))
    short = chosen(guide, intake, known, leads, language)
    lines = (*lines, *without_source(intake, lines))
    taken = [line for line in lines if _taken(intake.edits.get(line.key), line.key in short)]
    parts = tuple(
        Part(part.id, part.heading.at(language), sentences)
        for part in guide.journal.parts
        if (sentences := _sentences(part.id, taken, leads, intake))
    )
    noted = {line.key for line in taken}
    left_out = tuple(
        _sentence(line, leads.alone(line), intake, taken=False)
        for line in lines
        if line.key not in noted
    )
    return JournalNote(parts, left_out, _words(parts))


def text(note: JournalNote) -> str:
    """The note as plain text: each part with its heading, a sentence a line."""
    return "\n\n".join(
        "\n".join([part.heading, *(sentence.text for sentence in part.sentences)])
        for part in note.parts
    )


def _taken(edit: Edit | None, in_draft: bool) -> bool:
    if edit is None:
        return in_draft
    if edit.taken is not None:
        return edit.taken
    return in_draft or edit.text is not None


def _sentences(
    part: str, taken: list[Drafted], leads: Leads, intake: Intake
) -> tuple[Sentence, ...]:
    sentences = []
    said: set[str] = set()
    for line in taken:
        if line.part != part:
            continue
        sentence = _sentence(line, leads.after(said, line), intake, taken=True)
        sentences.append(sentence)
        if line.lead and leads.begins(sentence.text, line.lead, edited=sentence.edited):
            said.add(line.lead)
    return tuple(sentences)


def _sentence(line: Drafted, drafted: str, intake: Intake, *, taken: bool) -> Sentence:
    edit = intake.edits.get(line.key)
    own = edit.text if edit else None
    left = is_without_source(line)
    return Sentence(
        key=line.key,
        part=line.part,
        sources=line.sources,
        drafted=drafted,
        text=own or drafted,
        edited=own is not None or left,
        taken=taken,
        new=not taken and (is_anew(line.key) or intake.is_new(line.since)),
        without_source=left,
    )


def _words(parts: tuple[Part, ...]) -> int:
    texts = (text for part in parts for text in (part.heading, *_texts(part)))
    return sum(len(text.split()) for text in texts)


def _texts(part: Part) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in part.sentences)
