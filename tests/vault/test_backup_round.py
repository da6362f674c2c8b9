"""A backup is made, read back, and becomes a vault again."""

import shutil
import stat
from contextlib import closing
from dataclasses import replace

import pytest
from backups import checked, contents, copied, drained, restored, signed_in, unlocked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import Made, rid

from intake_tui.vault import Kdf, VaultError, VaultExists, WrongPassphrase, stepwise, store
from intake_tui.vault.copies import Copy
from intake_tui.vault.erasing import Doomed
from intake_tui.vault.errors import CopyRefused, IsACopy, SyncFolder
from intake_tui.vault.restore import Restore
from intake_tui.vault.witness import Witness


@pytest.fixture
def rich(full, opened) -> Made:
    """Several counsellors, epochs and devices, letters, a removed item and erased rows."""
    vault = opened(full.made)
    vault.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    vault.rotate()
    slot = vault.enrol(name="Eva", passphrase="eva-frase", kdf=Kdf.FLOOR)
    vault.rotate(without=[slot])
    vault.remove_item(full.items[0])
    vault.drafts()
    vault.erase_draft(full.drafts[1])
    vault.erase([Doomed(full.revisions[0])])
    vault.put_item(rid(), "sort", b"")
    box = vault.letterbox()
    vault.lock()
    box.post(b"letter")
    second = Made(full.made.path, full.made.device.with_name("second"), full.made.recovery)
    opened(second).lock()
    return full.made


def test_all_that_a_vault_holds_comes_back(rich, opened, tmp_path):
    vault = opened(rich)
    copied(vault, tmp_path / "copy.db")
    before = contents(vault)
    vault.lock()
    done = restored(tmp_path / "copy.db", tmp_path / "new" / "v.db", rich)
    assert done.missing == 2  # that bodies were read, and the lock
    again = unlocked(tmp_path / "new" / "v.db", rich)
    assert contents(again) == before
    assert again.verify().findings == ()
    here = again.backups.device
    assert [one.what for one in again.log() if one.device == here][:2] == ["restored", "unlocked"]
    again.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    again.lock()


blobs = st.binary(max_size=3000)


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    revisions=st.lists(st.tuples(blobs, blobs), max_size=4),
    drafts=st.lists(st.lists(blobs, min_size=1, max_size=3), max_size=3),
    items=st.lists(blobs, max_size=4),
)
def test_any_bytes_come_back(empty, tmp_path_factory, revisions, drafts, items):
    folder = tmp_path_factory.mktemp("any")
    made = empty.copy(folder)
    vault = unlocked(made.path, made)
    for head, body in revisions:
        vault.sign(id=rid(), case=rid(), head=head, body=body)
    for saves in drafts:
        one = rid()
        for blob in saves:
            vault.save_draft(one, blob)
    for blob in items:
        vault.put_item(rid(), "sort", blob)
    copied(vault, folder / "copy.db")
    before = contents(vault)
    vault.lock()
    restored(folder / "copy.db", folder / "new.db", made)
    again = unlocked(folder / "new.db", made)
    assert contents(again) == before
    again.lock()


