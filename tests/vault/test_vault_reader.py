"""The independent reader sees what the program wrote, and refuses what it is to refuse."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from backups import copied, restored
from vaults import Made, rid

from intake_tui.vault import Kdf, store
from intake_tui.vault.erasing import Doomed

sys.path.insert(0, str(Path(__file__).parents[1]))
from reader import Reader, Refused
from reader_copy import CopyReader


def read(made: Made) -> Reader:
    return Reader(made.path, name=made.name, passphrase=made.passphrase)


def test_the_reader_uses_nothing_of_the_program():
    for name in ("reader.py", "reader_copy.py", "reader_log.py"):
        source = Path(__file__).parents[1].joinpath(name).read_text()
        assert "intake_tui" not in source.split('"""', 2)[2]


def test_the_reader_reads_everything(full):
    reader = read(full.made)
    assert [reader.revisions[one][2] for one in full.revisions] == [
        b"head %d" % number for number in range(5)
    ]
    assert reader.revisions[full.revisions[3]][3] == b"body 3" * 400
    assert {one: reader.drafts[one] for one in full.drafts} == dict.fromkeys(
        full.drafts, (2, b"second")
    )
    assert [reader.items[one] for one in full.items] == [("sort", 1, b"item")] * 2
    assert reader.name == full.made.name
    assert reader.log[0][2]["what"] == "created"
    assert Reader(full.made.path, recovery=full.made.recovery).revisions == reader.revisions


def test_the_reader_reads_several_counsellors_epochs_devices_and_letters(full, opened):
    vault = opened(full.made)
    vault.drafts()
    vault.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    vault.rotate()
    slot = vault.enrol(name="Eva", passphrase="eva-frase", kdf=Kdf.FLOOR)
    vault.rotate(without=[slot])
    vault.sign(id=rid(), case=rid(), head=b"h", body=b"b", draft=full.drafts[0])
    box = vault.letterbox()
    vault.lock()
    box.post(b"letter")
    second = Made(full.made.path, full.made.device.with_name("second"), full.made.recovery)
    opened(second).lock()
    opened(full.made).lock()
    reader = read(full.made)
    assert (reader.epoch, sorted(reader.keys)) == (3, [1, 2, 3])
    assert len(reader.revisions) == 6
    assert list(reader.letters.values()) == [b"letter"]
    assert len({device for device, _, _ in reader.log}) == 2
    bo = Reader(full.made.path, name="bo", passphrase="bo-frase")
    assert bo.revisions == reader.revisions
    with pytest.raises(Refused, match="slot"):
        Reader(full.made.path, name="Eva", passphrase="eva-frase")
    vault = store.unlock(full.made.path, name="Bo", passphrase="bo-frase", device=full.made.device)
    assert vault.verify().findings == ()
    vault.lock()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE roster SET epoch = 2",
        "UPDATE roster SET commitment = randomblob(32)",
        "UPDATE vault SET root = randomblob(32)",
        "UPDATE vault SET format = 2",
        "UPDATE slot SET wrapped = randomblob(300)",
        "UPDATE grants SET box = randomblob(80)",
        "UPDATE revision SET series = randomblob(16) WHERE n = 1",
        "UPDATE revision SET epoch = 2 WHERE n = 1",
        "UPDATE draft SET counter = 1",
        "UPDATE item SET kind = 'other'",
        "UPDATE log SET entry = (SELECT l.entry FROM log l WHERE l.n = 1) WHERE n = 2",
        "DELETE FROM log WHERE n = 3",
        "DELETE FROM revision WHERE n = 3",
        "DELETE FROM draft",
        "DELETE FROM item WHERE kind = 'sort'",
    ],
)
def test_the_reader_refuses_too(full, change):
    connection = sqlite3.connect(full.made.path)
    connection.execute(change)
    connection.commit()
    connection.close()
    with pytest.raises(Refused):
        read(full.made)


def test_the_reader_reads_a_backup_and_what_was_restored_from_it(full, opened, tmp_path):
    vault = opened(full.made)
    vault.drafts()
    vault.erase([Doomed(full.revisions[0])])
    copied(vault, tmp_path / "copy.db")
    vault.lock()
    who = {"name": full.made.name, "passphrase": full.made.passphrase}
    reader = CopyReader(tmp_path / "copy.db", **who)
    assert list(reader.revisions) == full.revisions[2:]
    entry = next(entry for _, _, entry in reader.log if entry["what"] == "backed-up")
    assert entry["ids"] == [reader.copy_id.hex()]
    restored(tmp_path / "copy.db", tmp_path / "new.db", full.made)
    again = Reader(tmp_path / "new.db", **who)
    assert again.revisions == reader.revisions
    (begun,) = [line for line in again.log if line[2]["what"] == "restored"]
    assert begun[1] == 1
    assert begun[2]["ids"] == entry["ids"]
    with closing(sqlite3.connect(tmp_path / "copy.db")) as raw:
        raw.execute("DELETE FROM log WHERE n = (SELECT max(n) FROM log)")
        raw.commit()
    with pytest.raises(Refused, match="copy"):
        CopyReader(tmp_path / "copy.db", **who)
