"""Knowledge that ages: whatever has a day to be read again is found, of whatever kind it is."""

import datetime as dt
from typing import get_args

import pytest
from pydantic import BaseModel

from intake_tui.guide import model
from intake_tui.guide.ageing import stale, to_check
from intake_tui.guide.model import Frozen, Guide

FAR = dt.date(2100, 1, 1)


def dated_kinds() -> set[str]:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type)]
    models = [kind for kind in kinds if issubclass(kind, Frozen)]
    return {kind.__name__.lower() for kind in models if "check_again" in kind.model_fields}


def every_date(guide: Guide) -> list[str]:
    """The ids of whatever has a day, read from the plain data of the guide and not its parts."""

    def within(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [str(value["id"])] if value.get("check_again") else []
            return own + [id_ for each in value.values() for id_ in within(each)]
        return [id_ for each in value for id_ in within(each)] if isinstance(value, list) else []

    return within(guide.model_dump(mode="json"))


def test_in_time_everything_is_found_and_nothing_twice(guide: Guide) -> None:
    found = to_check(guide, FAR)
    assert sorted(each.id for each in found) == sorted(every_date(guide))
    assert len(found) > 40
    assert {each.kind for each in found} <= dated_kinds()
    assert {"question", "information", "option", "hint", "signal", "number"} <= {
        each.kind for each in found
    }


def test_each_is_named_with_where_and_when_it_was_read(guide: Guide) -> None:
    number = next(each for each in to_check(guide, FAR) if each.id == "112")
    parts = {part.id: part for part in guide.numbers}
    assert number.kind == "number"
    assert number.named("nn") == parts["112"].name.nn
    assert (number.source, number.checked) == (parts["112"].source, parts["112"].checked)
    hint = next(each for each in to_check(guide, FAR) if each.id == "traces-washing")
    assert hint.named("nb").startswith("Det er best å vente")


def test_the_longest_past_comes_first(guide: Guide) -> None:
    days = [each.check_again for each in to_check(guide, FAR)]
    assert days == sorted(days)
    assert days[0] < days[-1]


def test_nothing_is_due_on_its_last_day_and_everything_the_day_after(guide: Guide) -> None:
    first = min(each.check_again for each in to_check(guide, FAR))
    assert to_check(guide, first) == ()
    after = to_check(guide, first + dt.timedelta(days=1))
    assert after
    assert {each.check_again for each in after} == {first}


@pytest.mark.parametrize(("days", "marked"), [(-1, False), (0, False), (1, True)])
def test_a_part_is_stale_after_its_day(guide: Guide, days: int, marked: bool) -> None:
    number = guide.numbers[0]
    assert stale(number, number.check_again + dt.timedelta(days=days)) == marked


def test_what_has_no_day_never_grows_old(guide: Guide) -> None:
    undated = next(item for item in guide.items() if item.check_again is None)
    assert not stale(undated, FAR)


def test_every_kind_that_can_age_has_a_name_to_be_listed_by() -> None:
    for kind in vars(model).values():
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not model.Dated:
            fields = kind.model_fields
            if "check_again" in fields and kind is not model.Item:
                names = [fields[key] for key in ("short", "name", "title", "text") if key in fields]
                assert any(
                    model.Words in (name.annotation, *get_args(name.annotation)) for name in names
                ), kind
