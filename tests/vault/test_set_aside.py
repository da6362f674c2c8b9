"""A file that nothing opens is kept beside the one that takes its place, whatever fails."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from backups import copied, drained, signed_in, unlocked
from vaults import Filled, Made, rid

from intake_tui.vault import durable, store
from intake_tui.vault.errors import CopyRefused
from intake_tui.vault.restore import Restore, Restored
from intake_tui.vault.set_aside import put_in_place

TODAY = date(2026, 3, 5)
OLD, LOG, NEW = b"damaged", b"what was written last", b"restored"
KEPT = "vault-skadet-2026-03-05.db"
CALLS = (os, "link"), (os, "unlink"), (Path, "rename"), (Path, "replace"), (Path, "unlink")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A damaged vault with its write-ahead log, and the one that is to take its place."""
    (tmp_path / "vault.db").write_bytes(OLD)
    (tmp_path / "vault.db-wal").write_bytes(LOG)
    (tmp_path / ".0.new").write_bytes(NEW)
    return tmp_path / "vault.db"


def put(path: Path) -> str:
    return put_in_place(path.with_name(".0.new"), path, TODAY)


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def test_it_is_kept_under_a_name_with_the_day(path: Path) -> None:
    assert put(path) == KEPT
    assert files(path.parent) == {"vault.db": NEW, KEPT: OLD, f"{KEPT}-wal": LOG}


@pytest.mark.parametrize("there", ["", "-wal", "-shm"])
def test_nothing_is_put_over_what_was_kept_before(path: Path, there: str) -> None:
    path.with_name(KEPT + there).write_bytes(b"of this morning")
    assert put(path) == "vault-skadet-2026-03-05-2.db"
    found = files(path.parent)
    assert found["vault-skadet-2026-03-05-2.db"] == OLD
    assert found["vault-skadet-2026-03-05-2.db-wal"] == LOG
    assert found[KEPT + there] == b"of this morning"


def test_a_folder_in_its_place_is_kept_too(tmp_path: Path) -> None:
    (tmp_path / "vault.db").mkdir()
    (tmp_path / ".0.new").write_bytes(NEW)
    assert put(tmp_path / "vault.db") == KEPT
    assert (tmp_path / KEPT).is_dir()
    assert (tmp_path / "vault.db").read_bytes() == NEW


def test_where_nothing_lies_nothing_is_kept(path: Path) -> None:
    path.unlink()
    assert put(path) == ""
    assert path.read_bytes() == NEW


class Failing:
    """Names of files change `good` times; then nothing does, or all but one attempt."""

    def __init__(self, good: int, *, once: bool) -> None:
        self._good, self._once, self.failed = good, once, 0

    def __call__(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*args: Any, **named: Any) -> Any:
            self._good -= 1
            if self._good < 0 and not (self._once and self.failed):
                self.failed += 1
                raise OSError(errno.ENOSPC, "as the system says")
            return call(*args, **named)

        return instead


@pytest.fixture(params=[True, False], ids=["links", "no-links"])
def failing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Failing]]:
    """With links, and on a medium that knows none."""
    if not request.param:
        monkeypatch.setattr(os, "link", Failing(0, once=False)(os.link))

    def begin(good: int, *, once: bool) -> Failing:
        fault = Failing(good, once=once)
        for owner, name in CALLS if request.param else CALLS[1:]:
            monkeypatch.setattr(owner, name, fault(getattr(owner, name)))
        return fault

    yield begin
    monkeypatch.undo()


@pytest.mark.parametrize("good", range(3))
def test_what_fails_once_leaves_all_as_it_was(
    path: Path, good: int, failing: Callable[..., Failing]
) -> None:
    fault = failing(good, once=True)
    before = files(path.parent)
    with suppress(OSError):
        put(path)
    assert fault.failed
    found = files(path.parent)
    assert found in (before, {"vault.db": NEW, KEPT: OLD, f"{KEPT}-wal": LOG})


@pytest.mark.parametrize("good", range(4))
def test_where_it_breaks_off_both_are_there(
    path: Path, good: int, failing: Callable[..., Failing]
) -> None:
    failing(good, once=False)  # as after a kill: nothing is taken back either
    with suppress(OSError):
        put(path)
    found = files(path.parent)
    assert OLD in {found.get("vault.db"), found.get(KEPT)}
    assert LOG in {found.get("vault.db-wal"), found.get(f"{KEPT}-wal")}
    assert NEW in {found.get(".0.new"), found.get("vault.db")}
    assert found.get("vault.db") != NEW or "vault.db-wal" not in found


def replaced(copy: Path, to: Path, made: Made) -> Restored:
    with closing(signed_in(copy, made)) as opened:
        restore = Restore(opened, to, made.device, damaged_on=TODAY)
        drained(restore)
        assert restore.restored is not None
        return restore.restored


def test_a_damaged_vault_is_replaced_by_its_backup(
    full: Filled, opened: Callable[[Made], store.Vault], tmp_path: Path
) -> None:
    made = full.made
    vault = opened(made)
    copy = copied(vault, tmp_path / "kopi.db")
    vault.sign(id=rid(), case=rid(), head=b"h", body=b"b")  # known to this computer only
    vault.lock()
    for _ in range(2):  # the second time it has a witness of its own at this place
        made.path.write_bytes(made.path.read_bytes()[:30_000])
        own = {one.name: one.read_bytes() for one in made.device.glob("*.witness")}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(durable, "give_name", Failing(0, once=False)(durable.give_name))
            with pytest.raises(CopyRefused, match="disk-full"):
                replaced(copy, made.path, made)
        assert {one.name: one.read_bytes() for one in made.device.glob("*.witness")} == own
        done = replaced(copy, made.path, made)
        assert done.kept.startswith("v-skadet-2026-03-05")
        assert done.missing
        again = unlocked(made.path, made)
        assert again.warnings == ()
        assert again.verify().findings == ()
        again.lock()
    assert len(list(made.path.parent.glob("v-skadet-*.db"))) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("at", range(4))
def test_a_kill_between_two_names_loses_neither(
    full: Filled, opened: Callable[[Made], store.Vault], tmp_path: Path, at: int
) -> None:
    made = full.made
    copy = copied(opened(made), tmp_path / "kopi.db")
    signed_in(copy, made).close()  # once here, so that no child has to stretch a passphrase
    damaged = made.path.read_bytes()[:30_000]
    made.path.write_bytes(damaged)
    made.path.with_name("v.db-wal").write_bytes(LOG)
    child = os.fork()
    if child == 0:
        killed_at(at, lambda: replaced(copy, made.path, made))
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    found = files(made.path.parent)
    kept = "v-skadet-2026-03-05.db"
    assert damaged in {found["v.db"], found.get(kept)}
    assert LOG in {found.get("v.db-wal"), found.get(f"{kept}-wal")}
    if found["v.db"] == damaged:  # the next try goes all the way
        replaced(copy, made.path, made)
    again = unlocked(made.path, made)
    assert again.verify().findings == ()
    again.lock()
    assert not list(made.path.parent.glob(".*.new"))


def killed_at(at: int, work: Callable[[], object]) -> None:
    """Does it until names were changed that often in the vault's folder; never returns."""
    left = [at]

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*args: Any, **named: Any) -> Any:
            if "witness" not in str(args):
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
            return call(*args, **named)

        return instead

    for owner, name in ((os, "link"), (Path, "rename"), (Path, "replace")):
        setattr(owner, name, counted(getattr(owner, name)))
    try:
        work()
    finally:
        os.kill(os.getpid(), signal.SIGKILL)
