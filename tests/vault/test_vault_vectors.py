"""tests/vectors/format-1: the program and the independent reader agree with all of them.

The files do not change any more. A program that fails here cannot open the vaults there are.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from intake_tui.vault import (
    Kdf,
    VaultError,
    drafts,
    framing,
    items,
    kdf,
    letters,
    log,
    recovery,
    revisions,
    roster,
    slots,
    store,
    trust,
)
from intake_tui.vault.keys import Keys, open_box, signed_by

sys.path.insert(0, str(Path(__file__).parents[1]))
import reader

FOLDER = Path(__file__).parents[1] / "vectors" / "format-1"


def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def raw(row: list[Any]) -> tuple[Any, ...]:
    """Hex to bytes; numbers, and kinds (which are no hex), stay."""
    return tuple(_raw(value) for value in row)


def _raw(value: Any) -> Any:
    try:
        return bytes.fromhex(value) if isinstance(value, str) else value
    except ValueError:
        return value


class Program:
    """The program's own functions, in the vectors' terms."""

    errors = (VaultError,)

    def unpad(self, padded: bytes, step: int) -> bytes:
        return framing.unpad(padded, step)

    def recovery(self, text: str) -> bytes:
        return recovery.parse(text)

    def salt(self, vault: bytes, name: str) -> bytes:
        return kdf.salt(vault, name)

    def stretched(self, cost: bytes, passphrase: str, salt: bytes) -> bytes:
        return Kdf.parse(cost).key(passphrase, salt)

    def rosters(self, vault: bytes, root: bytes, rows: list[Any]) -> bytes:
        chain = [roster.Roster(*row[:4], roster.unpack(row[4]), row[5]) for row in rows]
        return roster.check(vault, root, chain).hash(vault)

    def slot(self, vault: bytes, row: Any, key: bytes) -> tuple[str, bytes, bytes]:
        who = slots.unwrap(vault, slots.Slot(*row), key)
        return who.name, who.kem.private_bytes_raw(), who.signing.private_bytes_raw()

    def slot_signed(self, vault: bytes, row: Any) -> bool:
        slot = slots.Slot(*row)
        return signed_by(slot.signing, slot.signature, slot.message(vault))

    def slot_hash(self, vault: bytes, row: Any) -> bytes:
        return slots.Slot(*row).hash(vault)

    def grant(self, vault: bytes, private: bytes, row: Any, commitment: bytes) -> bytes:
        kem = X25519PrivateKey.from_private_bytes(private)
        key = open_box(kem, row[2], trust.grant_info(vault, row[0], row[1]))
        if framing.digest(key) != commitment:
            raise VaultError
        return key

    def grant_hash(self, vault: bytes, row: Any) -> bytes:
        return trust.Grant(*row).hash(vault)

    def earlier(self, vault: bytes, epoch: int, key: bytes, sealed: bytes) -> bytes:
        keys = Keys(vault, epoch, key)
        keys.learn_previous(epoch, sealed, trust.epoch_bound(vault, epoch))
        return keys._keys[epoch - 1]

    def revision(self, vault: bytes, epoch: int, key: bytes, row: Any) -> tuple[bytes, bytes]:
        return revisions.open_both(Keys(vault, epoch, key), revisions.Sealed(*row[1:]))

    def revision_hash(self, row: Any) -> bytes:
        return revisions.Sealed(*row[1:]).hash

    def draft(self, vault: bytes, epoch: int, key: bytes, row: Any) -> bytes:
        desk: Any = SimpleNamespace(vault=vault, keys=Keys(vault, epoch, key))
        return drafts.opened(desk, *row)

    def item(self, vault: bytes, epoch: int, key: bytes, row: Any) -> bytes:
        desk: Any = SimpleNamespace(vault=vault, keys=Keys(vault, epoch, key))
        return items.opened(desk, row)[1]

    def letter(self, vault: bytes, private: bytes, row: Any) -> bytes:
        kem = X25519PrivateKey.from_private_bytes(private)
        return framing.unpad(open_box(kem, row[2], letters.info(vault, row[1], row[0])), 1024)

    def chain_start(self, vault: bytes, device: bytes) -> bytes:
        return log.start(vault, device)

    def line_hash(self, vault: bytes, row: Any) -> bytes:
        return log.Line(*row).hash

    def entry(self, vault: bytes, epoch: int, key: bytes, row: Any) -> Any:
        return json.loads(log.Line(*row).opened(Keys(vault, epoch, key)).packed())


class Independent:
    """The reader's functions, in the vectors' terms."""

    errors = (reader.Refused,)

    def unpad(self, padded: bytes, step: int) -> bytes:
        return reader.unpad(padded, step)

    def recovery(self, text: str) -> bytes:
        return reader.recovery_key(text)

    def salt(self, vault: bytes, name: str) -> bytes:
        return reader.argon2_salt(vault, name)

    def stretched(self, cost: bytes, passphrase: str, salt: bytes) -> bytes:
        return reader.argon2(cost, passphrase, salt)

    def rosters(self, vault: bytes, root: bytes, rows: list[Any]) -> bytes:
        reader.Format(vault).check_rosters(root, rows)
        return reader.Format(vault).roster_hash(rows[-1])

    def slot(self, vault: bytes, row: Any, key: bytes) -> tuple[str, bytes, bytes]:
        return reader.Format(vault).open_slot(row, key)

    def slot_signed(self, vault: bytes, row: Any) -> bool:
        return reader.signed(row[2], row[5], reader.Format(vault).slot_message(row))

    def slot_hash(self, vault: bytes, row: Any) -> bytes:
        return reader.sha(reader.frame(reader.Format(vault).slot_message(row), row[5]))

    def grant(self, vault: bytes, private: bytes, row: Any, commitment: bytes) -> bytes:
        form = reader.Format(vault)
        key = form.unbox(private, row[2], form.bound("grant", row[0], row[1]))
        if reader.sha(key) != commitment:
            raise reader.Refused
        return key

    def grant_hash(self, vault: bytes, row: Any) -> bytes:
        about = reader.Format(vault).bound("grant", row[0], row[1])
        return reader.sha(reader.frame(about, row[2]))

    def earlier(self, vault: bytes, epoch: int, key: bytes, sealed: bytes) -> bytes:
        form = reader.Format(vault)
        above = form.derive(key, "previous", "")
        return reader.unseal(above, sealed, form.bound("epoch", epoch))

    def revision(self, vault: bytes, epoch: int, key: bytes, row: Any) -> tuple[bytes, bytes]:
        self._current(epoch, row[3])
        return reader.Format(vault).open_revision(key, row)

    def revision_hash(self, row: Any) -> bytes:
        return bytes.fromhex(reader.row_hash(row))

    def draft(self, vault: bytes, epoch: int, key: bytes, row: Any) -> bytes:
        self._current(epoch, row[2])
        return reader.Format(vault).open_draft(key, row)

    def item(self, vault: bytes, epoch: int, key: bytes, row: Any) -> bytes:
        self._current(epoch, row[3])
        return reader.Format(vault).open_item(key, row)

    def letter(self, vault: bytes, private: bytes, row: Any) -> bytes:
        return reader.Format(vault).open_letter(private, row)

    def chain_start(self, vault: bytes, device: bytes) -> bytes:
        return reader.Format(vault).chain_start(device)

    def line_hash(self, vault: bytes, row: Any) -> bytes:
        return reader.Format(vault).line_hash(row)

    def entry(self, vault: bytes, epoch: int, key: bytes, row: Any) -> Any:
        return reader.Format(vault).open_entry(key, row)

    def _current(self, epoch: int, of_row: int) -> None:
        if epoch != of_row:
            raise reader.Refused


@pytest.fixture(params=[Program, Independent], ids=["program", "reader"])
def who(request):
    return request.param()


def test_padding(who):
    vectors = load("padding")
    for one in vectors["accepted"]:
        assert who.unpad(_raw(one["padded"]), one["step"]) == _raw(one["plain"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors):
            who.unpad(_raw(one["padded"]), one["step"])


def test_recovery(who):
    vectors = load("recovery")
    for one in vectors["accepted"]:
        assert who.recovery(one["text"]) == _raw(one["key"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors) as wrong:
            who.recovery(one["text"])
        assert getattr(wrong.value, "group", one["group"]) == one["group"]


def test_kdf(who):
    vectors = load("kdf")
    for one in vectors["accepted"]:
        salt = who.salt(_raw(vectors["vault"]), one["name"])
        assert salt == _raw(one["salt"])
        assert who.stretched(_raw(one["kdf"]), one["passphrase"], salt) == _raw(one["key"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors):
            who.stretched(_raw(one["kdf"]), "", bytes(16))


def test_roster(who):
    vectors = load("roster")
    vault, root = _raw(vectors["vault"]), _raw(vectors["root"])
    for one in vectors["accepted"]:
        assert who.rosters(vault, root, [raw(row) for row in one["rows"]]) == _raw(one["hash"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors):
            refused_rosters(who, vault, _raw(one.get("root", vectors["root"])), one["rows"])


def refused_rosters(who, vault, root, rows):
    who.rosters(vault, root, [raw(row) for row in rows])


def test_slot(who):
    vectors = load("slot")
    vault = _raw(vectors["vault"])
    for one in vectors["accepted"]:
        inside = one["name"], _raw(one["kem"]), _raw(one["signing"])
        assert who.slot(vault, raw(one["row"]), _raw(one["key"])) == inside
        assert who.slot_hash(vault, raw(one["row"])) == _raw(one["hash"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors):
            who.slot(vault, raw(one["row"]), _raw(one["key"]))
    assert who.slot_signed(vault, raw(vectors["signature"]["good"]))
    for one in vectors["signature"]["bad"]:
        assert not who.slot_signed(vault, raw(one["row"])), one["why"]


def test_grant(who):
    vectors = load("grant")
    vault, private = _raw(vectors["vault"]), _raw(vectors["private"])
    commitment = _raw(vectors["commitment"])
    for one in vectors["accepted"]:
        assert who.grant(vault, private, raw(one["row"]), commitment) == _raw(one["key"])
        assert who.grant_hash(vault, raw(one["row"])) == _raw(one["hash"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors):
            who.grant(vault, private, raw(one["row"]), commitment)
    chain = vectors["earlier"]
    known = vault, chain["epoch"], _raw(chain["key"])
    assert who.earlier(*known, _raw(chain["previous"])) == _raw(chain["earlier"])
    for sealed in chain["refused"]:
        with pytest.raises(who.errors):
            who.earlier(*known, _raw(sealed))


def test_rows(who):
    vectors = load("row")
    known = _raw(vectors["vault"]), vectors["epoch"], _raw(vectors["key"])
    for one in vectors["revision"]["accepted"]:
        both = _raw(one["head"]), _raw(one["body"])
        assert who.revision(*known, raw(one["row"])) == both
        assert who.revision_hash(raw(one["row"])) == _raw(one["hash"])
    for table, opening in (("draft", who.draft), ("item", who.item)):
        for one in vectors[table]["accepted"]:
            assert opening(*known, raw(one["row"])) == _raw(one["plain"])
    for one in vectors["letter"]["accepted"]:
        plain = who.letter(known[0], _raw(vectors["private"]), raw(one["row"]))
        assert plain == _raw(one["plain"])


@pytest.mark.parametrize("table", ["revision", "draft", "item", "letter"])
def test_rows_that_are_refused(who, table):
    vectors = load("row")
    known = _raw(vectors["vault"]), vectors["epoch"], _raw(vectors["key"])
    if table == "letter":
        known = known[0], _raw(vectors["private"])
    assert len(vectors[table]["refused"]) >= 3
    for one in vectors[table]["refused"]:
        with pytest.raises(who.errors):
            getattr(who, table)(*known, raw(one["row"]))


def test_log(who):
    vectors = load("log")
    known = _raw(vectors["vault"]), vectors["epoch"], _raw(vectors["key"])
    before = who.chain_start(known[0], _raw(vectors["device"]))
    assert before == _raw(vectors["start"])
    for one in vectors["accepted"]:
        row = raw(one["row"])
        assert row[3] == before
        assert who.entry(*known, row) == one["entry"]
        before = who.line_hash(known[0], row)
        assert before == _raw(one["hash"])
    for one in vectors["refused"]:
        with pytest.raises(who.errors):
            who.entry(*known, raw(one["row"]))


# -- the vault that opens for ever -----------------------------------------------------

VAULT = load("vault")


def expected(name: str, *fields: str) -> dict[bytes, tuple[Any, ...]]:
    return {
        bytes.fromhex(one): tuple(_plain(content[field]) for field in fields)
        for one, content in VAULT[name].items()
    }


def _plain(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


@pytest.mark.parametrize("who", VAULT["who"], ids=lambda who: who["role"])
def test_the_program_opens_the_first_vault(tmp_path, who):
    shutil.copy(FOLDER / "vault.db", tmp_path / "v.db")
    secret = {key: who[key] for key in ("name", "passphrase", "recovery") if key in who}
    opening = store.unlock_with_recovery if "recovery" in who else store.unlock
    vault = opening(tmp_path / "v.db", **secret, device=tmp_path / "device")
    assert vault.counsellor.role == who["role"]
    assert vault.warnings == ()
    assert {one.id: (one.head, vault.body(one.id)) for one in vault.heads()} == expected(
        "revisions", "head", "body"
    )
    assert {one.id: one.case.hex() for one in vault.heads()} == {
        bytes.fromhex(one): content["case"] for one, content in VAULT["revisions"].items()
    }
    assert {one.id: (one.counter, one.blob) for one in vault.drafts()} == expected(
        "drafts", "counter", "plain"
    )
    assert {one: (blob,) for one, blob in vault.items("sort")} == expected("items", "plain")
    assert [blob.decode() for _, blob in vault.letters()] == who["letters"]
    assert vault.verify().findings == ()
    vault.lock()


@pytest.mark.parametrize("who", VAULT["who"], ids=lambda who: who["role"])
def test_the_reader_opens_the_first_vault(tmp_path, who):
    shutil.copy(FOLDER / "vault.db", tmp_path / "v.db")
    secret = {key: who[key] for key in ("name", "passphrase", "recovery") if key in who}
    vault = reader.Reader(tmp_path / "v.db", **secret)
    assert {one: row[2:] for one, row in vault.revisions.items()} == expected(
        "revisions", "head", "body"
    )
    assert vault.drafts == expected("drafts", "counter", "plain")
    sort = {one: (row[2],) for one, row in vault.items.items() if row[0] == "sort"}
    assert sort == expected("items", "plain")
    assert [blob.decode() for blob in vault.letters.values()] == who["letters"]


@pytest.mark.parametrize("who", VAULT["refused"])
def test_nobody_else_opens_the_first_vault(tmp_path, who):
    shutil.copy(FOLDER / "vault.db", tmp_path / "v.db")
    with pytest.raises(VaultError, match="wrong-passphrase"):
        store.unlock(tmp_path / "v.db", **who, device=tmp_path / "device")
    with pytest.raises(reader.Refused):
        reader.Reader(tmp_path / "v.db", **who)