def test_a_backup_is_one_closed_file_of_its_owners_alone(full, opened, tmp_path):
    vault = opened(full.made)
    (tmp_path / "stick").mkdir()
    path = copied(vault, tmp_path / "stick" / "copy.db")
    assert [one.name for one in path.parent.iterdir()] == ["copy.db"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes()[18:20] == b"\x01\x01"  # no write-ahead log is looked for beside it
    path.chmod(0o400)
    path.parent.chmod(0o500)  # a stick that is switched to reading only
    try:
        before = path.read_bytes()
        checked(path, full.made)
        assert [one.name for one in path.parent.iterdir()] == ["copy.db"]
        assert path.read_bytes() == before
    finally:
        path.parent.chmod(0o700)


def test_what_is_saved_meanwhile_is_in_it_and_nothing_is_half(full, opened, tmp_path, monkeypatch):
    monkeypatch.setattr(stepwise, "PAGES", 2)
    vault = opened(full.made)
    vault.drafts()
    one, before = rid(), rid()
    vault.save_draft(before, b"acknowledged before")
    backup = vault.backups.begin(tmp_path / "copy.db")
    steps = saves = 0
    while (step := backup.step()) is not None:
        if step.aside is not None:
            step.aside()
        steps += 1
        if step.phase == "copy" and steps % 5 == 0:
            saves += 1
            vault.save_draft(one, b"%d" % saves * 700)
            vault.save_draft(full.drafts[0], b"%d" % saves)
            vault.sign(id=rid(), case=rid(), head=b"h%d" % saves, body=b"b" * 5000)
    assert saves > 3
    assert backup.made is not None
    assert backup.made.findings == ()
    assert vault.verify().findings == ()
    signed = len(vault.heads(limit=1000))
    restored(tmp_path / "copy.db", tmp_path / "new.db", full.made)
    again = unlocked(tmp_path / "new.db", full.made)
    drafts = {draft.id: draft.blob for draft in again.drafts()}
    assert drafts[before] == b"acknowledged before"
    heads = again.heads(limit=1000)
    assert 5 < len(heads) <= signed
    # every save is in it whole, or not at all: what came together is of one moment
    last = int(heads[0].head[1:])
    assert int(drafts[full.drafts[0]]) in (last, last + 1)
    again.lock()


def test_a_restored_vault_is_opened_again_and_again_without_an_alarm(full, opened, tmp_path):
    vault = opened(full.made)
    copied(vault, tmp_path / "copy.db")
    vault.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    vault.lock()
    place = tmp_path / "new.db"
    assert restored(tmp_path / "copy.db", place, full.made).missing == 2
    for _ in range(3):
        again = unlocked(place, full.made)
        assert again.warnings == ()
        again.sign(id=rid(), case=rid(), head=b"h", body=b"b")
        assert again.verify().findings == ()
        again.lock()
        first = unlocked(full.made.path, full.made)  # the old one goes on beside it
        assert first.warnings == ()
        first.sign(id=rid(), case=rid(), head=b"h", body=b"b")
        assert first.verify().findings == ()
        first.lock()
    assert len({entry.device for entry in unlocked_log(place, full.made)}) == 2


def unlocked_log(place, made):
    vault = unlocked(place, made)
    entries = vault.log()
    vault.lock()
    return entries


def test_in_the_place_of_a_lost_vault_too(full, opened, tmp_path):
    vault = opened(full.made)
    copied(vault, tmp_path / "copy.db")
    vault.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    vault.lock()
    lost = full.made.path.read_bytes()
    full.made.path.unlink()
    assert restored(tmp_path / "copy.db", full.made.path, full.made).missing == 2
    for _ in range(2):
        again = unlocked(full.made.path, full.made)
        assert again.warnings == ()
        assert again.verify().findings == ()
        again.lock()
    full.made.path.write_bytes(lost)  # somebody puts the whole file back
    assert "put-back" in opened(full.made).warnings


def test_a_backup_of_a_restored_vault_is_restored(full, opened, tmp_path):
    copied(opened(full.made), tmp_path / "copy.db")
    restored(tmp_path / "copy.db", tmp_path / "new.db", full.made)
    vault = unlocked(tmp_path / "new.db", full.made)
    copied(vault, tmp_path / "second.db")
    vault.lock()
    restored(tmp_path / "second.db", tmp_path / "third.db", full.made)
    again = unlocked(tmp_path / "third.db", full.made)
    assert again.verify().findings == ()
    again.lock()


def test_on_another_computer_nothing_is_remembered_of_it(full, opened, tmp_path):
    copied(opened(full.made), tmp_path / "copy.db")
    elsewhere = tmp_path / "elsewhere"
    place = tmp_path / "new.db"
    assert restored(tmp_path / "copy.db", place, full.made, elsewhere).missing is None
    again = unlocked(place, full.made, elsewhere)
    assert again.warnings == ()
    again.lock()


def test_it_is_opened_with_the_passphrase_of_its_time_or_the_sheet(full, opened, tmp_path):
    vault = opened(full.made)
    copied(vault, tmp_path / "copy.db")
    vault.change_passphrase("en-helt-annen-frase")
    vault.lock()
    with pytest.raises(WrongPassphrase), closing(Copy(tmp_path / "copy.db")) as copy:
        copy.sign_in(lambda doors: doors.with_passphrase(full.made.name, "en-helt-annen-frase"))
    checked(tmp_path / "copy.db", full.made)
    with closing(Copy(tmp_path / "copy.db")) as copy:
        copy.sign_in(lambda doors: doors.with_recovery(full.made.recovery))
        restore = Restore(copy, tmp_path / "new.db", full.made.device)
        drained(restore)
    again = unlocked(tmp_path / "new.db", full.made)
    assert again.warnings == ()
    again.lock()


def test_whoever_is_signed_in_reads_an_older_copy_of_the_vault(rich, opened, tmp_path):
    vault = opened(rich)
    path = copied(vault, tmp_path / "copy.db")
    vault.rotate()
    with closing(vault.backups.open(path)) as copy:
        assert copy.made_at() <= vault.log()[-1].at
        list(copy.steps())
        assert copy.report.findings == ()
    vault.enrol(name="Ny", passphrase="ny-frase", kdf=Kdf.FLOOR)
    vault.lock()
    new = store.unlock(rich.path, name="Ny", passphrase="ny-frase", device=rich.device)
    with pytest.raises(CopyRefused, match="stranger"):
        new.backups.open(path)
    new.lock()


def test_another_vaults_backup_is_foreign(made, full, opened, tmp_path):
    other, _ = store.create(
        tmp_path / "other.db",
        name="Å",
        passphrase="en-frase",
        kdf=Kdf.FLOOR,
        device=tmp_path / "device",
    )
    path = copied(other, tmp_path / "copy.db")
    other.lock()
    with pytest.raises(CopyRefused, match="foreign"):
        opened(full.made).backups.open(path)


def test_a_backup_is_not_worked_in(full, opened, tmp_path):
    path = copied(opened(full.made), tmp_path / "copy.db")
    before = path.read_bytes()
    with pytest.raises(IsACopy):
        unlocked(path, full.made)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("copy.db-*"))


