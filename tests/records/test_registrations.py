"""A month of registrations tells nobody in which order they came."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.guide.model import Guide
from intake_tui.records import registrations
from intake_tui.records.errors import RecordDamaged
from talk_samples import begun, whole_talk

any_row = st.dictionaries(st.text("abc-", min_size=1, max_size=5), st.text("de", max_size=3))


@given(st.lists(any_row, max_size=6), st.randoms())
def test_the_order_in_which_they_came_is_gone(rows: list[dict[str, str]], rng: object) -> None:
    shuffled = [dict(reversed(row.items())) for row in rows]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    whole = registrations.month_to_bytes("2026-11", rows)
    assert registrations.month_to_bytes("2026-11", shuffled) == whole
    assert sorted(map(str, map(sorted, map(dict.items, rows)))) == sorted(
        map(str, map(sorted, map(dict.items, registrations.month_from_bytes(whole))))
    )


def test_who_does_not_want_it_is_only_counted(guide: Guide) -> None:
    talk = whole_talk(guide)
    talk.answer("REG-1", "not-wanted")
    row = registrations.registered(guide, talk.intake)
    assert row == {"reason": "not-wanted", "unit": "no-data"}


def test_where_nothing_was_registered_there_is_no_row(guide: Guide) -> None:
    talk = begun(guide)
    talk.answer("REG-1", "later")
    assert registrations.registered(guide, talk.intake) == {}


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"format":1,"month":"x","rows":[]}', b"\x00"])
def test_a_damaged_month_is_refused(data: bytes) -> None:
    with pytest.raises(RecordDamaged):
        registrations.month_from_bytes(data)


def test_each_month_has_an_item_of_its_own() -> None:
    months = [
        registrations.month_of(dt.datetime(2026, month, 15, tzinfo=dt.UTC)) for month in (1, 2, 12)
    ]
    assert months == ["2026-01", "2026-02", "2026-12"]
    for one, other in itertools.combinations(map(registrations.item_id, months), 2):
        assert one != other
        assert len(one) == 16
