"""A full disk: what was acknowledged is there, nothing is there by half, and saving goes on."""

from __future__ import annotations

import errno
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from apsw_dbapi import connected
from killed import handed
from vaults import Filled, Made, rid
from watched_disk import Act, WatchedDisk
from work import Content, Work, opened

from intake_tui.vault import DiskFull, ballast, connecting, durable, store
from intake_tui.vault.ballast import LAST, SIZE, Ballast
from intake_tui.vault.keys import Identity
from intake_tui.vault.witness import DeviceFolder

WHAT = ("save", "sign", "item", "enrol", "revoke", "rotate", "erase")


class SmallDisk(WatchedDisk):
    """A disk of so many bytes for the vault, its log and its ballast."""

    def __init__(self, vault: Path) -> None:
        super().__init__("small")
        self.keeps, self.before = False, self._refuse
        self._vault = vault
        self.size = 1 << 40
        self.fails_at = 0
        self.writes = 0

    def fill(self, but: int = 0) -> None:
        """Somebody else has taken the rest but so many bytes."""
        self.size = self._used + but

    def empty(self) -> None:
        self.size, self.fails_at = 1 << 40, 0

    @property
    def _used(self) -> int:
        ends = ("", "-wal", "-reserve")
        files = [self._vault.with_name(self._vault.name + end) for end in ends]
        return sum(file.stat().st_size for file in files if file.exists())

    def room(self, file: Path, end: int) -> bool:
        """Whether that file can be so long."""
        now = file.stat().st_size if file.exists() else 0
        return end <= now or self._used + end - now <= self.size

    def _refuse(self, act: Act) -> None:
        if act.kind != "write":
            return
        self.writes += 1
        full = not self.room(self._vault.with_name(act.file), act.at + len(act.data))
        if full or 0 < self.fails_at <= self.writes:
            raise apsw.FullError("database or disk is full")


@pytest.fixture
def disk(full: Filled, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """The vault of `full` is on it, and its ballast too."""
    disk = SmallDisk(full.made.path)
    write = Ballast._write

    def lay(self: Ballast) -> None:
        if not disk.room(self._path, SIZE):
            raise OSError(errno.ENOSPC, "full")
        write(self)

    monkeypatch.setattr(Ballast, "_write", lay)
    monkeypatch.setattr(connecting, "connected", lambda address: connected(address, disk.name))
    yield disk
    disk.unregister()


class Bench:
    """An open vault on a small disk, and what should be in it."""

    def __init__(self, made: Made, who: Identity, disk: SmallDisk) -> None:
        self.made, self.who, self.disk = made, who, disk
        self.work = Work(self.open(), random.Random(1))

    def open(self) -> store.Vault:
        return opened(self.made.path, self.who, DeviceFolder(self.made.device))

    @property
    def vault(self) -> store.Vault:
        return self.work.vault

    def reopen(self) -> None:
        self.vault.lock()
        self.work.vault = self.open()
        self.check()

    def do(self, what: str) -> None:
        """Do it; raises DiskFull, and then what is there is as before."""
        before, step = self.work.content, self.work.step(what)
        try:
            step.do()
        except DiskFull:
            self.work.content = before
            raise
        finally:
            self.check()

    def does(self, what: str) -> bool:
        """Whether it could be done."""
        try:
            self.do(what)
        except DiskFull:
            return False
        return True

    def check(self) -> None:
        assert Content.of(self.vault) == self.work.content


@pytest.fixture
def bench(full: Filled, disk: SmallDisk) -> Iterator[Bench]:
    vault = full.made.unlock()
    who = vault._desk.identity
    vault.lock()
    bench = Bench(full.made, who, disk)
    yield bench
    disk.empty()
    bench.reopen()
    bench.do("save")
    assert bench.vault.verify().findings == ()
    bench.vault.lock()


BEFORE = {"revoke": ["save", "enrol"], "erase": ["save", "sign"]}


@pytest.mark.parametrize("what", WHAT)
def test_full_from_any_write_on(bench: Bench, what: str) -> None:
    """At the first write, the second …: it is done or not done, and can be done later."""
    for at in (*range(1, 11), *range(15, 500, 15)):
        for before in BEFORE.get(what, ["save"]):
            bench.do(before)
        bench.disk.writes, bench.disk.fails_at = 0, at
        done = bench.does(what)
        never_reached = bench.disk.writes < at
        bench.disk.empty()
        assert done or bench.does(what)
        if never_reached:
            return
    raise AssertionError("there is no end to it")


def test_full_while_it_is_opened_and_locked(bench: Bench) -> None:
    """It opens to be read, and what was saved is there."""
    for at in range(1, 12):
        bench.do("save")
        bench.disk.writes, bench.disk.fails_at = 0, at
        bench.reopen()
        assert bench.vault.heads()
        if bench.disk.writes >= at and at == 1:
            assert set(bench.vault.warnings) >= {"disk-full", "not-logged"}
        bench.disk.empty()


def test_what_is_typed_is_saved_for_long_on_a_full_disk(bench: Bench) -> None:
    """The log's own room is used again and again, and then the ballast's."""
    reserve = bench.made.path.with_name("v.db-reserve")
    bench.do("save")
    bench.disk.fill()
    draft = next(iter(dict(bench.work.content.drafts)))
    for _ in range(100):
        bench.vault.save_draft(draft, rid() * 100)
    assert "disk-full" in bench.vault.warnings
    bench.work.content = Content.of(bench.vault)
    while bench.does("sign"):
        pass
    assert reserve.stat().st_size == LAST
    assert bench.does("erase"), "erasing makes room, and can be done without any"
    bench.do("save")


def test_words_that_come_from_a_letter_are_saved_with_the_reserve_too(bench: Bench) -> None:
    """The letter goes in the same transaction, which is run again as every other one."""
    reserve = bench.made.path.with_name("v.db-reserve")
    bench.disk.fill()
    new = rid()
    for _ in range(400):
        bench.vault.save_draft_of_letters(new, rid() * 1000, [rid()])
        new = rid()
        if reserve.stat().st_size == LAST:
            break
    assert reserve.stat().st_size == LAST
    bench.work.content = Content.of(bench.vault)
    bench.reopen()


def test_erasing_is_possible_after_signing_in_on_a_full_disk(bench: Bench) -> None:
    """Though nothing else is, not even the line of the log that says who signed in."""
    bench.disk.fill()
    while bench.does("sign"):
        pass
    bench.vault.lock()
    bench.disk.fill()  # whatever it gave back is taken by others
    bench.work.vault = bench.open()
    assert bench.does("erase")
    bench.do("save")
    bench.reopen()


def test_nothing_is_left_and_a_little_is_freed(bench: Bench) -> None:
    """Not one byte, and no ballast: it opens, refuses, and goes on by itself later."""
    bench.vault.lock()
    bench.made.path.with_name("v.db-reserve").unlink()
    bench.disk.fill()
    bench.work.vault = bench.open()
    assert set(bench.vault.warnings) >= {"disk-full", "not-logged"}
    for what in WHAT:
        assert not bench.does(what), what
    bench.reopen()
    bench.disk.fill(but=200_000)
    for what in ("save", "erase", "save"):
        bench.do(what)


def test_with_room_again_the_ballast_is_laid_again(bench: Bench, monkeypatch: Any) -> None:
    reserve = bench.made.path.with_name("v.db-reserve")
    bench.disk.fill()
    monkeypatch.setattr(Ballast, "has_room", lambda _: bench.disk.size > 1 << 30)
    while reserve.stat().st_size == SIZE:
        bench.do("sign")
    assert bench.vault._desk.database.full
    bench.disk.empty()
    bench.do("save")
    assert reserve.stat().st_size == SIZE
    assert not bench.vault._desk.database.full


def test_a_full_device_folder_is_a_warning(bench: Bench, monkeypatch: Any) -> None:
    """The witness cannot be written: what was typed is worth more."""

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "fill", no_room)
        for what in WHAT:
            bench.do(what)
        assert "no-witness" in bench.vault.warnings
        bench.reopen()
    bench.reopen()
    assert bench.vault.warnings == ()


