"""Who is one person follows from the joinings that hold; parting brings back what was."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.records.errors import RecordDamaged
from intake_tui.records.joins import Joined, Joins, Parted, link_from_bytes, link_to_bytes
from intake_tui.records.sealed_json import to_bytes
from talk_samples import START

CASES = [bytes([n] * 16).hex() for n in range(6)]
_pairs = st.sampled_from(list(itertools.combinations(CASES, 2)))


def joined(number: int, one: str, other: str) -> Joined:
    at = START + dt.timedelta(minutes=number)
    return Joined(f"{number:032x}", (one, other), at, "Ada Eksempel", "samme stemme")


def parted(number: int, joining: int) -> Parted:
    at = START + dt.timedelta(minutes=number)
    return Parted(f"{number:032x}", f"{joining:032x}", at, "Ada Eksempel", "to søstre")


@st.composite
def histories(draw: st.DrawFn) -> list[Joined | Parted]:
    """Joinings of any pairs, some of them parted later, in the order in which they were made."""
    links: list[Joined | Parted] = []
    open_ones: list[int] = []
    for number in range(1, draw(st.integers(1, 12))):
        if open_ones and draw(st.booleans()):
            taken = draw(st.sampled_from(open_ones))
            open_ones.remove(taken)
            links.append(parted(number, taken))
        else:
            links.append(joined(number, *draw(_pairs)))
            open_ones.append(number)
    return links


def partition(joins: Joins) -> set[frozenset[str]]:
    return {joins.person(case) for case in CASES}


def simple_model(links: list[Joined | Parted]) -> set[frozenset[str]]:
    """Sets that are poured together, from the joinings that nobody took back."""
    gone = {link.joining for link in links if isinstance(link, Parted)}
    sets = [{case} for case in CASES]
    for link in links:
        if isinstance(link, Joined) and link.id not in gone:
            touched = [one for one in sets if one & set(link.cases)]
            sets = [one for one in sets if one not in touched] + [set().union(*touched)]
    return {frozenset(one) for one in sets}


@given(histories(), st.randoms())
def test_persons_are_those_of_a_simple_model_in_whatever_order_links_are_read(
    links: list[Joined | Parted], random: object
) -> None:
    shuffled = list(links)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert partition(Joins(shuffled)) == simple_model(links)


@given(histories(), _pairs)
def test_parting_brings_back_exactly_what_was(
    links: list[Joined | Parted], pair: tuple[str, str]
) -> None:
    before = Joins(links)
    after = Joins([*links, joined(90, *pair), parted(91, 90)])
    assert partition(after) == partition(before)
    for case in CASES:
        assert after.joinings(case) == before.joinings(case)


@given(histories())
def test_everybody_with_more_than_one_case_is_told_once(links: list[Joined | Parted]) -> None:
    joins = Joins(links)
    people = list(joins.people())
    assert len(people) == len(set(people))
    assert set(people) == {person for person in partition(joins) if len(person) > 1}


def test_a_parting_that_is_read_before_its_joining_counts() -> None:
    assert partition(Joins([parted(2, 1), joined(1, *CASES[:2])])) == partition(Joins())


def test_links_come_back_as_they_were_written() -> None:
    for link in (joined(1, *CASES[:2]), parted(2, 1)):
        assert link_from_bytes(bytes.fromhex(link.id), link_to_bytes(link)) == link


def test_both_kinds_are_equally_long_for_equal_reasons() -> None:
    """So that whoever counts bytes cannot tell them apart by more than a case id."""
    one, other = joined(1, *CASES[:2]), parted(2, 1)
    assert len(link_to_bytes(one)) // 256 == len(link_to_bytes(other)) // 256


@pytest.mark.parametrize(
    "damage",
    [
        {"what": "merged"},
        {"reason": ""},
        {"reason": "x" * 501},
        {"cases": ["ab"]},
        {"cases": [CASES[0], "zz" * 16]},
        {"at": "2026-11-23T13:02:00"},
        {"more": 1},
        {"by": None},
    ],
)
def test_a_link_of_another_shape_is_refused(damage: dict[str, object]) -> None:
    good = {
        "what": "joined",
        "cases": CASES[:2],
        "at": START.isoformat(),
        "by": "Ada",
        "reason": "fordi",
    }
    assert link_from_bytes(bytes(16), to_bytes(good))
    with pytest.raises(RecordDamaged):
        link_from_bytes(bytes(16), to_bytes({**good, **damage}))


def test_a_link_says_nothing_in_its_repr() -> None:
    for link in (joined(1, *CASES[:2]), parted(2, 1)):
        assert "Ada" not in repr(link)
        assert "stemme" not in repr(link)
        assert "søstre" not in repr(link)
