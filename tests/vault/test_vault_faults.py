"""Disk, file, folder, second program: each a VaultError with its code, and nothing is lost."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import NAME, PASSPHRASE, rid

from intake_tui.vault import (
    DiskFull,
    Kdf,
    NotAVault,
    NoVault,
    SyncFolder,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultReadOnly,
    connecting,
    exists,
    store,
    syncfolders,
)
from intake_tui.vault.engine import Database
from intake_tui.vault.errors import VaultSetAside
from intake_tui.vault.log import Chain

PROGRAM = """
import sys
from intake_tui.vault import VaultError, store
try:
    store.unlock(sys.argv[1], name="x", passphrase="x", device=sys.argv[2])
except VaultError as error:
    print(error.code)
"""


def outside(made) -> str:
    """What another program is told."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, made.path, made.device],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_the_settings_hold(vault):
    """Write-ahead log, commits synced, one program, deleted bytes overwritten, few pages kept."""
    connection = vault._desk.database._connection
    names = [
        "journal_mode",
        "synchronous",
        "locking_mode",
        "secure_delete",
        "temp_store",
        "trusted_schema",
        "cache_size",
    ]
    found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
    connection.rollback()
    assert found == ["wal", 2, "exclusive", 1, 2, 0, -512]


def test_the_settings_hold_whatever_the_engine_was_built_with(made, opened, monkeypatch):
    """Another build of SQLite begins with others: many overwrite deleted bytes unasked."""
    connected = connecting.connected

    def of_another_build(address):
        connection = connected(address)
        for other in ("secure_delete=OFF", "trusted_schema=ON", "cell_size_check=OFF"):
            connection.execute(f"PRAGMA {other}").fetchall()
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA temp_store=FILE")
        return connection

    monkeypatch.setattr(connecting, "connected", of_another_build)
    connection = opened(made)._desk.database._connection
    names = ["secure_delete", "trusted_schema", "cell_size_check", "synchronous", "temp_store"]
    found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
    connection.rollback()
    assert found == [1, 0, 1, 2, 2]


# -- what is not a vault -----------------------------------------------------------


def test_no_vault(tmp_path):
    assert not exists(tmp_path / "v.db")
    with pytest.raises(NoVault):
        store.unlock(tmp_path / "v.db", name="x", passphrase="x", device=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"short", b"SQLite format 3\0", b"\0" * 100_000, b"PK\3\4" * 5000]
)
def test_other_files_are_refused_and_left_as_they_are(tmp_path, content):
    path = tmp_path / "v.db"
    path.write_bytes(content)
    with pytest.raises((NotAVault, VaultDamaged)):
        store.unlock(path, name="x", passphrase="x", device=tmp_path / "device")
    assert path.read_bytes() == content


def test_a_folder_is_no_vault(tmp_path):
    with pytest.raises(NotAVault):
        store.unlock(tmp_path, name="x", passphrase="x", device=tmp_path)


def test_another_database_is_no_vault(tmp_path):
    connection = sqlite3.connect(tmp_path / "v.db")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(NotAVault):
        store.unlock(tmp_path / "v.db", name="x", passphrase="x", device=tmp_path / "device")


def test_another_format_is_no_vault(made):
    connection = sqlite3.connect(made.path)
    connection.execute("UPDATE vault SET format = 2")
    connection.commit()
    connection.close()
    with pytest.raises(NotAVault):
        made.unlock()


# -- damage -------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_cut_file_is_damaged_and_never_anything_else(full, part):
    data = full.made.path.read_bytes()
    full.made.path.write_bytes(data[: int(len(data) * part)])
    try:
        vault = full.made.unlock()
    except VaultError:
        return
    assert not vault.verify().sound
    vault.lock()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_flipped_bits_are_noticed_or_harmless_never_silently_wrong(full, data):
    whole = full.made.path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytes([whole[at] ^ 1 << data.draw(st.integers(0, 7))])
    damaged = full.made.path.with_name("damaged.db")
    for left in damaged.parent.glob("damaged.db*"):
        left.unlink()
    damaged.write_bytes(whole[:at] + flipped + whole[at + 1 :])
    device = full.made.device.with_name("other")
    try:
        vault = store.unlock(damaged, name=NAME, passphrase=PASSPHRASE, device=device)
    except VaultError:
        return
    try:
        right = right_or_refused(vault, full)
        assert right or not vault.verify().sound
    finally:
        vault.lock()