def test_a_ballast_for_which_there_is_half_the_room(tmp_path: Path, monkeypatch: Any) -> None:
    """It takes what there is."""
    laid, left = Ballast(tmp_path / "v.db"), [8]
    random_bytes = ballast.secrets.token_bytes

    def some(size: int) -> bytes:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "full")
        return random_bytes(size)

    monkeypatch.setattr(ballast.secrets, "token_bytes", some)
    laid.lay()
    assert (tmp_path / "v.db-reserve").stat().st_size == SIZE // 2
    monkeypatch.undo()
    laid.lay()
    assert (tmp_path / "v.db-reserve").stat().st_size == SIZE


# -- from outside: limits of the system's own --------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_limit_on_the_size_of_files(full: Filled) -> None:
    made = full.made
    vault = made.unlock()
    who = json.dumps(handed(vault._desk.identity))
    vault.lock()
    limit = str(made.path.stat().st_size + 150_000)
    program = Path(__file__).with_name("limited.py")
    done = subprocess.run(
        [sys.executable, program, made.path, made.device, who, limit],
        capture_output=True,
        text=True,
        check=True,
    )
    *saved, full_at, sound = [line.split() for line in done.stdout.splitlines()]
    assert len(saved) > 5
    assert full_at == ["full", saved[-1][1]], "what was acknowledged last is there"
    assert sound == ["sound", "True"]
    vault = made.unlock()
    assert b"after" in {draft.blob for draft in vault.drafts()}
    vault.lock()


ROOM = "mount -t tmpfs -o size=2m none {0} && exec {1} {2} {0}"


def test_a_tiny_file_system(
    tmp_path: Path, times: Callable[[int, int], int], figure: Callable[[str, str], None]
) -> None:
    """Really full, to the last byte. Only in the long run, and where the kernel lets one."""
    if not times(0, 1):
        pytest.skip("only in the long run")
    program = Path(__file__).with_name("tiny_disk.py")
    script = ROOM.format(tmp_path, sys.executable, program)
    own = ["unshare", "--user", "--map-root-user", "--mount"]
    try:
        may = subprocess.run([*own, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        may = False
    if not may:
        figure("a file system of 2 MiB", "not tried: this system lets nobody mount one")
        return
    done = subprocess.run([*own, "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    met = json.loads(done.stdout)
    figure("a file system of 2 MiB, full to the last byte", f"0 lost; {met}")