def test_nothing_is_written_over(full, opened, tmp_path):
    vault = opened(full.made)
    path = tmp_path / "copy.db"
    path.write_text("a letter")
    with pytest.raises(CopyRefused, match="exists"):
        vault.backups.begin(path)
    assert path.read_text() == "a letter"
    copied(vault, path, over=True)
    checked(path, full.made)


def test_what_comes_there_meanwhile_is_not_written_over(full, opened, tmp_path):
    vault = opened(full.made)
    backup = vault.backups.begin(tmp_path / "copy.db")
    for step in iter(backup.step, None):
        if step.phase == "name":
            break
        if step.aside is not None:
            step.aside()
    (tmp_path / "copy.db").write_text("a letter")
    with pytest.raises(CopyRefused, match="exists"):
        step.aside()
    backup.stop()
    assert (tmp_path / "copy.db").read_text() == "a letter"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("full/v.db", "same-file"),
        ("full/v.db-wal", "same-file"),
        ("full/../full/v.db", "same-file"),
        ("full", "exists"),
        ("nowhere/copy.db", "no-folder"),
        ("Dropbox/copy.db", "sync-folder"),
        ("full/v.db/copy.db", "no-folder"),
        ("a\0b", "no-folder"),
    ],
)
def test_places_where_no_backup_is_put(full, opened, tmp_path, name, code):
    (tmp_path / "Dropbox").mkdir()
    vault = opened(full.made)
    with pytest.raises(CopyRefused, match=code):
        vault.backups.begin(tmp_path / name, over=code != "exists")
    assert vault.verify().findings == ()


def test_a_vault_is_never_restored_over_another_or_where_it_is_carried_off(full, opened, tmp_path):
    copied(opened(full.made), tmp_path / "copy.db")
    for place, refusal in (
        (full.made.path, VaultExists),
        (tmp_path / "OneDrive" / "v", SyncFolder),
    ):
        with closing(signed_in(tmp_path / "copy.db", full.made)) as copy, pytest.raises(refusal):
            Restore(copy, place, full.made.device)


def test_what_is_no_backup(full, opened, tmp_path):
    vault = opened(full.made)
    vault.lock()
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_text("SQLite format 3\0 is how it begins, and no more")
    for name, code in (
        ("full/v.db", "not-a-copy"),
        ("empty", "not-a-copy"),
        ("text", "not-a-copy"),
        ("full", "not-a-copy"),
        ("nowhere", "no-copy"),
    ):
        with pytest.raises(CopyRefused, match=code):
            Copy(tmp_path / name)
    assert not list((tmp_path / "full").glob("v.db-wal"))


def test_a_file_that_goes_on_otherwise_than_remembered_is_refused(full, opened, tmp_path):
    twin = full.made.copy(tmp_path / "twin")
    one, other = opened(full.made), opened(twin)
    other.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    copied(other, tmp_path / "copy.db")
    for _ in range(3):
        one.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    (tmp_path / "kept").write_bytes(b"")
    with closing(signed_in(tmp_path / "copy.db", full.made)) as copy:
        # this computer stands in the middle of what the copy has
        witness = next(full.made.device.glob("*.witness"))
        entry = one.log()[-3]
        known = Witness.from_json(witness.read_text())
        witness.write_text(replace(known, n=entry.n).to_json())
        restore = Restore(copy, tmp_path / "new.db", full.made.device)
        with pytest.raises(CopyRefused, match="contradicts"):
            drained(restore)
    assert not (tmp_path / "new.db").exists()


