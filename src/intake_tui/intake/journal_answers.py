"""Sentences from answers: what was told, what was decided, and answers that have no line.

Their keys hold what they say: another answer is another sentence, and what the counsellor made
of the first one does not stand for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard, get_args

from intake_tui.guide.answers import NO_ANSWER, TOLD, YES_NO, OwnView, Stance
from intake_tui.guide.model import AnyItem, Guide, Information, Option, Question
from intake_tui.intake.before import changes
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.decision import POLICE, decision
from intake_tui.intake.journal_sentence import Drafted, Rank
from intake_tui.intake.journal_voice import Voice, ended
from intake_tui.intake.record import Answer, Intake
from intake_tui.intake.signals import said_on

NO_TOLD = ("later", "not-wanted")
_ASKED = ("open", "yes-no", "choice", "offer", "children", "plan")


def told_items(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What the person was told, what was put off, and what the person did not want to hear.

    What the guide says belongs in the note is a sentence of its own, and so is the rest.
    """
    for state in TOLD:
        items = [item for item in guide.items() if intake.value(item.id) == state]
        told = [item for item in items if isinstance(item, Information)]
        for key, these in _sentences_of(f"told:{state}:", _by_note(told), intake):
            rank = _told_rank(guide, state, these)
            sentence = Drafted(key, "information", _named(state, these, voice), rank)
            yield _with_sources(sentence, intake, these)


def _by_note(items: Iterable[Information]) -> list[list[str]]:
    always = [item.id for item in items if item.note == "always"]
    return [always, [item.id for item in items if item.note != "always"]]


def _told_rank(guide: Guide, state: str, places: Iterable[str]) -> Rank:
    """What is put off or not wanted is for whoever comes next; a list of offers is not news."""
    items = (guide.by_id.get(place) for place in places)
    named = any(isinstance(item, Information) and item.note == "always" for item in items)
    return Rank.DUTY if named or state in NO_TOLD else Rank.LISTED


def chosen_option(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """Which option was chosen."""
    option = decision(guide, intake).chosen
    if option is not None:
        body = ended(f"{voice.phrase('chosen')} {voice.value(DECISION, option)}")
        sentence = Drafted(f"chosen:{option}", "decision", body, Rank.DECIDED)
        yield _with_sources(sentence, intake, [DECISION])


def own_view(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What was offered, what the person thought of it, and whether the police are called."""
    decided = decision(guide, intake)
    for state in ("offered", *get_args(OwnView)):
        options = [option for option, stance in decided.stances.items() if _has(stance, state)]
        for key, these in _sentences_of(f"options:{state}:", [options], intake):
            sentence = Drafted(key, "decision", _named(state, these, voice), Rank.DECIDED)
            yield _with_sources(sentence, intake, these)
    if decided.police is not None:
        body = _police(decided.police, voice)
        sentence = Drafted(f"police:{decided.police}", "decision", body, Rank.DECIDED)
        yield _with_sources(sentence, intake, [POLICE])


def changed_answers(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """Where somebody changed their mind, or told otherwise than at first: both, in that order."""
    for item, said in changes(guide, intake):
        if isinstance(item, Option):
            part, rank, prefix = "decision", Rank.DECIDED, "view-"
        elif _is_asked(item):
            rank = Rank.DECIDED if item.note == "always" else Rank.ANSWERED
            part, prefix = "told", ""
        else:
            continue
        words = (voice.value(item.id, prefix + value) for value in said)
        in_turn = ", ".join(
            f"{voice.phrase('then' if n else 'first')} {word}" for n, word in enumerate(words)
        )
        key = f"changed:{item.id}:{','.join(said)}"
        body = ended(f"{voice.short(item.id)}: {in_turn}")
        sources, since = _all_sources(intake, item.id), intake.first_answered(item.id)
        yield Drafted(key, part, body, rank, sources, since=since)


def answers_alone(guide: Guide, intake: Intake, voice: Voice) -> Iterator[Drafted]:
    """What was answered without a line. Does not know stays that, and is never a no."""
    changed = {item.id for item, _ in changes(guide, intake)}  # the answer stands there
    for item in guide.items():
        answer = intake.answers.get(item.id)
        if answer is None or answer.statement is not None or not _is_asked(item):
            continue
        if item.id in changed and answer.value not in NO_ANSWER and answer.held is None:
            continue
        said = f"{voice.value(item.id, answer.value)}{_from_before(answer, voice)}"
        body = ended(f"{voice.short(item.id)}: {said}")
        sentence = Drafted(f"answer:{item.id}:{answer.value}", "told", body, _rank(intake, item))
        yield _with_sources(sentence, intake, [item.id])


def _from_before(answer: Answer, voice: Voice) -> str:
    """The day of the contact that it was taken over from: nobody said it in this one."""
    if answer.held is None:
        return ""
    day = answer.held.astimezone()
    return f" ({voice.phrase('from-before')} {day.day}.{day.month}.{day.year})"


def _with_sources(sentence: Drafted, intake: Intake, places: Iterable[str]) -> Drafted:
    """The sentence with the lines of its answers, and when the newest of them was first given."""
    times = [at for place in places if (at := intake.first_answered(place))]
    return replace(sentence, sources=_sources(intake, places), since=max(times, default=None))


def _sentences_of(
    begin: str, groups: Iterable[list[str]], intake: Intake
) -> Iterator[tuple[str, list[str]]]:
    """One sentence for all of a group that have the same state, and its key: what it speaks of.

    A sentence that the counsellor has changed stands as long as all of it holds; what has come
    since is a sentence of its own.
    """
    groups = list(groups)
    rest = [place for group in groups for place in group]
    for key in intake.edits:
        own = key.removeprefix(begin).split(",")
        if key.startswith(begin) and set(own) <= set(rest):
            yield key, own
            rest = [place for place in rest if place not in own]
    for group in groups:
        left = [place for place in group if place in rest]
        yield from ((begin + ",".join(these), these) for these in _by_age(left, intake))


def _by_age(places: list[str], intake: Intake) -> Iterator[list[str]]:
    """Those that were there when the note was changed, and those that came later."""
    new = [place for place in places if intake.is_new(intake.first_answered(place))]
    yield from (these for these in ([p for p in places if p not in new], new) if these)


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


def _all_sources(intake: Intake, place: str) -> tuple[str, ...]:
    """The lines that its answers came with, those before included."""
    lines = (each.statement for each in intake.given if each.place == place)
    return tuple(dict.fromkeys(line for line in lines if line is not None))


def _has(stance: Stance, state: str) -> bool:
    return stance.offered if state == "offered" else stance.view == state


def _police(value: str, voice: Voice) -> str:
    if value in YES_NO:
        return voice.phrase(f"police-{value}")
    return ended(f"{voice.short(POLICE)}: {voice.value(POLICE, value)}")


def _named(phrase: str, places: Iterable[str], voice: Voice) -> str:
    return ended(f"{voice.phrase(phrase)} {voice.names(places)}")
