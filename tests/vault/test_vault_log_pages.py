"""The log a page at a time, newest first: the whole of it, and no more of it than is asked for."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vaults import Filled, Made, rid

from intake_tui.vault import store
from intake_tui.vault.log import Line
from intake_tui.vault.shapes import LogEntry

Opened = Callable[[Made], store.Vault]


def paged(vault: store.Vault, most: int) -> list[LogEntry]:
    found: list[LogEntry] = []
    page = vault.log_page(most=most)
    found += page.entries
    while page.place is not None:
        page = vault.log_page(page.place, most=most)
        assert len(page.entries) <= most
        found += page.entries
    return found


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry a second later than the one before, whatever device it is of."""
    ticks: Iterator[int] = iter(range(1_800_000_000, 1_900_000_000))
    monkeypatch.setattr("intake_tui.vault.log.time.time", lambda: next(ticks))


def two_devices(made: Made, at: Path) -> None:
    """They take turns."""
    other = Made(made.path, at, made.recovery)
    for turn in range(6):
        vault = (made if turn % 2 else other).unlock()
        for _ in range(3):
            vault.note("exported", [rid()])
        vault.lock()


@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize("most", [1, 2, 7, 49, 50, 51, 200])
def test_all_pages_together_are_the_whole_log_newest_first(
    made: Made, opened: Opened, tmp_path: Path, most: int
) -> None:
    two_devices(made, tmp_path / "other")
    vault = opened(made)
    whole = vault.log()
    assert len({entry.device for entry in whole}) == 2
    # What another test's clock wrote before comes first in either order: only ours is compared.
    assert paged(vault, most) == sorted(whole, key=lambda one: (one.at, one.n), reverse=True)


def test_only_what_is_on_the_page_is_opened(
    made: Made, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = opened(made)
    with vault.batch():
        for _ in range(500):
            vault.note("exported", [rid()])
    opens: list[int] = []
    really = Line.opened

    def counted(self: Line, keys: object) -> object:
        opens.append(self.n)
        return really(self, keys)  # type: ignore[arg-type]

    monkeypatch.setattr(Line, "opened", counted)
    page = vault.log_page(most=20)
    assert len(page.entries) == 20
    assert len(opens) <= 21
    vault.log_page(page.place, most=20)
    assert len(opens) <= 42


def test_what_is_written_meanwhile_does_not_move_the_pages(made: Made, opened: Opened) -> None:
    vault = opened(made)
    for _ in range(10):
        vault.note("exported", [rid()])
    whole = [entry.n for entry in paged(vault, 200)]
    first = vault.log_page(most=4)
    vault.note("exported", [rid()])
    assert first.place is not None
    rest = vault.log_page(first.place, most=200)
    assert [entry.n for entry in (*first.entries, *rest.entries)] == whole


def test_entries_of_an_earlier_epoch_are_read_too(made: Made, opened: Opened) -> None:
    vault = opened(made)
    vault.note("exported", [rid()])
    vault.rotate()
    vault.note("backed-up")
    found = [entry.what for entry in paged(vault, 3)]
    assert found[:2] == ["backed-up", "rotated"]
    assert "exported" in found
    assert found[-1] == "created"
    assert "unreadable" not in found


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE log SET entry = zeroblob(length(entry)) WHERE n = 4",
        "UPDATE log SET entry = 'text' WHERE n = 4",
        "UPDATE log SET epoch = 7 WHERE n = 4",
        "UPDATE log SET epoch = 'text' WHERE n = 4",
        "UPDATE log SET previous = zeroblob(32) WHERE n = 4",
    ],
)
def test_a_damaged_entry_is_named_in_its_place_and_keeps_none_away(
    full: Filled, opened: Opened, damage: str
) -> None:
    edit(full.made.path, damage)
    found = paged(opened(full.made), 3)
    assert [entry.n for entry in found if entry.what == "unreadable"] == [4]
    assert [entry.n for entry in found] == list(range(len(found), 0, -1))


@pytest.mark.parametrize("gone", ["n = 4", "n IN (4, 5, 6)", "n < 4"])
def test_a_missing_entry_is_named(full: Filled, opened: Opened, gone: str) -> None:
    edit(full.made.path, f"DELETE FROM log WHERE {gone}")
    found = paged(opened(full.made), 3)
    assert [entry.what for entry in found].count("missing") == 1


def test_an_unlock_of_a_file_that_was_put_back_says_so(
    made: Made, opened: Opened, tmp_path: Path
) -> None:
    older = made.copy(tmp_path / "older")
    vault = made.unlock()
    vault.note("exported", [rid()])
    vault.lock()
    back = Made(older.path, made.device, made.recovery)
    entry = opened(back).log_page(most=1).entries[0]
    assert (entry.what, entry.flags) == ("unlocked", ("put_back",))


def test_a_page_of_a_hundred_thousand_entries(
    made: Made, opened: Opened, times: Callable[[int, int], int], figure: Callable[[str, str], None]
) -> None:
    """The newest page, and one far down, cost what they cost in a short log."""
    entries = times(3_000, 100_000)
    vault = opened(made)
    one = rid()
    with vault.batch():
        for _ in range(entries):
            vault.note("exported", [one])
    began = time.process_time()
    page = vault.log_page(most=200)
    first = time.process_time() - began
    began = time.process_time()
    read = len(page.entries)
    while page.place is not None:
        page = vault.log_page(page.place, most=200)
        read += len(page.entries)
    figure(f"log of {entries}: newest page of 200, ms of computing", f"{first * 1000:.1f}")
    figure(
        f"log of {entries}: all of it page by page, s of computing",
        f"{time.process_time() - began:.2f}",
    )
    assert read > entries


def edit(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute(statement)
    connection.close()
