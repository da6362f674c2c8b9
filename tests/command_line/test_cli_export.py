"""A contact is written out when somebody means it, where it may lie, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Commands

from intake_tui.guide.load import load
from intake_tui.intake.amendment import Amendment
from intake_tui.records.archive import Archive
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home
from talk_samples import keep, whole_talk

PLAN, CODE = "til søsteren på Bjørkåsen", "blåbærsyltetøy"
WHY = "hørte feil"


@pytest.fixture
def kept(home: Home) -> Home:
    guide = load()
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    talk = whole_talk(guide, by=archive.me.slot)
    keep(talk, PLAN, next(item.id for item in guide.items() if getattr(item, "kind", "") == "plan"))
    keep(talk, "hun sier at vi kan nå henne hos en venninne på 000 00 000 etter fem", "OPEN-1")
    talk.pin("code-word", CODE)
    archive.sign(talk.snapshot(), guide)
    record = talk.id.hex()
    archive.amend(
        record, Amendment("statement", "s7", "jakter, to våpen i boden", "ett våpen", WHY)
    )
    archive.amend(record, Amendment("safety", "code-word", CODE, "solbær", WHY))
    archive.lock()
    return home


def export(home: Home, *arguments: str) -> tuple[int, str, str]:
    done = Commands(home)("contacts", "export", "K-4F2A", *arguments, "--sign-in-stdin")
    return done.returncode, done.stdout, done.stderr


def test_it_is_a_document_with_the_note_as_signed_and_the_trail(kept: Home) -> None:
    status, text, said = export(kept, "--yes")
    assert (status, said) == (0, "")
    assert text.startswith(f"# {CENTRE} · K-4F2A\n")
    assert "ikke forseglet" in text
    assert "**IKKE RING**" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    (numbered,) = [line for line in text.splitlines() if "000 00 000" in line]
    assert "IKKE RING 000 00 000" in numbered
    parts = [text.index(f"## {name}") for name in ("Journalnotat", "Rettelser", "Utsagn")]
    assert parts == sorted(parts)
    trail = text[parts[1] : parts[2]]
    for words in ("Det som står: jakter, to våpen i boden", "Det som skal stå: ett våpen", WHY):
        assert words in trail
    assert f"av {COUNSELLOR}" in trail
    assert "«Nå er det hver uke»" in text[parts[2] :]


def test_the_plan_and_the_code_word_are_left_out_unless_asked_for(kept: Home) -> None:
    for form in ("md", "json"):
        _, without, _ = export(kept, "--yes", "--format", form)
        _, whole, _ = export(kept, "--yes", "--format", form, "--with-plan")
        for secret in ("Bjørkåsen", "solbær"):
            assert secret not in without, form
            assert secret in whole, form
    assert CODE not in without
    assert json.loads(without)["amendments"][0]["now"] == "ett våpen"


def test_it_is_not_written_unless_somebody_says_so(kept: Home, tmp_path: Path) -> None:
    into = tmp_path / "utskrift.md"
    status, text, said = export(kept, "--into", str(into))
    assert (status, text) == (2, "")
    assert "--yes" in said
    assert not into.exists()


def test_the_file_is_new_and_its_owners_alone(kept: Home, tmp_path: Path) -> None:
    into = tmp_path / "utskrift.md"
    assert export(kept, "--yes", "--into", str(into)) == (0, "", "")
    assert "Rettelser" in into.read_text("utf-8")
    assert into.stat().st_mode & 0o077 == 0
    before = into.read_bytes()
    status, text, said = export(kept, "--yes", "--into", str(into))
    assert (status, text) == (2, "")
    assert "skrives over" in said
    assert into.read_bytes() == before


@pytest.mark.parametrize("folder", ["Dropbox", "Nextcloud"])
def test_never_where_it_would_be_copied_away(kept: Home, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    into = tmp_path / folder / "utskrift.md"
    status, _, said = export(kept, "--yes", "--into", str(into))
    assert status == 2
    assert "synkroniser" in said
    assert not into.exists()
    status, _, said = export(kept, "--yes", "--into", str(tmp_path / "mangler" / "u.md"))
    assert (status, "finnes ikke" in said) == (2, True)


def test_it_is_logged_with_the_id_alone_and_leaves_nothing_else(kept: Home, tmp_path: Path) -> None:
    into = tmp_path / "utskrift.md"
    assert export(kept, "--yes", "--into", str(into))[0] == 0
    data = [path.read_bytes() for path in kept.root.rglob("*") if path.is_file()]
    assert not [one for one in ("ett våpen", WHY, "K-4F2A") if any(one.encode() in d for d in data)]
    archive = Archive.unlock(kept.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=kept.device)
    (entry,) = [entry for entry in archive._vault.log() if entry.what == "exported"]
    assert [one.hex() for one in entry.ids] == [archive.resolve("K-4F2A")]
    assert archive.verify().sound
    archive.lock()
