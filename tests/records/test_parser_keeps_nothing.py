"""What was said is in no cache of the parser: it would stay in memory past the lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from pydantic import BaseModel

from intake_tui.intake.amendment import Amendment
from intake_tui.intake.events import EVENTS, LineKept
from intake_tui.records import archive, codec, joins
from intake_tui.records.later import amendment_from_bytes, amendment_to_bytes

NOON = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)
ID = "0f" * 16
SAID = "melkerom"

KEPT = LineKept(id=1, at=NOON, by=ID, statement="s1", kind="told", text=SAID)
EVENT = EVENTS.dump_json((KEPT,))
AMENDMENT = Amendment("answer", "alias", SAID, SAID, SAID)
HEAD, BODY = amendment_to_bytes(AMENDMENT, of=ID, parents=(), at=NOON, by="Bo", in_row=True)
LINK = joins.link_to_bytes(joins.Joined(ID, (ID, "1e" * 16), NOON, "Bo", SAID))

READ: dict[str, Callable[[], object]] = {
    "event": lambda: EVENTS.validate_json(EVENT)[0].text,  # type: ignore[union-attr]
    "head": lambda: codec._HEAD.validate_json(HEAD).now,  # type: ignore[union-attr]
    "body": lambda: amendment_from_bytes(BODY).reason,
    "joining": lambda: joins.link_from_bytes(bytes.fromhex(ID), LINK).reason,
}


@pytest.mark.parametrize("read", READ.values(), ids=list(READ))
def test_what_is_read_twice_is_two_texts(read: Callable[[], object]) -> None:
    first, again = read(), read()
    assert first == again == SAID
    assert first is not again


def models(kind: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith(("intake_tui.intake.", "intake_tui.records.")):
            yield each
        yield from models(each)


def test_so_it_is_with_every_model_of_the_records() -> None:
    assert archive.Archive  # imports them all
    found = set(models())
    assert {codec._Head, joins._Joined, LineKept} < found
    assert {one for one in found if one.model_config.get("cache_strings") != "keys"} == set()
