"""A contact is written out when somebody means it, where it may lie, and nowhere else."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import pytest
from commands import SIGN_IN, Commands

from intake_tui.command_line.export import form_of
from intake_tui.command_line.faults import Fault
from intake_tui.command_line.sign_in import SignIn
from intake_tui.guide.load import load
from intake_tui.intake.amendment import Amendment
from intake_tui.records.archive import Archive
from intake_tui.vault.errors import DiskFull
from intake_tui.words import Words
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home, installed
from pdf_text import said as read_back
from pdf_text import together
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
    assert text.startswith(f"# Journalnotat K-4F2A\n\n- Senter: {CENTRE}\n")
    assert "ikke forseglet" in text
    assert "**IKKE RING**" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    (numbered,) = [line for line in text.splitlines() if "000 00 000" in line]
    assert "IKKE RING 000 00 000" in numbered
    parts = [text.index(f"## {name}") for name in ("Journalnotat", "Rettelser", "Utsagn")]
    assert parts == sorted(parts)
    trail = text[parts[1] : parts[2]]
    for words in ("Det sto: jakter, to våpen i boden", "Det skal stå: ett våpen", WHY):
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
    assert (json.loads(without)["plan_left_out"], json.loads(whole)["plan_left_out"]) == (
        True,
        False,
    )
    assert export(kept, "--yes", "--json") == (0, without, "")


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


def test_a_pdf_is_asked_for_by_name_or_by_the_ending_of_the_file(
    kept: Home, tmp_path: Path
) -> None:
    for into, more in ((tmp_path / "a.pdf", ()), (tmp_path / "b", ("--format", "pdf"))):
        assert export(kept, "--yes", "--into", str(into), *more) == (0, "", "")
        text = read_back(into.read_bytes())
        assert together("Det skal stå: ett våpen") in text
        assert together("IKKE RING 000 00 000") in text
        assert "Bjørkåsen" not in text
        assert into.stat().st_mode & 0o077 == 0


def test_a_pdf_goes_to_a_pipe_and_not_to_a_terminal(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [installed("intake-tui"), "--vault", kept.vault, "contacts", "export", "K-4F2A"]
    done = subprocess.run(
        [*map(str, command), "--yes", "--format", "pdf", "--sign-in-stdin"],
        env=kept.env,
        input=SIGN_IN.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert together("ett våpen") in read_back(done.stdout)

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", Screen())
    with pytest.raises(Fault, match="needs-into"):
        form_of("pdf", None)
    assert [form_of(None, into) for into in (None, Path("a.PDF"), Path("a.txt"))] == [
        *("md", "pdf", "md")
    ]


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


def test_json_is_the_documented_shape_and_says_what_was_left_out(kept: Home) -> None:
    _, whole, _ = export(kept, "--yes", "--json", "--with-plan")
    shown = Commands(kept)("contacts", "show", "K-4F2A", "--json", "--sign-in-stdin")
    assert json.loads(whole) == {**json.loads(shown.stdout), "plan_left_out": False}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_speaks_the_language_that_was_chosen(kept: Home, language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    done = Commands(kept)(
        *("--lang", language, "contacts", "export", "K-4F2A", "--yes", "--sign-in-stdin")
    )
    assert (done.returncode, done.stderr) == (0, "")
    for key in ("printed.corrections", "printed.reads-now", "duties.title", "safety.title"):
        assert f"## {words(key)}" in done.stdout.splitlines()


def test_two_formats_at_once_are_wrong_use(kept: Home) -> None:
    status, text, said = export(kept, "--yes", "--json", "--format", "md")
    assert (status, text, len(said.splitlines())) == (2, "", 1)


def test_an_open_contact_is_signed_first(home: Home) -> None:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    archive.save(whole_talk(load(), by=archive.me.slot).snapshot())
    archive.lock()
    status, text, said = export(home, "--yes")
    assert (status, text) == (2, "")
    assert "Signer den først" in said
    assert logged(home) == []


def logged(home: Home) -> list[list[str]]:
    """The ids of what the log says was written out."""
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        entries = [entry for entry in archive._vault.log() if entry.what == "exported"]
    finally:
        archive.lock()
    return [[one.hex() for one in entry.ids] for entry in entries]


def test_the_log_has_it_before_anything_is_written(
    kept: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after the log fails here; the other way round nothing would be there to tell."""
    from intake_tui import cli
    from intake_tui.command_line import opened
    from intake_tui.desk import exporting

    def fails(*_: object) -> None:
        raise exporting.ExportRefused("disk-full")

    for name, value in kept.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(exporting, "write", fails)
    monkeypatch.setattr(opened, "from_stdin", lambda: SignIn(COUNSELLOR, PASSPHRASE))
    into = tmp_path / "utskrift.md"
    arguments = ["--vault", str(kept.vault), "contacts", "export", "K-4F2A", "--yes"]
    assert cli.run([*arguments, "--into", str(into), "--sign-in-stdin"]) == 1
    assert len(logged(kept)) == 1

    def unlogged(*_: object) -> None:
        raise DiskFull

    written: list[object] = []
    monkeypatch.setattr(exporting, "write", lambda *told: written.append(told))
    monkeypatch.setattr(Archive, "exported", unlogged)
    assert cli.run([*arguments, "--into", str(into), "--sign-in-stdin"]) == 1
    assert written == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux")
def test_a_full_disk_behind_standard_output_is_one_line(kept: Home) -> None:
    command = [installed("intake-tui"), "--vault", kept.vault, "contacts", "export", "K-4F2A"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*map(str, command), "--yes", "--sign-in-stdin"],
            env=kept.env,
            input=SIGN_IN,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "Ikke alt kom ut" in line


def test_the_export_is_the_only_clear_file(kept: Home) -> None:
    into = kept.root / "home" / "det jeg skrev.txt"
    status, text, said = export(kept, "--yes", "--with-plan", "--into", str(into))
    assert (status, text, said) == (0, "", "")
    secrets = ("ett våpen", WHY, "Bjørkåsen", CODE, COUNSELLOR, CENTRE, "K-4F2A")
    found = [path for path in kept.root.rglob("*") if path.is_file()]
    for secret in secrets:
        clear = [path for path in found if secret.encode() in path.read_bytes()]
        assert clear == [into], secret
    assert [path.name for path in into.parent.iterdir()] == ["det jeg skrev.txt"]
