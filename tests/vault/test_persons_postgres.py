"""Who is one person, on a server with several desks: seen at each, and nothing to read there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_vault_postgres import running, url  # noqa: F401 - the server, and a database of its own

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.records.archive import Archive
from intake_tui.vault.kdf import Kdf
from machine import CENTRE, COUNSELLOR, PASSPHRASE
from talk_samples import START, begun, keep

ALIASES = ("Kanarifugl", "Rognebærtunet")
REASON = "samme kodeord og høyløftet"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load()


@pytest.fixture
def desks(url: str, tmp_path: Path) -> Iterator[tuple[Archive, Archive]]:  # noqa: F811
    """The same archive at two desks."""
    one, _ = Archive.create(
        url,
        name=COUNSELLOR,
        passphrase=PASSPHRASE,
        centre=CENTRE,
        language="nb",
        kdf=Kdf.FLOOR,
        device=tmp_path / "one",
    )
    two = Archive.unlock(url, name=COUNSELLOR, passphrase=PASSPHRASE, device=tmp_path / "two")
    yield one, two
    one.lock()
    two.lock()


def sign(archive: Archive, guide: Guide, number: int, alias: str) -> str:
    """A signed contact; its case."""
    talk = begun(guide, number=number, at=START + dt.timedelta(days=number))
    keep(talk, alias, "alias")
    archive.sign(talk.snapshot(), guide)
    return talk.case.hex()


def read(archive: Archive) -> None:
    while archive.persons.read_on():
        pass


def aliases(archive: Archive, case: str) -> set[str | None]:
    return {row.alias for row in archive.persons.of(case).rows}


def test_what_one_desk_signs_joins_and_parts_the_other_sees(
    desks: tuple[Archive, Archive], guide: Guide
) -> None:
    one, two = desks
    read(two)
    cases = [sign(one, guide, number, alias) for number, alias in enumerate(ALIASES, 1)]
    assert aliases(two, cases[0]) == {ALIASES[0]}
    joining = one.persons.join(cases[0], cases[1], REASON)
    assert aliases(two, cases[0]) == aliases(two, cases[1]) == set(ALIASES)
    assert two.persons.of(cases[0]).joinings == (joining,)
    two.persons.part(joining.id, REASON)
    assert aliases(one, cases[0]) == {ALIASES[0]}
    for archive in desks:
        assert archive.verify().findings == ()


def test_many_that_others_signed_meanwhile_are_all_caught_up_with(
    desks: tuple[Archive, Archive], guide: Guide
) -> None:
    one, two = desks
    sign(one, guide, 1, "Alm")
    read(two)
    for number in range(2, 20):
        sign(one, guide, number, f"nr{number}")
    sign(two, guide, 20, "Osp")
    two.persons.catch_up()
    assert len(two.persons.book) == 20


def test_the_servers_administrator_reads_no_alias_and_no_reason(
    desks: tuple[Archive, Archive],
    guide: Guide,
    running: tuple[str, Path],  # noqa: F811
) -> None:
    one, _ = desks
    cases = [sign(one, guide, number, alias) for number, alias in enumerate(ALIASES, 1)]
    joining = one.persons.join(cases[0], cases[1], REASON)
    one.persons.part(joining.id, REASON)
    words = [word.encode() for word in (*ALIASES, "kodeord", "høyløftet", COUNSELLOR)]
    files = [path for path in running[1].rglob("*") if path.is_file()]
    assert any(b"item" in path.read_bytes() for path in files)
    assert not [path for path in files if any(word in path.read_bytes() for word in words)]
