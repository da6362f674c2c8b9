"""What the tests of the records share: the guide, and an archive on a machine of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home


@pytest.fixture(scope="session")
def guide() -> Guide:
    return load()


@pytest.fixture
def unlocked(home: Home) -> Iterator[Callable[[], Archive]]:
    """Unlocks the vault of `home`, as often as wanted; one at a time."""
    archives: list[Archive] = []

    def unlock() -> Archive:
        for earlier in archives:
            earlier.lock()
        archives.append(
            Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
        )
        return archives[-1]

    yield unlock
    for archive in archives:
        archive.lock()


@pytest.fixture
def archive(unlocked: Callable[[], Archive]) -> Archive:
    return unlocked()
