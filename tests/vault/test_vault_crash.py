"""kill -9 in the middle of each operation: what was acknowledged is there, nothing is by half.

Half of the kills come from outside at a random time, half at a random write to the disk.
"""

from __future__ import annotations

import errno
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from killed import Order, handed
from vaults import Filled
from work import Content, opened

from intake_tui.vault import VaultError, WrongRecovery, store
from intake_tui.vault.copies import Copy
from intake_tui.vault.witness import DeviceFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

KILLS = {  # every day, and in the long run
    "save": (8, 500),
    "sign": (6, 400),
    "revoke": (6, 300),
    "rotate": (4, 200),
    "enrol": (2, 100),
    "erase": (4, 200),
    "lock": (2, 100),
    "backup": (4, 200),
}
ON_ONE_VAULT = 25
ONLY_FROM_OUTSIDE = ("backup",)  # SQLite copies between connections of its own kind only


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """Has a child carry out each order."""
    program = Path(__file__).with_name("killed.py")
    with subprocess.Popen(
        [sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield server
        assert server.stdin
        server.stdin.close()


class Victim:
    """A vault on which one process after the other works until it is killed."""

    def __init__(
        self, full: Filled, to: Path, server: subprocess.Popen[str], chance: random.Random
    ) -> None:
        self._made, self._server, self._chance = full.made.copy(to), server, chance
        vault = self._made.unlock()
        self._who = vault._desk.identity
        self._there = self._coming = Content.of(vault).digest()
        vault.lock()
        self._sheet: str | None = self._made.recovery
        self._under_way = self._through = False

    def kill(self, what: str, *, counted: bool) -> list[str]:
        """Where it was killed, and what is not as it should be after that."""
        made, seed = self._made, self._chance.randrange(2**32)
        who = handed(self._who)
        order = Order(str(made.path), str(made.device), who, what, seed, counted)
        assert self._server.stdin
        self._server.stdin.write(order.line())
        self._server.stdin.flush()
        self._listen(from_outside=not counted)
        where = "inside" if self._under_way else "beside"
        wrong = self._wrong(changes_sheet=what == "revoke")
        return [where, *(["came through"] if self._through else []), *wrong]

    def _listen(self, *, from_outside: bool) -> None:
        """Kills the child when it is time, and takes in all that it says."""
        assert self._server.stdout
        pid, lasts, killed = 0, None, False
        for line in self._server.stdout:
            said, _, value = line.rstrip("\n").partition(" ")
            self._take_in(said, value)
            if said == "born":
                pid = int(value)
            elif said == "armed":
                lasts = float(value)
            elif said == "begun" and lasts is not None and from_outside:
                time.sleep(lasts * self._chance.random())
                os.kill(pid, signal.SIGKILL)
                killed = True
            elif said == "over" and not killed:
                os.kill(pid, signal.SIGKILL)
            elif said == "died":
                assert value == str(-signal.SIGKILL), line
                return

    def _take_in(self, said: str, value: str) -> None:
        if said == "begun":
            self._coming, self._under_way = bytes.fromhex(value), True
        elif said == "done":
            self._there, self._under_way = self._coming, False
            self._sheet = value or self._sheet

    def _wrong(self, *, changes_sheet: bool) -> list[str]:
        vault = opened(self._made.path, self._who, DeviceFolder(self._made.device))
        now = Content.of(vault).digest()
        wrong = [*vault.warnings, *(found.code for found in vault.verify().findings)]
        vault.lock()
        if now not in (self._there, self._coming if self._under_way else self._there):
            wrong.append("lost or by half")
        self._through = self._under_way and now == self._coming != self._there
        self._there, self._under_way = now, False
        return wrong + self._wrong_sheet(changes_sheet=changes_sheet) + self._wrong_backups()

    def _wrong_backups(self) -> list[str]:
        """Whatever has a backup's name is a whole one; one more without a name is left at most."""
        folder = self._made.path.parent / "backups"
        wrong = [found for one in folder.glob("*.db") for found in self._wrong_backup(one)]
        left = [one for one in folder.glob(".*") if one.name.endswith(".new")]
        return [*wrong, *(["left over"] if len(left) > 1 else [])]

    def _wrong_backup(self, path: Path) -> list[str]:
        try:
            with closing(Copy(path)) as copy:
                copy.take(self._who)
                for _ in copy.steps():
                    pass
                return [finding.code for finding in copy.report.findings]
        except VaultError as error:
            return [f"backup: {error.code}"]

    def _wrong_sheet(self, *, changes_sheet: bool) -> list[str]:
        """What was handed out opens; once there is a new key, it opens no more."""
        if self._through and changes_sheet:
            if self._sheet is not None and self._opens(self._sheet):
                return ["the old sheet opens"]
            self._sheet = None  # the new one's words were never heard
            return []
        if self._sheet is not None and not self._opens(self._sheet):
            return ["the sheet does not open"]
        return []

    def _opens(self, sheet: str) -> bool:
        try:
            store.unlock_with_recovery(
                self._made.path, recovery=sheet, device=self._made.device
            ).lock()
        except WrongRecovery:
            return False
        return True


@pytest.fixture
def victims(full: Filled, tmp_path: Path, server: subprocess.Popen[str]) -> Callable[[], Victim]:
    """A new one at each call."""
    chance, numbers = random.Random(), itertools.count()
    return lambda: Victim(full, tmp_path / f"victim {next(numbers)}", server, chance)


@pytest.mark.parametrize("what", KILLS)
def test_a_kill_loses_nothing_and_leaves_nothing_by_half(
    what: str,
    victims: Callable[[], Victim],
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
) -> None:
    kills, found = times(*KILLS[what]), Counter[str]()
    for number in range(kills):
        if number % ON_ONE_VAULT == 0:
            victim = victims()
        found.update(victim.kill(what, counted=number % 2 == 0 and what not in ONLY_FROM_OUTSIDE))
    inside, through = found.pop("inside", 0), found.pop("came through", 0)
    beside = found.pop("beside", 0)
    figure(
        f"{kills} kills during {what}",
        f"{inside} in the middle of it, of which {through} were done all the same; "
        f"wrong: {dict(found) or 'nothing'}",
    )
    assert not found
    assert kills < 20 or inside > beside


def test_a_crash_while_a_vault_is_made_leaves_nothing_in_its_place(tmp_path: Path, monkeypatch):
    from intake_tui.vault import Kdf, durable

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(durable, "give_name", crash)
    with pytest.raises(KeyboardInterrupt):
        store.create(
            tmp_path / "v.db", name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path / "d"
        )
    assert list(tmp_path.iterdir()) == [tmp_path / "d"]
    monkeypatch.undo()
    store.create(tmp_path / "v.db", name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path / "d")[
        0
    ].lock()


@pytest.mark.parametrize("links", [True, False])
def test_a_new_vault_is_never_put_over_what_came_meanwhile(tmp_path: Path, monkeypatch, links):
    from intake_tui.vault import Kdf, VaultExists, founding

    path, write = tmp_path / "v.db", founding.Founding.write

    def slow(*given):
        write(*given)
        path.write_bytes(b"somebody's")

    def no_links(*_):
        raise OSError(errno.EPERM, "no links on a memory stick")

    monkeypatch.setattr(founding.Founding, "write", slow)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(VaultExists):
        store.create(path, name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path / "d")
    assert path.read_bytes() == b"somebody's"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "d", path]
