"""What the device remembers is damaged: everybody gets in, is told, and no old file is believed."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from backups import copied, restored, unlocked
from vaults import Made, rid

from intake_tui.vault import VaultUntrusted
from intake_tui.vault.witness import DeviceFolder, Witness


def the_file(made: Made) -> Path:
    (found,) = made.device.glob("*.witness")
    return found


def with_another_roster_hash(text: str) -> str:
    return json.dumps({**json.loads(text), "roster_hash": "ab" * 32})


@pytest.mark.parametrize(
    "change",
    [
        with_another_roster_hash,
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: text.replace('"n": ', '"n": 1'),
        lambda text: json.dumps({**json.loads(text), "hash": "00" * 32}),
        lambda text: json.dumps({**json.loads(text), "older": True}),
    ],
)
def test_a_damaged_witness_keeps_nobody_out(made: Made, change: Callable[[str], str]) -> None:
    made.unlock().lock()
    path = the_file(made)
    damaged = change(path.read_text())
    path.write_text(damaged)
    vault = made.unlock()
    assert vault.warnings == ("witness-damaged",)
    vault.save_draft(rid(), b"work goes on")
    assert vault.verify().findings == ()
    vault.lock()
    assert path.with_name(f"{path.name}.refused").read_text() == damaged
    vault = made.unlock()
    assert vault.warnings == ()  # it remembers again
    vault.lock()


def test_each_sign_of_it_that_is_another_is_noticed(
    made: Made, times: Callable[[int, int], int]
) -> None:
    whole = Witness(rid(), 7, bytes(32), 2, bytes(32)).to_json()
    assert Witness.from_json(whole) is not None
    chance = random.Random(3)
    for _ in range(times(300, 20_000)):
        at = chance.randrange(len(whole))
        other = whole[:at] + chance.choice('0123456789abcdef"{}:, ') + whole[at + 1 :]
        found = Witness.from_json(other)
        assert found is None or found == Witness.from_json(whole), other


def test_rosters_put_back_are_refused_as_before(made: Made, tmp_path: Path) -> None:
    """Whoever can only write to the file is offered no other way in."""
    old = made.copy(tmp_path / "old", device=False)
    vault = made.unlock()
    vault.rotate()
    vault.lock()
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute("ATTACH ? AS old", (str(old.path),))
        for statement in (
            "DELETE FROM roster WHERE n = 1",
            "DELETE FROM grants",
            "INSERT INTO grants SELECT * FROM old.grants",
        ):
            connection.execute(statement)
        connection.commit()
    with pytest.raises(VaultUntrusted, match="roster"):
        made.unlock()
    the_file(made).write_text("")
    with pytest.raises(VaultUntrusted, match="roster"):  # the log tells of a later key
        made.unlock()


def test_without_it_an_old_file_is_not_noticed_and_that_is_said(made: Made, tmp_path: Path) -> None:
    old = made.copy(tmp_path / "old", device=False)
    vault = made.unlock()
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    vault.lock()
    shutil.copy(old.path, made.path)
    the_file(made).write_text("{")
    vault = made.unlock()
    assert vault.warnings == ("witness-damaged",)
    vault.lock()


def test_a_restored_vault_whose_witness_is_damaged_forks_no_chain(
    made: Made, tmp_path: Path
) -> None:
    """It would otherwise go on under the name of the vault that it is a copy of."""
    vault = made.unlock()
    copied(vault, tmp_path / "copy.db")
    vault.lock()
    place = tmp_path / "new" / "v.db"
    restored(tmp_path / "copy.db", place, made)
    device = DeviceFolder(made.device, made.path).device(vault.id)
    (own,) = made.device.glob("*-*.witness")
    own.write_text("x")
    vault = unlocked(place, made)
    assert vault.warnings == ("witness-damaged",)
    assert vault.backups.device != device
    assert vault.verify().findings == ()
    vault.lock()
