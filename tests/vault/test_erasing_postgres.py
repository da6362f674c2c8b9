"""Deleting where several desks share a server: the other desk is told, and forgets it as well."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from test_vault_postgres import centre, desk, running, url
from vaults import rid

from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.records.archive import Archive
from intake_tui.records.errors import NoSuchRecord
from intake_tui.vault import CaseErased, store
from intake_tui.vault.erasing import Doomed
from talk_samples import START, begun, keep

__all__ = ["centre", "running", "url"]
Centre = tuple[store.Vault, str, str]
BECAUSE = "gjennom en sak som er slettet"


def test_the_other_desk_forgets_the_case_and_what_it_saves_late_is_not_kept(
    centre: Centre, tmp_path: Path
) -> None:
    vault, url, _ = centre
    mine, guide = Archive(vault), load()
    talk = begun(guide)
    mine.sign(talk.snapshot(), guide)
    again = Conversation.new(guide, by="ab" * 16, now=lambda: START, case=talk.case)
    keep(again, "ringer igjen")
    mine.save(again.snapshot())
    other = Archive(desk(url, tmp_path / "two"))
    while other.persons.read_on():
        pass
    other.conversations(guide)
    assert [row.id for row in other.persons.search("4f2a")] == [talk.id.hex()]

    mine.erasing.erase([talk.case.hex()], because=BECAUSE)

    keep(again, "og sier mer")
    with pytest.raises(CaseErased):
        other.save(again.snapshot())
    with pytest.raises(CaseErased):
        other.sign(again.snapshot(), guide)
    with pytest.raises(NoSuchRecord):
        other.show(talk.id.hex())
    other.persons.known()
    assert other.persons.search("4f2a") == []
    assert list(other.all_contacts()) == []
    assert other.verify().findings == ()
    other.lock()
    assert "not-scrubbed" not in mine.warnings


def test_two_desks_delete_at_once_and_no_line_is_lost(centre: Centre, tmp_path: Path) -> None:
    first, url, _ = centre
    second = desk(url, tmp_path / "two")
    cases = [rid() for _ in range(6)]
    for case in cases:
        first.sign(id=rid(), case=case, head=b"", body=b"")
    for number, case in enumerate(cases[:4]):
        (first, second)[number % 2].erase([Doomed(case)])
    assert first.erased_of(cases) == second.erased_of(cases) == set(cases[:4])
    second.lock()
    assert first.verify().findings == ()


def test_the_tables_hold_no_byte_of_it_and_the_servers_own_journal_may(
    centre: Centre, running: tuple[str, Path]
) -> None:
    """What a server writes ahead, and copies that its administrators take, are theirs to clear."""
    vault, _, _ = centre
    case = rid()
    vault.sign(id=rid(), case=case, head=b"h", body=b"b" * 3000)
    connection = vault._desk.database._connection
    (sealed,) = connection.exec_driver_sql("SELECT body FROM revision").one()
    connection.rollback()
    _checkpoint(running[0])
    assert _holds(running[1] / "base", sealed[50:90])
    vault.erase([Doomed(case)])
    assert vault.warnings == ()
    _checkpoint(running[0])
    assert not _holds(running[1] / "base", sealed[50:90])
    assert _holds(running[1] / "pg_wal", sealed[50:90])


def _checkpoint(url: str) -> None:
    import psycopg

    with warnings.catch_warnings(), psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def _holds(folder: Path, piece: bytes) -> bool:
    return any(piece in path.read_bytes() for path in folder.rglob("*") if path.is_file())
