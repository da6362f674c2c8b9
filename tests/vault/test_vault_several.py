"""tests/vectors/format-1/several.db: three epochs, two computers; program and reader agree."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from intake_tui.vault import VaultError, store

sys.path.insert(0, str(Path(__file__).parents[1]))
import reader

pytestmark = pytest.mark.usefixtures("stretched_once")
FOLDER = Path(__file__).parents[1] / "vectors" / "format-1"
TOLD = json.loads((FOLDER / "several.json").read_text(encoding="utf-8"))


def secret(who: dict[str, Any]) -> dict[str, str]:
    return {key: who[key] for key in ("name", "passphrase", "recovery") if key in who}


def opened(path: Path, who: dict[str, Any]) -> store.Vault:
    opening = store.unlock_with_recovery if "recovery" in who else store.unlock
    return opening(path, **secret(who), device=path.parent / "device")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(FOLDER / "several.db", tmp_path / "v.db"))


def told(part: str, *fields: str) -> dict[bytes, tuple[Any, ...]]:
    return {bytes.fromhex(id_): tuple(one[f] for f in fields) for id_, one in TOLD[part].items()}


@pytest.mark.parametrize("who", TOLD["who"], ids=lambda who: who["role"])
def test_both_read_what_was_written(path: Path, who: dict[str, Any]) -> None:
    """Every record, draft, item, name, letter and log entry."""
    read = reader.Reader(path, **secret(who))
    vault = opened(path, who)
    try:
        assert vault.warnings == ()
        assert vault.counsellor.role == read.roster[read.slot][2] == who["role"]
        heads = {one.id: (one.n, one.case, one.head) for one in vault.heads()}
        assert heads == {id_: row[:3] for id_, row in read.revisions.items()}
        texts = {id_: (row[2].decode(), row[3].decode()) for id_, row in read.revisions.items()}
        assert texts == told("revisions", "head", "body")
        assert {id_: vault.body(id_) for id_ in heads} == {
            id_: row[3] for id_, row in read.revisions.items()
        }
        drafts = {one.id: (one.counter, one.blob) for one in vault.drafts()}
        assert drafts == read.drafts
        assert {id_: (n, blob.decode()) for id_, (n, blob) in drafts.items()} == told(
            "drafts", "counter", "plain"
        )
        for kind in ("sort", "person"):
            both = {id_: row[2] for id_, row in read.items.items() if row[0] == kind}
            assert dict(vault.items(kind)) == both
        assert {id_: (blob.decode(),) for id_, blob in vault.items("sort")} == told(
            "items", "plain"
        )
        letters = dict(vault.letters())
        assert sorted(blob.decode() for blob in letters.values()) == who["letters"]
        assert read.letters == letters
        assert vault.verify().findings == ()
    finally:
        vault.lock()


def test_both_read_the_whole_log(path: Path) -> None:
    who = TOLD["who"][0]
    read = reader.Reader(path, **secret(who))
    assert (read.epoch, sorted(read.keys)) == (3, [1, 2, 3])
    assert len({device for device, _, _ in read.log}) == 2
    vault = opened(path, who)
    entries = {(one.device, one.n): one for one in vault.log()}
    vault.lock()
    for device, n, entry in read.log:
        one = entries.pop((device, n))
        assert (int(one.at.timestamp()), one.what) == (entry["at"], entry["what"])
        assert one.slot.hex() == entry["slot"]
        assert [id_.hex() for id_ in one.ids] == entry["ids"]
    # What this opening itself wrote.
    assert {one.what for one in entries.values()} == {"unlocked"}
    kinds = {entry["what"] for _, _, entry in read.log}
    assert {"rotated", "sheet", "role-leader", "role-counsellor", "enrolled"} <= kinds


@pytest.mark.parametrize("who", TOLD["refused"])
def test_nobody_else_opens_it(path: Path, who: dict[str, str]) -> None:
    with pytest.raises(VaultError, match="wrong-"):
        opened(path, who)
    with pytest.raises(reader.Refused):
        reader.Reader(path, **who)
