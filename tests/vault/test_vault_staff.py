"""Several counsellors, several epochs: who leaves reads nothing that is written later."""

import shutil
import sqlite3

import pytest
from vaults import Made, rid

from intake_tui.vault import Kdf, NotALeader, TooFewWays, WrongPassphrase, store


def test_a_second_counsellor_reads_everything(made, opened):
    leader = opened(made)
    leader.sign(id=rid(), case=rid(), head=b"early", body=b"")
    leader.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    leader.lock()
    bo = store.unlock(made.path, name="bo", passphrase="bo-frase", device=made.device)
    assert bo.counsellor.role == "counsellor"
    assert [head.head for head in bo.heads()] == [b"early"]
    assert set(bo.names().values()) == {"Bo", made.name}
    for refused in (lambda: bo.enrol(name="C", passphrase="c", kdf=Kdf.FLOOR), bo.rotate):
        with pytest.raises(NotALeader):
            refused()
    assert bo.verify().findings == ()
    bo.lock()


def test_after_a_rotation_everything_is_there_and_whoever_left_is_out(made, opened, tmp_path):
    leader = opened(made)
    slot = leader.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    one, draft, item = rid(), rid(), rid()
    leader.sign(id=one, case=one, head=b"head", body=b"body")
    leader.save_draft(draft, b"draft")
    leader.put_item(item, "kind", b"item")
    leader.lock()
    old = made.copy(tmp_path / "old")
    leader = opened(made)
    leader.drafts()
    leader.rotate(without=[slot])
    leader.rotate()
    leader.save_draft(draft, b"later")
    leader.sign(id=rid(), case=one, head=b"later", body=b"later")
    leader.lock()
    with pytest.raises(WrongPassphrase):
        store.unlock(made.path, name="Bo", passphrase="bo-frase", device=made.device)
    again = opened(made)
    assert [head.head for head in again.heads()] == [b"later", b"head"]
    assert again.body(one) == b"body"
    assert [d.blob for d in again.drafts()] == [b"later"]
    assert again.get_item(item) == b"item"
    assert "created" in [entry.what for entry in again.log()]
    assert again.verify().findings == ()
    again.lock()
    store.unlock_with_recovery(made.path, recovery=made.recovery, device=made.device).lock()
    kept = store.unlock(old.path, name="Bo", passphrase="bo-frase", device=tmp_path / "other")
    for key in (kept._desk.keys,):
        assert key.epoch == 1
    kept.lock()


def test_two_devices_within_one_second_are_told_in_order(made, opened):
    """Whichever device's id is the lower."""
    for number in range(6):
        other = Made(made.path, made.device.with_name(f"other{number}"), made.recovery)
        vault = opened(other)
        vault.put_item(b"i" * 16, "kind", b"%d" % number)
        vault.lock()
    vault = opened(made)
    assert vault.verify().findings == ()
    assert vault.get_item(b"i" * 16) == b"5"


def test_desks_whose_clocks_differ_are_not_accused(made, opened, monkeypatch):
    """Signed, removed, put again and a passphrase changed by a desk an hour behind."""
    clock = [1_800_000_000]
    monkeypatch.setattr("intake_tui.vault.log.time.time", lambda: clock[0])
    item, draft = rid(), rid()
    ahead = opened(made)
    ahead.save_draft(draft, b"words")
    ahead.put_item(item, "kind", b"1")
    ahead.remove_item(item)
    ahead.change_passphrase("hour-ahead", kdf=Kdf.FLOOR)
    ahead.lock()
    clock[0] -= 3600
    other = Made(made.path, made.device.with_name("b"), made.recovery, passphrase="hour-ahead")
    behind = opened(other)
    behind.drafts()
    behind.sign(id=rid(), case=rid(), head=b"", body=b"", draft=draft)
    behind.put_item(item, "kind", b"2")
    behind.change_passphrase("hour-behind", kdf=Kdf.FLOOR)
    assert behind.verify().findings == ()


def test_whoever_left_cannot_write_what_is_believed(made, opened, tmp_path):
    """With the old file, its key and write access: an item, and the end of the log."""
    leader = opened(made)
    slot = leader.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    item = rid()
    leader.put_item(item, "kind", b"honest")
    leader.lock()
    old = made.copy(tmp_path / "old")
    leader = opened(made)
    leader.rotate(without=[slot])
    leader.lock()

    bo = store.unlock(old.path, name="Bo", passphrase="bo-frase", device=old.device)
    bo.note("exported")
    bo.lock()
    forged = sqlite3.connect(old.path)
    (row,) = forged.execute("SELECT * FROM item WHERE id = ?", (item,)).fetchall()
    lines = forged.execute("SELECT * FROM log ORDER BY n DESC LIMIT 2").fetchall()
    forged.close()
    with sqlite3.connect(made.path) as target:
        target.execute("DELETE FROM item WHERE id = ?", (item,))
        target.execute("INSERT INTO item VALUES (?, ?, ?, ?, ?)", row)
        (last,) = target.execute("SELECT max(n) FROM log").fetchone()
        for at, line in enumerate(reversed(lines), last + 1):
            target.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?)", (line[0], at, *line[2:]))
    target.close()
    shutil.rmtree(made.device)
    again = opened(made)
    assert again.items("kind") == []
    codes = {finding.code for finding in again.verify().findings}
    assert {"item-forged", "log-damaged"} <= codes


def test_two_ways_in_are_left_whatever_is_taken_away(made, opened):
    """Slots that somebody has deleted from the file are no way in."""
    leader = opened(made)
    slot = leader.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    leader.lock()
    with sqlite3.connect(made.path) as file:
        file.execute("DELETE FROM slot WHERE substr(kdf, 1, 1) = x'02'")
    file.close()
    leader = opened(made)
    with pytest.raises(TooFewWays):
        leader.staff.revoke(slot, new_sheet=False)
    assert leader.staff.revoke(slot, new_sheet=True)
    assert leader.verify().findings == ()