def right_or_refused(vault, full) -> bool:
    """Whether all is there and right. What is read must be right in any case."""
    try:
        heads = {head.id: head.head for head in vault.heads()}
        drafts = {draft.id: draft.blob for draft in vault.drafts()}
        items = dict(vault.items("sort"))
    except VaultError:
        return False
    for number, one in enumerate(full.revisions):
        assert heads.get(one, b"head %d" % number) == b"head %d" % number
    assert set(drafts.values()) <= {b"second"}
    assert set(items.values()) <= {b"item"}
    return len(heads) == 5 and len(drafts) == 2 and len(items) == 2


def test_one_damaged_row_leaves_the_rest(full, opened):
    connection = sqlite3.connect(full.made.path)
    connection.execute("UPDATE revision SET head = zeroblob(300) WHERE n = 2")
    connection.execute("UPDATE revision SET body = zeroblob(300) WHERE n = 3")
    connection.commit()
    connection.close()
    vault = opened(full.made)
    assert [head.n for head in vault.heads()] == [5, 4, 3, 1]
    assert vault.warnings == ("damaged",)
    assert vault.body(full.revisions[0]).startswith(b"body 0")
    for number in (1, 2):
        with pytest.raises(VaultDamaged):
            vault.body(full.revisions[number])


def test_an_unreadable_page_leaves_the_rows_of_the_others(made, opened):
    vault = opened(made)
    with vault.batch():
        for _ in range(60):
            vault.sign(id=rid(), case=rid(), head=b"h", body=b"b" * 3000)
    vault.lock()
    spoil_a_leaf(made.path)
    vault = opened(made)
    heads = vault.heads(limit=100)
    assert 10 < len(heads) < 60
    assert "damaged" in vault.warnings
    report = vault.verify()
    assert "revision-damaged" in {finding.code for finding in report.findings}


def spoil_a_leaf(path: Path) -> None:
    """Zero a table page that holds revisions but not the first ones."""
    connection = sqlite3.connect(path)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'revision'"
    ).fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    size = 4096
    page = data[(root - 1) * size : root * size]
    assert page[0] == 5, "the table has grown beyond one page"
    cell = int.from_bytes(page[12 + 6 : 12 + 8], "big")
    leaf = int.from_bytes(page[cell : cell + 4], "big")
    data[(leaf - 1) * size : leaf * size] = bytes(size)
    path.write_bytes(data)


# -- full disk ------------------------------------------------------------------------


def limit(vault: store.Vault, spare: int) -> None:
    """Let the file grow by `spare` pages only."""
    connection = vault._desk.database._connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages + spare}")
    connection.rollback()


def test_a_full_disk_loses_nothing_and_the_text_can_be_saved_later(vault, made, opened):
    draft = rid()
    vault.save_draft(draft, b"kept")
    limit(vault, 3)
    saved: list[bytes] = []

    def grow() -> None:
        for size in range(1, 100):
            vault.save_draft(draft, b"x" * size * 1000)
            saved.append(b"x" * size * 1000)

    with pytest.raises(DiskFull):
        grow()
    assert vault.drafts()[0].blob == saved[-1]
    with pytest.raises(DiskFull):
        vault.sign(id=rid(), case=draft, head=b"", body=b"x" * 50_000, draft=draft)
    assert (vault.count(), vault.drafts()[0].blob) == (0, saved[-1])
    limit(vault, 1000)
    vault.save_draft(draft, b"after")
    assert vault.verify().findings == ()
    vault.lock()
    assert opened(made).drafts()[0].blob == b"after"


def test_a_full_disk_lets_go_of_the_ballast_and_saves(vault, made, monkeypatch):
    reserve = made.path.with_name("v.db-reserve")
    assert reserve.stat().st_size == 1 << 20
    draft = rid()
    vault.save_draft(draft, b"kept")
    limit(vault, 0)
    drop = vault._desk.database.ballast.drop

    def drop_and_make_room(*, everything: bool) -> bool:
        limit_off(vault)
        return drop(everything=everything)

    monkeypatch.setattr(vault._desk.database.ballast, "drop", drop_and_make_room)
    vault.save_draft(draft, b"x" * 50_000)
    assert reserve.stat().st_size == 1 << 18
    assert vault.warnings == ("disk-full",)
    assert vault.drafts()[0].blob == b"x" * 50_000
    assert vault.verify().findings == ()


def limit_off(vault: store.Vault) -> None:
    raw = vault._desk.database._connection.connection.dbapi_connection
    raw.execute("PRAGMA max_page_count=1000000")


def test_a_full_disk_lets_the_vault_open_and_be_read(full, opened, monkeypatch):
    def no_room(*_, **__):
        raise DiskFull

    monkeypatch.setattr(Database, "_write", no_room)
    vault = opened(full.made)
    assert len(vault.heads()) == 5
    assert vault.body(full.revisions[0])
    assert vault.warnings[:2] == ("disk-full", "not-logged")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_while_a_vault_is_made(tmp_path, monkeypatch):
    def full(*_, **__):
        raise DiskFull

    monkeypatch.setattr(Database, "_write", full)
    with pytest.raises(DiskFull):
        store.create(
            tmp_path / "v.db", name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path / "d"
        )
    assert not list(tmp_path.glob("v.db*"))


