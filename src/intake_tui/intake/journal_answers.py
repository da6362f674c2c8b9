"""Sentences from answers: what was told, what was decided, and answers that have no line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake_tui.guide.model import TOLD, Guide, Information, Question
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.decision import POLICE, decision
from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.journal_voice import Voice, ended
from intake_tui.intake.record import Intake

_ASKED = ("open", "yes-no", "choice", "offer", "children", "plan")


def told_items(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What the person was told, what was put off, and what the person did not want to hear."""
    for state in TOLD:
        places = [
            item.id
            for item in guide.items()
            if isinstance(item, Information) and intake.value(item.id) == state
        ]
        if places:
            body = _named(state, places, voice)
            yield Drafted(f"told:{state}", "information", body, Rank.ANSWERED)


def chosen_option(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """Which option was chosen."""
    option = decision(guide, intake).chosen
    if option is not None:
        body = f"{voice.phrase('chosen')}: {voice.value(DECISION, option)}"
        yield Drafted("chosen", "decision", ended(body), Rank.DECIDED)


def own_view(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What was offered, what the person thought of it, and whether the police are called."""
    decided = decision(guide, intake)
    for state in sorted(set(decided.offered.values())):
        options = [option for option, value in decided.offered.items() if value == state]
        body = _named(state, options, voice)
        yield Drafted(f"options:{state}", "decision", body, Rank.DECIDED)
    if decided.police is not None:
        body = f"{voice.phrase('police')}: {voice.value(POLICE, decided.police)}"
        yield Drafted("police", "decision", ended(body), Rank.DECIDED)


def answers_alone(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What was answered without a line. Does not know stays that, and is never a no."""
    for item in guide.items():
        answer = intake.answers.get(item.id)
        if answer is None or answer.statement is not None or not _is_asked(item):
            continue
        body = f"{voice.short(item.id)}: {voice.value(item.id, answer.value)}"
        yield Drafted(f"answer:{item.id}", "told", ended(body), Rank.ANSWERED)


def _is_asked(item: object) -> bool:
    return (
        isinstance(item, Question)
        and item.kind in _ASKED
        and item.spoken
        and item.may_decide
        and item.note != "never"
        and item.id != POLICE
    )


def _named(phrase: str, places: Iterable[str], voice: Voice) -> str:
    names = ", ".join(voice.short(place) for place in places)
    return ended(f"{voice.phrase(phrase)}: {names}")
