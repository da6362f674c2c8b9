"""Whatever fails while a backup is made or restored: no half file, and the vault unharmed."""

import errno
import os
import random
import resource
import signal
import sys
import time
from contextlib import closing, contextmanager, suppress

import pytest
from backups import checked, contents, copied, drained, restored, signed_in, unlocked
from vaults import rid

from intake_tui.vault import DiskFull, VaultLocked, backup, restore, stepwise
from intake_tui.vault.errors import CopyRefused
from intake_tui.vault.restore import Restore


@pytest.fixture
def stick(tmp_path):
    """An empty folder."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@contextmanager
def files_of_at_most(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def sound(vault) -> None:
    """Goes on as if nothing had been."""
    vault.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    assert vault.verify().findings == ()


def test_a_full_stick(full, opened, stick, monkeypatch):
    vault = opened(full.made)
    monkeypatch.setattr(backup, "_SETTINGS", (*backup._SETTINGS, "max_page_count=8"))
    with pytest.raises(CopyRefused, match="disk-full"):
        drained(vault.backups.begin(stick / "copy.db"))
    assert not list(stick.iterdir())
    sound(vault)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
def test_a_stick_that_takes_no_more_in_the_middle(full, opened, stick):
    vault = opened(full.made)
    with files_of_at_most(48 << 10), pytest.raises(CopyRefused, match="disk-full"):
        drained(vault.backups.begin(stick / "copy.db"))
    assert not list(stick.iterdir())
    sound(vault)


@pytest.mark.parametrize(
    "failing",
    [(errno.ENOSPC, "disk-full"), (errno.EIO, "not-written"), (errno.EROFS, "read-only")],
)
@pytest.mark.parametrize("where", ["settle", "name"])
def test_a_stick_that_fails_at_the_end(full, opened, stick, where, failing):
    number, code = failing
    vault = opened(full.made)
    work = vault.backups.begin(stick / "copy.db")

    def fail(*_args, **_kwargs):
        raise OSError(number, "as the system says")

    with pytest.raises(CopyRefused, match=code):  # noqa: PT012 - the fault comes on the way
        for step in iter(work.step, None):
            with pytest.MonkeyPatch.context() as patch:
                if step.phase == "settle" == where:
                    patch.setattr(os, "fsync", fail)
                if step.phase == "name" == where:
                    patch.setattr(os, "link", fail)
                    patch.setattr(backup.Path, "rename", fail)
                if step.aside is not None:
                    step.aside()
    work.stop()
    assert not list(stick.iterdir())
    sound(vault)


def test_a_stick_that_reads_back_something_else(full, opened, stick):
    vault = opened(full.made)
    work = vault.backups.begin(stick / "copy.db")
    for step in iter(work.step, None):
        if step.aside is not None:
            step.aside()
        if step.phase == "settle":
            (aside,) = stick.iterdir()
            data = bytearray(aside.read_bytes())
            data[-100] ^= 4  # the end of the last page is the row that was first in it
            aside.write_bytes(data)
            break
    with pytest.raises(CopyRefused, match="not-the-same"):
        drained(work)
    assert not list(stick.iterdir())
    sound(vault)


def test_a_stick_that_is_pulled_out(full, opened, stick, monkeypatch):
    monkeypatch.setattr(stepwise, "PAGES", 4)
    vault = opened(full.made)
    work = vault.backups.begin(stick / "copy.db")
    for step in iter(work.step, None):
        if step.phase == "settle":
            next(stick.iterdir()).unlink()
            stick.rmdir()
            with pytest.raises(CopyRefused, match="no-folder"):
                step.aside()
            break
    work.stop()
    sound(vault)


def test_given_up_at_any_step_it_leaves_nothing(full, opened, stick, monkeypatch):
    monkeypatch.setattr(stepwise, "PAGES", 4)
    vault = opened(full.made)
    whole = len(drained(vault.backups.begin(stick / "copy.db")))
    (stick / "copy.db").unlink()
    assert whole > 10
    for until in range(0, whole, 3):
        work = vault.backups.begin(stick / "copy.db")
        for _ in range(until):
            step = work.step()
            if step.aside is not None and step.phase != "name":
                step.aside()
        work.stop()
        assert work.step() is None
        assert work.made is None
        assert not list(stick.iterdir())
    sound(vault)


def test_a_lock_in_the_middle_gives_it_up(full, opened, stick, monkeypatch):
    monkeypatch.setattr(stepwise, "PAGES", 4)
    vault = opened(full.made)
    work = vault.backups.begin(stick / "copy.db")
    for _ in range(4):
        work.step()
    vault.lock()
    assert not list(stick.iterdir())
    assert work.step() is None
    with pytest.raises(VaultLocked):
        vault.backups.begin(stick / "copy.db")
    again = opened(full.made)
    assert again.warnings == ()
    sound(again)


def test_a_full_disk_under_the_vault_refuses_a_backup_too(full, opened, stick):
    vault = opened(full.made)
    raw = vault._desk.database.raw
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    vault._desk.database.ballast.drop()
    raw.execute(f"PRAGMA max_page_count={pages}").fetchall()
    with pytest.raises(DiskFull):  # noqa: PT012 - at one of them
        for _ in range(2000):
            drained(vault.backups.begin(stick / "copy.db", over=True))
    raw.execute("PRAGMA max_page_count=1000000").fetchall()
    sound(vault)


@pytest.mark.skipif(sys.platform == "win32", reason="a fork of POSIX")
def test_killed_at_any_step_no_file_says_that_it_is_a_backup(full, opened, stick, monkeypatch):
    monkeypatch.setattr(stepwise, "PAGES", 8)
    vault = opened(full.made)
    whole = len(drained(vault.backups.begin(stick / "copy.db")))
    (stick / "copy.db").unlink()
    vault.lock()
    for until in range(1, whole + 1, 4):
        child = os.fork()
        if child == 0:
            _killed_at(full.made, stick, until)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert not [one for one in stick.iterdir() if not one.name.startswith(".")]
        again = unlocked(full.made.path, full.made)
        assert again.warnings == ()
        assert again.verify().findings == ()
        if until % 3 == 0:
            copied(again, stick / "copy.db")
            assert [one.name for one in stick.iterdir()] == ["copy.db"]  # what was left is gone
            (stick / "copy.db").unlink()
        again.lock()


def _killed_at(made, stick, until):
    work = unlocked(made.path, made).backups.begin(stick / "copy.db")
    for _ in range(until):
        step = work.step()
        if step.aside is not None and step.phase != "name":
            step.aside()
    os.kill(os.getpid(), signal.SIGKILL)


# -- restoring -----------------------------------------------------------------------


def test_a_restore_given_up_at_any_step_leaves_nothing(full, opened, stick, tmp_path):
    path = copied(opened(full.made), tmp_path / "copy.db")
    before = path.read_bytes()
    with closing(signed_in(path, full.made)) as copy:
        whole = len(drained(Restore(copy, stick / "v.db", full.made.device)))
        (stick / "v.db").unlink()
        for until in range(0, whole, 3):
            work = Restore(copy, stick / "v.db", full.made.device)
            for _ in range(until):
                step = work.step()
                if step.aside is not None and step.phase != "name":
                    step.aside()
            work.stop()
            assert not list(stick.iterdir())
    assert path.read_bytes() == before
    restored(path, stick / "v.db", full.made)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
def test_a_restore_to_a_full_disk(full, opened, stick, tmp_path):
    path = copied(opened(full.made), tmp_path / "copy.db")
    with (
        files_of_at_most(48 << 10),
        closing(signed_in(path, full.made)) as copy,
        pytest.raises(DiskFull),
    ):
        drained(Restore(copy, stick / "v.db", full.made.device))
    assert not list(stick.iterdir())
    checked(path, full.made)


@pytest.mark.skipif(sys.platform == "win32", reason="a fork of POSIX")
def test_a_restore_that_is_killed_is_begun_anew(full, opened, stick, tmp_path):
    path = copied(opened(full.made), tmp_path / "copy.db")
    with closing(signed_in(path, full.made)) as copy:
        whole = len(drained(Restore(copy, tmp_path / "other.db", full.made.device)))
    for until in range(1, whole, 6):
        child = os.fork()
        if child == 0:
            work = Restore(signed_in(path, full.made), stick / "v.db", full.made.device)
            for _ in range(until):
                step = work.step()
                if step.aside is not None and step.phase != "name":
                    step.aside()
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        assert not (stick / "v.db").exists()
    restored(path, stick / "v.db", full.made)
    assert [one.name for one in stick.iterdir()] == ["v.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="a fork of POSIX")
def test_a_restore_killed_at_any_time_puts_nothing_by_half_in_its_place(
    full, opened, tmp_path, times, figure
):
    """By SIGKILL, after a random part of the time that it takes."""
    vault = opened(full.made)
    copied(vault, tmp_path / "copy.db")
    before = contents(vault)
    vault.lock()
    signed_in(tmp_path / "copy.db", full.made).close()  # the children need derive no key
    chance, took, whole, kills = random.Random(), 0.0, 0, times(4, 200)
    for number in range(kills + 1):
        place = tmp_path / str(number) / "v.db"
        place.parent.mkdir()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                restored(tmp_path / "copy.db", place, full.made)
            os._exit(0)
        if number:  # the first one says how long it takes
            time.sleep(chance.uniform(0, took))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        took = took or time.monotonic() - began
        whole += place.exists()
        if not place.exists():
            restored(tmp_path / "copy.db", place, full.made)
        again = unlocked(place, full.made)
        assert contents(again) == before
        assert (again.warnings, again.verify().findings) == ((), ())
        again.lock()
        assert not list(place.parent.glob(".*"))
    figure(f"{kills} kills during restore", f"{whole - 1} had its place by then; wrong: nothing")


def test_what_does_not_come_over_right_is_not_put_in_place(
    full, opened, stick, tmp_path, monkeypatch
):
    path = copied(opened(full.made), tmp_path / "copy.db")

    def worse(connection, *what):
        tell(connection, *what)
        connection.exec_driver_sql("DELETE FROM revision WHERE n = 2")

    tell = restore.tell_heads
    monkeypatch.setattr(restore, "tell_heads", worse)
    with closing(signed_in(path, full.made)) as copy, pytest.raises(CopyRefused) as refused:
        drained(Restore(copy, stick / "v.db", full.made.device))
    assert [finding.code for finding in refused.value.findings] == ["revision-missing"]
    assert not list(stick.iterdir())
