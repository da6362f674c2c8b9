"""Sentences from answers: what was told, what was decided, and answers that have no line.

Their keys hold what they say: another answer is another sentence, and what the counsellor made
of the first one does not stand for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from intake_tui.guide.model import (
    OFFERED,
    TOLD,
    YES_NO,
    AnyItem,
    Guide,
    Information,
    Question,
)
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.decision import POLICE, decision
from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.journal_voice import Voice, ended
from intake_tui.intake.record import Intake
from intake_tui.intake.signals import said_on

_ASKED = ("open", "yes-no", "choice", "offer", "children", "plan")


def told_items(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What the person was told, what was put off, and what the person did not want to hear."""
    for state in TOLD:
        places = [
            item.id
            for item in guide.items()
            if isinstance(item, Information) and intake.value(item.id) == state
        ]
        for key, these in _sentences_of(f"told:{state}:", places, intake):
            body, sources = _named(state, these, voice), _sources(intake, these)
            yield Drafted(key, "information", body, Rank.INFORMED, sources)


def chosen_option(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """Which option was chosen."""
    option = decision(guide, intake).chosen
    if option is not None:
        body = ended(f"{voice.phrase('chosen')} {voice.value(DECISION, option)}")
        sources = _sources(intake, [DECISION])
        yield Drafted(f"chosen:{option}", "decision", body, Rank.DECIDED, sources)


def own_view(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What was offered, what the person thought of it, and whether the police are called."""
    decided = decision(guide, intake)
    for state in OFFERED:
        options = [option for option, value in decided.offered.items() if value == state]
        for key, these in _sentences_of(f"options:{state}:", options, intake):
            body, sources = _named(state, these, voice), _sources(intake, these)
            yield Drafted(key, "decision", body, Rank.DECIDED, sources)
    if decided.police is not None:
        body, sources = _police(decided.police, voice), _sources(intake, [POLICE])
        yield Drafted(f"police:{decided.police}", "decision", body, Rank.DECIDED, sources)


def answers_alone(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What was answered without a line. Does not know stays that, and is never a no."""
    for item in guide.items():
        answer = intake.answers.get(item.id)
        if answer is None or answer.statement is not None or not _is_asked(item):
            continue
        body = ended(f"{voice.short(item.id)}: {voice.value(item.id, answer.value)}")
        yield Drafted(f"answer:{item.id}:{answer.value}", "told", body, _rank(intake, item))


def _sentences_of(begin: str, places: list[str], intake: Intake) -> Iterator[tuple[str, list[str]]]:
    """One sentence for all that have the same state, and its key, which says what it speaks of.

    A sentence that the counsellor has changed stands as long as all of it holds; what has come
    since is a sentence of its own.
    """
    rest = places
    for key in intake.edits:
        own = key.removeprefix(begin).split(",")
        if key.startswith(begin) and set(own) <= set(rest):
            yield key, own
            rest = [place for place in rest if place not in own]
    if rest:
        yield begin + ",".join(rest), rest


def _is_asked(item: AnyItem) -> TypeGuard[Question]:
    return (
        isinstance(item, Question)
        and item.kind in _ASKED
        and item.spoken
        and item.may_decide
        and item.note != "never"
        and item.id != POLICE
    )


def _rank(intake: Intake, item: Question) -> Rank:
    """An answer matters less where there are words on the same question."""
    alone = item.note == "always" and not said_on(intake, item.id)
    return Rank.ALWAYS if alone else Rank.ANSWERED


def _sources(intake: Intake, places: Iterable[str]) -> tuple[str, ...]:
    """The lines that these answers came with."""
    answers = (intake.answers[place] for place in places)
    lines = (answer.statement for answer in answers if answer.statement is not None)
    return tuple(dict.fromkeys(lines))


def _police(value: str, voice: Voice) -> str:
    if value in YES_NO:
        return voice.phrase(f"police-{value}")
    return ended(f"{voice.short(POLICE)}: {voice.value(POLICE, value)}")


def _named(phrase: str, places: Iterable[str], voice: Voice) -> str:
    return ended(f"{voice.phrase(phrase)} {voice.names(places)}")
