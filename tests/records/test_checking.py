"""Beyond the seals: each record's own form is looked at, and what is damaged is named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from intake_tui.demo.fill import fill
from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import Amendment
from intake_tui.intake.unfinished import Unfinished
from intake_tui.records.archive import Archive
from intake_tui.records.checking import ITEMS, record_check
from intake_tui.records.damage import Damage
from intake_tui.records.errors import RecordDamaged
from intake_tui.vault.revisions import Sealed

FORM = {"revision-unreadable", "draft-unreadable", "item-unreadable"}


@pytest.fixture
def filled(archive: Archive, guide: Guide) -> Archive:
    fill(archive, guide, contacts=12, seed=3, today=dt.date(2026, 1, 5))
    return archive


def found(archive: Archive) -> dict[str, Damage]:
    return {one.code: one for one in archive.verify().findings}


def signed(archive: Archive) -> list[Any]:
    return [row for row in archive.contacts() if row.status == "signed"]


def test_all_that_the_program_writes_is_of_the_right_form(filled: Archive) -> None:
    row = signed(filled)[0]
    for point in row.points:
        filled.mark(row.id, point.point.key, done=True)
    line = filled.show(row.id)["statements"][0]
    filled.amend(row.id, Amendment("statement", line["id"], line["text"], "rettet", "feil"))
    filled.amend(row.id, Amendment("addition", "", None, "et tillegg", "glemt"))
    others = signed(filled)
    filled.persons.join(others[1].case, others[2].case, "samme stemme")
    joined = filled.persons.joins.joinings(others[1].case)[0]
    filled.persons.part(joined.id, "det var det ikke")
    filled.aside.keep(Unfinished("sak", "reason", None, "fordi"), by=filled.me.slot)
    checked = filled.verify()
    assert checked.all == ()
    assert checked.sound
    kinds = {
        kind
        for (kind,) in filled._vault._desk.read(
            lambda c: c.exec_driver_sql("SELECT DISTINCT kind FROM item").all()
        )
    }
    assert kinds - {"person", "devices", ""} <= set(ITEMS)
    assert len(kinds & set(ITEMS)) >= 4


def rewritten(archive: Archive, change: Callable[[bytes, bytes], tuple[bytes, bytes]]) -> Any:
    """Seals the newest contact anew with other bytes, as a mistake in the program would have."""
    vault, row = archive._vault, signed(archive)[0]
    one = bytes.fromhex(row.id)
    head = vault.head(one)
    new = change(head.head, vault.body(one))
    with vault.batch():
        desk = vault._desk
        sealed = Sealed.new(desk.keys, one, head.case, *new)

        def work(connection: Any) -> None:
            connection.exec_driver_sql("DELETE FROM revision WHERE id = ?", (one,))
            connection.exec_driver_sql(
                "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)",
                (head.n, *vars(sealed).values()),
            )
            desk.chain.append(connection, "signed", [one], {"hash": sealed.hash.hex()})

        desk.write(work)
    return row


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda head, body: (head, body[:-1]), "not-json"),
        (lambda head, body: (head, b"[]"), "not-json"),
        (lambda head, body: (head, body.replace(b'"statements"', b'"statement"')), "wrong-shape"),
        (lambda head, body: (head, body.replace(b'"format":1', b'"format":2')), "newer-format"),
        (lambda head, body: (head.replace(b'"signed"', b'"sealed"'), body), "wrong-shape"),
        (lambda head, body: (b"\xff" + head, body), "not-json"),
    ],
)
def test_a_record_of_another_form_is_named_with_its_contact(
    filled: Archive, change: Callable[[bytes, bytes], tuple[bytes, bytes]], word: str
) -> None:
    row = rewritten(filled, change)
    damage = found(filled)["revision-unreadable"]
    assert (damage.where, damage.detail, damage.contact) == (f"revision {row.n}", word, row.code)
    if word != "wrong-shape" and damage.at:
        assert damage.at == row.started


def test_a_draft_or_item_of_another_form_is_named(filled: Archive) -> None:
    vault = filled._vault
    (draft, *_) = vault.drafts()
    vault.save_draft(draft.id, draft.blob.replace(b'"step":', b'"stop":'))
    for number, kind in enumerate(ITEMS):
        vault.put_item(bytes(15) + bytes([number]), kind, b'{"format":1,"else":1}')
    codes = [one.code for one in filled.verify().findings if one.code in FORM]
    assert codes.count("draft-unreadable") == 1
    assert codes.count("item-unreadable") == len(ITEMS)


def test_a_draft_in_another_ones_place_is_named(filled: Archive) -> None:
    one, other, *_ = filled._vault.drafts()
    filled._vault.save_draft(one.id, other.blob)
    assert set(found(filled)) == {"draft-unreadable"}


def test_what_is_gone_is_named_with_the_day_on_which_it_was_signed(filled: Archive) -> None:
    row = signed(filled)[0]
    filled._vault._desk.write(
        lambda c: c.exec_driver_sql("DELETE FROM revision WHERE n = ?", (row.n,))
    )
    damage = found(filled)["revision-missing"]
    assert damage.where == f"revision {row.id}"
    assert damage.at is not None
    assert abs(dt.datetime.now(dt.UTC) - damage.at) < dt.timedelta(hours=1)


def test_a_body_that_does_not_open_is_named_with_code_and_date(filled: Archive) -> None:
    row = signed(filled)[0]
    filled._vault._desk.write(
        lambda c: c.exec_driver_sql(
            "UPDATE revision SET body = zeroblob(2000) WHERE n = ?", (row.n,)
        )
    )
    damage = found(filled)["revision-damaged"]
    assert (damage.contact, damage.at) == (row.code, row.started)


def test_a_head_that_does_not_open_is_named_with_the_code_of_its_case(filled: Archive) -> None:
    row = signed(filled)[0]
    filled._vault._desk.write(
        lambda c: c.exec_driver_sql(
            "UPDATE revision SET head = zeroblob(300) WHERE n = ?", (row.n,)
        )
    )
    damage = found(filled)["revision-damaged"]
    assert (damage.contact, damage.at) == (row.code, None)


def test_the_form_is_strict(filled: Archive) -> None:
    body = filled._vault.body(bytes.fromhex(signed(filled)[0].id))
    record_check(body)
    record = json.loads(body)
    for key in record:
        with pytest.raises(RecordDamaged):
            record_check(json.dumps({k: v for k, v in record.items() if k != key}).encode())
        with pytest.raises(RecordDamaged):
            record_check(json.dumps({**record, key: 1.5}).encode())