def written(vault: store.Vault, count: int) -> None:
    for _ in range(count):
        vault.sign(id=rid(), case=rid(), head=b"h", body=b"b")


@pytest.mark.parametrize("written_after_the_copy", [0, 2])
@pytest.mark.parametrize("written_by_mistake", [1, 9])
def test_the_newer_copy_comes_back_after_an_older_file_was_put_in_its_place(
    full, opened, tmp_path, written_after_the_copy, written_by_mistake
):
    """This computer remembers its own end from before; what came after that is counted."""
    older = full.made.copy(tmp_path / "older", device=False)
    vault = opened(full.made)
    written(vault, 3)
    copied(vault, tmp_path / "copy.db")
    records = vault.count()
    written(vault, written_after_the_copy)
    vault.lock()
    shutil.copy(older.path, full.made.path)
    vault = opened(full.made)
    assert "put-back" in vault.warnings
    written(vault, written_by_mistake)
    copied(vault, tmp_path / "later.db")
    vault.lock()
    done = restored(tmp_path / "copy.db", tmp_path / "new" / "v.db", full.made)
    # signing in, the records, the backup, the lock
    assert (done.missing, done.aside) == (0, written_by_mistake + 3)
    again = unlocked(tmp_path / "new" / "v.db", full.made)
    assert (again.count(), again.warnings) == (records, ())
    again.lock()
    # one of what was written by mistake contradicts nothing, either
    done = restored(tmp_path / "later.db", tmp_path / "third" / "v.db", full.made)
    assert done.aside == 0


def test_but_no_copy_that_somebody_else_went_on_with(full, opened, tmp_path):
    """However much longer it is: this computer never stood there."""
    older = full.made.copy(tmp_path / "older", device=False)
    twin = full.made.copy(tmp_path / "twin")
    vault = opened(twin)
    written(vault, 40)
    copied(vault, tmp_path / "theirs.db")
    vault.lock()
    vault = opened(full.made)
    written(vault, 3)
    copied(vault, tmp_path / "ours.db")
    vault.lock()
    shutil.copy(older.path, full.made.path)
    vault = opened(full.made)
    written(vault, 1)
    vault.lock()
    with pytest.raises(CopyRefused, match="contradicts"):
        restored(tmp_path / "theirs.db", tmp_path / "new.db", full.made)
    (marks,) = full.made.device.glob("*.marks")
    marks.write_bytes(b"\xff 9 {}\n" + marks.read_bytes()[:40])
    with pytest.raises(CopyRefused, match="contradicts"):  # nothing is remembered any more
        restored(tmp_path / "ours.db", tmp_path / "new.db", full.made)


CANARIES = ("jaktrifla i boden", "Åse Brattli", "torsk-kanari-blekk")


def clear_text(folder) -> set[str]:
    """Those that stand in some file or some file's name."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    whole = b"".join(one.read_bytes() + str(one).encode() for one in files)
    forms = ("utf-8", "utf-16-le")
    return {word for word in CANARIES if any(word.encode(form) in whole for form in forms)}


def test_at_no_step_is_anything_in_the_clear(full, opened, tmp_path, monkeypatch):
    monkeypatch.setattr(stepwise, "PAGES", 8)
    (tmp_path / "control").write_text(" ".join(CANARIES))
    assert clear_text(tmp_path) == set(CANARIES)
    (tmp_path / "control").unlink()
    vault = opened(full.made)
    said = CANARIES[0].encode()
    vault.drafts()
    vault.save_draft(full.drafts[0], said)
    vault.put_item(rid(), "sort", said)
    vault.sign(id=rid(), case=rid(), head=said, body=said * 200)
    vault.enrol(name=CANARIES[2], passphrase=CANARIES[2], kdf=Kdf.FLOOR)
    seen = 0
    backup = vault.backups.begin(tmp_path / "copy.db")
    for step in iter(backup.step, None):
        seen += bool(list(tmp_path.glob(".*.new")))
        assert clear_text(tmp_path) == set()
        if step.aside is not None:
            step.aside()
    vault.lock()
    with closing(signed_in(tmp_path / "copy.db", full.made)) as copy:
        restore = Restore(copy, tmp_path / "new.db", full.made.device)
        for step in iter(restore.step, None):
            seen += bool(list(tmp_path.glob(".*.new")))
            assert clear_text(tmp_path) == set()
            if step.aside is not None:
                step.aside()
    assert seen > 10
    assert clear_text(tmp_path) == set()


def test_an_error_says_neither_path_nor_content():
    assert str(CopyRefused("exists")) == "exists"
    assert not issubclass(CopyRefused, VaultError)