# -- second program, rights -------------------------------------------------------------


def test_a_second_program_is_told_at_once(vault, made):
    vault.save_draft(rid(), b"x")
    assert outside(made) == "in-use"
    started = time.perf_counter()
    with pytest.raises(VaultInUse):
        made.unlock()
    assert time.perf_counter() - started < 0.5
    vault.save_draft(rid(), b"and the first goes on")


def test_a_letterbox_is_told_too(vault):
    with pytest.raises(VaultInUse):
        vault.letterbox().post(b"x")


def test_a_failed_unlock_gives_the_file_back(made):
    with pytest.raises(VaultError):
        store.unlock(made.path, name="x", passphrase="x", device=made.device)
    assert outside(made) == "wrong-passphrase"


AS_NOBODY = """
import os, pathlib, sys
from intake_tui.vault import Kdf, VaultError, store
if os.geteuid() == 0:
    os.setuid(65534)
path, device, what, name, passphrase = sys.argv[1:]
device = pathlib.Path(device)
try:
    if what == "create":
        store.create(path, name="x", passphrase="x", kdf=Kdf.FLOOR, device=device)
    else:
        vault = store.unlock(path, name=name, passphrase=passphrase, device=device)
        print(*vault.warnings, len(vault.heads()), len(vault.body(vault.heads()[0].id)))
        print(vault.verify().sound)
        vault.note("exported")
        try:
            vault.put_item(bytes(16), "kind", b"x")
        except VaultError as error:
            print(error.code)
        vault.lock()
except VaultError as error:
    print(error.code)
"""


def without_rights(made, what: str, *, path: Path | None = None) -> list[str]:
    """What somebody is told who may read the folder, and write only what `what` leaves."""
    folder = made.path.parent
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.getuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o055)
        if above.name.startswith("pytest-of"):
            break
    made.path.chmod(0o444)
    folder.chmod(0o777 if what == "file" else 0o555)
    before = made.path.read_bytes(), sorted(folder.iterdir())
    where = path or made.path
    arguments = [where, folder / "device2", what, made.name, made.passphrase]
    try:
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        folder.chmod(0o755)
    if what != "file":
        assert (made.path.read_bytes(), sorted(folder.iterdir())) == before
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_without_the_right_to_write_it_is_only_read(full, what):
    """A file on a stick that is write-protected, or a folder of others: no byte changes."""
    opened, sound, refused = without_rights(full.made, what)
    *warnings, heads, body = opened.split()
    assert set(warnings) - {"no-witness"} == {"read-only", "not-logged"}
    assert (heads, body, sound, refused) == ("5", "2400", "True", "read-only")
    full.made.path.chmod(0o644)
    again = full.made.unlock()
    assert again.warnings == ()
    assert again.verify().findings == ()
    again.lock()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
