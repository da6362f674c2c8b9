"""Vaults for tests: one is made at the cost floor, and copied by whoever needs one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vaults import NAME, PASSPHRASE, Filled, Made, rid

from intake_tui.vault import Kdf, store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A vault with nothing in it, locked. Not to be written: copy it."""
    folder = tmp_path_factory.mktemp("empty")
    vault, recovery = store.create(
        folder / "v.db",
        name=NAME,
        passphrase=PASSPHRASE,
        kdf=Kdf.FLOOR,
        device=folder / "device",
    )
    vault.lock()
    return Made(folder / "v.db", folder / "device", recovery)


@pytest.fixture(scope="session")
def filled(empty: Made, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Locked. Not to be written: copy it."""
    made = empty.copy(tmp_path_factory.mktemp("filled"))
    ids = Filled(made, [rid() for _ in range(5)], [rid(), rid()], [rid(), rid()])
    vault = made.unlock()
    for number, one in enumerate(ids.revisions):
        head, body = b"head %d" % number, b"body %d" % number * 400
        vault.sign(id=one, case=ids.revisions[number // 2], head=head, body=body)
    for one in ids.drafts:
        vault.save_draft(one, b"first")
        vault.save_draft(one, b"second")
        vault.leave_draft(one)
    for one in ids.items:
        vault.put_item(one, "sort", b"item")
    vault.lock()
    return ids


@pytest.fixture
def made(empty: Made, tmp_path: Path) -> Made:
    """A fresh copy of the empty vault."""
    return empty.copy(tmp_path / "made")


@pytest.fixture
def full(filled: Filled, tmp_path: Path) -> Filled:
    """A fresh copy of the filled vault."""
    made = filled.made.copy(tmp_path / "full")
    return Filled(made, filled.revisions, filled.drafts, filled.items)


@pytest.fixture
def opened() -> Iterator[Callable[[Made], store.Vault]]:
    """Unlocks, and locks again at the end whatever happens."""
    vaults: list[store.Vault] = []

    def unlock(made: Made) -> store.Vault:
        vaults.append(made.unlock())
        return vaults[-1]

    yield unlock
    for vault in vaults:
        vault.lock()


@pytest.fixture
def vault(made: Made, opened: Callable[[Made], store.Vault]) -> store.Vault:
    """The empty copy, unlocked."""
    return opened(made)
