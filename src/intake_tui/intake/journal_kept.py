"""What the counsellor wrote stays, also where the line or answer that it was about is gone."""

from __future__ import annotations

from collections.abc import Iterator

from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.record import Intake

OWN = ":own"


def without_source(intake: Intake, lines: tuple[Drafted, ...]) -> Iterator[Drafted]:
    """Edited sentences that nothing is the source of any more. None goes into the note by itself.

    Each stands in the part that it stood in when it was edited.

    Their keys are others than before: what was taken in as said is not taken in without that.
    """
    there = {line.key for line in lines}
    for key, edit in intake.edits.items():
        if edit.text is not None and key not in there:
            yield Drafted(key + OWN, edit.part or "told", edit.text, Rank.NEVER)


def sourced(key: str) -> str:
    """The sentence that those words were written for: what changes them changes it."""
    return key.removesuffix(OWN)


def is_without_source(sentence: Drafted) -> bool:
    """Whether it is one of these."""
    return sentence.key.endswith(OWN)
