"""The course of one invented conversation: which turns are taken, in which order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake_tui.demo.person import Person, picked
from intake_tui.demo.writer import Turn, Writer

TELLS = {"given": 75, "understood": 18, "later": 5, "not-wanted": 2}
STALE_GOES = 0.7  # how often an answer stands alone rather than with a line heard lately
AT_THE_CENTRE = ("HELP-1", "HELP-4", "HELP-6")


@dataclass(frozen=True)
class Plan:
    """What is settled about a conversation before it is written."""

    person: Person
    channel: str
    outcome: str
    depth: float  # 0 to 1: how much of what could be said is said
    call: str | None  # whether the person may be called
    again: bool  # got in touch before
    asked: Mapping[str, str]  # the answers on events that come up this time


def planned(rng: random.Random, person: Person, *, again: bool) -> Plan:
    """How this conversation comes about and ends."""
    channel = picked(rng, person.scenario.facts["channels"])
    call = picked(rng, {"no": 40, "yes": 40, None: 20}) if channel == "telephone" else None
    depth = rng.betavariate(3, 2.2)
    asked = {id_: value for id_, value in person.answers.items() if rng.random() < depth + 0.45}
    return Plan(person, channel, _outcome(rng, person, asked), depth, call, again, asked)


def _outcome(rng: random.Random, person: Person, asked: Mapping[str, str]) -> str:
    outcome: str = picked(rng, person.scenario.facts["options"])
    return "HELP-1" if outcome == "HELP-2" and _grave(asked) > 1 and rng.random() < 0.7 else outcome


def _grave(asked: Mapping[str, str]) -> int:
    """How many of the gravest questions were answered with yes."""
    gravest = ("THREAT-4", "THREAT-7", "THREAT-10")
    return sum(asked.get(place) == "yes" for place in gravest)


def turns(plan: Plan, writer: Writer) -> Iterator[Turn]:
    """The conversation, from the first words to the registration."""
    yield from _beginning(plan, writer)
    yield from _events(plan, writer)
    yield from _information(plan, writer)
    yield from _help(plan, writer)
    yield from _ending(plan, writer)


def _said(turn: Turn | None) -> Iterator[Turn]:
    if turn is not None:
        yield turn


def _alone(place: str, value: str) -> Turn:
    return Turn(places=(place,), answers={place: value})


def _beginning(plan: Plan, writer: Writer) -> Iterator[Turn]:
    person, rng = plan.person, writer.rng
    yield _alone("INV-1", plan.channel)
    yield _alone("caller", person.caller)
    if person.alias:
        yield Turn(person.alias, ("alias",))
    yield from _interpreter(plan, writer)
    if rng.random() < 0.4:
        yield from _said(writer.turn("observed"))
    yield from _said(writer.turn("OPEN-1", place="OPEN-1"))
    yield from _who(plan, writer)
    yield from _said(writer.turn("OPEN-3", place="OPEN-3"))


def _interpreter(plan: Plan, writer: Writer) -> Iterator[Turn]:
    if plan.person.scenario.facts.get("interpreter") and writer.rng.random() < 0.85:
        yield from _said(writer.turn("INV-3", place="INV-3", answers={"INV-3": "telephone"}))
        yield Turn(str(plan.person.words["tongue"]), ("interpreter-language",))
    elif writer.rng.random() < 0.6:
        yield _alone("INV-3", "none")


def _who(plan: Plan, writer: Writer) -> Iterator[Turn]:
    turn = writer.turn("OPEN-4", place="OPEN-4")
    if turn is None:
        return
    several = plan.person.scenario.facts.get("several")
    answers = {"THREAT-1": "several" if several else "one", "THREAT-14": "yes"}
    yield Turn(turn.text, turn.places, {k: v for k, v in answers.items() if k in turn.places})
    if not plan.person.nobody:
        yield _alone("pronoun", plan.person.feared)


def _events(plan: Plan, writer: Writer) -> Iterator[Turn]:
    """The middle: in the order of the talk, not of a form."""
    rng, depth = writer.rng, plan.depth
    found = [
        *([turn] for turn in _feelings(plan, writer)),
        *([turn] for turn in _more_events(plan, writer)),
        *([turn] for turn in _answers(plan, writer)),
        list(_lives(plan, writer)),
        list(_children(plan, writer)),
    ]
    rng.shuffle(found)
    for together in found:
        yield from together
    if not plan.person.nobody and rng.random() < depth:
        yield from _said(writer.turn("THREAT-6", place="THREAT-6"))
    if not plan.person.nobody and rng.random() < depth + 0.1:
        yield from _said(writer.turn("OPEN-9", place="OPEN-9"))
    if rng.random() < depth:
        yield from _said(writer.turn("observed"))


def _feelings(plan: Plan, writer: Writer) -> Iterator[Turn]:
    topics = ("OPEN-2",) if plan.person.nobody else ("OPEN-2", "OPEN-5", "OPEN-6")
    for topic in topics:
        if writer.rng.random() < plan.depth + 0.2:
            yield from _said(writer.turn(topic, place=topic))


def _more_events(plan: Plan, writer: Writer) -> Iterator[Turn]:
    rng = writer.rng
    for likely in (plan.depth + 0.2, plan.depth - 0.1, plan.depth - 0.4):
        if rng.random() < likely:
            yield from _said(writer.turn("OPEN-3", place="OPEN-3"))
    partner = plan.person.scenario.facts.get("relation") == "partner"
    if partner and rng.random() < 0.04:
        yield from _said(writer.turn("THREAT-13", place="THREAT-13", answers={"THREAT-13": "yes"}))
    if not plan.person.nobody and rng.random() < 0.35:
        yield from _answered(
            writer, "THREAT-5", picked(rng, {"in-private": 7, "others-present": 3})
        )


def _answers(plan: Plan, writer: Writer) -> Iterator[Turn]:
    for place, value in plan.asked.items():
        yield from _answered(writer, place, value)


def _answered(writer: Writer, place: str, value: str) -> Iterator[Turn]:
    topic = f"{place}.{value}"
    turn = writer.turn(topic, place=place) if writer.rng.random() < 0.85 else None
    if turn is None or (writer.stale and writer.rng.random() < STALE_GOES):
        yield _alone(place, value)
        return
    answers = {place: value}
    if "THREAT-14" in turn.places:
        answers["THREAT-14"] = "yes"
    yield Turn(turn.text, turn.places, answers)


def _lives(plan: Plan, writer: Writer) -> Iterator[Turn]:
    if writer.rng.random() < 0.85:
        yield from _answered(writer, "OPEN-7", plan.person.scenario.facts["lives"])


def _children(plan: Plan, writer: Writer) -> Iterator[Turn]:
    person = plan.person
    for age in person.children:
        yield Turn(f"{age}, {_where(plan, writer, age)}", ("OPEN-8",))
    if writer.rng.random() < person.scenario.facts.get("siblings", 0):
        yield from _said(writer.turn("siblings", answers={"THREAT-8": "yes"}))


def _where(plan: Plan, writer: Writer, age: int) -> str:
    person, rng = plan.person, writer.rng
    if plan.asked.get("THREAT-8") == "yes":
        return f"hos {person.words['him']}"
    places = [*person.words["where"], *person.words["where_small" if age < 6 else "where_school"]]
    near = rng.choice(person.words["near"])
    return str(rng.choice(places)).replace("{near}", near)


def _information(plan: Plan, writer: Writer) -> Iterator[Turn]:
    rng, person = writer.rng, plan.person
    if rng.random() < 0.45:
        yield from _said(writer.turn("INFO-1", place="INFO-1"))
    for topic, likely in (("INFO-9", 0.15), ("INFO-10", 0.9)):
        if rng.random() < likely:
            yield from _said(writer.turn(topic, place=topic, answers={topic: "given"}))
    if person.children and rng.random() < 0.6:
        turn = writer.turn("INFO-13", place="INFO-13", answers={"INFO-13": picked(rng, TELLS)})
        yield from _said(turn)
    for place in _told(plan, rng):
        yield _alone(place, picked(rng, TELLS))


def _told(plan: Plan, rng: random.Random) -> Iterator[str]:
    person = plan.person
    likely = {"INFO-2": 0.6, "INFO-3": 0.6, "INFO-4": 0.5, "INFO-12": 0.4}
    if person.children:
        likely["INFO-5"] = 0.6
    if plan.outcome in AT_THE_CENTRE:
        likely |= {"INFO-2": 0.95, "INFO-6": 0.3, "INFO-7": 0.2, "INFO-11": 0.6, "INFO-14": 0.3}
    if person.nobody:
        likely = {"INFO-4": 0.5, "INFO-9": 0.4}
    return (place for place, chance in likely.items() if rng.random() < chance)


def _help(plan: Plan, writer: Writer) -> Iterator[Turn]:
    rng = writer.rng
    yield from _said(_wish(plan, writer))
    if plan.channel == "telephone" and not plan.person.nobody:
        comes = plan.outcome in AT_THE_CENTRE or rng.random() < 0.4
        yield from _answered(writer, "INV-2", "accepted" if comes else "declined")
    if plan.outcome == "HELP-2" and "THREAT-7" in plan.asked and rng.random() < 0.5:
        yield _alone("HOME-1", "given")
        yield from _said(writer.turn("HOME-2", place="HOME-2"))
        yield from _said(writer.turn("HOME-5", place="HOME-5"))
    if plan.outcome != "HELP-1" and not plan.person.nobody and rng.random() < 0.4:
        yield _alone("HELP-1", "offered-not-wanted")
    yield _alone(plan.outcome, "offered-wanted" if rng.random() < 0.8 else "offered")


def _wish(plan: Plan, writer: Writer) -> Turn | None:
    wish = "away" if plan.outcome in AT_THE_CENTRE else "advice" if plan.outcome == "HELP-2" else ""
    topic = f"OPEN-10.{wish}" if wish and writer.rng.random() < 0.6 else "OPEN-10"
    return writer.turn(topic, place="OPEN-10")


def _ending(plan: Plan, writer: Writer) -> Iterator[Turn]:
    rng = writer.rng
    if rng.random() < 0.6:
        yield from _said(writer.turn("assessed"))
    yield from _decided(plan, writer)
    for topic in _follow_up(plan, rng):
        yield from _said(writer.turn(topic, place="next"))
    if plan.outcome == "HELP-4":
        yield _alone("police", "yes")


def _decided(plan: Plan, writer: Writer) -> Iterator[Turn]:
    topic = f"decision.{plan.outcome}"
    reasons = _reasons(plan, writer)
    if plan.outcome == "HELP-2" and _grave(plan.asked):
        topic, reasons = f"{topic}.own", []
    elif plan.outcome == "HELP-2" and not reasons:
        topic = f"{topic}.wish"
    if plan.outcome in ("HELP-3", "HELP-5", "HELP-6") or not reasons:
        reasons.insert(0, f"because.{plan.outcome}")
    because = ", ".join(filter(None, (writer.words(reason) for reason in reasons[:2])))
    reason = writer.words(topic, because=because)
    yield Turn(f"v:{reason}", ("decision",), {"decision": plan.outcome})


def _reasons(plan: Plan, writer: Writer) -> list[str]:
    """Topics of reasons out of what was answered in this conversation."""
    wanted = "no" if plan.outcome == "HELP-2" else "yes"
    topics = [f"because.{place}.{value}" for place, value in plan.asked.items() if value == wanted]
    if plan.outcome == "HELP-2" and plan.person.scenario.facts["lives"] == "alone":
        topics.append("because.OPEN-7.alone")
    usable = [topic for topic in topics if writer.has(topic)]
    writer.rng.shuffle(usable)
    return usable


def _follow_up(plan: Plan, rng: random.Random) -> list[str]:
    topics = ["next"] * picked(rng, {0: 15, 1: 55, 2: 30})
    if plan.outcome == "HELP-4":
        topics.append("next.police")
    if plan.person.children and rng.random() < 0.3:
        topics.append("next.child-welfare")
    return topics