def test_without_the_right_to_write_none_is_made(made):
    told = without_rights(made, "create", path=made.path.parent / "new.db")
    assert told == ["read-only"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
def test_what_was_not_closed_is_not_read_without_its_last_changes(full):
    """The write-ahead log cannot be taken in without writing: never silently an older state."""
    vault = full.made.unlock()
    vault.save_draft(rid(), b"the newest")
    log = full.made.path.with_name("v.db-wal")
    data, newest = full.made.path.read_bytes(), log.read_bytes()
    vault.lock()
    full.made.path.write_bytes(data)
    log.write_bytes(newest)
    assert without_rights(full.made, "folder") == ["not-closed"]


def test_where_the_log_cannot_be_written_the_rest_is_read(full, opened, monkeypatch):
    """A damaged page in the way of the first entry: read-only, and the engine holds it, too."""

    def damaged(*_):
        raise VaultDamaged("page")

    monkeypatch.setattr(Chain, "append", damaged)
    vault = opened(full.made)
    monkeypatch.undo()
    assert vault.warnings == ("damaged", "read-only", "not-logged")
    assert len(vault.heads()) == 5
    assert vault.body(full.revisions[0])
    with pytest.raises(VaultSetAside):
        vault.save_draft(rid(), b"x")
    with pytest.raises(VaultReadOnly), vault.batch():
        pass
    with pytest.raises(VaultReadOnly):
        vault._desk.database.write(lambda c: c.exec_driver_sql("DELETE FROM item"))


def test_a_vault_that_is_set_aside_is_read_and_not_written(full, opened):
    vault = opened(full.made)
    before = len(vault.log())
    vault.set_aside()
    assert vault.warnings == ("read-only", "not-logged")
    assert vault.body(full.revisions[0])
    vault.enter_draft(full.drafts[0])
    vault.note("exported")
    assert len(vault.log()) == before
    for write in (
        lambda: vault.save_draft(full.drafts[0], b"x"),
        lambda: vault.sign(id=rid(), case=rid(), head=b"", body=b""),
        vault.rotate,
        lambda: vault.remove_letter(rid()),
    ):
        with pytest.raises(VaultSetAside):
            write()
    assert vault.verify().findings == ()


def test_a_device_folder_that_cannot_be_written_is_a_warning(made):
    made.device.with_name("file").write_text("")
    vault = store.unlock(
        made.path, name=NAME, passphrase=PASSPHRASE, device=made.device.with_name("file")
    )
    assert "no-witness" in vault.warnings
    vault.save_draft(rid(), b"saved all the same")
    vault.lock()


@pytest.mark.parametrize("garbage", ["", "{}", "[]", '{"device": 1}', "\0", "{" * 9])
def test_a_broken_witness_is_none(made, opened, garbage):
    (witness,) = made.device.glob("*.witness")
    witness.write_text(garbage)
    vault = opened(made)
    assert vault.warnings == ("witness-damaged",)
    vault.note("exported")
    assert witness.read_text() != garbage


def test_errors_tell_no_secrets(vault, made):
    """No path, no name, no parameters, and no engine's error underneath."""
    one = rid()
    vault.sign(id=one, case=one, head=b"hemmelig", body=b"hemmelig")
    with pytest.raises(VaultError) as conflict:
        vault.sign(id=one, case=one, head=b"hemmelig", body=b"hemmelig")
    vault.lock()
    with pytest.raises(VaultError) as missing:
        store.unlock(made.path / "x", name=NAME, passphrase=PASSPHRASE)
    for raised in (conflict.value, missing.value):
        assert raised.__cause__ is None
        assert raised.__suppress_context__ or raised.__context__ is None
        assert not {"hemmelig", str(made.path), NAME, PASSPHRASE} & set(str(raised).split())


# -- synchronised folders -----------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/home/kari/Dropbox/v.db",
        "/Users/kari/Dropbox (Senteret)/arkiv/v.db",
        "/Users/kari/Library/CloudStorage/OneDrive-Kommune/v.db",
        "/Users/kari/Library/Mobile Documents/com~apple~CloudDocs/v.db",
        "/Users/kari/iCloud Drive/v.db",
        "/home/kari/Nextcloud/v.db",
        "/home/kari/Google Drive/v.db",
        "/home/kari/Jottacloud/v.db",
        "/home/kari/ownCloud/x/y/v.db",
        "/home/kari/pCloudDrive/v.db",
        "C:\\Users\\kari\\OneDrive - Kommune\\Dokumenter\\v.db",
        "C:\\Users\\kari\\OneDrive\\v.db",
        "C:\\Users\\kari\\iCloudDrive\\v.db",
        "G:\\Min disk\\v.db",
    ],
)
def test_folders_of_the_common_clients_are_known(path):
    from pathlib import PurePosixPath, PureWindowsPath

    kind = PureWindowsPath if "\\" in path else PurePosixPath
    assert syncfolders.named(kind(path))


@pytest.mark.parametrize(
    "path", ["/home/kari/.local/share/intake-tui/v.db", "/srv/senter/v.db", "/home/dropboxer/v.db"]
)
def test_other_folders_are_not(path):
    assert not syncfolders.named(Path(path))


def test_a_vault_is_not_made_in_a_synchronised_folder(tmp_path, monkeypatch):
    marked = tmp_path / "marked"
    (marked / ".stfolder").mkdir(parents=True)
    declared = tmp_path / "declared"
    declared.mkdir()
    monkeypatch.setenv("OneDrive", str(declared))
    linked = tmp_path / "linked"
    (tmp_path / "Nextcloud").mkdir()
    linked.symlink_to(tmp_path / "Nextcloud")
    for folder in (marked, declared, linked, tmp_path / "Dropbox"):
        with pytest.raises(SyncFolder):
            store.create(folder / "v.db", name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path)
        assert not (folder / "v.db").exists()


def test_pages_that_only_reading_by_id_meets_are_read_by_the_check(full, opened):
    """A zeroed page of the index: every row is sound, and no record can be opened."""
    with sqlite3.connect(full.made.path) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'revision'"
            " AND name LIKE 'sqlite_autoindex%'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with full.made.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    codes = {one.code for one in opened(full.made).verify().findings}
    assert "vault-damaged" in codes
