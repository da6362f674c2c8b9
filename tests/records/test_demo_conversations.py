"""Invented conversations: the same from the same seed, fit for the guide, and not all alike."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Callable

import pytest

from intake_tui.demo.conversations import Invented, Inventor
from intake_tui.demo.fill import fill
from intake_tui.demo.material import material
from intake_tui.guide.model import Guide, Question
from intake_tui.intake.journal import draft
from intake_tui.intake.shape import shape
from intake_tui.intake.signals import signals
from intake_tui.records import registrations
from intake_tui.records.archive import Archive

TODAY = dt.date(2026, 11, 23)
MANY = 1200


def invented(guide: Guide, count: int, seed: int = 1) -> list[Invented]:
    inventor = Inventor(guide, seed=seed, by="ab" * 16, today=TODAY)
    return [*inventor.signed(count), *inventor.parked(3)]


@pytest.fixture(scope="module")
def many(guide: Guide) -> list[Invented]:
    return invented(guide, MANY)


def lines(talks: list[Invented]) -> list[str]:
    return [line.text for one in talks for line in one.conversation.intake.statements]


def test_the_same_seed_invents_the_same(guide: Guide) -> None:
    one, other = ([shape(talk.conversation) for talk in invented(guide, 20)] for _ in range(2))
    assert one == other


def test_another_seed_invents_others(guide: Guide) -> None:
    one, other = (set(lines(invented(guide, 20, seed))) for seed in (1, 2))
    assert len(one & other) < len(one) / 4


def test_every_place_and_answer_is_of_the_guide(guide: Guide, many: list[Invented]) -> None:
    for talk in many:
        intake = talk.conversation.intake
        places = {place for line in intake.statements for place in line.places}
        assert places <= guide.by_id.keys()
        for place, answer in intake.answers.items():
            item = guide.by_id[place]
            if not (isinstance(item, Question) and item.kind == "label"):
                assert answer.value in item.values, place


def test_no_slot_or_alternative_is_left_in_a_line(many: list[Invented]) -> None:
    assert [line for line in lines(many) if re.search(r"[{}|→]", line)] == []


def test_the_only_telephone_number_is_nobodys(many: list[Invented]) -> None:
    pinned = [str(one.conversation.intake.safety.get("number", "")) for one in many]
    found = re.findall(r"\d[\d ]{4,}\d", "\n".join([*lines(many), *pinned]))
    assert set(found) == {"000 00 000"}


def test_no_line_comes_twice_in_a_talk(many: list[Invented]) -> None:
    for talk in many:
        said = lines([talk])
        by_count = Counter(line for line in said if not re.match(r"\d+, ", line))
        assert set(by_count.values()) <= {1}


def test_no_line_comes_so_often_that_it_is_noticed(many: list[Invented]) -> None:
    counted = Counter(lines(many))
    assert max(counted.values()) < counted.total() / 200
    # In a list of some sixty, whole sentences hardly come again.
    few = Counter(line for line in lines(many[:57]) if len(line.split()) > 5)
    assert sum(n - 1 for n in few.values()) < few.total() / 20


def test_people_and_ends_differ(guide: Guide, many: list[Invented]) -> None:
    def found(place: str) -> set[str | None]:
        return {one.conversation.intake.value(place) for one in many}

    assert found("decision") >= {f"HELP-{n}" for n in range(1, 7)}
    assert found("INV-1") == {"telephone", "walk-in", "brought-by-service", "brought-by-police"}
    assert found("caller") == {"she", "he", "they"}
    assert found("pronoun") >= {"she", "he", "they"}
    assert {one.conversation.language for one in many} == {"nb", "nn"}
    assert None in found("alias")
    for place in ("THREAT-7", "THREAT-9", "THREAT-10"):
        assert found(place) >= {None, "yes", "no"}
    assert found("THREAT-9") >= {"unknown", "declined"}
    named = {s.signal.id for one in many for s in signals(guide, one.conversation.intake)}
    assert len(named) >= 8
    kinds = {line.kind for one in many for line in one.conversation.intake.statements}
    assert kinds == {"told", "quote", "observed", "assessed"}


def test_signed_talks_are_whole(guide: Guide, many: list[Invented]) -> None:
    for one in many[:100]:
        if one.signed is None:
            continue
        talk = one.conversation
        assert talk.started < talk.intake.events[-1].at < one.signed
        assert talk.intake.placed("decision")
        assert draft(guide, talk.intake, talk.language).parts
        assert not talk.line.text


def test_they_are_spread_over_the_years_and_none_is_of_today(many: list[Invented]) -> None:
    midnight = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    starts = [one.conversation.started for one in many if one.signed]
    assert starts == sorted(starts)
    assert dt.timedelta(days=600) < starts[-1] - starts[0] < dt.timedelta(days=800)
    assert all(one.conversation.started < midnight for one in many)


def test_some_got_in_touch_before(many: list[Invented]) -> None:
    cases = Counter(one.conversation.case for one in many)
    again = [case for case, count in cases.items() if count > 1]
    assert 30 < len(again) < 300
    aliases = [
        {one.conversation.intake.value("alias") for one in many if one.conversation.case == case}
        for case in again[:20]
    ]
    assert {len(names) for names in aliases} == {1}


def test_what_a_line_stands_for_is_in_both_languages() -> None:
    read = material()
    for scenario in read.scenarios:
        for topic, lists in itertools.chain(scenario.lines.items(), read.common.items()):
            assert lists.keys() <= {"nb", "nn"}, topic
            assert lists.get("nb"), topic
            slots = {slot for template in lists["nb"] for slot in template.slots}
            slots -= {"he", "him", "his", "who", "who_with", "because", "contact"}
            assert slots <= read.words["nb"].keys(), topic


def test_an_archive_is_filled(archive: Archive, guide: Guide) -> None:
    fill(archive, guide, contacts=40, seed=5, today=TODAY)
    rows = list(archive.all_contacts())
    assert [row.status for row in rows].count("open") == 3
    assert [row.status for row in rows].count("signed") == 37
    assert archive.verify().sound
    assert archive._vault.items(registrations.KIND)
    assert archive.show(rows[-1].id)["journal"]["parts"]


@pytest.mark.parametrize("contacts", [0, 1, 3, 4])
def test_a_few_are_enough(unlocked: Callable[[], Archive], guide: Guide, contacts: int) -> None:
    archive = unlocked()
    fill(archive, guide, contacts=contacts, seed=1, today=TODAY)
    assert len(list(archive.all_contacts())) == contacts
